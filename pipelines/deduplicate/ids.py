"""Document ids: from what a document says, and from what was published before."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipelines.deduplicate.appearance import Appearance, identity_key
from pipelines.deduplicate.history import History
from pipelines.deduplicate.representative import representative
from pipelines.identifiers import identifier
from pipelines.text import fold

Members = Sequence[Appearance]


def assign_ids(documents: Sequence[Members], history: History) -> tuple[list[str], dict[str, str]]:
    """An id for each document, in the order given, and the redirects from ids that are no longer in use.

    The order must follow from the content alone. A document keeps a published id that its entries had; where it had
    several, they were found to be one, and the others lead to the one kept. Where one published document became
    several, the one with most of its entries keeps the id.
    """
    kept, merged = _keep_published(documents, history) if history else ({}, {})
    names = _Names(set(kept.values()) | set(merged))
    ids = [kept.get(at) or names.new(members) for at, members in enumerate(documents)]
    return ids, _follow(history.redirects, merged, set(ids))


class _Names:
    """Hands out ids, the plainest that is free: by date and title, with the summary as well, with a number."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._numbers: dict[str, int] = {}

    def new(self, members: Members) -> str:
        """An id that no other document has."""
        name = plainest_name(members)
        if name in self._taken:
            name = self._with_summary(members)
        self._taken.add(name)
        return name

    def _with_summary(self, members: Members) -> str:
        key = identity_key(members[0].entry) or ()
        summary = fold(representative(members).entry.summary or "")
        name = plain = identifier("d", *key, summary)
        while name in self._taken:
            self._numbers[plain] = number = self._numbers.get(plain, 1) + 1
            name = identifier("d", *key, summary, number)
        return name


def plainest_name(members: Members) -> str:
    """The id of a document that shares its date and title with no other; of an entry that is only ever itself, its own."""
    first = members[0]
    key = identity_key(first.entry)
    return identifier("d", *key) if key else identifier("d", "entry", first.entry_id)


def _keep_published(documents: Sequence[Members], history: History) -> tuple[dict[int, str], dict[str, str]]:
    """Which document keeps which published id, and which published ids lead to another."""
    # By published id: how many of its entries a document has, how many that say the same (negative, to rank), and where.
    shares: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for at, members in enumerate(documents):
        own = Counter(filter(None, (history.by_entry.get(member.entry_id) for member in members)))
        alike = Counter(filter(None, map(history.published_id, members)))
        for old_id, count in alike.items():
            shares[old_id].append((-own[old_id], -count, at))
    won: dict[int, list[str]] = defaultdict(list)
    for old_id in sorted(shares):
        won[min(shares[old_id])[2]].append(old_id)
    kept: dict[int, str] = {}
    merged: dict[str, str] = {}
    for at, old_ids in won.items():
        plain = plainest_name(documents[at])
        kept[at] = plain if plain in old_ids else old_ids[0]
        merged.update({old_id: kept[at] for old_id in old_ids if old_id != kept[at]})
    return kept, merged


def _follow(before: Mapping[str, str], merged: dict[str, str], in_use: set[str]) -> dict[str, str]:
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
