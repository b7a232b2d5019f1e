"""The bytes of a page to its text: which encoding they are in, and what is said where that is doubtful."""

from pipelines.read.encoding.binary import binary_format
from pipelines.read.encoding.declarations import encoding_declared_in
from pipelines.read.encoding.issues import encoding_contradicted, encoding_unknown, not_text, other_format
from pipelines.read.encoding.labels import UTF_8, UTF_8_WITH_MARK, Encoding, encoding_labelled
from pipelines.read.encoding.legacy import MOST_BAD, decode_not_utf_8, losses
from pipelines.read.encoding.lossy import bad_bytes, decode_lossy, line_at
from pipelines.read.encoding.unicode_forms import byte_order_mark, unmarked_unicode
from pipelines.read.encoding.values import Decoded
from pipelines.records import Issue

_ESCAPE = b"\x1b"  # by which iso-2022-jp says in ASCII what is not


def decode(data: bytes, *, source_path: str, declared: str | None = None, is_html: bool = False) -> Decoded | Issue:
    """Decode the bytes of a page, or say why they are no text; nothing that is doubted or lost goes without an issue.

    `declared` is the charset of an HTTP header. What counts, in this order: a byte order mark; the header; for HTML what
    the page declares; the bytes themselves. Bytes that are UTF-8 are UTF-8 whatever is declared, and a declared encoding
    which the bytes cannot be in is not used: in both cases an issue says so.
    """
    mark = byte_order_mark(data)
    if mark is None and (known := binary_format(data)):
        return other_format(source_path, known)
    if mark is not None and mark.encoding != UTF_8_WITH_MARK:
        return _wide(data, mark.length, mark.encoding, source_path, encoding_labelled(declared))
    if b"\0" in data:
        return _with_nuls(data, source_path, encoding_labelled(declared))
    name, mark_length = (UTF_8.name, 0) if mark is None else (UTF_8_WITH_MARK.name, mark.length)
    body = data[mark_length:]
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return decode_not_utf_8(body, mark_length, source_path, _declared(data, declared, is_html=is_html))
    if text.isascii() and _ESCAPE not in body:
        return Decoded(text, name)
    return _utf_8(text, body, name, source_path, _declared(data, declared, is_html=is_html))


def _declared(data: bytes, header: str | None, *, is_html: bool) -> Encoding | None:
    """What the header says, or else the page."""
    return encoding_labelled(header) or (encoding_declared_in(data) if is_html else None)


def _utf_8(text: str, data: bytes, name: str, source_path: str, declared: Encoding | None) -> Decoded:
    """Bytes that are UTF-8, with what contradicts that; ASCII with escapes may be Japanese."""
    if declared is None or declared == UTF_8:
        return Decoded(text, name)
    if text.isascii():
        lossy = decode_lossy(data, declared) if declared.name == "iso-2022-jp" else None
        if lossy is None or lossy.bad_count or lossy.text.isascii():
            return Decoded(text, name)
        return Decoded(lossy.text, declared.name)
    return Decoded(text, name, (encoding_contradicted(text, declared, UTF_8, source_path),))


def _with_nuls(data: bytes, source_path: str, declared: Encoding | None) -> Decoded | Issue:
    encoding = unmarked_unicode(data)
    if encoding is None:
        reason = f"a NUL byte at offset {data.index(0)}; if it is text, save it again as UTF-8"
        return not_text(source_path, reason)
    return _wide(data, 0, encoding, source_path, declared)


def _wide(
    data: bytes, mark_length: int, encoding: Encoding, source_path: str, declared: Encoding | None
) -> Decoded | Issue:
    """Bytes in UTF-16 or UTF-32, behind their mark; no text if there are NULs among the characters."""
    body = data[mark_length:]
    lossy = decode_lossy(body, encoding)
    if "\0" in lossy.text:
        return not_text(source_path, f"a NUL character in {encoding.name}")
    if lossy.bad_count > MOST_BAD * len(lossy.text):
        first = bad_bytes(body, encoding, 1, mark_length)[0]
        return encoding_unknown(first, line_at(body, first.offset - mark_length, encoding), source_path)
    issues = losses(body, lossy, encoding, source_path, mark_length)
    if declared is not None and declared.name[:6] != encoding.name[:6]:
        issues.insert(0, encoding_contradicted(lossy.text, declared, encoding, source_path))
    return Decoded(lossy.text, encoding.name, tuple(issues))
