"""The rows of `matches`: why texts were joined, what keeps look-alikes apart, and what a person should look at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.deduplicate.clusters import CONFLICT, SEVERAL_FIT, Clusters
from pipelines.deduplicate.comparison import Compared, Comparison
from pipelines.deduplicate.judgements import Judged, Judgement
from pipelines.deduplicate.rules import Decision, Rule
from pipelines.deduplicate.sentences import Pairs, sentences
from pipelines.deduplicate.texts import Codes, Texts
from pipelines.text import one_line

_WHY_REFUSED = {
    SEVERAL_FIT: "Several documents fit, and nothing tells which: ",
    CONFLICT: "Joining these would join what is kept apart elsewhere: ",
}
_SAME_TEXT = "Both print the same once typography is folded: {left_title}."
_LISTED_TWICE = "A page lists both, which print the same, and a page lists a document once: {left_title}."
_COLUMNS = ("left_entry_id", "right_entry_id", "rule", "score", "decision", "decided_by", "evidence")


class Question(NamedTuple):
    """Two texts that a rule keeps apart though they look alike, or leaves to a person."""

    rule: Rule
    compared: Compared


class _Row(NamedTuple):
    """A row to be: two entries by their place, what is decided, and the sentence with its values still in braces."""

    left: int
    right: int
    rule: str
    score: float
    decision: Decision
    decided_by: str
    says: str
    compared: Compared | None = None


class Outcome(NamedTuple):
    """What was decided of texts (`cluster_of` one a text) and entries (`document_of` one an entry)."""

    judged: Judged
    clusters: Clusters
    questions: Sequence[Question]
    cluster_of: Codes
    document_of: Codes


def matches_table(records: pa.Table, comparison: Comparison, outcome: Outcome) -> pa.Table:
    """Every row, one a pair: what a person said, then what joined two texts, then what is open between two documents."""
    texts = comparison.texts
    told = _Told(outcome.cluster_of.tolist())
    first = texts.first_entry.tolist()
    questions = _ranked(outcome.questions, texts, records)
    rows = [
        *_judged(outcome.judged, first, told), *_joined(outcome.clusters, first),
        *_open(outcome.clusters, questions, first, told), *_typography(texts), *_repeated(texts, outcome),
    ]  # fmt: skip
    ids = records.column("entry_id").to_pylist()
    by_pair: dict[tuple[str, str], _Row] = {}
    for row in rows:
        left, right = ids[row.left], ids[row.right]
        if right < left:
            left, right = right, left
            row = row._replace(left=row.right, right=row.left, compared=_turned(row.compared))  # noqa: PLW2901 seen from the other side
        by_pair.setdefault((left, right), row)
    return _as_table(by_pair, texts)


class _Told:
    """Between which documents something was told already: one open question between two is enough."""

    def __init__(self, cluster_of: Sequence[int]) -> None:
        self._cluster_of = cluster_of
        self._pairs: set[tuple[int, int]] = set()

    def is_news(self, left: int, right: int) -> bool:
        """Whether two texts are of two documents between which nothing was told; from now on something is."""
        one, other = self._cluster_of[left], self._cluster_of[right]
        pair = (one, other) if one < other else (other, one)
        if one == other or pair in self._pairs:
            return False
        self._pairs.add(pair)
        return True


def _judged(judged: Judged, first: Sequence[int], told: _Told) -> Iterator[_Row]:
    """What a person decided. Between the documents of two texts judged different nothing else is open."""
    verdicts: tuple[tuple[dict[tuple[int, int], Judgement], Decision, float], ...] = (
        (judged.together, "same", 1.0), (judged.apart, "different", 0.0),
    )  # fmt: skip
    for pairs, decision, score in verdicts:
        for (left, right), judgement in pairs.items():
            told.is_news(left, right)
            yield _Row(first[left], first[right], "judgement", score, decision, "person", _said(judgement))


def _joined(clusters: Clusters, first: Sequence[int]) -> Iterator[_Row]:
    """What joined the texts of a document."""
    for edge in clusters.joined:
        yield _row(first, edge.compared, edge.rule.name, "same", edge.rule.says)


def _open(clusters: Clusters, questions: Iterable[Question], first: Sequence[int], told: _Told) -> Iterator[_Row]:
    """What could not be followed, what is left to a person, and what keeps look-alikes apart; one row between two documents."""
    for edge, why in sorted(clusters.refused, key=lambda refused: -refused.edge.score):
        compared = edge.compared
        if told.is_news(compared.left, compared.right):
            yield _row(first, compared, why, "review", _WHY_REFUSED[why] + edge.rule.says)
    for rule, compared in questions:
        if told.is_news(compared.left, compared.right):
            yield _row(first, compared, rule.name, rule.decision, rule.says)


def _ranked(questions: Sequence[Question], texts: Texts, records: pa.Table) -> list[Question]:
    """Questions for a person first, the likest first; ties by the ids of entries, so that no order of input matters."""
    place = np.empty(records.num_rows, np.int64)
    place[np.asarray(pc.sort_indices(records.column("entry_id")))] = np.arange(records.num_rows)
    of = place[texts.first_entry].tolist()

    def rank(question: Question) -> tuple[bool, float, int, int]:
        compared = question.compared
        one, other = of[compared.left], of[compared.right]
        return question.rule.decision != "review", -compared.score, min(one, other), max(one, other)

    return sorted(questions, key=rank)


def _typography(texts: Texts) -> Iterator[_Row]:
    """One row for each way of printing a text other than that of its first entry."""
    title, summary = texts.titles.ways, texts.summaries.ways
    order = np.lexsort((np.arange(len(title)), summary, title, texts.of_entry))
    columns = (texts.of_entry[order], title[order], summary[order])
    is_new = np.any([np.diff(column, prepend=-2) != 0 for column in columns], axis=0)
    entries = np.sort(order[is_new])
    first = texts.first_entry[texts.of_entry[entries]]
    other = entries != first
    for left, right in zip(first[other].tolist(), entries[other].tolist(), strict=True):
        yield _Row(left, right, "same_text", 1.0, "same", "rule", _SAME_TEXT)


def _repeated(texts: Texts, outcome: Outcome) -> Iterator[_Row]:
    """Texts that stand twice on a page: two documents by the law of pages and a question, unless a person answered it."""
    document_of, judged = outcome.document_of, outcome.judged.listed_twice
    order = np.lexsort((np.arange(len(document_of)), document_of, texts.of_entry))
    columns = (texts.of_entry[order], document_of[order])
    is_new = np.any([np.diff(column, prepend=-1) != 0 for column in columns], axis=0)
    entries = np.sort(np.union1d(order[is_new], np.flatnonzero(np.isin(texts.of_entry, list(judged)))))
    first: dict[int, int] = {}
    for entry, text in zip(entries.tolist(), texts.of_entry[entries].tolist(), strict=True):
        before = first.setdefault(text, entry)
        judgement = judged.get(text)
        if before == entry:
            continue
        if judgement:
            score = 1.0 if judgement.decision == "same" else 0.0
            yield _Row(before, entry, "judgement", score, judgement.decision, "person", _said(judgement))
        else:
            yield _Row(before, entry, "listed_twice_on_a_page", 1.0, "review", "rule", _LISTED_TWICE)


def _row(first: Sequence[int], compared: Compared, rule: str, decision: Decision, says: str) -> _Row:
    """A row about two texts, each named by its first entry."""
    left, right = first[compared.left], first[compared.right]
    return _Row(left, right, rule, compared.score, decision, "rule", says, compared)


def _turned(compared: Compared | None) -> Compared | None:
    if compared is None or compared.difference is None:
        return compared
    return compared._replace(difference=compared.difference.turned())


def _said(judgement: Judgement) -> str:
    """What a person said, as a sentence; braces in it are no values."""
    said = f"{judgement.by} on {judgement.on.isoformat()}: {one_line(judgement.why, 300)}"
    return said.replace("{", "(").replace("}", ")")


def _as_table(rows: dict[tuple[str, str], _Row], texts: Texts) -> pa.Table:
    """Rows by their entries, sentence by sentence of the same kind."""
    pairs = sorted(rows)
    by_sentence: dict[str, list[int]] = defaultdict(list)
    for at, pair in enumerate(pairs):
        by_sentence[rows[pair].says].append(at)
    order: list[int] = []
    evidence: list[pa.Array] = []
    for says, places in by_sentence.items():
        here = [rows[pairs[at]] for at in places]
        order += places
        evidence.append(sentences(says, _pairs(here, texts), texts))
    written = pa.chunked_array(evidence, pa.string()).take(pa.array(np.argsort(order), pa.int64()))
    columns = (
        [left for left, _ in pairs], [right for _, right in pairs], *(
            [getattr(rows[pair], name) for pair in pairs] for name in ("rule", "score", "decision", "decided_by")
        ),
    )  # fmt: skip
    kinds = [pa.float64() if name == "score" else pa.string() for name in _COLUMNS]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=False)]
    return pa.table([*arrays, written], names=list(_COLUMNS))


def _pairs(rows: Iterable[_Row], texts: Texts) -> Pairs:
    listed = list(rows)
    left, right = (np.array([row[side] for row in listed], np.int64) for side in (0, 1))
    return Pairs(
        texts.of_entry[left], texts.of_entry[right], [row.compared and row.compared.difference for row in listed],
        [row.compared and row.compared.resemblance for row in listed],
    )  # fmt: skip
