"""Files that are no text, known by their first bytes."""

# The first bytes of formats that end up among saved pages; each is too long or too odd to begin a text.
_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"AT&TFORM", "a DjVu document"),
    (b"%PDF-", "a PDF document"),
    (b"%!PS-Adobe", "a PostScript document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old Microsoft Office"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"bplist00", "a binary property list"),
    (b"\x7fELF", "a program"),
    (b"OggS\0", "an Ogg recording"),
    (b"ID3\x02", "an MP3 recording"),
    (b"ID3\x03", "an MP3 recording"),
    (b"ID3\x04", "an MP3 recording"),
    (b"wOF2", "a font"),
    (b"wOFF", "a font"),
)
_MAGIC = tuple(magic for magic, _ in _FORMATS)
# bzip2 says its block size behind three letters that may begin a text, and then the digits of pi.
_BZIP2_BLOCK = b"1AY&SY"
_RIFF = {b"WEBP": "a WebP image", b"WAVE": "a WAV recording", b"AVI ": "an AVI film"}


def binary_format(data: bytes) -> str | None:
    """What these bytes are, if they are a known format that is no text; None for everything else.

    >>> binary_format(b"%PDF-1.4")
    'a PDF document'
    """
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12])
    if data[4:8] == b"ftyp" and b"\0" in data[:4]:
        return "an MP4 film or HEIC image"
    if not data.startswith(_MAGIC):
        return None
    if data.startswith(b"BZh") and data[4:10] != _BZIP2_BLOCK:
        return None
    return next(said for magic, said in _FORMATS if data.startswith(magic))
