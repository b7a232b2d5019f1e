"""Text that was spoiled before it was saved: read in the wrong encoding, and then written in the right one.

It is found and told, never repaired: what a page prints is what stands in the tables.
"""

import re
from collections.abc import Sequence
from itertools import islice
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
_RUNS_LOOKED_AT, _MOST_RUNS = 400, 100_000
# Spoiled text stands in pairs at least, and not of typography alone: most pages have no such pair.
_PAIR = re.compile("[^\x00-\x7f‘’“”–—…•\xa0][^\x00-\x7f]")
# A row of one mark is an ornament.
_LEAST_DISTINCT = 4


class _Spoiled(NamedTuple):
    """Where spoiled text stands (0-based), the first as printed and as it likely was; what it was in and was read in."""

    starts: Sequence[int]
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
    beyond = [number for number, line in enumerate(lines) if not line.isascii()]
    if not beyond:
        return None
    text = "\n".join([lines[number] for number in beyond])
    if _PAIR.search(text) is None:
        return None
    places = read_twice(text)
    spoiled = _utf_8(text, places) if places else _other_script(text)
    if spoiled is None:
        return None
    line = 1 + beyond[text.count("\n", 0, spoiled.starts[0])]
    count = _line_count(text, spoiled.starts)
    where = "on 1 line" if count == 1 else f"on {count:,} lines"
    printed, likely = one_line(spoiled.printed, _SHOWN), one_line(spoiled.likely, _SHOWN)
    message = f"{source_path}:{line}: {spoiled.was} read as {spoiled.read_as} and saved so, {where}: {printed}: likely {likely}"
    return Issue("text_mojibake", message, source_path=source_path, line_first=line, line_last=line, value=printed)


def has_utf_8(text: str, encoding: Encoding) -> bool:
    """Whether a text that was decoded as a code page of Windows holds characters that are UTF-8."""
    return encoding.name in ("windows-1252", "windows-1250", "windows-1251") and bool(read_twice(text))


def _line_count(text: str, starts: Sequence[int]) -> int:
    """On how many lines these places are."""
    before = [0, *starts[:-1]]
    return 1 + sum(1 for first, then in zip(before[1:], starts[1:], strict=True) if text.find("\n", first, then) >= 0)


def _utf_8(text: str, places: Sequence[Place]) -> _Spoiled:
    """The word around the first place, as printed and as it likely was."""
    first = places[0]
    line_end = text.find("\n", first.end)
    line = text[text.rfind("\n", 0, first.start) + 1 : line_end if line_end >= 0 else len(text)]
    at = first.start - text.rfind("\n", 0, first.start) - 1
    start = max(line.rfind(" ", 0, at) + 1, at - _SHOWN // 2)
    end = line.find(" ", at + 1)
    printed = line[start : min(len(line) if end < 0 else end, start + _SHOWN)]
    return _Spoiled([place.start for place in places], printed, undone(printed, first.read_as), "utf-8", first.read_as)


def _other_script(text: str) -> _Spoiled | None:
    """Runs of windows-1252 that spell words of another script, if all runs of the page together do."""
    runs = list(islice(_RUN.finditer(text), _MOST_RUNS))
    raw = [bytes([_BYTE_OF[character] for character in run[0]]) for run in runs[:_RUNS_LOOKED_AT]]
    guess = guess_encoding(raw) if raw else None
    if guess is None or not guess.is_strong or guess.encoding.name in ("windows-1252", "windows-1250"):
        return None
    likely = [run.decode(guess.encoding.codec, "replace") for run in raw]
    if len(set("".join(likely))) < _LEAST_DISTINCT:
        return None
    return _Spoiled([run.start() for run in runs], runs[0][0], likely[0], guess.encoding.name, "windows-1252")
