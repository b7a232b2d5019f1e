"""Which of a document's entries speaks for it, and whether the others say anything else."""

from collections.abc import Sequence

from pipelines.deduplicate.appearance import Appearance, content_of


def representative(members: Sequence[Appearance]) -> Appearance:
    """The entry whose text the document takes.

    In this order: complete before cut, with summary before without, with title, with date; then the longest summary,
    for shortening loses and nothing adds; then the text itself and its place, so that no order of input matters.
    """
    return members[0] if len(members) == 1 else min(members, key=_rank)


def _rank(appearance: Appearance) -> tuple[object, ...]:
    entry = appearance.entry
    summary, title = entry.summary or "", entry.title or ""
    return (
        entry.is_possibly_cut, not summary, not title, entry.date is None, -len(summary),
        summary, title, entry.date_text or "", appearance.page_id, entry.position,
    )  # fmt: skip


def has_variants(members: Sequence[Appearance]) -> bool:
    """Whether entries differ in more than typography; a missing field differs from one that is there."""
    if len(members) == 1:
        return False
    first = members[0].entry
    if all(
        m.entry.title == first.title and m.entry.summary == first.summary and m.entry.date == first.date
        for m in members
    ):
        return False
    return len({content_of(member.entry) for member in members}) > 1
