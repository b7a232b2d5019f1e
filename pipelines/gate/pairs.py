"""Pairs that wait for a person now and did not before. A pair is known by its entries, or by what they say."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.deduplicate import Said
from pipelines.deduplicate.judgements import content_of
from pipelines.errors import ReleaseError
from pipelines.parquet import read_table

_PAIR = ["left_entry_id", "right_entry_id"]
_SAID = ["entry_id", "date_text", "title", "summary"]
Pair = frozenset[tuple[str, str, str]]


def new_review_pairs(before: Path, tables: Mapping[str, pa.Table]) -> int:
    """How many pairs of the tables wait for a person and did not in the release of a folder.

    Texts are looked at only where the entries of a pair are others: a page that was saved again has new ones that say the same.

    Raises:
        ReleaseError: the release before cannot be read.
    """
    waiting = _waiting(tables["matches"])
    if not waiting:
        return 0
    try:
        known = _waiting(read_table(before / "matches.parquet", [*_PAIR, "decision"]))
        unknown = waiting - known
        if not unknown or not known:
            return len(unknown)
        said_before = _contents(_entries_of(known, before, tables["entries"]), known)
    except (OSError, pa.ArrowException) as error:
        message = f"{before}: the release before cannot be read: {error}"
        raise ReleaseError(message) from error
    return len(_contents(tables["entries"], unknown) - said_before)


def _entries_of(pairs: set[tuple[str, str]], before: Path, entries: pa.Table) -> pa.Table:
    """The entries of pairs of the release before. Where all are still there they say the same, and are taken from these."""
    ids = pa.array({entry_id for pair in pairs for entry_id in pair}, pa.string())
    is_there = pc.all(pc.is_in(ids, value_set=entries.column("entry_id"))).as_py()
    return entries if is_there else read_table(before / "entries.parquet", _SAID)


def _waiting(matches: pa.Table) -> set[tuple[str, str]]:
    rows = matches.filter(pc.equal(matches.column("decision"), "review"))
    return set(zip(*(rows.column(name).to_pylist() for name in _PAIR), strict=True))


def _contents(entries: pa.Table, pairs: set[tuple[str, str]]) -> set[Pair]:
    """What the entries of each pair say, typography aside."""
    ids = pa.array({entry_id for pair in pairs for entry_id in pair}, pa.string())
    rows = entries.filter(pc.is_in(entries.column("entry_id"), value_set=ids)).select(_SAID).to_pylist()
    said = {row["entry_id"]: content_of(Said(row["date_text"], row["title"], row["summary"])) for row in rows}
    return {frozenset(said[entry_id] for entry_id in pair) for pair in pairs}
