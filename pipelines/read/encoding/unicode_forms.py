"""Unicode in two or four bytes a character: told by its mark, or by where its NUL bytes stand."""

from typing import NamedTuple

from pipelines.read.encoding.labels import UTF_8_WITH_MARK, Encoding, encoding_named

UTF_16_LE, UTF_16_BE = encoding_named("utf-16-le"), encoding_named("utf-16-be")
UTF_32_LE, UTF_32_BE = encoding_named("utf-32-le"), encoding_named("utf-32-be")
_FOUR_BYTES = 4
# How many bytes are looked at where there is no mark; a page that is text there is text.
_LOOKED_AT = 1 << 16
# A mark that says UTF-32 says also UTF-16 with a NUL in front, which no text has: the longer ones come first.
_MARKS = (
    (b"\xff\xfe\0\0", UTF_32_LE),
    (b"\0\0\xfe\xff", UTF_32_BE),
    (b"\xef\xbb\xbf", UTF_8_WITH_MARK),
    (b"\xff\xfe", UTF_16_LE),
    (b"\xfe\xff", UTF_16_BE),
)
# ASCII that stands in a text; a NUL stands beside each in UTF-16.
_PRINTED = bytes([*b"\t\n\x0c\r", *range(0x20, 0x7F)])
# Of the bytes that are no ASCII with its NUL, so many are outside ASCII where they are letters of another script: the
# block of Cyrillic is 0x04, half of all Chinese characters begin with 0x80 or more. Bytes that are ASCII by themselves
# and hold a NUL by accident have none.
_LEAST_OF_OTHER_BYTES = 0.2
# Control and format characters, and those that Unicode has not given out, in a text.
_MOST_UNKNOWN = 0.02


class Mark(NamedTuple):
    """A byte order mark: the encoding that it says, and its length."""

    encoding: Encoding
    length: int


def byte_order_mark(data: bytes) -> Mark | None:
    """The byte order mark that bytes begin with, if any."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Mark(encoding, len(mark))
    return None


def unmarked_unicode(data: bytes) -> Encoding | None:
    """UTF-16 or UTF-32, for bytes with NULs and without a mark; None if they are neither, and so no text."""
    head = data[:_LOOKED_AT]
    for encoding in (UTF_32_LE, UTF_32_BE):
        if len(head) >= _FOUR_BYTES and _is_text(head[: len(head) // 4 * 4], encoding):
            return encoding
    # ASCII read with its bytes exchanged is a script of its own, so that the reading with more ASCII is the right one.
    ascii_of = {form: _ascii_count(head, form) for form in (UTF_16_LE, UTF_16_BE)}
    best = max(ascii_of, key=lambda form: ascii_of[form])
    others = len(head) - 2 * ascii_of[best]
    beyond = len(head.translate(None, _PRINTED)) - ascii_of[best]  # bytes that are not ASCII, without the NULs of ASCII
    is_mostly_ascii = others <= len(head) / 2  # then what others say is too little: `•` is two bytes of ASCII
    if not ascii_of[best] or (not is_mostly_ascii and beyond < _LEAST_OF_OTHER_BYTES * (others - 1)):
        return None
    return best if _is_text(head[: len(head) // 2 * 2], best) else None


def _ascii_count(data: bytes, form: Encoding) -> int:
    """How many characters of UTF-16 are ASCII: a NUL on the one side, what is printed on the other."""
    high, low = (data[1::2], data[::2]) if form is UTF_16_LE else (data[::2], data[1::2])
    return sum(1 for above, below in zip(high, low, strict=False) if not above and below in _PRINTED)


def _is_text(data: bytes, encoding: Encoding) -> bool:
    """Whether bytes can be read so, and what is read are characters that Unicode knows, none of them a NUL."""
    text = data.decode(encoding.codec, "replace")
    if not text or "\0" in text:
        return False
    unknown = sum(1 for c in text if c == "\ufffd" or not (c.isprintable() or c.isspace()))
    return unknown <= _MOST_UNKNOWN * len(text)
