"""One capture, read as a page: its bytes hashed and decoded, HTML rendered, what it is told by its lines."""

import re
from dataclasses import replace
from hashlib import sha256

from pipelines.read.capture import Capture
from pipelines.read.encoding import decode, find_mojibake
from pipelines.read.markup import read_html, unfinished_tag
from pipelines.read.side_file import SideFile, contradictions, known
from pipelines.read.sources import refused_file
from pipelines.records import Issue, Page, PageText
from pipelines.settings import LIMITS, ReadLimits
from pipelines.text import one_line

_SAYS_NOTHING = SideFile()
# How HTML begins, once byte order marks and white space are passed over; no listing page of text begins so.
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*+<(?:!doctype\s++html|!--|\?xml|html|head|body|title|meta|link|script|style|main|"
    rb"section|article|div|table|ul|ol|dl|h[1-6]|p|a|span|center|font)\b",
    re.IGNORECASE,
)
_SIGN_OF_LISTING = re.compile(
    rb"(?:/|%(?:25)?2f)documents?(?:/|%(?:25)?2f)|popular documents|search results|add search filter|>\s{0,99}timeline",
    re.IGNORECASE,
)
_HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml")
# Pictures and fonts that a page saved into one file carries within it.
_DATA_ADDRESS = re.compile(r"data:[a-z0-9.+/-]{1,100}(?:;[a-z0-9=-]{1,40})*+,[A-Za-z0-9+/=%]{1000,}+", re.IGNORECASE)


def page_of(data: bytes, source_path: str) -> PageText | Issue:
    """The page that these bytes are, or the issue that says why they are none."""
    return text_of(Capture(source_path, data), LIMITS)


def may_list_documents(capture: Capture) -> bool:
    """Whether a response of a crawl holds what a listing in HTML has: a link to a document, or a heading of the site's own.

    Of a crawl's pages most do not, and need not be parsed to be counted.
    """
    is_plain = not capture.is_crawled or capture.media_type == "text/plain" or b"\0" in capture.data[:4096]
    return is_plain or _SIGN_OF_LISTING.search(capture.data) is not None


def text_of(capture: Capture, limits: ReadLimits, side_file: SideFile = _SAYS_NOTHING) -> PageText | Issue:
    """A capture as a page with its lines, or the issue that says why it is none.

    What the side file says of the page is added where neither its container nor the page itself says it.

    Lines of text end with LF, CRLF or CR; no other character ends a line (a form feed or U+2028 is text). A final line end
    starts no further line. Lines of HTML are those that a text browser prints.
    """
    is_html = _is_html(capture)
    decoded = decode(capture.data, source_path=capture.source_path, declared=capture.charset, is_html=is_html)
    if isinstance(decoded, Issue):
        return decoded
    digest = sha256(capture.data).hexdigest()
    page = Page(
        page_id=f"p1-{digest[:16]}",
        source_path=capture.source_path,
        source_sha256=digest,
        source_bytes=len(capture.data),
        encoding=decoded.encoding,
        media_type="text/html" if is_html else "text/plain",
        url=capture.url,
        captured_at=capture.captured_at,
    )
    if not is_html and len(capture.data) > limits.page_bytes:
        return refused_file(
            "file_too_large", capture.source_path, f"{len(capture.data)} bytes, the limit is {limits.page_bytes}"
        )
    text = PageText(page, (), decoded.issues, is_crawled=capture.is_crawled)
    if is_html:
        read = _html_page(text, decoded.text, limits, side_file)
        if isinstance(read, Issue):
            return read
        text = read
    else:
        text = text._replace(lines=split_lines(decoded.text))
    mojibake = find_mojibake(text.lines, source_path=page.source_path)
    issues = [*text.issues, *([mojibake] if mojibake else []), *contradictions(side_file, text.page)]
    return text._replace(
        page=known(side_file, text.page), issues=tuple(replace(issue, page_id=page.page_id) for issue in issues)
    )


def _html_page(text: PageText, html: str, limits: ReadLimits, side_file: SideFile) -> PageText | Issue:
    page = text.page
    if len(html) > limits.page_bytes:
        html = _DATA_ADDRESS.sub("data:,", html)
    if len(html) > limits.page_bytes:
        reason = f"{len(html)} characters of HTML, its pictures aside; the limit is {limits.page_bytes}"
        return refused_file("file_too_large", page.source_path, reason)
    tags = html.count("<")
    if tags > limits.page_tags:
        return refused_file("markup_too_large", page.source_path, f"{tags} tags, the limit is {limits.page_tags}")
    cut = unfinished_tag(html)
    issues = list(text.issues)
    if cut is not None:
        shown = one_line(html[cut:], 60)
        message = f"{page.source_path}: the file ends within a tag: {shown}"
        issues.append(Issue("cut_markup", message, source_path=page.source_path, value=shown))
        html = html[:cut]
    said = side_file.of(page.source_path)
    read = read_html(html, page.url, said.url if said else None)
    page = replace(page, url=read.address.url, captured_at=page.captured_at or read.address.captured_at)
    # Their lines are those of the markup, which are not the lines of the page.
    issues = [replace(issue, line_first=None, line_last=None) for issue in issues]
    return PageText(page, read.lines, tuple(issues), read.marks, text.is_crawled)


def _is_html(capture: Capture) -> bool:
    """What the container says, else how the bytes begin, else the name."""
    if capture.media_type is not None:
        return capture.media_type != "text/plain"
    start = capture.data[:4096]
    if b"\0" in start:  # UTF-16 or UTF-32
        start = start.replace(b"\0", b"")
    return _HTML_START.match(start) is not None or capture.source_path.lower().endswith(_HTML_NAMES)


def split_lines(text: str) -> tuple[str, ...]:
    r"""The lines of a text, without their ends.

    >>> split_lines("a\r\nb\rc\n")
    ('a', 'b', 'c')
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return tuple(lines)
