"""One saved HTML page: its lines, its links made absolute, its own address."""

import re
from dataclasses import replace
from typing import NamedTuple

from pipelines.read.markup.events import events
from pipelines.read.markup.own_address import OwnAddress, absolute, own_address
from pipelines.read.markup.rendering import render
from pipelines.records import Marks

# Savers add comments and scripts behind the end.
_END = 4_096
_CLOSING = re.compile("</(?:body|html)", re.IGNORECASE)
_TAG_START = re.compile(r"</?+(?:[a-z!]|$)", re.IGNORECASE)


class HtmlPage(NamedTuple):
    """The lines of a page, what its markup tells of them, and what it says of its own address."""

    lines: tuple[str, ...]
    marks: Marks
    address: OwnAddress


def read_html(html: str, known_address: str | None = None, else_address: str | None = None) -> HtmlPage:
    """Render a page, whose address is the known one, else the one that it says itself, else the third. A link that leads nowhere on the web (`javascript:`, `data:`, `mailto:`) is none."""
    rendered = render(events(html))
    address = own_address(html, known_address)
    if address.url is None and else_address is not None:
        address = own_address(html, else_address)
    links = {line: url for line, href in rendered.marks.links.items() if (url := absolute(href, address.base))}
    is_closed = _CLOSING.search(html, max(0, len(html) - _END)) is not None
    return HtmlPage(rendered.lines, replace(rendered.marks, links=links, is_closed=is_closed), address)


def unfinished_tag(html: str) -> int | None:
    """Where a tag begins within which the page ends; None for a page that ends elsewhere."""
    start = html.rfind("<")
    is_open = start > html.rfind(">") and _TAG_START.match(html, start) is not None
    return start if is_open else None
