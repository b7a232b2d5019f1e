"""Dates and times that a title prints for what the document is about: `on 16 December 1949`, `17/4/95-12/5/95`, `9:00-17:30`."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pipelines.dates import MONTHS, read_date
from pipelines.titles.found import EventDate, Found

_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9])"
_MONTH = r"(?:" + "|".join(rf"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in MONTHS) + r"|sept)\b\.?"  # noqa: PLR2004 May
_YEAR = r"(?:1[0-9]|20)[0-9]{2}(?![0-9])"
_DASH = r"(?: ?[-–—] ?| to | until | through )"
_SHORT = r"[0-9]{1,2}([/.])[0-9]{1,2}\%d(?:[0-9]{4}|[0-9]{2})(?![0-9])"
_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
# Figures behind a telegram that are no year of ours are its number: Telegram 2030.
_NO_TELEGRAM = r"(?<!elegram )(?<!cable )(?<!message )(?<!gram )(?<!telex )"
# Every form in which a date is written, longer forms first; nothing in it is repeated without a bound, so it is linear.
_DATE = re.compile(
    rf"(?<![\w/.-])(?:(?P<iso>{_ISO})"
    rf"|(?P<first_short>{_SHORT % 3})(?:{_DASH}(?P<last_short>{_SHORT % 5}))?"
    rf"|(?<=between )(?P<between_day>{_DAY})(?: (?P<between_month>{_MONTH})(?:,? (?P<between_year>{_YEAR}))?)? and "
    rf"(?P<and_day>{_DAY}) (?P<and_month>{_MONTH}),? (?P<and_year>{_YEAR})"
    rf"|(?:(?P<first_day>{_DAY})(?:(?: of)? (?P<first_month>{_MONTH})(?:,? (?P<first_year>{_YEAR}))?)?{_DASH})?"
    rf"(?P<day>{_DAY})(?: of)? (?P<month>{_MONTH}),? (?P<year>{_YEAR})"
    rf"|(?:(?P<from_month>{_MONTH})(?: (?P<from_day>{_DAY}))?(?:,? (?P<from_year>{_YEAR}))?{_DASH})?"
    rf"(?P<to_month>{_MONTH})(?: (?P<to_day>{_DAY}))?,? (?P<to_year>{_YEAR})"
    rf"|(?P<of_month>{_MONTH}) (?P<first_of>{_DAY}){_DASH}(?P<last_of>{_DAY}),? (?P<of_year>{_YEAR})"
    rf"|(?P<from_year_alone>{_YEAR}) ?[-–—] ?(?P<to_year_alone>{_YEAR}|[0-9]{{2}}(?![0-9/.-]))"
    rf"|(?P<season>spring|summer|autumn|fall|winter)(?: of)? (?P<season_year>{_YEAR})"
    r"|(?P<decade>1[0-9]{2}0s)\b"
    rf"|(?P<about>(?:circa|ca\.|c\.) ?)?(?P<year_alone>19[0-9]{{2}}|20[0-2][0-9]|{_NO_TELEGRAM}(?:1[5-8][0-9]{{2}}|20[3-9][0-9]))(?![\w/-]|[.:][0-9]))",
    re.IGNORECASE,
)
_HALF = r" ?(?P<half{n}>[ap])\.? ?m\b\.?"
_HOURS = r"(?: ?(?:hours|hrs)\b\.?)"
_TIME = re.compile(
    rf"(?<![\w:/.-])(?P<hour>[01]?[0-9]|2[0-3])(?:[:.](?P<minute>[0-5][0-9]))?(?![0-9/:])(?:{_HALF.format(n='')})?"
    rf"(?:{_DASH}(?P<hour_to>[01]?[0-9]|2[0-4])(?:[:.](?P<minute_to>[0-5][0-9]))?(?![0-9/:])(?:{_HALF.format(n='_to')})?)?{_HOURS}?",
    re.IGNORECASE,
)
_FOUR_DIGITS = re.compile(
    r"(?<![\w/.-])(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9]) ?(?:hours|hrs)\b\.?", re.IGNORECASE
)
_HAS_TIME = re.compile(r"[0-9] ?(?:[ap]\.? ?m|h(?:ou)?rs)|[0-9]:[0-9]", re.IGNORECASE)
_BEHIND_COMMA = re.compile(r"(?:,|dated) $")
_DIVIDER = re.compile(r"[/.]")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b", re.IGNORECASE)
_CENTURY, _MONTHS_A_YEAR, _NOON, _MIDNIGHT = 1900, 12, 12, 24
# A year of two digits is of the century of this house's archives from here on.
_EARLIEST_SHORT_YEAR = 17


def find_event_dates(title: str) -> Iterator[Found[EventDate]]:
    """Every date or range of dates in a title that can be read in one way, in their order.

    >>> [found.value.edtf for found in find_event_dates("Report, 17/4/95-12/5/95, on the talks of 3-10 March 1964")]
    ['1995-04-17/1995-05-12', '1964-03-03/1964-03-10']
    >>> list(find_event_dates("Report of 5/6/1950"))
    []
    """
    for match in _DATE.finditer(title):
        text = match[0].rstrip(" ,")
        if match["season"]:
            yield Found(_season(match), "date_in_title", match.start() + 1, match.end())
            continue
        reading = read_date(written) if (written := _written(match)) else None
        if reading and reading.span:
            rule = "range_in_title" if "/" in reading.span.edtf else "date_in_title"
            yield Found(EventDate(text, *reading.span), rule, match.start() + 1, match.start() + len(text))


_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


def _season(match: re.Match[str]) -> EventDate:
    """A season, which EDTF numbers from 21 on; when it begins depends on the place, so that all of its year is meant, and for a winter the next spring."""
    year, number = int(match["season_year"]), _SEASONS[match["season"].lower()]
    last = date(year + 1, 3, 31) if match["season"].lower() == "winter" else date(year, 12, 31)
    return EventDate(match[0], f"{year}-{number}", date(year, 1, 1), last, None)


def _written(match: re.Match[str]) -> str | None:
    """The date in a form that the house reads, with what a range prints once said on both sides."""
    said = {name: _ORDINAL.sub("", value) for name, value in match.groupdict().items() if value}
    if "iso" in said:
        return said["iso"]
    if "first_short" in said:
        return _short(said["first_short"], said.get("last_short"))
    if "between_day" in said:
        said = {name.replace("between_", "first_").replace("and_", ""): value for name, value in said.items()}
    if "day" in said:
        first = said.get("first_day") and (
            f"{said['first_day']} {said.get('first_month', said['month'])} {said.get('first_year', said['year'])}"
        )
        last = f"{said['day']} {said['month']} {said['year']}"
    elif "of_month" in said:
        first = f"{said['first_of']} {said['of_month']} {said['of_year']}"
        last = f"{said['last_of']} {said['of_month']} {said['of_year']}"
    elif "to_month" in said:
        first = said.get("from_month") and " ".join(
            filter(None, (said.get("from_day"), said["from_month"], said.get("from_year", said["to_year"])))
        )
        last = " ".join(filter(None, (said.get("to_day"), said["to_month"], said["to_year"])))
    else:
        return _years(said)
    return f"{first} – {last}" if first else last


def _years(said: dict[str, str]) -> str | None:
    """A year, two, a decade."""
    if "decade" in said:
        return said["decade"]
    if "year_alone" in said:
        return f"circa {said['year_alone']}" if "about" in said else said["year_alone"]
    first, last = said["from_year_alone"], said["to_year_alone"]
    if len(last) < len(first):  # 1954-55, but not 1904-05, which is a month
        if int(last) <= max(int(first[2:]), _MONTHS_A_YEAR):
            return None
        last = first[:2] + last
    return f"{first}-{last}"


def _short(first: str, last: str | None) -> str | None:
    """Dates in figures, where either of a pair tells which of them is the day; with full stops it is the first."""
    ends = [[int(part) for part in _DIVIDER.split(end)] for end in (first, last) if end]
    days_first = "." in first or any(end[0] > _MONTHS_A_YEAR for end in ends)
    months_first = "." not in first and any(end[1] > _MONTHS_A_YEAR for end in ends)
    if days_first == months_first:
        return None
    written = []
    for one, other, year in ends:
        day, month = (one, other) if days_first else (other, one)
        full = year if year >= 1000 else _CENTURY + year  # noqa: PLR2004 as it is printed
        if full < _CENTURY + _EARLIEST_SHORT_YEAR or not 1 <= month <= _MONTHS_A_YEAR:
            return None
        written.append(f"{full:04d}-{month:02d}-{day:02d}")
    return "/".join(written)


def choose_event(title: str, dates: Sequence[Found[EventDate]]) -> Found[EventDate] | None:
    """Of several dates that of what the document is about, which is not the last one behind a comma: that is its own."""
    if not dates:
        return None
    inner = [found for found in dates if not _BEHIND_COMMA.search(title[: found.first - 1])]
    return (inner or dates)[0]


def find_event_time(title: str) -> Found[str] | None:
    """The first time of day, or span of two; dates have to be taken out before.

    >>> find_event_time("Programme, 9:00-17:30").value
    '09:00/17:30'
    >>> find_event_time("Record of Talks, 10:30 p.m.")
    Found(value='22:30', rule='time_in_title', first=18, last=27)
    """
    for pattern in (_TIME, _FOUR_DIGITS) if _HAS_TIME.search(title) else ():
        for match in pattern.finditer(title):
            if value := _clock(match):
                return Found(value, "time_in_title", match.start() + 1, match.end())
    return None


def _clock(match: re.Match[str]) -> str | None:
    """HH:MM, or two; None where a number says too little to be a time."""
    said = match.groupdict()
    if not (said.get("half") or said.get("half_to") or (":" in match[0] and said["minute"]) or "h" in match[0].lower()):
        return None
    first = _minutes(said["hour"], said["minute"], said.get("half") or said.get("half_to"))
    if not said.get("hour_to"):
        return _told(first)
    last = _minutes(said["hour_to"], said["minute_to"], said.get("half_to"))
    if not said.get("half") and said.get("half_to") and first > last:  # 10-1:30 p.m.: from the morning on
        first = _minutes(said["hour"], said["minute"], "a")
    return f"{_told(first)}/{_told(last)}"


def _minutes(hour: str, minute: str | None, half: str | None) -> int:
    hours = int(hour)
    if half and hours <= _NOON:
        hours = hours % _NOON + (_NOON if half.lower() == "p" else 0)
    return hours % _MIDNIGHT * 60 + int(minute or 0)


def _told(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
