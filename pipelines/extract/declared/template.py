"""Templates: a line described by the text that is always there and by the fields between, such as `{number}. {title}`.

A template is matched by finding its texts in order, without going back, so the time grows with the length of the line. Only
a date is sought at several places: it is short, so there are few.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pipelines.dates import LONGEST_DATE_LINE, read_date

ANYTHING = "_"
PAGER_FIELDS = ("first", "last", "total")
# Every field, and what it takes; the documentation has the same list.
FIELDS: dict[str, str] = {
    "date": "a date",
    "title": "any text",
    "summary": "any text",
    "number": "a short text with a digit in it",
    "heading": "any text",
    "description": "any text",
    "first": "a whole number",
    "last": "a whole number",
    "total": "a whole number",
    ANYTHING: "any text, which is not kept",
}
# A number is a mark such as `12`, `53-b` or `MS 12`, not a sentence with a digit in it.
LONGEST_NUMBER = 40
_NOT_IN_A_NUMBER = (", ", ". ", ": ", "; ")
# Where a date has open text on both sides, so many readings of it are tried.
_MOST_TRIES = 64

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """A line: `texts` has one text more than there are `fields`; the first and the last may be empty.

    White space in a text stands for any run of white space in a line.
    """

    written: str
    texts: tuple[str, ...]
    fields: tuple[str, ...]

    # Any line at all would match: one field alone that takes any text.
    is_bare: bool = field(init=False, repr=False)
    # The line begins with a text of its own, such as `Source:`.
    is_labelled: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out once what each line asks."""
        is_bare = self.texts == ("", "") and FIELDS[self.fields[0]].startswith("any text")
        object.__setattr__(self, "is_bare", is_bare)
        object.__setattr__(self, "is_labelled", any(character.isalpha() for character in self.texts[0]))

    @property
    def takes_any_date(self) -> bool:
        """Whether what stands where the date is due is taken even if it is no date: the date has a label and the line to itself."""
        return self.fields == ("date",) and self.is_labelled


@dataclass(frozen=True, slots=True)
class Line:
    """A line trimmed, and the same with each run of white space as one space, in which texts are sought."""

    printed: str
    even: str

    def cut(self, start: int, end: int) -> str:
        """A part of the even line, as it is printed."""
        if self.even is self.printed:
            return self.printed[start:end].strip()
        places = [at for at, c in enumerate(self.printed) if not (c.isspace() and self.printed[at - 1].isspace())]
        places.append(len(self.printed))
        return self.printed[places[start] : places[end]].strip()


def line_of(text: str) -> Line:
    """A line of a page, ready for templates."""
    printed = text.strip()
    even = " ".join(printed.split())
    return Line(printed, printed if even == printed else even)


def match(template: Template, line: Line) -> Values | None:
    """What a line holds in the fields of a template, as printed; None where it does not match.

    A field is never empty and ends where the text after it first appears; a number at the end begins where the text before it
    last appears. A date is the longest text there that `read_date` reads, and no part of a longer one, or whatever follows a label that the date alone has.

    >>> frus = Template("{_}, {date}.", ("", ", ", "."), ("_", "date"))
    >>> match(frus, line_of("New York, N.Y., January 20, 1969."))
    {'date': 'January 20, 1969'}
    """
    first, last = template.texts[0], template.texts[-1]
    if not line.even.startswith(first) or not line.even.endswith(last):
        return None
    if not template.fields:
        return {} if line.even == first else None
    if "date" not in template.fields or template.takes_any_date:
        spans = _split(template.texts, template.fields, line.even)
    else:
        spans = _split_at_date(template, line.even)
    if spans is None:
        return None
    return {name: line.cut(*span) for name, span in zip(template.fields, spans, strict=True) if name != ANYTHING}


_Spans = list[tuple[int, int]]


def _split(texts: Sequence[str], fields: Sequence[str], text: str) -> _Spans | None:
    """Where the fields lie; the first text begins the line, the last one ends it."""
    end = len(text) - len(texts[-1])
    start = len(texts[0])
    spans: _Spans = []
    for at, name in enumerate(fields):
        stop = end
        if at + 1 < len(fields):
            between = texts[at + 1]
            is_last_number = at + 2 == len(fields) and fields[-1] == "number"
            stop = text.rfind(between, start, end) if is_last_number else text.find(between, start, end)
        if stop <= start or not _is_such(name, text[start:stop].strip()):
            return None
        spans.append((start, stop))
        start = stop + len(texts[at + 1])
    return spans


def _is_such(name: str, value: str) -> bool:
    """Whether a value is what the field takes."""
    if name == "number":
        is_mark = len(value) <= LONGEST_NUMBER and not any(mark in value for mark in _NOT_IN_A_NUMBER)
        return is_mark and any(character.isdigit() for character in value)
    if name in PAGER_FIELDS:
        is_short = len(value) <= LONGEST_NUMBER and value.isascii()
        return is_short and value[0] != "," and value.replace(",", "").isdecimal()
    return bool(value)


def _split_at_date(template: Template, text: str) -> _Spans | None:
    """The first way to read a date between what stands before it and what stands after it."""
    at = template.fields.index("date")
    texts, fields = template.texts, template.fields
    for start, end in islice(_date_places(texts[: at + 1], texts[at + 1 :], text), _MOST_TRIES):
        if read_date(text[start:end].strip()) is None or _is_within_date(text, start, end):
            continue
        before = _split_part(texts[: at + 1], fields[:at], text[:start])
        after = _split_part(texts[at + 1 :], fields[at + 1 :], text[end:])
        if before is not None and after is not None:
            return [*before, (start, end), *((first + end, last + end) for first, last in after)]
    return None


def _is_within_date(text: str, start: int, end: int) -> bool:
    """Whether a longer date ends here: `1969` is not the date of `Oslo January 20, 1969`."""
    first = max(0, end - LONGEST_DATE_LINE)
    begins = (at for at in range(first, start) if text[at] != " " and (at == 0 or text[at - 1] == " "))
    longer = (read_date(text[at:end].strip()) for at in begins)
    return any(reading is not None and reading.span is not None for reading in longer)


def _split_part(texts: Sequence[str], fields: Sequence[str], text: str) -> _Spans | None:
    if fields:
        return _split(texts, fields, text)
    return [] if text == texts[0] else None


def _date_places(before: Sequence[str], after: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """Where a date may stand: from the left, and of those that begin at one place the longest first."""
    first = len(before[0])
    last = len(text) - len(after[-1])
    if len(before) == 1:
        starts: Iterator[int] = iter((first,))
    elif len(after) == 1:
        starts = _ends_of(before[-1], text, max(first, last - LONGEST_DATE_LINE - len(before[-1])), last)
    else:
        starts = _ends_of(before[-1], text, first, last)
    for start in starts:
        if len(after) == 1:
            yield start, last
        else:
            longest = min(last, start + LONGEST_DATE_LINE + len(after[0]))
            ends = [end - len(after[0]) for end in _ends_of(after[0], text, start, longest)]
            yield from ((start, end) for end in reversed(ends))


def _ends_of(sought: str, text: str, start: int, end: int) -> Iterator[int]:
    """Where each appearance of a text ends, from the left."""
    at = text.find(sought, start, end)
    while at >= 0:
        yield at + len(sought)
        at = text.find(sought, at + 1, end)
