"""The region of a page before its list: caption, heading, description; and what they say the page is about."""

import re
from collections.abc import Sequence

from pipelines.extract.kinds import BLANK
from pipelines.records import Frame, PageKind, Span

_PORTRAIT = "H"
# `Name 1897- 1970`: a life span without a comma before it; `Title, 1945-1950`: a year or a span after a comma.
_PERSON_HEADING = re.compile(r"[^,]* \d{4} ?[-–] ?(?:\d{4})?")
_COLLECTION_HEADING = re.compile(r".*, \d{4}(?: ?[-–] ?\d{4})?")
_COLLECTION_DESCRIPTION = re.compile(
    r"(?:This|A|The|In this|These) (?:\w+ ){0,6}?collections?\b|.*\b(?:other collections? on|collections? resource guide)\b",
    re.DOTALL,
)
_CAPTION_INSIDE = re.compile(r"[(\[]Image ?[:,] ?(?P<caption>[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]")
# A heading is a few words; a sentence of more words that ends with a full stop is a description without a heading.
_LONGEST_SENTENCE_AS_HEADING = 12


def read_region(
    lines: Sequence[str], kinds: str, first: int, end: int, *, kind: PageKind | None
) -> tuple[Frame, list[Span]]:
    """Read lines `first` to `end` (0-based, end exclusive); `kind` is what the layout knows the page to be.

    Returns what the page says around its list, and each line's rule: `image_caption`, `portrait_placeholder`,
    `heading`, `description`. The first text is a caption where it comes straight after the skip link, or where the
    region's last line repeats it.
    """
    texts = [at for at in range(first, end) if kinds[at] not in (BLANK, _PORTRAIT)]
    portraits = [at for at in range(first, end) if kinds[at] == _PORTRAIT]
    spans = [Span("portrait_placeholder", at + 1, at + 1) for at in portraits]
    caption, texts = _take_caption(lines, texts, first, kinds)
    spans += [Span("image_caption", at + 1, at + 1) for at in caption]
    heading = None
    if texts and not _is_description(lines[texts[0]].strip()):
        spans.append(Span("heading", texts[0] + 1, texts[0] + 1))
        heading, texts = lines[texts[0]].strip(), texts[1:]
    description = "\n".join(lines[texts[0] : texts[-1] + 1]).strip() if texts else None
    spans += [Span("description", at + 1, at + 1) for at in texts]
    image_caption = lines[caption[0]].strip() if caption else None
    if image_caption is None and description and (inside := _CAPTION_INSIDE.search(description)):
        image_caption = inside["caption"].strip()
    kind = kind or _kind_of(heading, description, has_portrait=bool(portraits))
    return Frame(kind, heading, description, image_caption), spans


def _take_caption(lines: Sequence[str], texts: list[int], first: int, kinds: str) -> tuple[list[int], list[int]]:
    """Split off the caption's lines: at the beginning, and again at the end."""
    if len(texts) < 2:  # noqa: PLR2004 a caption stands beside a heading
        return [], texts
    is_repeated = len(texts) > 2 and lines[texts[0]].strip() == lines[texts[-1]].strip()  # noqa: PLR2004 as above, twice
    if is_repeated:
        return [texts[0], texts[-1]], texts[1:-1]
    follows_skip_link = first > 0 and texts[0] == first and kinds[texts[0] + 1] == BLANK and kinds[first - 1] == "K"
    one, other = (lines[at].strip() for at in texts[:2])
    is_heading = _COLLECTION_HEADING.fullmatch(one) or _is_description(other)
    return (texts[:1], texts[1:]) if follows_skip_link and not is_heading else ([], texts)


def has_years(heading: str) -> bool:
    """Whether a heading ends with years, as those of collections and persons do."""
    return bool(_PERSON_HEADING.fullmatch(heading) or _COLLECTION_HEADING.fullmatch(heading))


def _is_description(text: str) -> bool:
    return text.endswith(".") and len(text.split()) > _LONGEST_SENTENCE_AS_HEADING


def _kind_of(heading: str | None, description: str | None, *, has_portrait: bool) -> PageKind:
    """What the page is about, where heading or description tell; topics and places look alike without an address."""
    if has_portrait or (heading and _PERSON_HEADING.fullmatch(heading)):
        return "person"
    if heading and _COLLECTION_HEADING.fullmatch(heading):
        return "collection"
    if heading and description and _COLLECTION_DESCRIPTION.match(description):
        return "collection"
    return "unknown"
