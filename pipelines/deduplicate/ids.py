"""Document ids: from what a document says, and from what was published before."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

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
    taken = set(kept.values()) | set(merged)
    ids: list[str] = []
    for at, members in enumerate(documents):
        document_id = kept.get(at)
        if document_id is None:
            document_id = next(name for name in _names(members) if name not in taken)
            taken.add(document_id)
        ids.append(document_id)
    return ids, _follow(history.redirects, merged, set(ids))


def _names(members: Members) -> Iterator[str]:
    """The ids that a document may have, the plainest first: by date and title, with its summary, with a number."""
    first = members[0]
    key = identity_key(first.entry)
    if key is None:
        yield identifier("d", "entry", first.entry_id)
        return
    yield identifier("d", *key)
    summary = fold(representative(members).entry.summary or "")
    yield identifier("d", *key, summary)
    number = 2
    while True:
        yield identifier("d", *key, summary, number)
        number += 1


def _keep_published(documents: Sequence[Members], history: History) -> tuple[dict[int, str], dict[str, str]]:
    """Which document keeps which published id, and which published ids lead to another."""
    shares: dict[str, list[tuple[int, int]]] = defaultdict(list)  # published id: (entries it had, document)
    for at, members in enumerate(documents):
        for old_id, count in Counter(filter(None, map(history.published_id, members))).items():
            shares[old_id].append((-count, at))
    won: dict[int, list[str]] = defaultdict(list)
    for old_id in sorted(shares):
        won[min(shares[old_id])[1]].append(old_id)
    kept: dict[int, str] = {}
    merged: dict[str, str] = {}
    for at, old_ids in won.items():
        plain = next(_names(documents[at]))
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
