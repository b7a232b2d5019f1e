"""The composition: entries to documents, with every decision that a reader may question."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.deduplicate.appearance import BY_PLACE, Appearance, IdentityKey, Match, identity_key
from pipelines.deduplicate.groups import LARGEST_COMPARED_GROUP, doubt_between, split_group
from pipelines.deduplicate.history import History
from pipelines.deduplicate.ids import assign_ids
from pipelines.deduplicate.representative import has_variants, representative
from pipelines.deduplicate.summaries import similarity
from pipelines.records import Issue
from pipelines.text import fold, one_line


class Document(NamedTuple):
    """One document: its entries in the order of their places, and the one that speaks for it."""

    document_id: str
    members: tuple[Appearance, ...]
    representative: Appearance
    has_variants: bool


class Deduplication(NamedTuple):
    """Documents by id, what was compared, where old ids lead, and what was too much to compare."""

    documents: tuple[Document, ...]
    matches: tuple[Match, ...]
    redirects: dict[str, str]
    issues: tuple[Issue, ...]


def deduplicate(appearances: Sequence[Appearance], history: History | None = None) -> Deduplication:
    """Find the documents that entries stand for.

    Args:
        appearances: in any order; each entry id once.
        history: what the release before published; without it, ids follow from the content alone.
    """
    groups = _group(appearances)
    documents: list[list[Appearance]] = []
    doubts: list[Match] = []
    issues: list[Issue] = []
    for group in groups:
        parts = split_group(group) if len(group) > 1 else [group]
        documents += parts
        if len(parts) > 1:
            doubts += _doubts(parts)
            issues += _overflow(group)
    ids, redirects = assign_ids(documents, history or History())
    found = [
        Document(document_id, tuple(members), representative(members), has_variants(members))
        for document_id, members in zip(ids, documents, strict=True)
    ]
    found.sort(key=lambda document: document.document_id)
    joined = [match for document in found if len(document.members) > 1 for match in _joined(document)]
    matches = sorted(joined + doubts, key=lambda match: match[:3])
    return Deduplication(tuple(found), tuple(matches), redirects, tuple(issues))


def _group(appearances: Sequence[Appearance]) -> list[list[Appearance]]:
    """Entries by identity key, groups in the order of their keys, entries in the order of their places."""
    keyed: dict[IdentityKey, list[Appearance]] = defaultdict(list)
    alone: list[list[Appearance]] = []
    for appearance in sorted(appearances, key=BY_PLACE):
        key = identity_key(appearance.entry)
        if key is None:
            alone.append([appearance])
        else:
            keyed[key].append(appearance)
    return [keyed[key] for key in sorted(keyed)] + alone


def _joined(document: Document) -> Iterator[Match]:
    """One row for each distinct text that was joined with the representative's."""
    chosen = document.representative
    said = {(chosen.entry.title, chosen.entry.summary)}
    for member in document.members:
        text = member.entry.title, member.entry.summary
        if text in said:
            continue
        said.add(text)
        left, right = sorted((chosen.entry_id, member.entry_id))
        rule, score, how = _agreement(chosen, member)
        yield Match(left, right, rule, score, "same", how)


def _agreement(chosen: Appearance, member: Appearance) -> tuple[str, float, str]:
    one, other = fold(chosen.entry.summary or ""), fold(member.entry.summary or "")
    if not (chosen.entry.date and chosen.entry.title):
        return (
            "same_text",
            1.0,
            f"All that both print is the same once typography is folded: {one_line(chosen.entry.title or chosen.entry.summary or '', 80)}.",
        )
    same = f"Both are dated {chosen.entry.date.edtf}, and their titles are the same once typography is folded"
    if one == other:
        return "same_date_and_title", 1.0, f"{same}, as are their summaries."
    if not one or not other:
        return "same_date_and_title", 0.9, f"{same}; one has no summary, and no other document shares date and title."
    score = round(similarity(one, other), 4)
    return "same_date_and_title", score, f"{same}; {score:.0%} of the shorter summary's words stand in the longer."


def _doubts(parts: Sequence[Sequence[Appearance]]) -> Iterator[Match]:
    """Open questions between the documents of one group: each with the first, so that they grow with the group."""
    first = parts[0]
    pages = {member.page_id for member in first}
    for other in parts[1:]:
        share_a_page = not pages.isdisjoint(member.page_id for member in other)
        yield doubt_between(representative(first), representative(other), share_a_page=share_a_page)


def _overflow(group: Sequence[Appearance]) -> Iterator[Issue]:
    count = len({fold(member.entry.summary or "") for member in group})
    if count > LARGEST_COMPARED_GROUP:
        title = one_line(group[0].entry.title or "")
        message = f"{count} different summaries under one date and title; only equal ones were joined: {title}"
        yield Issue(
            "group_too_large", message, page_id=group[0].page_id, table="entries", column="summary", value=title
        )
