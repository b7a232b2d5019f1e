"""Lines as letters: what a line looks like, before any grammar says what it is.

A page becomes a string of one letter a line, and a layout becomes a regular expression over such strings. The letter is
judged from the line alone; only `f` and `F` (a date that was cut) need to know that nothing follows.
"""

import re
from collections.abc import Sequence

from pipelines.dates import LONGEST_DATE_LINE, is_date_start, is_undated, read_date

BLANK = "b"
TEXT = "t"
INDENTED = "i"
DATE = "d"
YEARS = "y"  # 1893-1976: a life span among facets, an interval where a date is due
COUNT = "c"  # (372) documents
PAGER = "p"  # 61 - 70 of 120
BULLET_DATE = "D"  # • January 05, 1950
BULLET_OTHER = "u"  # • anything else
CUT_DATE = "f"  # Aug, at the very end
CUT_BULLET = "F"  # • Aug, at the very end
DASH = "-"

# Lines that the two site generations print on every page of some layout, letter for letter.
FIXED = {
    "": BLANK,
    "-": DASH,
    "Search in": "S",
    "ADD SEARCH FILTER CANCEL SEARCH FILTER": "A",
    "SEARCH RESULTS": "R",
    "No image found.": "N",
    "Skip to content": "K",
    "Skip to main content": "K",
    "Results:": "Q",
    "Documents": "O",
    "Popular Documents": "P",
    "Timeline": "T",
    "Placeholder image for when a portrait image is not available": "H",
}

PAGER_LINE = re.compile(r"(?P<first>\d[\d,]*) ?[-–] ?(?P<last>\d[\d,]*) of (?P<total>\d[\d,]*)")
_COUNT_LINE = re.compile(r"\(\d[\d,]*\) documents?")
_YEARS_LINE = re.compile(r"\d{4} ?[-–] ?(?:\d{4})?")
_FORMS = ((_YEARS_LINE, YEARS), (PAGER_LINE, PAGER), (_COUNT_LINE, COUNT))
_BULLET = re.compile(r"\s*[•*·](?:\s+(?P<text>.*))?")
_YEAR = re.compile(r"\d{4}")
_DIGIT = re.compile(r"\d")


def kinds_of(lines: Sequence[str]) -> str:
    """One letter a line.

    >>> kinds_of(["Skip to content", "", "  • May 10, 1948", "    Cable", "Aug"])
    'KbDif'
    """
    if len(_KINDS) > _MOST_REMEMBERED:
        _KINDS.clear()
        _KINDS.update(FIXED)
    return _with_cut_end("".join(map(_KINDS.__getitem__, lines)), lines)


class _Kinds(dict[str, str]):
    """Kinds by line: half of all lines are blank and dates recur, so most are found without a call."""

    def __missing__(self, line: str) -> str:
        if line[-1].isspace():
            return self[line.rstrip()]
        if line[:4] == "    " and line[4:5].isalpha():
            return INDENTED
        if line[0].isalpha() and (len(line) > LONGEST_DATE_LINE or not (_DIGIT.search(line) or is_undated(line))):
            return TEXT
        if len(line) > LONGEST_DATE_LINE:
            return _long_kind(line)
        kind = self[line] = _short_kind(line)
        return kind


_KINDS = _Kinds(FIXED)
_MOST_REMEMBERED = 1 << 16


def bullet_text(line: str) -> str | None:
    """What follows the bullet of a bulleted line, `` where nothing does; None for a line without one."""
    match = _BULLET.fullmatch(line)
    return (match["text"] or "").strip() if match else None


def _long_kind(line: str) -> str:
    """The kind of a line too long for a date, a pager or a count."""
    if not line[0].isspace():
        return BULLET_OTHER if line.startswith("• ") else TEXT
    stripped = line.lstrip()
    if len(stripped) <= LONGEST_DATE_LINE:
        return _short_kind(line)
    return BULLET_OTHER if stripped.startswith("• ") else INDENTED


def _short_kind(line: str) -> str:
    """The kind of a line of which no more than a date's length is text."""
    stripped = line.strip()
    is_indented = line[0].isspace()
    if stripped in FIXED and not (is_indented and stripped):
        return FIXED[stripped]
    if stripped[0] in "•*·":
        return _bullet_kind(line, stripped)
    return INDENTED if is_indented else _form(stripped)


def _form(text: str) -> str:
    """What a line that is not indented looks like."""
    for form, kind in _FORMS:
        if form.fullmatch(text):
            return kind
    return DATE if read_date(text) else TEXT


def _bullet_kind(line: str, stripped: str) -> str:
    """A bullet dates an entry where a date follows it, or nothing, or what may be a date that we cannot read."""
    text = bullet_text(line)
    if text is not None and (not text or read_date(text)):
        return BULLET_DATE
    if stripped[0] != "•":
        return INDENTED if line[0].isspace() else TEXT
    return BULLET_DATE if text and len(text) <= LONGEST_DATE_LINE and _YEAR.search(text) else BULLET_OTHER


def _with_cut_end(kinds: str, lines: Sequence[str]) -> str:
    """The same letters, the last one corrected where the page ends within a date."""
    last = len(kinds.rstrip(BLANK)) - 1
    if last < 0:
        return kinds
    text = bullet_text(lines[last])
    if text is not None and (not text or is_date_start(text)):
        return kinds[:last] + CUT_BULLET + kinds[last + 1 :]
    if kinds[last] == TEXT and is_date_start(lines[last].strip()):
        return kinds[:last] + CUT_DATE + kinds[last + 1 :]
    return kinds
