"""What a judgement would change: the entries are deduplicated again, with it and without, and the groups are compared."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa

from pipelines.deduplicate import Deduplication, History, Judgement, Said, deduplicate
from pipelines.deduplicate.history import COLUMNS as HISTORY_COLUMNS
from pipelines.deduplicate.judgements import Verdict, content_of
from pipelines.published import Listed
from pipelines.review.writing import today


class Part(NamedTuple):
    """A document as it would be: its id (None: it would be a new one), and its entries."""

    document_id: str | None
    entry_ids: tuple[str, ...]


class Outcome(NamedTuple):
    """What would change: the documents that would be others than now, and the ids that would lead elsewhere.

    `because` says why nothing would change; it is None where something would.
    """

    documents: tuple[Part, ...]
    redirects: Mapping[str, str]
    because: str | None


_Group = frozenset[str]


class Supposing:
    """Entries that can be deduplicated again under one more judgement; `now` is without any."""

    def __init__(self, entries: pa.Table, judgements: Sequence[Judgement]) -> None:
        """Take the entries of a release, with their document ids, and the judgements of the file."""
        self._entries = entries
        self._judgements = tuple(judgements)
        self._history = History(entries.select(list(HISTORY_COLUMNS)))
        self._published = set(entries.column("document_id").to_pylist())
        self._now = self._run(())
        self._groups = _groups(self._now.entries)
        self.documents_of = _document_of(self._now.entries)

    def pending(self) -> Outcome:
        """How the entries group with the file as it is now, where that is otherwise than in the release."""
        changed = _changed(self._groups, _groups(self._entries))
        return Outcome(self._parts(changed), self._now.redirects, None if changed else "the release has it so")

    def suppose(self, decision: Verdict, left: Listed, right: Listed) -> Outcome:
        """What one more judgement would change."""
        if left.content == right.content and decision == "different":
            return _nothing("both print the same once typography is folded, and a judgement is about texts")
        before = (self.documents_of[left.entry_id], self.documents_of[right.entry_id])
        if (before[0] == before[1]) == (decision == "same"):
            return _nothing(f"the next build {'joins' if decision == 'same' else 'parts'} them anyway")
        then = self._run((Judgement(decision, left.said, right.said, "you", today(), "supposed"),))
        changed = _changed(_groups(then.entries), self._groups)
        if not changed:
            return _nothing(self._why_nothing(decision, left, right, then))
        redirects = {old: new for old, new in then.redirects.items() if self._now.redirects.get(old) != new}
        return Outcome(self._parts(changed), redirects, None)

    def _run(self, more: tuple[Judgement, ...]) -> Deduplication:
        return deduplicate(self._entries, judgements=(*self._judgements, *more), history=self._history)

    def _parts(self, changed: Mapping[_Group, str]) -> tuple[Part, ...]:
        parts = [
            Part(document_id if document_id in self._published else None, tuple(sorted(group)))
            for group, document_id in changed.items()
        ]
        return tuple(sorted(parts, key=lambda part: (part.document_id is None, -len(part.entry_ids), part.entry_ids)))

    def _why_nothing(self, decision: Verdict, left: Listed, right: Listed, then: Deduplication) -> str:
        """Why a judgement would not be followed."""
        against = [
            known
            for known in self._judgements
            if known.decision != decision and _is_about(known, left.said, right.said)
        ]
        if against:
            return f"{against[0].place} (by {against[0].by}) says {against[0].decision}"
        told = [issue.message for issue in then.issues if issue.problem == "judgement_contradicted"]
        known = {issue.message for issue in self._now.issues}
        for message in told:
            if message not in known:
                return message
        path = _path(left.entry_id, right.entry_id, then.matches) if decision == "different" else []
        if path:
            return "they stay joined by " + ", ".join(f"{one} + {other} ({rule})" for one, other, rule in path)
        return "deduplication groups the entries as it does now all the same"


def _is_about(judgement: Judgement, one: Said, other: Said) -> bool:
    return {content_of(judgement.left), content_of(judgement.right)} == {content_of(one), content_of(other)}


def _nothing(because: str) -> Outcome:
    return Outcome((), {}, because)


def _document_of(entries: pa.Table) -> dict[str, str]:
    return dict(zip(*(entries.column(name).to_pylist() for name in ("entry_id", "document_id")), strict=True))


def _groups(entries: pa.Table) -> dict[_Group, str]:
    """The entries of each document, with its id."""
    members: dict[str, set[str]] = defaultdict(set)
    for entry_id, document_id in _document_of(entries).items():
        members[document_id].add(entry_id)
    return {frozenset(group): document_id for document_id, group in members.items()}


def _changed(then: Mapping[_Group, str], now: Mapping[_Group, str]) -> dict[_Group, str]:
    """The groups that are there then and not now."""
    return {group: document_id for group, document_id in then.items() if group not in now}


def _path(start: str, end: str, matches: pa.Table) -> list[tuple[str, str, str]]:
    """The shortest chain of pairs called the same that leads from one entry to another."""
    beside: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in matches.to_pylist():
        if row["decision"] == "same":
            beside[row["left_entry_id"]].append((row["right_entry_id"], row["rule"]))
            beside[row["right_entry_id"]].append((row["left_entry_id"], row["rule"]))
    came: dict[str, tuple[str, str]] = {start: ("", "")}
    waiting = deque([start])
    while waiting and end not in came:
        one = waiting.popleft()
        for other, rule in beside[one]:
            if other not in came:
                came[other] = (one, rule)
                waiting.append(other)
    path: list[tuple[str, str, str]] = []
    while end in came and end != start:
        before, rule = came[end]
        path.insert(0, (before, end, rule))
        end = before
    return path
