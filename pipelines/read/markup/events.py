"""HTML as a stream of events: an element starts, an element ends, text; however it was parsed."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.read.markup.elements import SKIPPED, VOID, Attributes
from pipelines.read.markup.tameness import is_tame

_NO_ATTRIBUTES: Attributes = {}


class Event(NamedTuple):
    """`value` is the name of an element, or text."""

    kind: Literal["start", "end", "text"]
    value: str
    attributes: Attributes = _NO_ATTRIBUTES


def events(html: str) -> Iterator[Event]:
    """The events of a page, of what may be printed; as browsers parse it, or, where a tree would grow too large, as a stream.

    Elements that hold no text of the page, such as scripts, do not appear.
    """
    return _tree_events(html) if is_tame(html) else _stream_events(html)


def _tree_events(html: str) -> Iterator[Event]:
    """Walk the tree that lexbor makes, without recursion."""
    node = LexborHTMLParser(html).root
    open_elements: list[tuple[str, LexborNode | None]] = []  # each with what follows it
    while True:
        while node is None:
            if not open_elements:
                return
            tag, node = open_elements.pop()
            yield Event("end", tag)
        tag, following = node.tag or "", node.next if open_elements else None
        if tag == "-text":
            yield Event("text", node.text_content or "")
        elif tag[:1] not in ("-", "!") and tag not in SKIPPED:
            yield Event("start", tag, node.attributes or _NO_ATTRIBUTES)
            open_elements.append((tag, following))
            following = node.first_child
        node = following


def _stream_events(html: str) -> Iterator[Event]:
    """The tags as libxml2 meets them. Text within skipped elements is left out, as in the tree."""
    target = _Collector()
    parser = etree.HTMLParser(target=target, huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        parser.feed(html.encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError:  # what was met before is kept
        pass
    yield from target.found


class _Collector:
    """What lxml tells of a page's tags."""

    def __init__(self) -> None:
        self.found: list[Event] = []
        self._skipping: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.lower()
        if tag in SKIPPED:
            if tag not in VOID:
                self._skipping.append(tag)
        elif not self._skipping:
            self.found.append(Event("start", tag, dict(attributes)))

    def end(self, tag: str) -> None:
        tag = tag.lower()
        if self._skipping:
            if tag == self._skipping[-1]:
                self._skipping.pop()
        elif tag not in SKIPPED:
            self.found.append(Event("end", tag))

    def data(self, text: str) -> None:
        if not self._skipping:
            self.found.append(Event("text", text))

    def close(self) -> None:
        """Nothing is left to do."""
