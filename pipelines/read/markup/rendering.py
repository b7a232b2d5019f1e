"""HTML to lines, as a text browser prints it: what the grammars read, with what the markup tells of each line beside it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipelines.read.markup.containers import Block, Containers
from pipelines.read.markup.elements import (
    BLOCKS,
    HEADINGS,
    PREFORMATTED,
    VOID,
    Attributes,
    is_hidden,
    is_sectioning,
    landmark,
)
from pipelines.read.markup.events import Event
from pipelines.read.markup.pieces import Anchor, Chunk, Piece, pieces_of
from pipelines.records import Marks

# Invisible: a place where a word may be divided. A no-break space prints as a space.
_UNPRINTED = {0x00AD: None, 0x200B: None, 0x2060: None, 0xFEFF: None, 0x00A0: " "}
_BULLET, _INDENT = "  • ", "    "


class Rendered(NamedTuple):
    """The lines of a page, and what its markup tells of them."""

    lines: tuple[str, ...]
    marks: Marks


def render(events: Iterable[Event]) -> Rendered:
    """The lines of a page: a blank line between paragraphs, `<br>` ends a line, a list item has a bullet.

    A paragraph that holds a linked title with its date beside it is parted into both. Nothing that the page hides is there.
    """
    renderer = _Renderer()
    for event in events:
        match event.kind:
            case "start":
                renderer.start(event.value, event.attributes)
            case "end":
                renderer.end(event.value)
            case "text":
                renderer.text(event.value)
    return renderer.finish()


class _Open(NamedTuple):
    """An element that has begun, and what holds within it."""

    tag: str
    is_hidden: bool = False
    aside: str | None = None
    is_in_section: bool = False
    is_preformatted: bool = False
    is_item: bool = False
    anchor: Anchor | None = None
    # How many elements are open within the innermost link, and which child of it this is in.
    child_depth: int = 0
    block: Block | None = None


class _Renderer:
    """What is open, the line under way, and the lines that are done."""

    def __init__(self) -> None:
        self._containers = Containers()
        self._open = [_Open("", block=self._containers.root)]
        self._chunks: list[Chunk] = []
        self._ends_in_space = True
        self._lines: list[str] = []
        self._needs_blank = False
        self._bullet = False
        self._heading: int | None = None
        self._children = 0
        self._links: dict[int, Anchor] = {}
        self._aside: dict[int, str] = {}
        self._headings: dict[int, int] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        outer = self._open[-1]
        if tag in VOID:
            if not (outer.is_hidden or is_hidden(tag, attributes)):
                self._void(tag, attributes)
            return
        if outer.is_hidden or is_hidden(tag, attributes):
            self._open.append(_Open(tag, is_hidden=True, block=outer.block))
            return
        if tag in BLOCKS:
            self._end_line(is_paragraph=True)
            self._bullet = self._bullet or tag == "li"
            self._heading = HEADINGS.get(tag, self._heading)
        elif tag == "q":
            self._add("“")
        self._open.append(self._opened(outer, tag, attributes))

    def _opened(self, outer: _Open, tag: str, attributes: Attributes) -> _Open:
        aside = outer.aside or landmark(tag, attributes, is_in_section=outer.is_in_section)
        anchor, depth = outer.anchor, outer.child_depth
        if tag == "a" and attributes.get("href"):
            anchor, depth, self._children = Anchor((attributes.get("href") or "").strip()), 0, 0
        elif anchor is not None and tag not in BLOCKS:
            depth += 1
            self._children += depth == 1
        block = self._containers.begin(outer.block, len(self._lines)) if tag in BLOCKS else outer.block
        return _Open(
            tag,
            aside=aside,
            is_in_section=outer.is_in_section or is_sectioning(tag, attributes),
            is_preformatted=outer.is_preformatted or tag in PREFORMATTED,
            is_item=outer.is_item or tag == "li",
            anchor=anchor,
            child_depth=depth,
            block=block,
        )

    def _void(self, tag: str, attributes: Attributes) -> None:
        """An element that holds nothing."""
        if tag in ("br", "hr"):
            self._end_line(is_paragraph=tag == "hr")
        elif tag == "img":
            self._image(attributes)

    def end(self, tag: str) -> None:
        """The innermost element ends."""
        if tag in VOID:
            return
        element = self._open[-1]
        if not element.is_hidden and tag in BLOCKS:
            self._end_line(is_paragraph=True)
            self._bullet = self._bullet and tag != "li"
            self._heading = None if tag in HEADINGS else self._heading
            if element.block is not None:
                self._containers.end(element.block, len(self._lines))
        elif not element.is_hidden and tag == "q":
            self._add("”")
        self._open.pop()

    def text(self, text: str) -> None:
        """Text, its white space as a browser prints it."""
        element = self._open[-1]
        if element.is_hidden:
            return
        if not text.isascii():
            text = text.translate(_UNPRINTED)
        if element.is_preformatted:
            first, *more = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._add(first)
            for line in more:
                self._end_line(is_paragraph=False)
                self._add(line)
            return
        words = " ".join(text.split())
        starts = text[:1].isspace()
        if not words:
            if starts:
                self._add(" ")
            return
        self._add(f"{' ' if starts else ''}{words}{' ' if text[-1].isspace() else ''}")

    def _add(self, text: str) -> None:
        element = self._open[-1]
        if self._ends_in_space and not element.is_preformatted:
            text = text.removeprefix(" ")
        if not text:
            return
        child = self._children if element.anchor is not None and element.child_depth else 0
        self._chunks.append(Chunk(text, element.anchor, child, element.tag == "time"))
        self._ends_in_space = text[-1].isspace()

    def _image(self, attributes: Attributes) -> None:
        """The text of an image is no text of the page, but may be what it prints as a caption."""
        words = " ".join((attributes.get("alt") or "").translate(_UNPRINTED).split())
        element = self._open[-1]
        if not words or element.is_hidden:
            return
        self._end_line(is_paragraph=True)
        self._put(Piece(words, None), element.aside or "image")
        self._needs_blank = True

    def _end_line(self, *, is_paragraph: bool) -> None:
        chunks, self._chunks, self._ends_in_space = self._chunks, [], True
        element = self._open[-1]
        pieces = pieces_of(chunks) if chunks else ()
        for number, piece in enumerate(pieces):
            self._needs_blank = self._needs_blank or number > 0
            self._put(piece, element.aside)
        if is_paragraph:
            self._needs_blank = True
        elif not pieces and not chunks and self._lines and self._lines[-1]:
            self._needs_blank = True  # an empty line of `<br><br>`

    def _put(self, piece: Piece, aside: str | None) -> None:
        if self._needs_blank and self._lines:
            self._lines.append("")
        self._needs_blank = False
        at = len(self._lines)
        element = self._open[-1]
        prefix = "" if aside or not element.is_item else _BULLET if self._bullet else _INDENT
        self._bullet = self._bullet and not prefix
        self._lines.append(prefix + piece.text)
        if aside or element.tag == "figcaption":
            self._aside[at] = aside or "image_caption"
        if self._heading is not None:
            self._headings[at] = self._heading
        if piece.anchor is not None:
            self._links[at] = piece.anchor
            if element.block is not None:
                self._containers.link(element.block, at, piece.anchor.href)

    def finish(self) -> Rendered:
        """All lines; links as the page writes them."""
        self._end_line(is_paragraph=True)
        self._containers.end(self._containers.root, len(self._lines))
        links: Mapping[int, str] = {at: anchor.href for at, anchor in self._links.items()}
        return Rendered(tuple(self._lines), Marks(links, self._aside, self._headings, self._containers.found(self._lines)))
