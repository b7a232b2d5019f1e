"""What became of each line of a page: which entry and which of its fields, which furniture rule, which issue, or blank."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from pipelines.extract.declared import Claim
from pipelines.extract.kinds import bullet_text
from pipelines.records import Entry, PageReading

Fate = Literal["entry", "furniture", "issue", "blank"]


class LineFate(NamedTuple):
    """One line (from 1). `name` is the furniture rule or the code of the issue; `fields` what the line gave its entry."""

    line: int
    fate: Fate
    text: str
    name: str | None = None
    entry: int | None = None
    fields: tuple[str, ...] = ()


def fates_of(
    lines: Sequence[str], reading: PageReading, roles: Mapping[int, Sequence[str]] | None = None
) -> list[LineFate]:
    """The fate of every line; `roles` (from 0) are the fields of lines where the layout knows them, else the texts are compared."""
    fates = {
        line: LineFate(line, "furniture", lines[line - 1], span.rule)
        for span in reading.furniture
        for line in range(span.line_first, span.line_last + 1)
    }
    for issue in reading.issues:
        if issue.raw_text is not None and issue.line_first and issue.line_last:
            for line in range(issue.line_first, issue.line_last + 1):
                fates[line] = LineFate(line, "issue", lines[line - 1], issue.problem)
    for entry in reading.entries:
        found = _known(entry, roles) if roles is not None else _compared(entry, lines)
        for line, fields in found:
            fates[line] = LineFate(line, "entry", lines[line - 1], None, entry.position, fields)
    return [
        fates[line] if line in fates and text.strip() else LineFate(line, "blank", text)
        for line, text in enumerate(lines, 1)
    ]


def draft_fates(lines: Sequence[str], found: Claim) -> list[LineFate]:
    """The fate that each line would have if a declared layout read the page, though it does not claim it."""
    roles = found.roles
    fates = {span.line_first: (LineFate(span.line_first, "furniture", "", span.rule)) for span in found.furniture}
    for position, draft in enumerate(found.drafts, 1):
        for at in range(draft.first, draft.last + 1):
            fates[at + 1] = LineFate(at + 1, "entry", "", None, position, tuple(roles.get(at, ())))
    for at in found.strays:
        fates[at + 1] = LineFate(at + 1, "issue", "", "text_unclaimed")
    return [
        fates[line]._replace(text=text) if line in fates and text.strip() else LineFate(line, "blank", text)
        for line, text in enumerate(lines, 1)
    ]


def _known(entry: Entry, roles: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for line in range(entry.line_first, entry.line_last + 1):
        yield line, tuple(roles.get(line - 1, ()))


def _compared(entry: Entry, lines: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The fields of an entry's lines, told by what they hold; each piece of a field is found once, in the order of the fields."""
    wanted = [
        (name, piece.strip())
        for name, value in (("date", entry.date_text), ("title", entry.title), ("summary", entry.summary))
        for piece in (value or "").split("\n")
        if piece.strip()
    ]
    for line in range(entry.line_first, entry.line_last + 1):
        text = lines[line - 1].strip()
        bare = bullet_text(text)
        whole = next((item for item in wanted if item[1] in (text, bare)), None)
        held = [whole] if whole else _held(text, wanted)
        for item in held:
            wanted.remove(item)
        yield line, tuple(name for name, _ in held)


def _held(text: str, wanted: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pieces that stand within a line beside other text."""
    return [item for item in wanted if item[1] in text]
