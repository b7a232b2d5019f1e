"""What a title says, read as a whole: kind, number, dates, and whom it names."""

import re
from collections.abc import Sequence
from functools import cache

from pipelines.titles.authority import Authority, shipped
from pipelines.titles.events import choose_event, find_event_dates, find_event_time
from pipelines.titles.found import EventDate, Found, Number, Party, TitleFacts
from pipelines.titles.genres import SERIES, GenreReader, code_of
from pipelines.titles.known_words import make_lexicon
from pipelines.titles.lexicon import Lexicon
from pipelines.titles.numbers import find_numbers
from pipelines.titles.parties import PartyReader
from pipelines.titles.phrases import KINDS
from pipelines.titles.roles import Shape, read_shape
from pipelines.titles.spacing import put_back, single_spaced
from pipelines.titles.tokens import DATE, NUMBER, Tokens, tokenize

_HAS_DIGIT = re.compile(r"[0-9]")
_PRIVATE = re.compile(f"[{DATE}{NUMBER}]")
_LONGEST_TITLE = 2_000


def title_facts(title: str, authority: Authority | None = None) -> TitleFacts:
    """What a title says, with the rule and the characters of each value.

    >>> facts = title_facts("Cable Telegram no. 59363 from Kovalev to Stalin, containing a message from Mao Zedong")
    >>> facts.genre.value, facts.number.value.text, [(found.value.role, found.value.name) for found in facts.parties]
    ('telegram', '59363', [('from', 'Kovalev'), ('to', 'Stalin'), ('by', 'Mao Zedong')])
    """
    return TitleReader(authority).read(title)


class TitleReader:
    """Reads titles with one authority and the words that it knows."""

    def __init__(self, authority: Authority | None = None) -> None:
        """Take an authority; without one it is that of this package."""
        self.authority = authority or shipped()
        self.lexicon = lexicon() if not self.authority.own else make_lexicon(self.authority.own)
        self._parties = PartyReader(self.authority)
        self._genres = GenreReader()

    def read(self, title: str) -> TitleFacts:
        """What a title says; nothing of one that is too long to be one. Runs of white space are one space in what is told."""
        if len(title) > _LONGEST_TITLE:
            return TitleFacts()
        text = single_spaced(title)
        return self._read(title) if text == title else put_back(self._read(text), title)

    def _read(self, title: str) -> TitleFacts:
        text = title if title.isascii() else _PRIVATE.sub("\ufffd", title)
        dates: list[Found[EventDate]] = []
        time: Found[str] | None = None
        numbers: list[tuple[int, int, str, str | None]] = []
        if _HAS_DIGIT.search(text):
            for found in find_numbers(text):
                numbers.append(found)
                text = _masked(text, NUMBER, found[0], found[1])
            if _HAS_DIGIT.search(text):
                dates = list(find_event_dates(text))
                for date in dates:
                    text = _masked(text, DATE, date.first - 1, date.last)
                if time := find_event_time(text):
                    text = _masked(text, DATE, time.first - 1, time.last)
        tokens = tokenize(text, self.lexicon, title)
        shape = read_shape(tokens.letters)
        genre = self._genres.read(tokens, shape)
        number = _number(tokens, shape, numbers)
        if number and number.value.kind in SERIES and not shape.kinds:
            genre = Found(SERIES[number.value.kind], "series", number.first, number.last)
        parties: tuple[Found[Party], ...] = ()
        if shape.names:
            parties = self._parties.read(tokens, shape, genre and genre.value)
        return TitleFacts(genre, number, choose_event(title, dates), time, parties)


@cache
def lexicon() -> Lexicon:
    """The lexicon of the shipped data."""
    return make_lexicon()


def _masked(text: str, mark: str, first: int, last: int) -> str:
    return text[:first] + mark * (last - first) + text[last:]


def _number(tokens: Tokens, shape: Shape, marked: Sequence[tuple[int, int, str, str | None]]) -> Found[Number] | None:
    """The number of the document, with what carries it."""
    at = shape.number
    if at is None:
        return None
    first = tokens.start(at)
    carried = at - 1 if at and tokens.letters[at - 1] in KINDS else next(iter(shape.kinds), None)
    carrier = tokens.word(carried) if carried is not None else ""
    kind = code_of(tokens, carried)[0] if carried is not None else None
    for start, end, text, series in marked:
        if start == first:
            if series:
                return Found(Number(text, series), "number_in_series", first + 1, end)
            if kind in (None, "other") and carrier.isalpha():
                kind = carrier.lower()
            return Found(Number(text, kind), "number_marked", first + 1, end)
    if kind is None:
        return None
    return Found(Number(tokens.word(at), kind), "number_after_kind", first + 1, tokens.end(at))
