"""The composition: entries to documents, with every decision that a reader may question."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.collector import collector_paused
from pipelines.deduplicate.blocks import Candidates, Overflow, find_candidates
from pipelines.deduplicate.clusters import Edge, cluster
from pipelines.deduplicate.comparison import Comparison
from pipelines.deduplicate.evidence import TextEvidence
from pipelines.deduplicate.frame import Frame, as_records
from pipelines.deduplicate.history import History
from pipelines.deduplicate.ids import assign_ids
from pipelines.deduplicate.judgements import Judged, Judgement, apply_judgements, pair_of
from pipelines.deduplicate.matches import Outcome, Question, matches_table
from pipelines.deduplicate.representative import by_rank
from pipelines.deduplicate.rules import decide, is_look_alike, keeps_apart
from pipelines.deduplicate.texts import Codes, Texts, distinct_texts, narrowed
from pipelines.records import Issue
from pipelines.text import one_line


class Deduplication(NamedTuple):
    """What deduplication found.

    `entries`: `entry_id`, `document_id`, `is_representative`, one row per row of the frame and in its order. `documents`:
    `document_id`, `entry_id` of the representative, `entry_count`, `page_count`, `has_variants`, one row per document, by id.
    `matches`: the pairs of texts that were compared, as in the table of that name. `redirects`: ids of the release before that
    are no longer in use, and the id that each leads to. `issues`: what was too much to compare, and judgements that
    could not be followed.
    """

    entries: pa.Table
    documents: pa.Table
    matches: pa.Table
    redirects: dict[str, str]
    issues: tuple[Issue, ...]


@collector_paused()
def deduplicate(frame: Frame, *, judgements: Sequence[Judgement] = (), history: History | None = None) -> Deduplication:
    """Find the documents that entries stand for.

    Args:
        frame: `title` and `summary` at least, better with `date`, `url` and `page_id` (see `as_records`); rows in any order.
        judgements: what a person decided; it wins over the rules.
        history: what the release before published; without it, ids follow from the content alone.

    Raises:
        FrameError: the frame lacks what is needed.

    >>> import pyarrow
    >>> found = deduplicate(pyarrow.table({
    ...     "date": ["January 05, 1950", "January 5, 1950", "January 5, 1950"],
    ...     "title": ["Cable, Mao Zedong to Stalin", "Cable, Mao Tse-tung to Stalin", "Cable, Stalin to Mao Zedong"],
    ...     "summary": ["Mao asks for a loan.", "Mao asks for a loan.", "Stalin agrees to the loan."],
    ... }))
    >>> one, other, third = found.entries["document_id"].to_pylist()
    >>> one == other, other == third
    (True, False)
    """
    records = as_records(frame)
    order = by_place(records)
    is_in_order = np.array_equal(order, np.arange(len(order)))
    work = prepare(records if is_in_order else records.take(order))
    candidates = find_candidates(work.texts)
    found = settle(work, candidates, judgements, history or History()).found
    return found if is_in_order else in_given_order(found, order)


def in_given_order(found: Deduplication, order: Codes) -> Deduplication:
    """What was found of records in the order of their places, its entries in the order in which they were given."""
    return found._replace(entries=found.entries.take(pa.array(np.argsort(order))))


class Work(NamedTuple):
    """Records in the order of their places, their texts, and a number for each entry's page."""

    records: pa.Table
    texts: Texts
    pages: Codes


class Settled(NamedTuple):
    """What was found, `entries` in the order of places; and the texts that were told of each other, which cannot be settled apart."""

    found: Deduplication
    links: Codes
    judged: Codes


def prepare(records: pa.Table) -> Work:
    """Records in the order of their places, made ready to be told apart."""
    return Work(records, distinct_texts(records), _page_codes(records))


def narrowed_work(work: Work, is_kept: npt.NDArray[np.bool_]) -> Work:
    """Some entries, their texts as they are among all; every entry of a text is kept, or none."""
    return Work(work.records.filter(pa.array(is_kept)), narrowed(work.texts, is_kept), work.pages[is_kept])


def settle(
    work: Work,
    candidates: Candidates,
    judgements: Sequence[Judgement],
    history: History,
    elsewhere: Collection[str] = (),
) -> Settled:
    """Tell documents apart, given which texts are worth comparing; `elsewhere` are ids of documents that are not looked at."""
    records, texts, pages = work
    comparison = Comparison(texts, pages)
    judged = apply_judgements(judgements, texts)
    every_edge, questions, apart = _compare(comparison, candidates)
    edges = [edge for edge in every_edge if pair_of(edge.left, edge.right) not in judged.apart]
    clusters = cluster(edges, TextEvidence(comparison, judged, apart), judged.together)
    comparison.forget()
    cluster_of = np.arange(len(texts))
    for members in clusters.members:
        cluster_of[members] = members[0]
    document_of = _documents_of_entries(texts, cluster_of, pages, judged)
    chosen = by_rank(records, document_of)
    ids, redirects = assign_ids(records, texts, (document_of, chosen), history, elsewhere)
    entries = pa.table(
        {
            "entry_id": records.column("entry_id"),
            "document_id": ids.take(pa.array(document_of)),
            "is_representative": pa.array(np.isin(np.arange(records.num_rows), chosen)),
        }
    )
    outcome = Outcome(judged, clusters, questions, cluster_of, document_of)
    found = Deduplication(
        entries,
        _documents(work, _Chosen(document_of, chosen, ids)),
        matches_table(records, comparison, outcome),
        redirects,
        (*judged.issues, *(_overflow_issue(overflow, records, texts) for overflow in candidates.overflows)),
    )
    pairs = [(edge.left, edge.right) for edge in every_edge]
    pairs += [(question.compared.left, question.compared.right) for question in questions]
    pairs += [*judged.together, *judged.apart]
    links: Codes = np.array(pairs, np.int64).reshape(-1, 2)
    asked = np.array([text for pair in (*judged.together, *judged.apart) for text in pair] + list(judged.listed_twice))
    return Settled(found, links, np.unique(asked.astype(np.int64)))


def by_place(records: pa.Table) -> Codes:
    """The order of entries wherever one is needed: by page, then by place on it."""
    keys = [("page_id", "ascending"), ("position", "ascending"), ("entry_id", "ascending")]
    return np.asarray(pc.sort_indices(records, sort_keys=keys), np.int64)


def _page_codes(records: pa.Table) -> Codes:
    """A number for each entry's page; entries whose page is not known have a page each."""
    coded = records.column("page_id").combine_chunks().dictionary_encode().indices
    pages = np.array(pc.fill_null(coded, -1).to_numpy(zero_copy_only=False), np.int64)
    unknown = pages < 0
    pages[unknown] = -1 - np.arange(unknown.sum())
    return pages


class _Chosen(NamedTuple):
    """The document of each entry as a number; of each document, the entry that speaks for it, and its id."""

    document_of: Codes
    chosen: Codes
    ids: pa.Array


def linked(work: Work, candidates: Candidates) -> npt.NDArray[np.bool_]:
    """Which candidates a rule joins, or has something to say about to a reader."""
    edges, questions, _ = _compare(Comparison(work.texts, work.pages), candidates)
    pairs = [(edge.left, edge.right) for edge in edges] + [(q.compared.left, q.compared.right) for q in questions]
    numbers = np.array(pairs, np.int64).reshape(-1, 2) @ np.array([len(work.texts), 1])
    return np.isin(candidates.left * len(work.texts) + candidates.right, numbers)


class _Decisions(NamedTuple):
    """What the rules say of every candidate pair."""

    edges: list[Edge]
    questions: list[Question]
    apart: set[tuple[int, int]]


def _compare(comparison: Comparison, candidates: Candidates) -> _Decisions:
    """Compare every candidate pair: which are one, which a reader may ask about, and which no document may hold."""
    texts = comparison.texts
    found = _Decisions([], [], set())
    # By date, for then what two titles said is soon asked for again.
    order = np.argsort(texts.date[candidates.left], kind="stable")
    for compared in comparison.compare_all(candidates.left[order], candidates.right[order]):
        rule = decide(compared.likeness)
        if rule is None:
            continue
        if rule.decision == "same":
            found.edges.append(Edge(rule, compared.score, compared))
            continue
        if rule.decision == "review" or is_look_alike(compared.likeness):
            found.questions.append(Question(rule, compared))
        if keeps_apart(compared.likeness):
            found.apart.add((compared.left, compared.right))
    return found


def _documents_of_entries(texts: Texts, cluster_of: Codes, pages: Codes, judged: Judged) -> Codes:
    """The document of each entry, numbered from 0 in the order of first entries.

    A page lists a document once: of entries with one text on one page, the second begins a document of its own.
    """
    nth = _nth_on_page(texts.of_entry, pages)
    one_after_all = [text for text, judgement in judged.listed_twice.items() if judgement.decision == "same"]
    nth[np.isin(texts.of_entry, one_after_all)] = 0
    key = cluster_of[texts.of_entry] * (nth.max(initial=0) + 1) + nth
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[inverse]


def _nth_on_page(text: Codes, page: Codes) -> Codes:
    """How many entries with the same text stand before an entry on its page."""
    nth = np.zeros(len(text), np.int64)
    order = np.lexsort((np.arange(len(text)), page, text))
    again = (np.diff(text[order], prepend=-1) == 0) & (np.diff(page[order], prepend=0) == 0)
    for at in np.flatnonzero(again):
        if at:
            nth[order[at]] = nth[order[at - 1]] + 1
    return nth


def _documents(work: Work, chosen_by: _Chosen) -> pa.Table:
    records, texts, pages = work
    document_of, chosen, ids = chosen_by
    count = len(chosen)
    table = pa.table(
        {
            "document_id": ids,
            "entry_id": records.column("entry_id").take(pa.array(chosen)),
            "entry_count": pa.array(np.bincount(document_of, minlength=count), pa.int32()),
            "page_count": pa.array(_distinct(document_of, pages, count), pa.int32()),
            "has_variants": pa.array(_distinct(document_of, texts.printed_of_entry(), count) > 1),
        }
    )
    return table.sort_by("document_id")


def _distinct(document_of: Codes, values: Codes, count: int) -> Codes:
    """How many distinct values each document's entries have."""
    order = np.lexsort((values, document_of))
    is_new = (np.diff(document_of[order], prepend=-1) != 0) | (np.diff(values[order], prepend=0) != 0)
    return np.bincount(document_of[order][is_new], minlength=count)


def _overflow_issue(overflow: Overflow, records: pa.Table, texts: Texts) -> Issue:
    entry = (
        records.slice(int(texts.first_entry[overflow.text]), 1).select(["page_id", "date_text", "title"]).to_pylist()[0]
    )
    title = one_line(entry["title"] or "")
    message = (
        f"{overflow.size} different texts agree in {overflow.key}; each was compared with those near it in order of title "
        f"and of summary, not with all: {entry['date_text'] or 'undated'}, {title or 'untitled'}"
    )
    return Issue("group_too_large", message, page_id=entry["page_id"], table="entries", column="title", value=title)
