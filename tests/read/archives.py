"""Packed files, web archives and single-file saves, made from pages; the same pages give the same bytes."""

import bz2
import gzip
import io
import lzma
import plistlib
import quopri
import stat
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import NamedTuple

import zstandard

NOON = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)


class Saved(NamedTuple):
    """A page to be put into an archive."""

    name: str
    data: bytes
    url: str = "https://archive.example/page"
    captured_at: datetime = NOON

    @property
    def media_type(self) -> str:
        return "text/html" if self.name.endswith((".html", ".htm")) else "text/plain"


def gz(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


PACKERS: dict[str, Callable[[bytes], bytes]] = {"gz": gz, "bz2": bz2.compress, "xz": lzma.compress, "zst": zst}


def zip_of(pages: Iterable[Saved], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "w", method) as archive:  # two of one name
        for page in pages:
            info = zipfile.ZipInfo(page.name, page.captured_at.timetuple()[:6])
            info.compress_type, info.external_attr = method, (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, page.data)
    return out.getvalue()


def tar_of(pages: Iterable[Saved], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for page in pages:
            archive.addfile(tar_header(page.name, len(page.data)), io.BytesIO(page.data))
    return out.getvalue()


def tar_header(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = size, kind, target
    return info


def http(
    body: bytes, content_type: str | None = "text/html; charset=utf-8", status: str = "200 OK", more: Iterable[str] = ()
) -> bytes:
    """An HTTP response as a WARC record holds it."""
    fields = [f"Content-Type: {content_type}"] if content_type else []
    return "\r\n".join([f"HTTP/1.1 {status}", *fields, *more, "", ""]).encode() + body


def record(
    block: bytes,
    kind: str = "response",
    *,
    url: str = "https://archive.example/page",
    captured_at: datetime = NOON,
    content_type: str = "application/http; msgtype=response",
    more: Iterable[str] = (),
) -> bytes:
    """A WARC record with the two line ends behind it."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {captured_at:%Y-%m-%dT%H:%M:%SZ}",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
        *more,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


WARCINFO = record(b"software: made for a test\r\n", "warcinfo", content_type="application/warc-fields")


def warc_records(pages: Iterable[Saved]) -> list[bytes]:
    """A warcinfo, and for each page a request and a response."""
    made = [WARCINFO]
    for page in pages:
        made.append(record(b"GET / HTTP/1.1\r\n\r\n", "request", url=page.url, content_type="application/http"))
        block = http(page.data, f"{page.media_type}; charset=utf-8", more=[f"Content-Length: {len(page.data)}"])
        made.append(record(block, url=page.url, captured_at=page.captured_at))
    return made


def wet_records(pages: Iterable[Saved]) -> list[bytes]:
    """A warcinfo, and the text of each page."""
    return [WARCINFO] + [
        record(page.data, "conversion", url=page.url, captured_at=page.captured_at, content_type="text/plain")
        for page in pages
    ]


def warc_of(pages: Iterable[Saved]) -> bytes:
    return b"".join(warc_records(pages))


def warc_gz_of(pages: Iterable[Saved]) -> bytes:
    return b"".join(map(gz, warc_records(pages)))


def wet_of(pages: Iterable[Saved]) -> bytes:
    return b"".join(wet_records(pages))


def wet_gz_of(pages: Iterable[Saved]) -> bytes:
    return b"".join(map(gz, wet_records(pages)))


def wacz_of(pages: Iterable[Saved]) -> bytes:
    parts = {
        "archive/data.warc.gz": warc_gz_of(pages),
        "indexes/index.cdx.gz": gz(b"example)/ 20240301120000 {}\n"),
        "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n',
        "datapackage.json": b'{"profile": "data-package", "resources": [], "wacz_version": "1.1.1"}',
    }
    return zip_of([Saved(name, data) for name, data in parts.items()], zipfile.ZIP_STORED)


def mhtml_of(page: Saved) -> bytes:
    """As Chrome saves a page, with a picture behind it."""
    head = [
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {page.url}",
        "Subject: A page",
        f"Date: {format_datetime(page.captured_at)}",
        "MIME-Version: 1.0",
        "Content-Type: multipart/related;",
        '\ttype="text/html";',
        '\tboundary="----MultipartBoundary--x----"',
    ]
    part = ["------MultipartBoundary--x----", "Content-Type: text/html", "Content-ID: <frame-1@mhtml.blink>"]
    part += ["Content-Transfer-Encoding: quoted-printable", f"Content-Location: {page.url}"]
    picture = ["------MultipartBoundary--x----", "Content-Type: image/png", "Content-Transfer-Encoding: base64"]
    lines = [
        "\r\n".join([*head, "", "", *part, "", ""]).encode(),
        quopri.encodestring(page.data.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n"),
    ]
    return b"".join(
        [
            *lines,
            b"\r\n",
            "\r\n".join([*picture, "", "iVBORw0KGgo=", ""]).encode(),
            b"------MultipartBoundary--x------\r\n",
        ]
    )


def webarchive_of(page: Saved) -> bytes:
    """As Safari saves a page, with a picture beside it."""
    main = {
        "WebResourceData": page.data,
        "WebResourceMIMEType": page.media_type,
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": page.url,
        "WebResourceFrameName": "",
    }
    picture = {"WebResourceData": b"\x89PNG" + bytes(range(256)), "WebResourceMIMEType": "image/png"}
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": [picture]}, fmt=plistlib.FMT_BINARY)
