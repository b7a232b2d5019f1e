"""What deduplication looks at, and what it says."""

from operator import attrgetter
from typing import Literal, NamedTuple

from pipelines.records import Entry
from pipelines.text import fold

Decision = Literal["same", "different", "review"]


class Appearance(NamedTuple):
    """An entry with the ids that place it: which page lists it, and its own."""

    entry_id: str
    page_id: str
    entry: Entry


# The order of entries wherever one is needed: by page, then by place on it.
BY_PLACE = attrgetter("page_id", "entry.position")


class Match(NamedTuple):
    """Two distinct texts that were compared: the rule that spoke, its score (0..1), and a sentence for a reader."""

    left_entry_id: str
    right_entry_id: str
    rule: str
    score: float
    decision: Decision
    evidence: str


IdentityKey = tuple[str, ...]


def identity_key(entry: Entry) -> IdentityKey | None:
    """What two entries must share to be one document; None for an entry that is only ever itself.

    The parsed date and the folded title. Where one of them is missing the bar rises: then everything that is there
    must be the same, and that must be two fields at least, for one field alone never makes two entries one.
    """
    title, summary = entry.title, entry.summary
    if entry.date and title:
        return (entry.date.edtf, fold(title) or title)
    if title and summary:
        return ("undated", fold(entry.date_text or ""), fold(title), fold(summary))
    if entry.date and summary:
        return ("untitled", entry.date.edtf, fold(summary))
    return None


ContentKey = tuple[str, str, str]


def content_key(date_edtf: str | None, date_text: str | None, title: str | None, summary: str | None) -> ContentKey:
    """What an entry says, typography aside: by it a page that was saved again is recognised."""
    return (date_edtf or fold(date_text or ""), fold(title or ""), fold(summary or ""))


def content_of(entry: Entry) -> ContentKey:
    """The content key of an entry."""
    return content_key(entry.date.edtf if entry.date else None, entry.date_text, entry.title, entry.summary)
