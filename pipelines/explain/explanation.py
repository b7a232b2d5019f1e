"""Why a document is what it is, gathered: its entries, the pairs that tell of it, the judgements, and what more would change."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from pipelines.deduplicate import Judgement
from pipelines.deduplicate.judgements import Verdict, content_of
from pipelines.explain.neighbourhood import Asked, Neighbourhood, find_asked, find_neighbourhood
from pipelines.explain.supposing import Outcome, Supposing
from pipelines.explain.title import Said, find_said
from pipelines.published import Content, Listed, Release

Standing = Literal["in the release", "from the next build on", "not followed", "dangling"]


class Relation(NamedTuple):
    """A pair of entries that `matches` tells of, one of this document at least.

    `own` is of this document, `other` of this one or another; `other_document` is the other's row, or None.
    """

    row: Mapping[str, Any]
    own: Listed
    other: Listed
    other_document: Mapping[str, Any] | None

    @property
    def supposed(self) -> Verdict:
        """The judgement that would change something, if any does."""
        return "same" if self.other_document else "different"


class Applying(NamedTuple):
    """A judgement that quotes a text of the document, and what has come of it."""

    judgement: Judgement
    standing: Standing
    document_ids: tuple[str, ...]


class Explanation(NamedTuple):
    """All that is known of a document. What a judgement would change is worked out when it is asked for."""

    release_id: str
    asked: Asked
    hood: Neighbourhood
    joined: tuple[Relation, ...]
    apart: tuple[Relation, ...]
    open: tuple[Relation, ...]
    judgements: tuple[Applying, ...]
    pending: Outcome
    suppose: Callable[[Relation], Outcome]
    said: Said


def explain_document(release: Release, asked_id: str, judgements: Sequence[Judgement]) -> Explanation:
    """Gather what is known of the document that an id leads to.

    Raises:
        UnknownIdError: the id leads to none.
        ReleaseError: a table cannot be read.
    """
    asked = find_asked(release, asked_id)
    quoted = _quoted(release, judgements)
    hood = find_neighbourhood(release, asked.document_id, list(_linked_documents(judgements, quoted)))
    supposing = Supposing(hood.linked, judgements)
    contents = {entry.content for entry in hood.entries}
    telling = [
        known for known in judgements if not contents.isdisjoint((content_of(known.left), content_of(known.right)))
    ]
    return Explanation(
        release.release_id,
        asked,
        hood,
        *_by_kind(_relations(release, hood)),
        tuple(_applying(known, quoted, supposing) for known in telling),
        supposing.pending(),
        lambda found: supposing.suppose(found.supposed, found.own, found.other),
        find_said(release, asked.document_id),
    )


def _by_kind(relations: Sequence[Relation]) -> tuple[tuple[Relation, ...], tuple[Relation, ...], tuple[Relation, ...]]:
    """Pairs within the document, pairs that are two documents, and pairs that wait for a person."""
    joined = tuple(found for found in relations if found.other_document is None)
    between = [found for found in relations if found.other_document is not None]
    apart = tuple(found for found in between if found.row["decision"] != "review")
    return joined, apart, tuple(found for found in between if found.row["decision"] == "review")


def _quoted(release: Release, judgements: Sequence[Judgement]) -> dict[Content, list[Listed]]:
    """The entries of the release that judgements quote."""
    return release.saying({content_of(said) for known in judgements for said in (known.left, known.right)})


def _linked_documents(
    judgements: Sequence[Judgement], quoted: Mapping[Content, Sequence[Listed]]
) -> Iterator[tuple[str, str]]:
    """Pairs of documents of which a judgement speaks."""
    for judgement in judgements:
        left, right = _both(judgement, quoted)
        yield from ((one.document_id, other.document_id) for one in left for other in right)


def _both(
    judgement: Judgement, quoted: Mapping[Content, Sequence[Listed]]
) -> tuple[Sequence[Listed], Sequence[Listed]]:
    return quoted.get(content_of(judgement.left), ()), quoted.get(content_of(judgement.right), ())


def _relations(release: Release, hood: Neighbourhood) -> list[Relation]:
    """The pairs that name an entry of the document, the most alike first."""
    own = {entry.entry_id: entry for entry in hood.entries}
    named = {row[side] for row in hood.matches for side in ("left_entry_id", "right_entry_id")}
    entries = own | {entry.entry_id: entry for entry in release.entries("entry_id", named - own.keys())}
    relations = []
    for row in sorted(hood.matches, key=lambda row: (-row["score"], row["left_entry_id"], row["right_entry_id"])):
        left, right = entries[row["left_entry_id"]], entries[row["right_entry_id"]]
        one, other = (left, right) if left.entry_id in own else (right, left)
        document = None if other.entry_id in own else hood.documents[other.document_id]
        relations.append(Relation(row, one, other, document))
    return relations


def _applying(judgement: Judgement, quoted: Mapping[Content, Sequence[Listed]], supposing: Supposing) -> Applying:
    left, right = _both(judgement, quoted)
    documents = tuple(sorted({entry.document_id for entry in (*left, *right)}))
    if not left or not right:
        return Applying(judgement, "dangling", documents)
    if _holds(judgement, [entry.document_id for entry in left], [entry.document_id for entry in right]):
        return Applying(judgement, "in the release", documents)
    ids = supposing.documents_of
    is_next = _holds(
        judgement, *([ids[entry.entry_id] for entry in side if entry.entry_id in ids] for side in (left, right))
    )
    return Applying(judgement, "from the next build on" if is_next else "not followed", documents)


def _holds(judgement: Judgement, left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether documents are as a judgement says: those of both texts the same, or none in common."""
    if judgement.decision == "same":
        return len({*left, *right}) == 1
    return not {*left} & {*right}
