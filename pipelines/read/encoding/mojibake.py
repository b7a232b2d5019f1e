"""Text that was spoiled before it was saved: read in the wrong encoding, and then written in the right one.

It is found and told, never repaired: what a page prints is what stands in the tables.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.read.encoding.evidence import guess_encoding
from pipelines.read.encoding.labels import Encoding
from pipelines.read.encoding.twice import Place, read_twice, undone
from pipelines.records import Issue
from pipelines.text import one_line

_SHOWN = 60
# What the bytes from 0x80 are in windows-1252; one that is nothing is a control, as browsers have it.
_BYTE_OF = {bytes((byte,)).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
# No language of windows-1252 has four of its letters and marks beyond ASCII in a row; another script that is read as
# windows-1252 has nothing else.
_RUN = re.compile(f"[{re.escape(''.join(_BYTE_OF))}]{{4,}}+")
_RUNS_LOOKED_AT = 400
# A row of one mark is an ornament.
_LEAST_DISTINCT = 4


class _Spoiled(NamedTuple):
    """Numbers of the lines, the first text as printed, what it likely was, the encoding that it was in and was read in."""

    numbers: Sequence[int]
    printed: str
    likely: str
    was: str
    read_as: str


def find_mojibake(lines: Sequence[str], source_path: str) -> Issue | None:
    """The issue that names text which was read in the wrong encoding before it was saved; None if there is none.

    Two kinds are known: UTF-8 that was read as windows-1252 or windows-1251 (`Ã©` for é, `СЃ` for с), and another script
    that was read as windows-1252 (`Ñòàëèí` for Сталин). The issue tells the first line, how many there are, the text
    as printed and what it likely was. What a language may well print (`CAFÉ—`, `Strauß“`) is left alone, and so is a
    single `Â£`.
    """
    beyond = [(number, line) for number, line in enumerate(lines, 1) if not line.isascii()]
    places = read_twice(beyond)
    spoiled = _utf_8(places) if places else _other_script(beyond)
    if spoiled is None:
        return None
    line, count = spoiled.numbers[0], len(set(spoiled.numbers))
    printed, likely = one_line(spoiled.printed, _SHOWN), one_line(spoiled.likely, _SHOWN)
    where = "on 1 line" if count == 1 else f"on {count:,} lines"
    message = f"{source_path}:{line}: {spoiled.was} read as {spoiled.read_as} and saved so, {where}: {printed}: likely {likely}"
    return Issue("text_mojibake", message, source_path=source_path, line_first=line, line_last=line, value=printed)


def _utf_8(places: Sequence[Place]) -> _Spoiled:
    """The word around the first place, as printed and as it likely was."""
    first = places[0]
    start = max(first.line.rfind(" ", 0, first.start) + 1, first.start - _SHOWN // 2)
    end = first.line.find(" ", first.end)
    end = min(len(first.line) if end < 0 else end, start + 2 * _SHOWN)
    printed = first.line[start:end]
    return _Spoiled([place.number for place in places], printed, undone(printed, first.read_as), "utf-8", first.read_as)


def _other_script(lines: Sequence[tuple[int, str]]) -> _Spoiled | None:
    """Runs of windows-1252 that spell words of another script, if all runs of the page together do."""
    runs = [(number, run) for number, line in lines for run in _RUN.findall(line)]
    raw = [bytes([_BYTE_OF[character] for character in run]) for _, run in runs[:_RUNS_LOOKED_AT]]
    guess = guess_encoding(raw) if raw else None
    if guess is None or not guess.is_strong or guess.encoding.name in ("windows-1252", "windows-1250"):
        return None
    likely = [run.decode(guess.encoding.codec, "replace") for run in raw]
    if len(set("".join(likely))) < _LEAST_DISTINCT:
        return None
    return _Spoiled([number for number, _ in runs], runs[0][1], likely[0], guess.encoding.name, "windows-1252")


def has_utf_8(text: str, encoding: Encoding) -> bool:
    """Whether a text that was decoded as windows-1252 or windows-1251 holds lines that are UTF-8."""
    if encoding.name not in ("windows-1252", "windows-1251", "windows-1250"):
        return False
    return bool(read_twice([(number, line) for number, line in enumerate(text.splitlines()) if not line.isascii()]))
