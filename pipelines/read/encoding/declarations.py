"""What an HTML page says of its own encoding, near its beginning."""

import re
from collections.abc import Iterator

from pipelines.read.encoding.labels import UTF_8, Encoding, encoding_labelled

# The standard asks for 1,024 bytes; pages with long comments and scripts before their `<meta>` are common.
_LOOKED_AT = 4096

_XML = re.compile(
    rb"<\?xml(?=[ \t\n\f\r])[^>]{0,200}?[ \t\n\f\r]encoding[ \t\n\f\r]{0,9}=[ \t\n\f\r]{0,9}[\"']([\w.:-]{1,60})[\"']"
)
_COMMENT_END = re.compile(rb"-->")
_TAG = re.compile(rb"<(/?[A-Za-z][^ \t\n\f\r/>]*+)")
# An attribute, a quoted value passed over whole, so that no tag is seen within it.
_NEXT_ATTRIBUTE = re.compile(
    rb"[ \t\n\f\r/]*+(?P<name>[^ \t\n\f\r/>=][^ \t\n\f\r/>=]*+)"
    rb"(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+)))?+"
)
_CHARSET = re.compile(
    rb"charset[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^ \t\n\f\r;\"']++))", re.IGNORECASE
)


def encoding_declared_in(data: bytes) -> Encoding | None:
    """The encoding that a page declares in an XML declaration or a `<meta>`; None where it declares none that is known.

    After https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding: comments
    are passed over, and a page that says in single bytes that it is UTF-16 is UTF-8.
    """
    head = data[:_LOOKED_AT]
    xml = _XML.match(head)
    for label in [*([xml[1]] if xml else []), *_labels_of_meta(head)]:
        encoding = encoding_labelled(label.decode("latin-1"))
        if encoding is not None:
            return UTF_8 if encoding.name.startswith("utf-16") else encoding
    return None


def _labels_of_meta(head: bytes) -> Iterator[bytes]:
    """What each `<meta>` says of the encoding, in the order of the page."""
    at = head.find(b"<")
    while at >= 0:
        end = at + 1
        if head.startswith(b"<!--", at):
            closed = _COMMENT_END.search(head, at + 2)
            if closed is None:
                return
            end = closed.end()
        elif tag := _TAG.match(head, at):
            attributes, end = _attributes(head, tag.end())
            if tag[1].lower() == b"meta" and (label := _label_in(attributes)) is not None:
                yield label
        at = head.find(b"<", end)


def _attributes(head: bytes, at: int) -> tuple[dict[bytes, bytes], int]:
    """The attributes of a tag from here on, by their names in lower case, and where they end; of two the first counts."""
    attributes: dict[bytes, bytes] = {}
    while found := _NEXT_ATTRIBUTE.match(head, at):
        value = found["double"] or found["single"] or found["bare"] or b""
        attributes.setdefault(found["name"].lower(), value)
        at = found.end()
    return attributes, at


def _label_in(attributes: dict[bytes, bytes]) -> bytes | None:
    """The charset of a `<meta charset>`, or of one that stands for an HTTP header."""
    if b"charset" in attributes:
        return attributes[b"charset"]
    if attributes.get(b"http-equiv", b"").lower() == b"content-type":
        found = _CHARSET.search(attributes.get(b"content", b""))
        return found[found.lastindex or 1] if found else None
    return None
