"""HTML to lines, as a text browser prints it: what the grammars read, with what the markup tells of each line beside it."""

from collections.abc import Iterable
from typing import NamedTuple

from pipelines.read.markup.elements import (
    HEADINGS,
    PREFORMATTED,
    VOID,
    Attributes,
    is_block,
    is_hidden,
    is_sectioning,
    landmark,
)
from pipelines.read.markup.events import Event
from pipelines.read.markup.pieces import Anchor, Chunk, Piece, pieces_of
from pipelines.read.markup.records import Block, Records
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
    block: Block
    is_block: bool = False
    is_hidden: bool = False
    aside: str | None = None
    is_in_section: bool = False
    is_preformatted: bool = False
    is_item: bool = False
    anchor: Anchor | None = None
    # How many elements are open within the innermost link, and which child of it this is in.
    child_depth: int = 0
    # How many texts were printed before it.
    printed: int = 0


class _Renderer:
    """What is open, the line under way, and the lines that are done."""

    def __init__(self) -> None:
        self._records = Records()
        self._open = [_Open("", self._records.root)]
        self._chunks: list[Chunk] = []
        self._ends_in_space = True
        self._lines: list[str] = []
        self._needs_blank = False
        self._bullet = False
        self._heading: int | None = None
        self._children = 0
        self._printed = 0
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
            self._open.append(_Open(tag, outer.block, is_hidden=True))
            return
        makes_paragraph = is_block(tag, attributes)
        if makes_paragraph:
            self._end_line(is_paragraph=True)
            self._bullet = self._bullet or tag == "li"
            self._heading = HEADINGS.get(tag, self._heading)
        elif tag == "q":
            self._add("“")
        self._open.append(self._opened(outer, tag, attributes, is_block=makes_paragraph))

    def _opened(self, outer: _Open, tag: str, attributes: Attributes, *, is_block: bool) -> _Open:
        aside = outer.aside or landmark(tag, attributes, is_in_section=outer.is_in_section)
        anchor, depth = outer.anchor, outer.child_depth
        if tag == "a" and attributes.get("href"):
            anchor, depth, self._children = Anchor((attributes.get("href") or "").strip()), 0, 0
        elif anchor is not None and not is_block:
            depth += 1
            self._children += depth == 1
        block = Block(outer.block, len(self._lines)) if is_block else outer.block
        return _Open(
            tag,
            block,
            is_block=is_block,
            aside=aside,
            is_in_section=outer.is_in_section or is_sectioning(tag, attributes),
            is_preformatted=outer.is_preformatted or tag in PREFORMATTED,
            is_item=outer.is_item or tag == "li",
            anchor=anchor,
            child_depth=depth,
            printed=self._printed,
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
        if element.is_block:
            self._end_line(is_paragraph=True)
            self._bullet = self._bullet and tag != "li"
            self._heading = None if tag in HEADINGS else self._heading
            element.block.end = len(self._lines)
        elif not element.is_hidden and tag == "q":
            self._add("”")
        elif tag == "a" and element.anchor is not None and self._printed == element.printed:
            self._records.link_without_text(element.anchor, element.block)
        self._open.pop()

    def text(self, text: str) -> None:
        """Text, its white space as a browser prints it."""
        element = self._open[-1]
        if element.is_hidden:
            return
        if not text.isascii():
            text = text.translate(_UNPRINTED)
        if element.is_preformatted:
            self._preformatted(text.replace("\r\n", "\n").replace("\r", "\n"))
            return
        words = " ".join(text.split())
        starts = text[:1].isspace()
        if not words:
            if starts:
                self._add(" ")
            return
        self._add(f"{' ' if starts else ''}{words}{' ' if text[-1].isspace() else ''}")

    def _preformatted(self, text: str) -> None:
        """Lines as they stand, blank ones too."""
        first, *more = text.split("\n")
        self._add(first)
        for line in more:
            is_blank = not any(chunk.text.strip() for chunk in self._chunks)
            self._end_line(is_paragraph=False)
            if is_blank and self._lines:
                self._lines.append("")
                self._needs_blank = False
            self._add(line)

    def _add(self, text: str) -> None:
        element = self._open[-1]
        if self._ends_in_space and not element.is_preformatted:
            text = text.removeprefix(" ")
        if not text:
            return
        child = self._children if element.anchor is not None and element.child_depth else 0
        self._chunks.append(Chunk(text, element.anchor, child, element.tag == "time"))
        self._ends_in_space = text[-1].isspace()
        self._printed += not text.isspace()

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
        pieces = pieces_of(chunks, is_preformatted=element.is_preformatted) if chunks else ()
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
        prefix = "" if aside or not element.is_item or element.is_preformatted else _BULLET if self._bullet else _INDENT
        self._bullet = self._bullet and not prefix
        self._lines.append(prefix + piece.text)
        if aside or element.tag == "figcaption":
            self._aside[at] = aside or "image_caption"
        if self._heading is not None:
            self._headings[at] = self._heading
        if piece.anchor is not None:
            self._records.link(at, piece.anchor, element.block)

    def finish(self) -> Rendered:
        """All lines; links as the page writes them."""
        self._end_line(is_paragraph=True)
        page = self._records.settle(self._lines, self._headings, self._aside, len(self._lines))
        return Rendered(tuple(self._lines), Marks(page.links, self._aside, self._headings, page.records, page.list_end))
