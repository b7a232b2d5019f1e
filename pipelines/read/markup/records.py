"""Which lines are one record: the largest element around a link to a document that holds no link to another."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from pipelines.addresses import document_link, is_document
from pipelines.dates import LONGEST_DATE_LINE, read_date
from pipelines.read.markup.pieces import Anchor


@dataclass(slots=True, eq=False)
class Block:
    """An element that begins and ends a paragraph: its lines (0-based, end exclusive), and the one document that it links to."""

    parent: "Block | None"
    first: int
    end: int = 0
    document: str | None = None
    has_several: bool = False


class Linked(NamedTuple):
    """The link of each linked line, as the page writes it; and the lines of the record around each that leads to a document."""

    links: Mapping[int, str]
    records: Mapping[int, tuple[int, int]]
    list_end: int | None


class _Page(NamedTuple):
    """The lines of a page, and what else is known of them."""

    lines: Sequence[str]
    headings: Mapping[int, int]
    aside: Mapping[int, str]


@dataclass(slots=True)
class Records:
    """The links of a page while it is rendered."""

    root: Block = field(default_factory=lambda: Block(None, 0))
    _linked: list[tuple[int, Anchor, Block]] = field(default_factory=list)
    _without_text: list[tuple[Anchor, Block]] = field(default_factory=list)

    def link(self, line: int, anchor: Anchor, block: Block) -> None:
        """A line in a block is linked."""
        self._linked.append((line, anchor, block))
        _note(anchor, block)

    def link_without_text(self, anchor: Anchor, block: Block) -> None:
        """A link in a block shows a picture, or lies over what is printed."""
        if is_document(anchor.href):
            self._without_text.append((anchor, block))
            _note(anchor, block)

    def settle(self, lines: Sequence[str], headings: Mapping[int, int], aside: Mapping[int, str], end: int) -> Linked:
        """What was found, once the page has ended."""
        self.root.end = end
        page = _Page(lines, headings, aside)
        links: dict[int, str] = {}
        blocks: dict[int, Block] = {}
        for _, linked in groupby(self._linked, key=lambda link: link[1]):
            titled = _titled(list(linked), page)
            links |= {line: anchor.href for line, anchor, _ in titled}
            blocks |= {line: block for line, _, block in titled}
        ranges = _Ranges(page, self.root)
        known = {document_link(href) for href in links.values()}
        for anchor, block in self._without_text:
            document = document_link(anchor.href)
            title = None if document in known else _untitled(ranges.around(block, None), page, links)
            if title is not None:
                links[title], blocks[title] = anchor.href, block
                known.add(document)
        documents = [line for line in sorted(links) if is_document(links[line])]
        records = {line: ranges.around(blocks[line], line) or (line, line + 1) for line in documents}
        return Linked(links, records, _list_end(blocks[documents[-1]]) if documents else None)


def _note(anchor: Anchor, block: Block) -> None:
    """Every element around a link to a document links to one more."""
    document = document_link(anchor.href)
    around: Block | None = block
    while document is not None and around is not None and not around.has_several and around.document != document:
        around.has_several = around.document is not None
        around.document = around.document or document
        around = around.parent


def _titled(linked: list[tuple[int, Anchor, Block]], page: _Page) -> list[tuple[int, Anchor, Block]]:
    """Of the lines of one link those that are its title: where it is around a whole entry, not date and summary."""
    if len(linked) == 1 or not is_document(linked[0][1].href):
        return linked
    headed = [link for link in linked if link[0] in page.headings]
    if headed:
        return headed
    undated = [link for link in linked if not _is_date(page.lines[link[0]])] or linked
    if len(undated) < len(linked):
        return undated[:1]
    return [link for at, link in enumerate(undated) if link[0] == undated[0][0] + at]


def _untitled(lines: tuple[int, int] | None, page: _Page, links: Mapping[int, str]) -> int | None:
    """The title of a record that is linked as a whole: its heading, else its first text."""
    if lines is None:
        return None
    own = [at for at in range(*lines) if page.lines[at] and at not in page.aside and at not in links]
    headings = [at for at in own if at in page.headings]
    return next(iter([*headings, *(at for at in own if not _is_date(page.lines[at]))]), None)


def _list_end(block: Block) -> int | None:
    """Where the least element ends that links to the document of a block and to others."""
    around: Block | None = block
    while around is not None and not around.has_several:
        around = around.parent
    return around.end if around is not None else None


class _Ranges:
    """The record around a block; each element is looked at once."""

    def __init__(self, page: _Page, root: Block) -> None:
        self._page = page
        self._root = root
        self._largest: dict[Block, tuple[int, int]] = {}
        self._alone: list[tuple[int, int] | None] = []  # the one record of a page, once it was sought

    def around(self, block: Block, line: int | None) -> tuple[int, int] | None:
        """The lines of the largest element around a block that links to one document alone; None where the block links to several.

        On a page that links to one document alone, those of the least element that also holds a date and one more text.
        """
        if not self._root.has_several:
            if not self._alone:
                self._alone.append(_least_with_date(line, block, self._page.lines))
            return self._alone[0]
        path = []
        around: Block | None = block
        while around is not None and not around.has_several and around not in self._largest:
            path.append(around)
            around = around.parent
        largest = self._largest.get(around) if around is not None else None
        if largest is None and path:
            largest = path[-1].first, path[-1].end
        if largest is not None:
            self._largest.update(dict.fromkeys(path, largest))
        return largest


def _least_with_date(line: int | None, block: Block, lines: Sequence[str]) -> tuple[int, int] | None:
    texts = [at for at, text in enumerate(lines) if text and at != line]
    dates = [at for at in texts if _is_date(lines[at])]
    around: Block | None = block
    while around is not None:
        first, end = around.first, around.end
        if _count(dates, first, end) and _count(texts, first, end) > 1:
            return first, end
        around = around.parent
    return None


def _count(sorted_lines: Sequence[int], first: int, end: int) -> int:
    return bisect_left(sorted_lines, end) - bisect_left(sorted_lines, first)


def _is_date(line: str) -> bool:
    text = line.strip().removeprefix("•").strip()
    return len(text) <= LONGEST_DATE_LINE and read_date(text) is not None
