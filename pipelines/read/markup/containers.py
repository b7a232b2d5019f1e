"""Which lines are one record: the largest element around a link to a document that holds no link to another."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.addresses import document_link
from pipelines.dates import LONGEST_DATE_LINE, read_date


@dataclass(slots=True, eq=False)
class Block:
    """An element that begins and ends a paragraph: its lines (0-based, end exclusive), and the one document that it links to."""

    parent: "Block | None"
    first: int
    end: int = 0
    document: str | None = None
    has_several: bool = False


@dataclass(slots=True)
class Containers:
    """The blocks of a page while it is rendered."""

    root: Block = field(default_factory=lambda: Block(None, 0))
    _links: list[tuple[int, Block]] = field(default_factory=list)

    def begin(self, parent: Block | None, line: int) -> Block:
        """A block begins where `line` will be the next one."""
        return Block(parent, line, end=line)

    def end(self, block: Block, line: int) -> None:
        """A block ends before `line`."""
        block.end = line

    def link(self, block: Block, line: int, href: str) -> None:
        """A line in a block is linked; where that is to a document, every block around it has one more."""
        document = document_link(href)
        if document is None:
            return
        self._links.append((line, block))
        around: Block | None = block
        while around is not None and not around.has_several and around.document != document:
            around.has_several = around.document is not None
            around.document = around.document or document
            around = around.parent

    def found(self, lines: Sequence[str]) -> Mapping[int, tuple[int, int]]:
        """The record around each linked line (0-based, end exclusive)."""
        if self._links and not self.root.has_several:
            line, block = self._links[0]
            return {line: _least_with_date(line, block, lines)}
        records: dict[Block, tuple[int, int]] = {}
        return {line: _largest_alone(block, records) or (line, line + 1) for line, block in self._links}


def _largest_alone(block: Block, known: dict[Block, tuple[int, int]]) -> tuple[int, int] | None:
    """The lines of the largest element around a block that links to one document alone; None where the block links to several."""
    path = []
    around: Block | None = block
    while around is not None and not around.has_several and around not in known:
        path.append(around)
        around = around.parent
    if around is not None and around in known:
        largest = known[around]
    elif path:
        largest = path[-1].first, path[-1].end
    else:
        return None
    known.update(dict.fromkeys(path, largest))
    return largest


def _least_with_date(line: int, block: Block, lines: Sequence[str]) -> tuple[int, int]:
    """On a page that links to one document alone: the lines of the least element that also holds a date and one more text."""
    texts = [at for at, text in enumerate(lines) if text and at != line]
    dates = [at for at in texts if _is_date(lines[at])]
    around: Block | None = block
    while around is not None:
        first, end = around.first, around.end
        if _holds(dates, first, end) and _holds(texts, first, end) > 1:
            return first, end
        around = around.parent
    return line, line + 1


def _holds(sorted_lines: Sequence[int], first: int, end: int) -> int:
    return bisect_left(sorted_lines, end) - bisect_left(sorted_lines, first)


def _is_date(line: str) -> bool:
    text = line.strip().removeprefix("•").strip()
    return len(text) <= LONGEST_DATE_LINE and read_date(text) is not None
