"""One reading of a title: its kind of document, sender and receivers, numbers, dates inside it, and the other words."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from pipelines.titles.spelling import bare_letter
from pipelines.titles.vocabulary import (
    CARDINALS,
    CONVERSATION,
    ENDS_OF_NAMES,
    KINDS,
    MONTHS,
    NO_WORDS,
    NUMBERED,
    ORDINALS,
    PARTS,
    RECORDS,
    STOP_WORDS,
)

_BREAK = "\0"
_MONTH_NUMBER = {name[:length]: number for number, name in enumerate(MONTHS, 1) for length in (3, len(name))}
_MONTH = "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True))
_HAS_DIGIT = re.compile(r"[0-9]")
_HAS_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
# 16 December 1949, 16 December; December 16, 1949, December 16; December 1949. A day is not followed by more digits.
_DATE = re.compile(
    rf"\b(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{_MONTH})\b\.?"
    rf"(?: (?P<day_after>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9]))?(?:,? ?(?P<year>[0-9]{{4}})\b)?"
)
# 53517, 17a, 8/1: one number however it is divided, so that NSC 8/1 is not NSC 8/2.
_NUMBER = re.compile(r"[0-9]+(?:[/.\-–][0-9]+)*[a-z]?(?![a-z])")
_DIVIDER = re.compile(r"[/.\-–]")
# Two capitals and more; one stands for a number only in brackets, at the end, or where a word says so: else it is an initial.
_HAS_CAPITALS = re.compile(r"\b[IVX]+\b")
_ROMAN = re.compile(
    r"\b(?=[IVX]{2})(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|VI{1,3}|I{2,3})\b|(?<=\b[Pp]art )[IVX]\b|(?<=\bNo\. )[IVX]\b"
    r"|(?<=\()[IVX](?=\))|(?<!,)(?<!\bto)(?<!\bby)(?<!\band)(?<!\bwith)(?<!\bfrom) [IVX]$"
)
# Annex A: the letter is a number.
_LABEL = re.compile(rf"\b(?P<of>{NUMBERED}) (?P<letter>[a-z]|{'|'.join(CARDINALS)})\b(?!\.)")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ](?=\w)")
_INITIAL = re.compile(r"\b([^\W\d_])\1?\.")  # also one struck twice
# A letter of no alphabet in use keeps the full stop of an initial, so that it is neither the article nor the end of a thought.
_AS_STOP = "\ua7f7"


class Title(NamedTuple):
    """A title, read. Words are in lower case, without accents; those of an alias in brackets stand in `aliases` alone.

    `sender` and `receivers` are both there or both empty; `correspondent_count` is how many they are, by the `and`s that join them. `dates` are years, months and days, 0 for what is not printed. `is_directed`: sender and receivers are both named.
    """

    kinds: frozenset[str]
    words: tuple[str, ...]
    sender: tuple[str, ...]
    receivers: tuple[str, ...]
    aliases: tuple[str, ...]
    numbers: frozenset[str]
    dates: frozenset[tuple[int, int, int]]
    parts: frozenset[str]
    correspondent_count: int

    @property
    def rest(self) -> tuple[str, ...]:
        """The words that are of no correspondent's name."""
        return tuple([word for word in self.words if word not in self.sender and word not in self.receivers])

    @property
    def is_directed(self) -> bool:
        """Whether it says who writes to whom."""
        return bool(self.receivers)


class _Letters(dict[int, str]):
    """What each character of a title in lower case becomes, worked out when it is first met: a letter without its accent, a break, a space."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isalnum() or unicodedata.category(character)[0] == "M":
            became = bare_letter(character)
        else:
            became = f" {character} " if character in "[]" else _MARKS.get(character, " ")
        self[code] = became
        return became


_MARKS = dict.fromkeys(",;:.?!\"“”„«»()'‘’", f" {_BREAK} ")
_LETTERS = _Letters()
_ASCII_LETTERS = {code: _LETTERS[code] for code in range(128) if not chr(code).isalnum()}
_NOTHING: frozenset[str] = frozenset()
_NO_DATES: frozenset[tuple[int, int, int]] = frozenset()


def read_title(text: str) -> Title:
    """Read one title, as printed.

    >>> title = read_title("Cable Telegram no. 59363 from Kovalev to Filippov [Stalin], containing a message from Mao Zedong")
    >>> title.sender, title.receivers, sorted(title.numbers), title.aliases
    (('kovalev',), ('filippov',), ['59363'], ('stalin',))
    >>> sorted(read_title("Memorandum of Conversation with Chairman Mao Zedong on 20 October 1949").dates)
    [(1949, 10, 20)]
    >>> read_title("Letter, A. Petrov to P’eng Te-huai").words
    ('a.', 'petrov', 'peng', 'te', 'huai')
    """
    numbers, dates = _NOTHING, _NO_DATES
    if _HAS_CAPITALS.search(text):
        numbers = frozenset(_arabic(found.strip().lower()) for found in _ROMAN.findall(text))
        text = _ROMAN.sub(" ", text) if numbers else text
    lowered = text.replace(_AS_STOP, " ").lower()
    if _HAS_DIGIT.search(lowered):
        if _HAS_MONTH.search(lowered):
            dates = frozenset(_date(found) for found in _DATE.finditer(lowered) if _HAS_DIGIT.search(found[0]))
            lowered = _DATE.sub(_without_date, lowered) if dates else lowered
        numbers |= frozenset(map(_numbered, _NUMBER.findall(lowered)))
        lowered = _NUMBER.sub(" ", lowered)
    if labels := _LABEL.findall(lowered):
        numbers |= frozenset([CARDINALS.get(letter, letter) for _, letter in labels])
        lowered = _LABEL.sub(r"\g<of>", lowered)
    words, aliases = _words(lowered)
    sender, receivers, count = _correspondents(words)
    every = frozenset(words)
    if ordinals := every & ORDINALS.keys():
        numbers |= frozenset([ORDINALS[word] for word in ordinals])
    kinds = frozenset([kind for word in every if (kind := kind_of(word))])
    if CONVERSATION in kinds:  # a record, a memorandum, minutes of a conversation: one kind
        kinds -= RECORDS
    telling = tuple([word for word in words if word not in _NO_WORDS and not kind_of(word)])
    parts = every & PARTS if not aliases else (every | set(aliases)) & PARTS
    return Title(
        kinds,
        telling,
        sender,
        receivers,
        tuple([word for word in aliases if word not in NO_WORDS]),
        numbers,
        dates,
        parts,
        count,
    )


_NO_WORDS = NO_WORDS | {_BREAK}
_SHORTEST_MISSPELLED_KIND = 4


@lru_cache(maxsize=1 << 16)
def kind_of(word: str) -> str | None:
    """The kind of document that a word names, also where it lost a letter behind the first, or has one more.

    >>> kind_of("telegrams"), kind_of("recrd"), kind_of("stalin")
    ('telegram', 'record', None)
    """
    if word in KINDS or len(word) < _SHORTEST_MISSPELLED_KIND:
        return KINDS.get(word)
    slips = (
        kind
        for other, kind in KINDS.items()
        if word[0] == other[0]
        and len(other) > _SHORTEST_MISSPELLED_KIND
        and Indel.distance(word, other, score_cutoff=1) == 1
    )
    return next(slips, None)


def _words(lowered: str) -> tuple[list[str], Sequence[str]]:
    """Words, with a break wherever punctuation ends a thought; and the words in brackets."""
    if "." in lowered:
        lowered = _INITIAL.sub(r"\1" + _AS_STOP + " ", lowered)
    if not lowered.isascii() or "'" in lowered:
        lowered = _APOSTROPHE.sub("", lowered)
    lowered = lowered.translate(_ASCII_LETTERS if lowered.isascii() else _LETTERS)
    if _AS_STOP in lowered:
        lowered = lowered.replace(_AS_STOP, ".")
    if "[" not in lowered:
        return lowered.split(), ()
    words: list[str] = []
    aliases: list[str] = []
    into = words
    for word in lowered.split():
        if word in "[]":
            into = aliases if word == "[" else words
        elif into is words or word != _BREAK:
            into.append(word)
    return words, aliases


def _correspondents(words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Who writes to whom, and how many they are: `from A to B`, `to B from A`, and `A to B` behind a kind of document or a comma."""
    if "to" not in words:
        return (), (), 0
    to = words.index("to")
    receivers, receiver_count = _name(words, to + 1)
    at = words.index("from") if "from" in words else -1
    if 0 <= at < to or (at > to and _BREAK not in words[to:at]):
        sender, sender_count = _name(words, at + 1)
    else:
        first = to
        while first and words[first - 1] != _BREAK and not kind_of(words[first - 1]):
            first -= 1
        sender, sender_count = _name(words[:to], first)
    return (sender, receivers, sender_count + receiver_count) if sender and receivers else ((), (), 0)


def _name(words: Sequence[str], first: int) -> tuple[tuple[str, ...], int]:
    """The words of a correspondent's name from a place on, and how many correspondents it names."""
    name: list[str] = []
    count = 1
    for word in words[first:]:
        if word in _NAME_ENDS:
            if name:
                break
        elif word == "and":
            count += 1
        elif word not in STOP_WORDS and not kind_of(word):
            name.append(word)
    return tuple(name), count


_NAME_ENDS = ENDS_OF_NAMES | {_BREAK, "to", "from"}


def _date(match: re.Match[str]) -> tuple[int, int, int]:
    """Year, month, day; 0 for what is not printed."""
    return int(match["year"] or 0), _MONTH_NUMBER[match["month"]], int(match["day"] or match["day_after"] or 0)


def _without_date(match: re.Match[str]) -> str:
    """Nothing in the place of a date; a month's name without a number is a word (May, March)."""
    return " " if _HAS_DIGIT.search(match[0]) else match[0]


def _arabic(roman: str) -> str:
    """A Roman number as others print it.

    >>> _arabic("xiv")
    '14'
    """
    values = [_ROMAN_DIGITS[digit] for digit in roman]
    return str(sum(-value if value < max(values[at:]) else value for at, value in enumerate(values)))


def _numbered(found: str) -> str:
    """A number without leading zeros, its parts divided in one way.

    >>> _numbered("008–1a")
    '8/1a'
    """
    if found.isalnum():
        return found.lstrip("0") or "0"
    return "/".join(part.lstrip("0") or "0" for part in _DIVIDER.split(found))
