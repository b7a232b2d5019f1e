"""Document ids: from what a document says, and from what was published before."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.deduplicate.history import History
from pipelines.deduplicate.texts import NONE, Codes, Texts
from pipelines.identifiers import identifier
from pipelines.text import fold


class _Name(NamedTuple):
    """What a document is called by: an id of date and title alone, and what tells namesakes apart."""

    plain: str
    summary: str
    entry_id: str


class Assigned(NamedTuple):
    """The id of each document, and the redirects from ids that are no longer in use."""

    ids: pa.Array
    redirects: dict[str, str]


def assign_ids(
    records: pa.Table, texts: Texts, documents: tuple[Codes, Codes], history: History, elsewhere: Collection[str] = ()
) -> Assigned:
    """An id for each document: `documents` are the document of each entry, and of each document the entry that speaks for it.

    A document keeps a published id that its entries had; where it had several, they were found to be one, and the others
    lead to the one kept. Where one published document became several, the one with most of its entries keeps the id. A
    new document takes the plainest id that is free: of its representative's date and title, with the summary as well,
    with a number. `elsewhere` are ids of documents that are not looked at, and stay with them.
    """
    document_of, chosen = documents
    names = _names(records, texts, chosen)
    kept, merged = _keep_published(records, document_of, names, history.entries) if history.entries else ({}, {})
    taken = {*kept.values(), *merged, *history.redirects} - _given_back(records, document_of, names, history)
    taken |= set(elsewhere)
    ids = dict(kept)
    namesakes: dict[str, list[int]] = {}
    alone: dict[str, int] = {}
    for document, name in enumerate(names):
        if document in kept:
            continue
        if name.plain in namesakes:
            namesakes[name.plain].append(document)
        elif name.plain in taken:
            namesakes[name.plain] = [document]
        elif (first := alone.pop(name.plain, None)) is not None:
            namesakes[name.plain] = [first, document]
        else:
            alone[name.plain] = document
    ids |= {document: plain for plain, document in alone.items()}
    taken.update(alone)
    numbers: dict[tuple[str, str], int] = {}
    for plain in sorted(namesakes):
        for document in sorted(namesakes[plain], key=names.__getitem__):
            ids[document] = free = _free(names[document], taken, numbers)
            taken.add(free)
    assigned = pa.array([ids[document] for document in range(len(names))], pa.string())
    return Assigned(assigned, _follow(history.redirects, merged, {*ids.values(), *elsewhere}))


def _given_back(records: pa.Table, document_of: Codes, names: Sequence[_Name], history: History) -> set[str]:
    """Ids that led elsewhere and are free again: of documents parted from those that their ids led to."""
    waiting = {name.plain: document for document, name in enumerate(names) if name.plain in history.redirects}
    if not waiting or history.entries is None:
        return set()
    published = dict(
        zip(*(history.entries.column(name).to_pylist() for name in ("entry_id", "document_id")), strict=True)
    )
    members = zip(document_of.tolist(), records.column("entry_id").to_pylist(), strict=True)
    came_from = {(document, published.get(entry_id)) for document, entry_id in members}
    return {plain for plain, document in waiting.items() if (document, history.redirects[plain]) in came_from}


def _names(records: pa.Table, texts: Texts, chosen: Codes) -> list[_Name]:
    """The name of each document, by the text of its representative.

    It is made of what an entry must share with another to be the same on its face: date and title, or what else is there.
    """
    at = texts.of_entry[chosen]
    entry_ids = records.column("entry_id").take(pa.array(chosen)).to_pylist()
    codes = (
        texts.date[at].tolist(),
        texts.date_label[at].tolist(),
        texts.title[at].tolist(),
        texts.summary[at].tolist(),
    )
    titles, summaries, dates = texts.titles.folded, texts.summaries.folded, texts.dates
    names = []
    for entry_id, date, label, title, summary in zip(entry_ids, *codes, strict=True):
        summarised = "" if summary == NONE else summaries[summary]
        if NONE not in (date, title):
            plain = identifier("d", dates[date], titles[title])
        elif NONE not in (title, summary):
            plain = identifier("d", "undated", "" if label == NONE else dates[label], titles[title], summarised)
        elif NONE not in (date, summary):
            plain = identifier("d", "untitled", dates[date], summarised)
        else:
            plain = identifier("d", "entry", entry_id)
        names.append(_Name(plain, summarised, entry_id))
    return names


def _free(name: _Name, taken: set[str], numbers: dict[tuple[str, str], int]) -> str:
    """The plainest id that no document has; `numbers` tells how far namesakes were numbered."""
    free, number = name.plain, numbers.get((name.plain, name.summary), 0)
    while free in taken:
        number += 1
        numbers[name.plain, name.summary] = number
        free = identifier("d", name.plain, name.summary, *([number] if number > 1 else []))
    return free


def _keep_published(
    records: pa.Table, document_of: Codes, names: Sequence[_Name], before: pa.Table
) -> tuple[dict[int, str], dict[str, str]]:
    """Which document keeps which published id, and which published ids lead to another."""
    own = pc.index_in(records.column("entry_id"), value_set=before.column("entry_id"))
    published = before.column("document_id").take(own).to_pylist()
    alike = _published_by_content(records, before, published)
    # By published id: how many of its entries a document has, how many that say the same (negative, to rank), and where.
    counts: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for old_id, same, document in zip(published, alike, document_of.tolist(), strict=True):
        if old_id is not None:
            counts[old_id, document][0] -= 1
        if same is not None:
            counts[same, document][1] -= 1
    shares: dict[str, list[tuple[int, int, str, int]]] = defaultdict(list)
    for (old_id, document), (entries, says_same) in counts.items():
        shares[old_id].append((entries, says_same, names[document].entry_id, document))
    won: dict[int, list[str]] = defaultdict(list)
    for old_id in sorted(shares):
        won[min(shares[old_id])[-1]].append(old_id)
    kept: dict[int, str] = {}
    merged: dict[str, str] = {}
    for document, old_ids in won.items():
        plain = names[document].plain
        kept[document] = plain if plain in old_ids else old_ids[0]
        merged.update({old_id: kept[document] for old_id in old_ids if old_id != kept[document]})
    return kept, merged


def _published_by_content(records: pa.Table, before: pa.Table, published: Sequence[str | None]) -> list[str | None]:
    """The published id of each entry; of a new one, that of entries no longer there which said the same.

    So a page that was saved again, under other bytes, keeps its documents' ids.
    """
    new = [row for row, old_id in enumerate(published) if old_id is None]
    gone = before.filter(pc.invert(pc.is_in(before.column("entry_id"), value_set=records.column("entry_id"))))
    if not new or not gone.num_rows:
        return list(published)
    said: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for document_id, content in zip(gone.column("document_id").to_pylist(), _contents(gone), strict=True):
        said[content].add(document_id)
    found = list(published)
    for row, content in zip(new, _contents(records.take(pa.array(new))), strict=True):
        if len(said.get(content, ())) == 1:
            (found[row],) = said[content]
    return found


def _contents(entries: pa.Table) -> list[tuple[str, str, str]]:
    """What each entry says, typography aside."""
    columns = (entries.column(name).to_pylist() for name in ("date_edtf", "date_text", "title", "summary"))
    return [
        (edtf or fold(date_text or ""), fold(title or ""), fold(summary or ""))
        for edtf, date_text, title, summary in zip(*columns, strict=True)
    ]


def _follow(before: Mapping[str, str], merged: Mapping[str, str], in_use: set[str]) -> dict[str, str]:
    """Redirects of earlier releases and of this one, each leading straight to an id in use; the rest are dropped."""
    redirects = {**before, **merged}
    followed: dict[str, str] = {}
    for old_id in sorted(redirects):
        target, steps = redirects[old_id], 0
        while target not in in_use and target in redirects and steps <= len(redirects):
            target, steps = redirects[target], steps + 1
        if target in in_use and old_id not in in_use:
            followed[old_id] = target
    return followed
