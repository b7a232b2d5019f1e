"""Dates as pages print them, read into spans that are never more precise than what is printed.

A date is a whole line, or it is not a date: one title in ten contains one. `read_date` therefore judges a whole text.
"""

import re
from calendar import monthrange
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from pipelines.records import DateSpan

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ABBREVIATED = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
_MONTH_NUMBER = {name: number for number, name in enumerate(MONTHS, 1)} | _ABBREVIATED

# A bare number is a year only within these bounds: no archive here dates a document before 1000 or after 2100.
EARLIEST_BARE_YEAR, LATEST_BARE_YEAR = 1000, 2100
# `Thursday, March 2, 1950`: the day of the week adds nothing to the day.
_WEEKDAY = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?=[a-z]{3,9} [0-9]{1,2}\b|[0-9]{1,2} )")
# The longest date line in use, two full dates joined by a dash, has 41 characters.
LONGEST_DATE_LINE = 60
# How alike (0..1, difflib) a word must be to a month's name to be taken for one with a slip of the pen.
_LIKE_A_MONTH = 0.75


class DateReading(NamedTuple):
    """A line that is a date: its span, or None with the `problem` (a code) that stands in the way; both for doubts."""

    span: DateSpan | None
    problem: str | None


_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
# The forms of the two site generations, then others that can be read in one way only. Each is matched against the
# whole line in lower case; none has a repeated group, so each is linear.
_SITE_FORM = re.compile(r"(?P<month>[A-Za-z]{3,12}) (?P<day>[0-9]{1,2}), (?P<year>[0-9]{4})")
_DAY_FORMS = (
    re.compile(rf"{_MONTH} {_DAY},? {_YEAR}"),  # Jan. 5 1950, January 5th, 1950
    re.compile(rf"{_DAY} {_MONTH},? {_YEAR}"),  # 5 January 1950
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),  # 1950-01-05
)
_MONTH_FORMS = (
    re.compile(rf"{_MONTH},? {_YEAR}"),  # January, 1950 (old) and January 1950 (new)
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])"),  # 1950-01
)
_YEAR_FORM = re.compile(_YEAR)
_DECADE_FORM = re.compile(r"(?P<decade>[0-9]{3})(?:0s|x)")  # 1950s, and 195X of EDTF
_DAYS_OF_MONTH = re.compile(
    rf"{_MONTH} (?P<first>[0-9]{{1,2}}) ?[-–—] ?(?P<last>[0-9]{{1,2}}),? {_YEAR}"
)  # January 5-7, 1950
_DAYS_BEFORE_MONTH = re.compile(
    rf"(?P<first>[0-9]{{1,2}}) ?[-–—] ?(?P<last>[0-9]{{1,2}}) {_MONTH},? {_YEAR}"
)  # 3-10 March 1964
_MONTHS_OF_YEAR = re.compile(rf"(?P<first>[a-z]{{3,9}})\.? ?[-–—] ?(?P<last>[a-z]{{3,9}})\.?,? {_YEAR}")
_INTERVAL = re.compile(r"(?P<first>[^/–—]{4,20}?)(?: ?[–—] ?| - | to |/)(?P<last>[^/–—]{4,20})")
_YEARS = re.compile(r"(?P<first>[0-9]{4}) ?- ?(?P<last>[0-9]{4})")
_ABOUT = re.compile(r"(?:circa|approximately|about|ca\.?|c\.) ?(?P<rest>.+)")

_UNDATED = frozenset({"undated", "n.d.", "n. d.", "no date", "date unknown", "unknown date", "not dated"})
# Words of which a line must consist altogether to be a date that we do not understand rather than a title; at least one
# of the first kind, or years alone.
_TELLING_WORDS = frozenset(_MONTH_NUMBER) | {
    "circa", "ca", "c", "approximately", "about", "around", "early", "mid", "late", "beginning", "end", "middle",
    "before", "after", "between", "since", "spring", "summer", "autumn", "fall", "winter", "undated", "unknown", "s", "x",
}  # fmt: skip
_JOINING_WORDS = {"and", "or", "to", "until", "from", "of", "the", "by", "in", "on", "st", "nd", "rd", "th", "date"}
# `[1950]`, `1950-1-5`, `1949-50`, `1950/..`: numbers and marks, no space but around one dash.
_NUMBERS_AND_MARKS = re.compile(r"[0-9\[\]()./?~%–—-]++(?: [-–—/] [0-9\[\]()./?~%]++)?")
_TOKENS = re.compile(r"[a-z]+|[0-9]+")
_DIGIT = re.compile(r"[0-9]")
_ALLOWED = re.compile(r"[a-z0-9 .,/~?%()\[\]–—-]+")
_WHOLE_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_NUMBERS_ALONE = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})")  # 5/1/50, in either order


@lru_cache(maxsize=1 << 15)
def read_date(text: str) -> DateReading | None:
    """Read a text that is a date as a whole; None where it is not one.

    Source of the rules: the date forms of the two site generations; ISO 8601-2:2019 (EDTF) for what is returned.

    >>> read_date("February, 1950").span.edtf
    '1950-02'
    >>> read_date("February 30, 1950")
    DateReading(span=None, problem='date_impossible')
    >>> read_date("Memorandum of Conversation on 16 December 1949") is None
    True
    """
    if match := _SITE_FORM.fullmatch(text):
        return _read_site_form(match)
    if len(text) > LONGEST_DATE_LINE:
        return None
    lowered = _WEEKDAY.sub("", " ".join(text.casefold().split()))
    if lowered in _UNDATED:
        return DateReading(None, "date_undated")
    if not _DIGIT.search(lowered) or not _ALLOWED.fullmatch(lowered):
        return None
    try:
        return _read_plain(lowered) or _read_interval(lowered) or _read_qualified(lowered) or _doubt(lowered)
    except ValueError:
        return DateReading(None, "date_impossible")


def is_undated(text: str) -> bool:
    """Whether a text says that there is no date: `undated`, `n.d.`."""
    return text.casefold() in _UNDATED


def is_date_start(text: str) -> bool:
    """Whether a text could be the beginning of a date line that was cut: `Aug`, `July 9`, `December 20, 19`.

    >>> is_date_start("July 9"), is_date_start("Augur")
    (True, False)
    """
    return bool(_DATE_START.fullmatch(text))


def _read_site_form(match: re.Match[str]) -> DateReading | None:
    """The form of nearly every line, read without detours: `January 05, 1950` and `January 5, 1950`."""
    name = match["month"].casefold()
    month = _MONTH_NUMBER.get(name)
    if month is None:  # a month with a slip of the pen, or a title such as `Telegram 5, 1950`
        return DateReading(None, "date_unclear") if get_close_matches(name, MONTHS, 1, _LIKE_A_MONTH) else None
    try:
        day = date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return DateReading(None, "date_impossible")
    return DateReading(DateSpan(day.isoformat(), day, day, "day"), None)


def _prefixes(word: str) -> str:
    """A pattern for every beginning of a word, nested so that matching is linear: `m(?:a(?:y)?)?`."""
    pattern = ""
    for letter in reversed(word):
        pattern = f"{letter}(?:{pattern})?" if pattern else letter
    return pattern


_DATE_START = re.compile(
    "(?:" + "|".join(_prefixes(name) for name in MONTHS) + ")"
    "|(?:" + "|".join(MONTHS) + r"),? ?(?:[0-9]{1,2}(?:,(?: [0-9]{0,3})?)?|[0-9]{3})?"
    "|[12][0-9]{0,2}",
    re.IGNORECASE,
)


def _read_plain(text: str) -> DateReading | None:
    """One day, month, year or decade."""
    for form in _DAY_FORMS:
        if (match := form.fullmatch(text)) and (month := _month(match["month"])):
            day = date(int(match["year"]), month, int(match["day"]))
            return DateReading(DateSpan(day.isoformat(), day, day, "day"), None)
    for form in _MONTH_FORMS:
        if (match := form.fullmatch(text)) and (month := _month(match["month"])):
            return _read_month(int(match["year"]), month, is_named=not match["month"].isdigit())
    if (match := _YEAR_FORM.fullmatch(text)) and _is_year(int(match["year"])):
        return DateReading(_year_span(int(match["year"])), None)
    return _read_decade(text)


def _read_month(year: int, month: int, *, is_named: bool) -> DateReading:
    if not is_named and month == year % 100 + 1:  # 1904-05: a month, or two years
        return DateReading(None, "date_unclear")
    return DateReading(_month_span(year, month), None)


def _read_decade(text: str) -> DateReading | None:
    match = _DECADE_FORM.fullmatch(text)
    first = int(match["decade"]) * 10 if match else 0
    if match is None or not _is_year(first):
        return None
    if text.endswith("00s"):  # a decade, or the century
        return DateReading(None, "date_unclear")
    return DateReading(DateSpan(f"{match['decade']}X", date(first, 1, 1), date(first + 9, 12, 31), None), None)


def _read_interval(text: str) -> DateReading | None:
    """Two dates with a dash, a slash or `to` between them."""
    if match := _DAYS_OF_MONTH.fullmatch(text) or _DAYS_BEFORE_MONTH.fullmatch(text):
        year, month = int(match["year"]), _month(match["month"])
        ends = month and (date(year, month, int(match["first"])), date(year, month, int(match["last"])))
        return _interval(*(DateSpan(day.isoformat(), day, day, "day") for day in ends)) if ends else None
    if match := _MONTHS_OF_YEAR.fullmatch(text):
        first, last = _month(match["first"]), _month(match["last"])
        year = int(match["year"])
        return _interval(_month_span(year, first), _month_span(year, last)) if first and last else None
    if match := _YEARS.fullmatch(text) or _INTERVAL.fullmatch(text):
        both = _read_plain(match["first"].strip()), _read_plain(match["last"].strip())
        if both[0] and both[1] and both[0].span and both[1].span:
            return _interval(both[0].span, both[1].span)
    return None


def _read_qualified(text: str) -> DateReading | None:
    """`circa 1950`, and the marks `~` (approximate), `?` (uncertain) and `%` (both) of EDTF level 1."""
    if match := _ABOUT.fullmatch(text):
        text = f"{match['rest']}~"
    mark = text[-1]
    if mark not in "~?%" or not (plain := _read_plain(text[:-1].strip())) or not plain.span:
        return None
    span = plain.span
    if span.precision is None:
        return DateReading(None, "date_unclear")
    return DateReading(span._replace(edtf=span.edtf + mark), "date_approximate")


def _doubt(text: str) -> DateReading | None:
    """A line of a date's shape, or of nothing but the words of dates with a year, that no rule above reads."""
    if _NUMBERS_ALONE.fullmatch(text):
        return DateReading(None, "date_unclear")
    year = _WHOLE_YEAR.search(text) or _DECADE_FORM.match(text)
    if year is None or not _is_year(int(year[0][:3] + "0")):
        return None
    words = _TOKENS.findall(text)
    names = {word for word in words if not word.isdigit()}
    if not names:
        is_date = text not in words and bool(_NUMBERS_AND_MARKS.fullmatch(text))
    elif names & _TELLING_WORDS:
        is_date = names <= _TELLING_WORDS | _JOINING_WORDS
    else:  # 1950 or 1951, but not 1 - 10 of 1950
        is_date = names <= _JOINING_WORDS and all(len(word) == len("1950") for word in words if word.isdigit())
    return DateReading(None, "date_unclear") if is_date else None


def _is_year(year: int) -> bool:
    return EARLIEST_BARE_YEAR <= year <= LATEST_BARE_YEAR


def _interval(first: DateSpan, last: DateSpan) -> DateReading:
    if first.start > last.start:
        return DateReading(None, "date_impossible")
    return DateReading(DateSpan(f"{first.edtf}/{last.edtf}", first.start, last.end, None), None)


def _month(text: str) -> int | None:
    return int(text) if text.isdigit() else _MONTH_NUMBER.get(text)


def _month_span(year: int, month: int) -> DateSpan:
    last = monthrange(year, month)[1]
    return DateSpan(f"{year:04d}-{month:02d}", date(year, month, 1), date(year, month, last), "month")


def _year_span(year: int) -> DateSpan:
    return DateSpan(f"{year:04d}", date(year, 1, 1), date(year, 12, 31), "year")
