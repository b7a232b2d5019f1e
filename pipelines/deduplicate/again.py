"""Deduplication after a change: only what the change touches is settled anew, the rest is as it was published.

What two texts are to each other follows from the two alone. Which are compared follows from the blocks that they stand in. What
becomes of texts that were told of each other follows from those. So a part of the texts can be settled without the others, once it
holds everything that a changed text was or is told of; the result is the same as that of looking at everything
(docs/decisions/0012-what-is-remembered-is-believed-by-its-hash.md).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.collector import collector_paused
from pipelines.deduplicate.blocks import Candidates, find_candidates
from pipelines.deduplicate.documents import (
    Deduplication,
    Settled,
    Work,
    by_place,
    in_given_order,
    linked,
    narrowed_work,
    prepare,
    settle,
)
from pipelines.deduplicate.forms import Moved, move_forms
from pipelines.deduplicate.frame import Frame, as_records
from pipelines.deduplicate.history import COLUMNS as HISTORY_COLUMNS
from pipelines.deduplicate.history import History
from pipelines.deduplicate.judgements import Judgement, content_of
from pipelines.deduplicate.move import find_move
from pipelines.deduplicate.texts import Codes, distinct_texts
from pipelines.deduplicate.touched import Change, mates, regrouped
from pipelines.deduplicate.traces import (
    Flags,
    Forms,
    Traces,
    blocks_of,
    hashes_of,
    is_one_of,
    names_of,
    parts,
    traces_of,
)

# Beyond this share of the entries, looking at everything costs less.
LARGEST_SHARE = 0.5


class Before(NamedTuple):
    """What was published: entries (with document and columns of `COLUMNS`), documents and matches; and the traces of how it was found."""

    entries: pa.Table
    documents: pa.Table
    matches: pa.Table
    traces: Traces


class Traced(NamedTuple):
    """What deduplication found, and the traces for the next one; none where a block was too large to compare every pair."""

    found: Deduplication
    traces: Traces | None


@collector_paused()
def deduplicate_traced(
    frame: Frame, judgements: Sequence[Judgement] = (), history: History | None = None, before: Before | None = None
) -> Traced:
    """The same as `deduplicate`, from what was published before where that is less work; the frame is in the order of places."""
    records = as_records(frame)
    order = by_place(records)
    is_in_order = np.array_equal(order, np.arange(len(order)))
    if not is_in_order:
        records = records.take(order)
    history = history or History()
    traced = None
    if (
        before
        and before.entries.num_rows
        and before.traces.entry_ids.equals(before.entries.column("entry_id").combine_chunks())
    ):
        traced = _Again(records, before, judgements, history).settle()
    if traced is None:
        traced = _everything(records, judgements, history)
    return traced if is_in_order else Traced(in_given_order(traced.found, order), traced.traces)


def _everything(records: pa.Table, judgements: Sequence[Judgement], history: History) -> Traced:
    work = prepare(records)
    candidates = find_candidates(work.texts)
    settled = settle(work, candidates, judgements, history)
    if candidates.overflows:
        return Traced(settled.found, None)
    return Traced(settled.found, traces_of(work, np.stack(candidates[:2], axis=1), settled))


class _Open(NamedTuple):
    """What must be settled anew: the rows, their old texts, and the pairs of texts to compare, each named by its first row."""

    rows: Flags
    texts: Flags
    pairs: Codes
    is_compared_anew: Flags


class _Again:
    """One deduplication from the one before. Rows are entries, in the order of places."""

    def __init__(self, records: pa.Table, before: Before, judgements: Sequence[Judgement], history: History) -> None:
        self._records, self._before, self._judgements, self._history = records, before, judgements, history
        self._traces = before.traces
        self._move = find_move(records, before.entries)
        self._titles = self._moved_forms("title", before.traces.titles)
        self._summaries = self._moved_forms("summary", before.traces.summaries)
        # The old text of each row; the number behind the last one for those that are new.
        self._none = len(before.traces.part)
        self._text = np.where(self._move.before >= 0, before.traces.text[self._move.before], self._none)

    def _moved_forms(self, name: str, forms: Forms) -> Moved:
        return move_forms(self._records.column(name), self._before.entries.column(name), forms, self._move)

    def settle(self) -> Traced | None:
        """Settle what is touched, and put the rest beside it; None where everything must be looked at."""
        opened = self._open()
        if opened is None or opened.rows.sum() > LARGEST_SHARE * len(opened.rows):
            return None
        work = self._work(opened.rows)
        pairs = _in_order(self._pairs(opened, work), len(work.texts))
        is_old = opened.texts[self._traces.text]
        own = History(self._before.entries.select(HISTORY_COLUMNS).filter(pa.array(is_old)), self._history.redirects)
        published = self._before.entries.column("document_id")
        elsewhere = published.take(pa.array(self._move.before[~opened.rows])).unique().to_pylist()
        settled = settle(work, Candidates(pairs[:, 0], pairs[:, 1], ()), self._judgements, own, elsewhere)
        return Traced(self._beside(opened, is_old, settled.found), self._new_traces(opened, work, settled))

    def _open(self) -> _Open | None:
        """Everything that a changed text was or is told of."""
        is_rebuilt = self._rebuilt()
        is_changed = self._rows_of(is_rebuilt) | (self._text == self._none)
        change = Change(self._traces.blocks, is_rebuilt, blocks_of(self._work(is_changed).texts))
        is_regrouped = regrouped(change)
        is_near = is_changed | self._rows_of(is_regrouped | mates(change, is_regrouped))
        near = self._work(is_near)
        around = np.zeros(len(near.texts), bool)
        around[near.texts.of_entry[(is_changed | self._rows_of(is_regrouped))[is_near]]] = True
        candidates = find_candidates(near.texts, around)
        if candidates.overflows:
            return None
        first = np.flatnonzero(is_near)[near.texts.first_entry]
        pairs = np.stack((first[candidates.left], first[candidates.right]), axis=1)
        told = is_rebuilt | is_regrouped
        told[np.setdiff1d(self._text[pairs[linked(near, candidates)]], self._none)] = True
        asked = self._asked()
        if asked is None:
            return None
        is_part = np.zeros(self._none, bool)
        is_part[self._traces.part[told | asked]] = True
        texts = is_part[self._traces.part]
        return _Open(is_changed | self._rows_of(texts), texts, pairs, is_rebuilt | is_regrouped)

    def _rebuilt(self) -> Flags:
        """Old texts that lost or won an entry, or are printed otherwise."""
        traces = self._traces
        is_rebuilt = np.zeros(self._none, bool)
        is_rebuilt[traces.text[self._move.is_gone]] = True
        for moved, forms in ((self._titles, traces.titles), (self._summaries, traces.summaries)):
            is_rebuilt[traces.text[is_one_of(forms.hashes, moved.changed)]] = True
        names = names_of(distinct_texts(self._records.filter(pa.array(self._text == self._none))))
        return is_rebuilt | is_one_of(traces.blocks.hashes[-1], names)

    def _asked(self) -> Flags | None:
        """Old texts of which a judgement spoke, or speaks; None where one may speak of any."""
        asked = np.zeros(self._none, bool)
        asked[self._traces.judged] = True
        said = {content_of(side) for judgement in self._judgements for side in (judgement.left, judgement.right)}
        if not all(title or summary for _, title, summary in said):
            return None
        titles, summaries = self._traces.titles.hashes, self._traces.summaries.hashes
        rows = is_one_of(titles, hashes_of(title for _, title, _ in said if title))
        rows |= is_one_of(summaries, hashes_of(summary for _, title, summary in said if not title))
        asked[self._traces.text[rows]] = True
        return asked

    def _rows_of(self, texts: Flags) -> Flags:
        """The rows of old texts."""
        rows: Flags = np.append(texts, False)[self._text]
        return rows

    def _work(self, rows: Flags) -> Work:
        """Rows made ready to be told apart, their texts as they are among all: printed as the first of all prints them."""
        needed = rows.copy()
        for forms in (self._titles.forms, self._summaries.forms):
            needed |= forms.is_first & is_one_of(forms.hashes, np.unique(forms.hashes[rows]))
        work = prepare(self._records.filter(pa.array(needed)))
        return narrowed_work(work, rows[needed])

    def _pairs(self, opened: _Open, work: Work) -> Codes:
        """The pairs to compare, as texts of `work`: those found anew, and those of before that nothing touched."""
        text = np.full(len(self._text), -1)
        text[opened.rows] = work.texts.of_entry
        row = self._a_row_of_each_text()
        still = opened.texts & ~opened.is_compared_anew
        before = self._traces.pairs[still[self._traces.pairs].all(axis=1)]
        anew = opened.pairs[opened.rows[opened.pairs].all(axis=1)]
        return np.concatenate((text[anew], text[row[before]]))

    def _a_row_of_each_text(self) -> Codes:
        row = np.full(self._none + 1, -1)
        row[self._text] = np.arange(len(self._text))
        return row

    def _beside(self, opened: _Open, is_old: Flags, found: Deduplication) -> Deduplication:
        """What was found, and what stays as it was published."""
        before = self._before
        columns = ["entry_id", "document_id", "is_representative"]
        both = pa.concat_tables([before.entries.select(columns), found.entries.select(columns)])
        at = self._move.before.copy()
        at[opened.rows] = before.entries.num_rows + np.arange(found.entries.num_rows)
        gone = before.entries.filter(pa.array(is_old))
        names = found.documents.column_names
        documents = before.documents.select([name for name in names if name != "entry_id"])
        documents = documents.filter(
            pc.invert(pc.is_in(documents.column("document_id"), value_set=gone.column("document_id")))
        )
        chosen = before.entries.filter(before.entries.column("is_representative"))
        of_chosen = pc.index_in(documents.column("document_id"), value_set=chosen.column("document_id"))
        documents = documents.append_column("entry_id", chosen.column("entry_id").take(of_chosen))
        matches = before.matches.filter(
            pc.invert(pc.is_in(before.matches.column("left_entry_id"), value_set=gone.column("entry_id")))
        )
        order = [("left_entry_id", "ascending"), ("right_entry_id", "ascending")]
        return found._replace(
            entries=both.take(pa.array(at)),
            documents=pa.concat_tables([_plain(documents.select(names)), found.documents]).sort_by("document_id"),
            matches=pa.concat_tables([_plain(matches.select(found.matches.column_names)), found.matches]).sort_by(
                order
            ),
        )

    def _new_traces(self, opened: _Open, work: Work, settled: Settled) -> Traces:
        """The traces of all: texts that stayed are numbered before those that were settled."""
        traces = self._traces
        stays = ~opened.texts
        number = np.full(self._none + 1, -1)
        number[:-1][stays] = np.arange(stays.sum())
        base = int(stays.sum())
        text = number[self._text]
        text[opened.rows] = base + work.texts.of_entry
        still = opened.texts & ~opened.is_compared_anew
        number[:-1][still] = text[self._a_row_of_each_text()[:-1][still]]
        blocks = blocks_of(work.texts)
        pairs = traces.pairs[~opened.is_compared_anew[traces.pairs].any(axis=1)]
        return Traces(
            self._records.column("entry_id").combine_chunks(),
            text,
            self._titles.forms,
            self._summaries.forms,
            traces.blocks.of(stays).with_more(blocks),
            np.concatenate(
                (number[traces.part[stays]], base + parts(len(work.texts), settled.links, blocks.hashes[-1]))
            ),
            np.concatenate((number[pairs], text[opened.pairs])),
            base + settled.judged,
        )


def _in_order(pairs: Codes, count: int) -> Codes:
    """Pairs of texts, the smaller number first, each once, in order."""
    both = np.unique(pairs.min(axis=1) * count + pairs.max(axis=1))
    return np.stack((both // max(count, 1), both % max(count, 1)), axis=1)


def _plain(table: pa.Table) -> pa.Table:
    """A table without what its columns say of themselves."""
    return pa.table(dict(zip(table.column_names, table.columns, strict=True)))
