"""Rows cut again from raw: by file and lines, with nothing that reads pages."""

import re
from hashlib import sha256

FIELDS = ("date_text", "title", "summary")
_BLANK = re.compile(r"\s+")


def lines_of(data):
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def why_not_identical(row, data):
    """What of an entry is not what stands in its lines; None where they say the same, and nothing more."""
    if sha256(data).hexdigest() != row["source_sha256"]:
        return "other bytes"
    cut = _BLANK.sub(" ", "\n".join(lines_of(data)[row["line_first"] - 1 : row["line_last"]]))
    for name in FIELDS:
        text = _BLANK.sub(" ", row[name] or "")
        if text not in cut:
            return f"{name} does not stand in its lines"
        cut = cut.replace(text, "\n", 1) if text else cut
    rest = [character for character in cut if character.isalnum()]
    return f"its lines say more: {cut!r}" if rest else None
