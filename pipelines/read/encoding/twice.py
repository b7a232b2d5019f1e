"""UTF-8 that was read as single bytes and written as UTF-8 again: found by the pairs that it leaves, such as `Ã©`."""

import re
from collections.abc import Callable
from itertools import islice
from typing import Literal, NamedTuple

ReadAs = Literal["windows-1252", "windows-1251"]


class Place(NamedTuple):
    """Where such pairs stand in a text (0-based, end exclusive), and what they were read as."""

    start: int
    end: int
    read_as: ReadAs


def _bytes_of(codec: str) -> dict[str, int]:
    """The byte of every character that a byte from 0x80 on is, in the code page or, for controls, in ISO 8859-1."""
    controls = {chr(byte): byte for byte in range(0x80, 0xA0)}
    return controls | {bytes((byte,)).decode(codec, "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}


def _utf_8_in(codec: str) -> str:
    """A pattern: characters of UTF-8, their two to four bytes read one by one."""
    follows, two, three, four = (
        f"[{re.escape(''.join(c for c, byte in _bytes_of(codec).items() if first <= byte <= last))}]"
        for first, last in ((0x80, 0xBF), (0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4))
    )
    return f"(?:{two}{follows}|{three}{follows}{{2}}|{four}{follows}{{3}})++"


_BYTES: dict[ReadAs, dict[str, int]] = {"windows-1252": _bytes_of("cp1252"), "windows-1251": _bytes_of("cp1251")}
_RUNS: dict[ReadAs, re.Pattern[str]] = {
    "windows-1252": re.compile(_utf_8_in("cp1252")),
    "windows-1251": re.compile(_utf_8_in("cp1251")),
}
# What may well stand behind a letter: closing quotes, dashes, footnote marks. `É—` is a letter and a dash.
_MAY_FOLLOW = frozenset("’‘“”…–—«»›‹†‡•·\xa0¹²³ªº°§©®™¡¿„‚\xad")
_JOINS = frozenset("’‘–—…·\xa0")
# Letters that stand behind é and í in Czech and Slovak.
_MAY_STAND_BETWEEN = frozenset("ŠšŽž")
# Letters of Cyrillic beyond those of Russian: each stands behind another letter in some language.
_CYRILLIC_BEYOND_RUSSIAN = frozenset("ЂђЃѓЄєЅѕІіЇїЈјЉљЊњЋћЌќЎўЏџҐґЁё№")
_SIGNS = frozenset("£¥§©®°½¼¾±²³µ¶·")
# What pages print that is neither Latin nor Cyrillic letters: typography, and the scripts whose characters take three bytes.
_LIKELY = re.compile(
    "[\xa0-\u017f\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u0391-\u03ce\u0400-\u045f\u0490\u0491\u1ea0-\u1ef9\u2010-\u2026\u2030"
    "\u2039\u203a\u20ac\u2116\u2122\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\ufeff\uff00-\uff5e]++"
)
_LEAST_RUN = 3
# A page of nothing else is long enough with fewer.
_MOST_RUNS = 100_000


def read_twice(text: str) -> list[Place]:
    """The places of a text where such pairs stand, in its order; none if there is a single doubtful one."""
    certain: list[Place] = []
    doubtful: list[Place] = []
    for read_as, is_certain in _JUDGES.items():
        for run in islice(_RUNS[read_as].finditer(text), _MOST_RUNS):
            likely = _as_utf_8(run[0], read_as)
            if likely is None or not _LIKELY.fullmatch(likely):
                continue
            place = Place(run.start(), run.end(), read_as)
            if is_certain(text[run.start() - 1 : run.start()], run[0], text[run.end() : run.end() + 1], likely):
                certain.append(place)
            elif run[0].startswith("Â") and run[0][1] in _SIGNS:
                doubtful.append(place)
    return sorted(certain + doubtful) if certain or len(doubtful) > 1 else []


def undone(text: str, read_as: ReadAs) -> str:
    """Text with such pairs read as what they were."""
    return _RUNS[read_as].sub(lambda run: _as_utf_8(run[0], read_as) or run[0], text)


def _as_utf_8(run: str, read_as: ReadAs) -> str | None:
    byte_of = _BYTES[read_as]
    try:
        return bytes([byte_of[character] for character in run]).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_twice_in_1252(before: str, run: str, after: str, likely: str) -> bool:
    """Whether nobody would print these characters so: `Ã©`, `â€™`; but perhaps `CAFÉ—`."""
    if len(likely) >= _LEAST_RUN:
        return True
    follows = [character for character in run if _BYTES["windows-1252"][character] < 0xC0]  # noqa: PLR2004 the bytes that follow
    if run[0] == "Â" and len(likely) == 1 and follows[0] in _SIGNS | _MAY_FOLLOW:
        return False
    if run[0] == "Ã" and not before.isalpha():  # no language begins a word with it
        return True
    if not _MAY_FOLLOW.issuperset(follows[1:] if follows[0] in _MAY_STAND_BETWEEN and len(follows) > 1 else follows):
        return True
    is_within_word = after.islower() and run[-1] not in _JOINS
    return is_within_word or (before.islower() and run[0].isupper())


def _is_twice_in_1251(before: str, run: str, after: str, likely: str) -> bool:
    """Whether nobody would print these characters so: `РЎС‚`, `вЂ™`; but perhaps `Рік` and `США»`."""
    if (before.isascii() and before.islower()) or (after.isascii() and after.islower()):
        return True
    if run[0].islower() and any(character in _CYRILLIC_BEYOND_RUSSIAN and character.isupper() for character in run):
        return True
    follows = [character for character in run if _BYTES["windows-1251"][character] < 0xC0]  # noqa: PLR2004 the bytes that follow
    is_odd = any(character not in _MAY_FOLLOW | _CYRILLIC_BEYOND_RUSSIAN for character in follows)
    return len(likely) > _LEAST_RUN or (len(likely) > 1 and is_odd)


_JUDGES: dict[ReadAs, Callable[[str, str, str, str], bool]] = {
    "windows-1252": _is_twice_in_1252,
    "windows-1251": _is_twice_in_1251,
}
