"""The file of judgements: reviewed decisions, in TOML under version control, read and added to, never rewritten."""

import os
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.deduplicate import Judgement, Said
from pipelines.errors import JudgementsError
from pipelines.toml_files import read_toml

HEADER = """\
# Reviewed decisions: which listed texts are one document, and which only look alike. They win over the rules.
# Each names both texts as the pages print them (letter case, quotes and spaces do not matter), so that it holds
# whatever pages list them. Add with `archive-listings review`, or by hand; take one back by deleting it.
"""
_TEXT = {"date", "title", "summary"}
_KEYS = {"decision", "by", "on", "why", "left", "right"}


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a file, in its order; none where there is no such file.

    Raises:
        JudgementsError: the file is no TOML, or a judgement lacks something or says something unknown; `file:line` is named.
    """
    file = read_toml(path, JudgementsError)
    if file is None:
        return ()
    unknown = sorted(file.content.keys() - {"judgement"})
    tables = file.content.get("judgement", [])
    if unknown or not isinstance(tables, list):
        message = f"{path}: only [[judgement]] tables belong here, not {', '.join(unknown) or 'one of another kind'}"
        raise JudgementsError(message)
    return tuple(map(_judgement, tables, file.places_of("judgement", len(tables))))


def _judgement(table: dict[str, Any], place: str) -> Judgement:
    """One judgement, every part of it looked at."""
    if not isinstance(table, dict):
        message = f"{place}: judgement: {table!r}, not a table"
        raise JudgementsError(message)
    wrong = sorted(_KEYS ^ table.keys())
    if wrong:
        what = "is missing" if wrong[0] in _KEYS else "is unknown"
        message = f"{place}: judgement: `{wrong[0]}` {what}"
        raise JudgementsError(message)
    if table["decision"] not in ("same", "different"):
        message = f"{place}: judgement: decision is {table['decision']!r}, neither 'same' nor 'different'"
        raise JudgementsError(message)
    if type(table["on"]) is not date:
        message = f"{place}: judgement: `on` is {table['on']!r}, not a date such as 2026-11-22"
        raise JudgementsError(message)
    for key in ("by", "why"):
        if not isinstance(table[key], str) or not table[key].strip():
            message = f"{place}: judgement: `{key}` is {table[key]!r}, and should say something"
            raise JudgementsError(message)
    left, right = (_said(table[side], side, place) for side in ("left", "right"))
    return Judgement(table["decision"], left, right, table["by"], table["on"], table["why"], place)


def _said(text: object, side: str, place: str) -> Said:
    if (
        not isinstance(text, dict)
        or not text
        or text.keys() - _TEXT
        or not all(isinstance(v, str) for v in text.values())
    ):
        message = f"{place}: judgement: `{side}` is {text!r}, not a table of `date`, `title` and `summary` as printed"
        raise JudgementsError(message)
    return Said(text.get("date"), text.get("title"), text.get("summary"))


def add_judgements(path: Path, judgements: list[Judgement]) -> None:
    """Add judgements at the end of the file, which is made where there is none; what is there stays as it is.

    Raises:
        JudgementsError: the file cannot be written.
    """
    for judgement in judgements:
        if not (judgement.by.strip() and judgement.why.strip() and any(judgement.left) and any(judgement.right)):
            message = f"{path}: not written: a judgement says who, why, and what both texts print"
            raise JudgementsError(message)
    try:
        before = path.read_bytes().decode("utf-8") if path.exists() else HEADER
        written = before + "".join(f"\n{_as_toml(judgement)}" for judgement in judgements)
        target = path.resolve()  # behind a link, if it is one
        waiting = target.with_name(f".{target.name}.{os.getpid()}")
        with waiting.open("w", encoding="utf-8", errors="replace", newline="") as handle:
            handle.write(written)
            handle.flush()
            os.fsync(handle.fileno())
        waiting.replace(target)
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be written: {error}"
        raise JudgementsError(message) from error


def _as_toml(judgement: Judgement) -> str:
    lines = [
        "[[judgement]]",
        f"decision = {_quoted(judgement.decision)}",
        f"by = {_quoted(judgement.by)}",
        f"on = {judgement.on.isoformat()}",
        f"why = {_quoted(judgement.why)}",
    ]
    for side, said in (("left", judgement.left), ("right", judgement.right)):
        lines += [f"{side}.{key} = {_quoted(value)}" for key, value in said._asdict().items() if value is not None]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    r"""A basic string of TOML, on one line.

    >>> _quoted('Letter\n"to" Mao \\ \x1b')
    '"Letter\\n\\"to\\" Mao \\\\ \\U0000001B"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in escaped) + '"'
