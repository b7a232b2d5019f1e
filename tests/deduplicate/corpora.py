"""Entries made up for tests, and what deduplication makes of them in every order of input."""

from collections import Counter, defaultdict
from itertools import combinations, permutations
from string import ascii_lowercase
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.deduplicate import History, deduplicate
from pipelines.deduplicate.comparison import Comparison
from pipelines.deduplicate.frame import as_records
from pipelines.deduplicate.rules import keeps_apart
from pipelines.deduplicate.texts import distinct_texts

DAY, NEXT_DAY, MONTH = "May 1, 1950", "May 2, 1950", "May 1950"
CABLE = "Cable, Petrov to Orlov"
FISH = "The minister asks for a second icebreaker before the winter sets in."
SHORT_FISH = "The minister asks for a second icebreaker before…"
SALT = "Nobody at the conference would speak about the price of salt again."
COAL = "Whoever sells coal to the islanders is to be named in the newspapers."
# So many words of its own that no two documents share it.
LONG = (
    "The harbour council weighs a loan for two icebreakers, hears the pilots about fog signals, postpones the ferry "
    "timetable, and sends the quarrel over herring quotas back to the northern villages."
)
_SCHEMA = pa.schema([
    ("entry_id", pa.string()), ("page_id", pa.string()), ("position", pa.int32()), ("date", pa.string()),
    ("title", pa.string()), ("summary", pa.string()), ("url", pa.string()), ("is_possibly_cut", pa.bool_()),
])  # fmt: skip


class Listed(NamedTuple):
    """One entry; without a page it stands on one of its own."""

    title: str | None = CABLE
    summary: str | None = FISH
    date: str | None = DAY
    page: str | None = None
    url: str | None = None
    cut: bool = False
    name: str | None = None


class Outcome(NamedTuple):
    """What was found, in terms of the entries' names: `a` is the first that was given, `b` the second."""

    documents: set[frozenset[str]]
    decisions: list[tuple[str, str]]
    evidence: list[str]
    found: object

    @property
    def shapes(self):
        """Documents as words, each the names of its entries: `ab c` are two documents."""
        return " ".join(sorted("".join(sorted(document)) for document in self.documents))


def named(entries):
    return [entry if entry.name else entry._replace(name=ascii_lowercase[at]) for at, entry in enumerate(entries)]


def frame(entries, names=None):
    """A frame of entries; `names` gives them other ids and pages than those of their place."""
    entries = named(entries)
    names = names or {entry.name: entry.name for entry in entries}
    position = defaultdict(int)
    rows = []
    for entry in entries:
        page = f"page {entry.page or names[entry.name]}"
        position[page] += 1
        rows.append((
            names[entry.name], page, position[page], entry.date, entry.title, entry.summary, entry.url, entry.cut,
        ))  # fmt: skip
    columns = list(zip(*rows, strict=True)) or [()] * len(_SCHEMA)
    return pa.table(
        [pa.array(values, field.type) for values, field in zip(columns, _SCHEMA, strict=True)], schema=_SCHEMA
    )


def documents_of(found):
    """Documents as sets of entry ids."""
    members = defaultdict(set)
    for entry_id, document_id in id_by_entry(found).items():
        members[document_id].add(entry_id)
    return {frozenset(entries) for entries in members.values()}


def id_by_entry(found):
    ids = (found.entries.column(name).to_pylist() for name in ("entry_id", "document_id"))
    return dict(zip(*ids, strict=True))


def decisions_of(found):
    return sorted(zip(*(found.matches.column(name).to_pylist() for name in ("rule", "decision")), strict=True))


def outcome_of(found):
    return Outcome(documents_of(found), decisions_of(found), found.matches.column("evidence").to_pylist(), found)


def told(found):
    """All that was found, without the order of rows that was asked for."""
    return found.entries.sort_by("entry_id"), found.documents, found.matches, found.redirects, set(found.issues)


def in_every_order(*entries, judgements=()):
    """The one outcome of all orders of rows, and of all orders of the pages that list them."""
    entries = named(entries)
    found = deduplicate(frame(entries), judgements=judgements)
    table = frame(entries)
    for rows in permutations(range(len(entries))):
        assert told(deduplicate(table.take(list(rows)), judgements=judgements)) == told(found), rows
    expected = outcome_of(found)
    own = [entry.name for entry in entries if entry.page is None]
    for order in permutations(own):
        # Other ids for entries of pages of their own: their texts are then met in another order.
        names = {entry.name: entry.name for entry in entries} | dict(zip(own, order, strict=True))
        back = {new: old for old, new in names.items()}
        other = outcome_of(deduplicate(frame(entries, names), judgements=judgements))
        renamed = {frozenset(back[name] for name in document) for document in other.documents}
        assert (renamed, other.decisions) == (expected.documents, expected.decisions), order
    return expected


def history_of(entries, found):
    """What a release with these entries would hand to the next."""
    records = as_records(frame(entries))
    ids = id_by_entry(found)
    columns = ("entry_id", "date_edtf", "date_text", "title", "summary")
    published = pa.array([ids[entry_id] for entry_id in records.column("entry_id").to_pylist()], pa.string())
    table = pa.table({name: records.column(name) for name in columns}).append_column("document_id", published)
    return History(table, found.redirects)


def kept_apart(entries):
    """The pairs of entries, by their ids, that a rule lets no document hold; and the text of each entry, as a number."""
    records = as_records(frame(entries))
    texts = distinct_texts(records)
    pages = pc.rank(records.column("page_id"), tiebreaker="dense").to_numpy().astype("int64")
    comparison = Comparison(texts, pages)
    text_of = dict(zip(records.column("entry_id").to_pylist(), texts.of_entry.tolist(), strict=True))
    apart = {
        frozenset((one, other))
        for one, other in combinations(sorted(text_of), 2)
        if text_of[one] != text_of[other]
        and keeps_apart(comparison.compare(text_of[one], text_of[other]).likeness)
    }  # fmt: skip
    return apart, text_of


def connected(names, pairs):
    """Sets of names that chains of pairs connect."""
    group = {name: {name} for name in names}
    for one, other in pairs:
        if group[one] is not group[other]:
            group[one] |= group[other]
            for name in group[other]:
                group[name] = group[one]
    return {frozenset(members) for members in group.values()}


def same_pairs(found):
    """The pairs of entries that a row of `matches` calls the same."""
    rows = found.matches.filter(pc.equal(found.matches.column("decision"), "same"))
    return list(zip(rows.column("left_entry_id").to_pylist(), rows.column("right_entry_id").to_pylist(), strict=True))


def counted(values):
    return dict(sorted(Counter(values).items()))
