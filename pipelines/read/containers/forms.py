"""What a file is, by how it begins."""

import tarfile
from typing import Literal

Packing = Literal["gzip", "bzip2", "xz", "zstd"]
Form = Literal["gzip", "bzip2", "xz", "zstd", "zip", "tar", "warc", "arc", "mhtml", "webarchive", "page"]

# As much of a beginning as is looked at: a tar's first header has 512 bytes, the head of a mail is longer.
LOOK_BYTES = 8 * 1024
# Web archives begin with a record of their own format.
WARC_START = b"WARC/"

PACKINGS: dict[Packing, tuple[bytes, ...]] = {
    "gzip": (b"\x1f\x8b\x08",),
    "bzip2": tuple(b"BZh%d%b" % (size, digits) for size in range(1, 10) for digits in (b"1AY&SY", b"\x17rE8P\x90")),
    "xz": (b"\xfd7zXZ\0",),
    "zstd": (b"\x28\xb5\x2f\xfd", *(bytes((first,)) + b"\x2a\x4d\x18" for first in range(0x50, 0x60))),
}
_BEGINNINGS: dict[Form, tuple[bytes, ...]] = {
    "zip": (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"),
    "warc": (WARC_START + b"0.", WARC_START + b"1."),
    "arc": (b"filedesc://",),
    "webarchive": (b"bplist00",),
}


def form_of(look: bytes) -> Form:
    """The form of a file that begins with these bytes (`LOOK_BYTES` of them, or all where it is shorter).

    Names say nothing: a page is called `.gz` by a browser that unpacked it, and a web archive `.txt`.
    """
    for form, beginnings in (*PACKINGS.items(), *_BEGINNINGS.items()):
        if look.startswith(beginnings):
            return form
    if _is_tar(look[: tarfile.BLOCKSIZE]):
        return "tar"
    return "mhtml" if _is_mail_of_parts(look) else "page"


def packing_of(form: Form) -> Packing | None:
    """The form as one that packs a single file; None for every other."""
    match form:
        case "gzip" | "bzip2" | "xz" | "zstd":
            return form
        case "zip" | "tar" | "warc" | "arc" | "mhtml" | "webarchive" | "page":
            return None


def begins_as_html(look: bytes) -> bool:
    """Whether it can be HTML, which may carry pictures within; a listing of text never begins so."""
    return look.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _is_tar(block: bytes) -> bool:
    """Whether it is a header whose sum is right, which no text is by chance."""
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _is_mail_of_parts(look: bytes) -> bool:
    """Whether it begins with the head of a mail that says `multipart/related`, as browsers save a page with its pictures."""
    head = look.replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    name = head.partition(b":")[0]
    return b"multipart/related" in head and b"\nmime-version:" in b"\n" + head and name.replace(b"-", b"").isalpha()
