"""The pairs of a release that wait for a person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from pipelines.deduplicate import Judgement
from pipelines.deduplicate.judgements import content_of
from pipelines.published import Content, Listed, Release


class Side(NamedTuple):
    """One entry of a pair, and the other entries of its document."""

    entry: Listed
    others: tuple[Listed, ...]


class Pair(NamedTuple):
    """Two entries that a rule leaves to a person, and what it says of them."""

    left: Side
    right: Side
    rule: str
    score: float
    evidence: str

    def as_json(self, by: str | None, on: date) -> dict[str, Any]:
        """All that is known, and a judgement to be filled in."""
        sides = {"left": self.left, "right": self.right}
        said = {name: side.entry.said._asdict() for name, side in sides.items()}
        return {
            "rule": self.rule,
            "score": self.score,
            "evidence": self.evidence,
            **{name: _side_as_json(side) for name, side in sides.items()},
            "judgement": {"decision": None, "by": by, "on": on.isoformat(), "why": None, **said},
        }


class OpenPairs(NamedTuple):
    """Pairs that are open, the most alike first, and how many more the file of judgements decides already."""

    pairs: tuple[Pair, ...]
    judged_count: int


def open_pairs(release: Release, judgements: Sequence[Judgement]) -> OpenPairs:
    """The pairs of a release that are left to a person and of which no judgement speaks yet.

    Raises:
        ReleaseError: a table cannot be read.
    """
    rows = release.rows("matches", "decision", ["review"])
    asked = {row[side] for row in rows for side in ("left_entry_id", "right_entry_id")}
    documents = {entry.document_id for entry in release.entries("entry_id", asked)}
    entries = release.entries("document_id", documents)
    decided = _decided(judgements, entries)
    sides = _sides(entries)
    pairs = [
        Pair(sides[row["left_entry_id"]], sides[row["right_entry_id"]], row["rule"], row["score"], row["evidence"])
        for row in sorted(rows, key=lambda row: (-row["score"], row["left_entry_id"], row["right_entry_id"]))
    ]
    waiting = [
        pair for pair in pairs if frozenset((pair.left.entry.document_id, pair.right.entry.document_id)) not in decided
    ]
    return OpenPairs(tuple(waiting), len(pairs) - len(waiting))


def _sides(entries: Iterable[Listed]) -> dict[str, Side]:
    """Each entry beside the others of its document, by its id."""
    members: dict[str, list[Listed]] = defaultdict(list)
    for entry in entries:
        members[entry.document_id].append(entry)
    return {
        entry.entry_id: Side(entry, tuple(other for other in listed if other is not entry))
        for listed in members.values()
        for entry in listed
    }


def _decided(judgements: Sequence[Judgement], entries: Iterable[Listed]) -> set[frozenset[str]]:
    """The pairs of documents of which a judgement speaks, whichever of their texts it quotes."""
    if not judgements:
        return set()
    documents: dict[Content, set[str]] = defaultdict(set)
    for entry in entries:
        documents[entry.content].add(entry.document_id)
    return {
        frozenset((one, other))
        for judgement in judgements
        for one in documents.get(content_of(judgement.left), ())
        for other in documents.get(content_of(judgement.right), ())
    }


def _side_as_json(side: Side) -> dict[str, Any]:
    others = [{"entry_id": other.entry_id, "place": other.place} for other in side.others]
    return {**side.entry.as_json(), "other_entries": others}
