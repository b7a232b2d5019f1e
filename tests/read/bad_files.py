"""Files that nobody would call a listing page, made by code: what a reader of raw must get past.

Each says what may become of it: it is refused with a reason, or read (in part, or as text without a layout), or either.
"""

import gzip
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal, NamedTuple

from tests.read.archives import (
    Saved,
    gz,
    mhtml_of,
    record,
    tar_header,
    tar_of,
    wacz_of,
    warc_gz_of,
    warc_of,
    webarchive_of,
    wet_of,
    zip_of,
    zst,
)

MB = 1 << 20
GOOD = (
    "Search in\n\nDigital Archive International History Declassified\n\nADD SEARCH FILTER CANCEL SEARCH FILTER\n\nSEARCH RESULTS\n\n"
    "  • May 05, 1950\n\n    Letter, Harbour Master to Minister\n\n    He asks for instructions about the salt.\n\n"
    "  • May 06, 1950\n\n    Note, Minister to Harbour Master\n\n    He rejects the herring quota.\n"
)
HTML = "<!DOCTYPE html><html><head><title>Results</title></head><body><p>Search in</p><ul><li>May 05, 1950<p>Letter</p></li></ul></body></html>"


class BadFile(NamedTuple):
    """A file: its name, how its bytes are made, and whether anything of it may be read."""

    name: str
    make: Callable[[], bytes]
    may_be: Literal["refused", "read", "either"]


def bad_files() -> list[BadFile]:
    """All of them; the same bytes every time."""
    return [*_nothing(), *_binary(), *_encodings(), *_lines(), *_texts(), *_markup(), *_packed(), *_web_archives()]


def _file(name: str, data: bytes, may_be: Literal["refused", "read", "either"]) -> BadFile:
    return BadFile(name, lambda: data, may_be)


def _nothing() -> Iterator[BadFile]:
    yield _file("empty.txt", b"", "read")
    yield _file("blanks.txt", b" \n\t\n\r\n\x0c\n \xc2\xa0\n" * 1000, "read")
    yield _file("one-line-end.txt", b"\n", "read")
    yield _file("mark.txt", b"\xef\xbb\xbf", "read")
    yield _file("mark-16.txt", b"\xff\xfe", "read")
    yield _file("empty.html", b"", "read")
    yield _file("one-tag.html", b"<html>", "read")


def _binary() -> Iterator[BadFile]:
    yield _file("nul.txt", b"\0", "refused")
    yield _file("nuls.txt", b"\0" * 100_000, "refused")
    yield _file("nul-within.txt", GOOD.encode().replace(b"salt", b"sa\0lt"), "refused")
    yield _file("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0", "refused")
    yield _file("picture.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1" + bytes(range(256)) * 10, "refused")
    yield _file(
        "document.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n", "refused"
    )
    yield _file("document.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "refused")
    yield _file("document.rtf", b"{\\rtf1\\ansi{\\fonttbl\\f0 Times;}Letter, A to B}", "refused")
    yield _file("table.parquet", b"PAR1\x15\x04\x15\x10PAR1", "refused")
    yield _file("program", b"\x7fELF\2\1\1" + b"\0" * 9 + bytes(range(256)), "refused")
    yield BadFile("noise.txt", partial(random.Random("noise").randbytes, 300_000), "refused")
    yield BadFile(
        "noise-without-nul.txt", lambda: random.Random("more").randbytes(300_000).replace(b"\0", b"\1"), "refused"
    )
    yield BadFile(
        "noise-beyond-ascii.txt", lambda: bytes(b | 0x80 for b in random.Random("high").randbytes(300_000)), "refused"
    )


def _encodings() -> Iterator[BadFile]:
    for codec in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        yield _file(f"{codec}.txt", GOOD.encode(codec), "read")
        yield _file(f"{codec}-marked.txt", ("\ufeff" + GOOD).encode(codec), "read")
        yield _file(f"{codec}-odd.txt", GOOD.encode(codec)[:-1], "read")
        yield _file(f"{codec}.html", ("\ufeff" + HTML).encode(codec), "read")
    yield _file("half-pairs.txt", b"\xff\xfe" + GOOD.encode("utf-16-le") + b"\x00\xd8\x00\xdc\x00\xdc\x00\xd8", "read")
    yield _file("nothing-but-half-pairs.txt", b"\xff\xfe" + b"\x00\xd8" * 50_000, "refused")
    yield _file("utf-32-beyond.txt", b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * 1000, "refused")
    yield _file("cp1251.txt", GOOD.replace("Letter", "Письмо от посла").encode("cp1251", "replace"), "read")
    yield _file("cp1252.txt", GOOD.replace("Letter", "Café “Zoë”").encode("cp1252"), "read")
    yield _file("mixed.txt", (GOOD * 3).encode() + "Café “Orléans”\n".encode("cp1252") + "Zoë\n".encode(), "read")
    yield _file("overlong.txt", GOOD.encode() + b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf\n", "read")
    yield _file("beyond-unicode.txt", GOOD.encode() + b"\xf4\x90\x80\x80\xf8\x88\x80\x80\x80\xff\xfe\n", "read")
    yield _file("surrogates.txt", GOOD.encode() + b"\xed\xa0\x80\xed\xb0\x80\n", "read")
    yield _file("cut-character.txt", GOOD.encode() + "“".encode()[:-1], "read")
    yield _file("all-continued.txt", b"\x80" * 100_000, "refused")
    yield _file("spoiled-twice.txt", GOOD.encode().decode("cp1252", "replace").encode(), "read")
    yield _file("wrong-meta.html", b'<meta charset="utf-16"><meta charset="klingon">' + HTML.encode(), "read")
    yield _file(
        "escapes-of-2022.html",
        b'<meta charset="iso-2022-jp">\x1b$B' + b"\x1b(J\x1b$@" * 20_000 + HTML.encode(),
        "either",
    )
    yield _file("utf-7.html", b'<meta charset="utf-7">+ADw-script+AD4-alert(1)+ADw-/script+AD4-', "read")


def _lines() -> Iterator[BadFile]:
    yield _file("carriage-returns.txt", GOOD.replace("\n", "\r").encode(), "read")
    yield _file("mixed-line-ends.txt", GOOD.replace("\n\n", "\r\n\n\r").encode(), "read")
    yield _file("separators.txt", GOOD.replace("\n", "\u2028").encode(), "read")
    yield _file("next-lines.txt", GOOD.replace("\n", "\x85\x0b\x0c\x1c").encode(), "read")
    yield BadFile("line-of-10-mb.txt", lambda: b"a" * (10 * MB), "refused")
    yield BadFile("line-of-4-mb.txt", lambda: b"a" * (4 * MB), "read")
    yield BadFile("words-of-4-mb.txt", lambda: b"January 5, 1950 " * (4 * MB // 16), "read")
    yield BadFile("short-lines.txt", lambda: b"a\n" * (2 * MB), "read")
    yield BadFile("line-ends.txt", lambda: b"\n" * (4 * MB), "read")
    yield BadFile("bullets.txt", lambda: "  •\n".encode() * 600_000, "read")
    yield BadFile("a-million-bullets.txt", lambda: "•\n".encode() * 1_000_000, "read")
    yield BadFile("bulleted-dates.txt", lambda: "  • May 05, 1950\n\n".encode() * 100_000, "read")
    yield BadFile("dates.txt", lambda: b"January 5, 1950\n" * 100_000, "read")
    yield BadFile("dashes.txt", lambda: b"-\nMay 05, 1950\nA\nB\n" * 50_000, "read")
    yield BadFile("pagers.txt", lambda: b"1 - 10 of 20\n" * 100_000, "read")
    yield BadFile(
        "new-and-no-end.txt",
        lambda: b"Skip to content\n\n\n1 - 10 of 40\n" + b"\n\nMay 1, 1950\n\nA\n" * 60_000,
        "read",
    )
    yield BadFile("good-a-thousand-times.txt", (GOOD * 1000).encode, "read")


def _texts() -> Iterator[BadFile]:
    yield BadFile("long-day.txt", lambda: GOOD.replace("05", "5" * 100_000).encode(), "read")
    yield BadFile("long-year.txt", lambda: GOOD.replace("1950", "1" * 100_000).encode(), "read")
    yield BadFile(
        "long-pager.txt",
        lambda: b"Skip to content\n\n\n1 - 10 of " + b"9" * 100_000 + b"\n\n\nMay 1, 1950\n\nA\n\nB\n",
        "read",
    )
    yield _file("arabic-digits.txt", GOOD.replace("05, 1950", "٠٥, ١٩٥٠").encode(), "read")
    yield _file("superscripts.txt", GOOD.replace("1950", "¹⁹⁵⁰").replace("05", "②").encode(), "read")
    yield BadFile("long-title.txt", lambda: GOOD.replace("Letter", "Letter " * 100_000).encode(), "read")
    yield BadFile("long-name-of-nobody.txt", lambda: GOOD.replace("Minister", "Minister to " * 50_000).encode(), "read")
    yield _file("turned-round.txt", GOOD.replace("Letter", "\u202eretteL\u2066\u2069\u200f").encode(), "read")
    yield _file(
        "terminal.txt", GOOD.replace("Letter", "\x1b[2J\x1b]0;owned\x07\x1b[31mLetter\x08\x08\x7f").encode(), "read"
    )
    yield _file(
        "controls.txt",
        GOOD.replace("Letter", "".join(map(chr, [*range(1, 10), 11, 12, *range(14, 32)]))).encode(),
        "read",
    )
    yield _file("formula.txt", GOOD.replace("Letter", '=HYPERLINK("http://x")|cmd\'!A0 +1 @SUM').encode(), "read")
    yield _file(
        "markup-in-text.txt",
        GOOD.replace("Letter", "<img src=x onerror=alert(1)><script>alert(1)</script>").encode(),
        "read",
    )
    yield _file("marks-in-heaps.txt", GOOD.replace("e", "e" + "\u0301\u0489" * 50).encode(), "read")
    yield _file("not-characters.txt", GOOD.replace("e", "\ufffe\uffff\U0010ffff\ue000").encode(), "read")
    yield _file("marks-of-order.txt", GOOD.replace(" ", "\ufeff").encode(), "read")
    yield _file("zero-width.txt", GOOD.replace("e", "\u200b\u200d\u2060e").encode(), "read")
    yield BadFile("brackets.txt", lambda: GOOD.replace("Letter", "[(" * 100_000).encode(), "read")
    yield BadFile("quotes.txt", lambda: GOOD.replace("Letter", "“'\"" * 100_000).encode(), "read")


def _markup() -> Iterator[BadFile]:
    yield BadFile("nested.html", lambda: b"<div>" * 100_000 + b"May 05, 1950", "either")
    yield BadFile("nested-lists.html", lambda: b"<ul><li>" * 50_000 + b"Letter", "either")
    yield BadFile("nested-tables.html", lambda: b"<table><tr><td>" * 30_000 + b"Letter", "either")
    yield BadFile("nested-fonts.html", lambda: b"<font><b><i><a href=x>" * 20_000 + b"Letter", "either")
    yield BadFile("nested-drawings.html", lambda: b"<svg><foreignObject>" * 20_000 + b"Letter", "either")
    yield BadFile("unclosed.html", lambda: b"<p>Letter <b>to <i>nobody <a href='x'>" * 20_000, "either")
    yield BadFile("closed-only.html", lambda: b"</p></div></b></table>" * 20_000, "either")
    yield BadFile("wrongly-closed.html", lambda: b"<b><p></b></p>" * 20_000, "either")
    yield BadFile("many-tags.html", lambda: b"<br>" * 300_000, "refused")
    yield BadFile(
        "attributes.html", lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">Letter</p>", "either"
    )
    yield BadFile("attributes-of-one-name.html", lambda: b"<p " + b"a=1 " * 200_000 + b">Letter</p>", "either")
    yield BadFile("long-attribute.html", lambda: b"<a href='" + b"x" * (3 * MB) + b"'>Letter</a>", "either")
    yield BadFile(
        "picture-within.html",
        lambda: b"<img src='data:image/png;base64," + b"A" * (5 * MB) + b"'>" + HTML.encode(),
        "either",
    )
    yield BadFile("comment-without-end.html", lambda: b"<!--" + b"-" * (2 * MB) + b"<p>Letter", "either")
    yield BadFile("comments.html", lambda: b"<!-- -->" * 100_000 + b"<p>Letter", "either")
    yield BadFile("script-without-end.html", lambda: b"<script>" + b"if (a < b) </scrip " * 50_000, "either")
    yield BadFile("title-without-end.html", lambda: b"<title>" + b"Letter " * 50_000, "either")
    yield BadFile("tag-without-end.html", lambda: b"<p " * 500_000, "either")
    yield BadFile("less-than.html", lambda: b"<html>" + b"<" * 190_000, "either")
    yield _file(
        "entities-of-xml.html",
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]><html><body>&j;&j;&j;</body></html>",
        "either",
    )
    yield _file(
        "entity-of-a-file.html", b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>', "either"
    )
    yield BadFile(
        "references.html", lambda: b"<p>" + b"&#x1F41F;&notit;&#0;&#xD800;&#99999999;&amp;amp;" * 20_000, "either"
    )
    yield BadFile("spaces.html", lambda: b"<p>" + b" \n\t" * 500_000 + b"Letter", "either")
    yield BadFile("spans.html", lambda: b"<table><tr><td colspan=1000000 rowspan=65534>Letter" * 1000, "either")
    yield BadFile("options.html", lambda: b"<select>" + b"<option>Letter" * 50_000, "either")
    yield BadFile("templates.html", lambda: b"<template>" * 20_000 + b"Letter", "either")
    yield BadFile("frames.html", lambda: b"<frameset><frame src='x'>" * 10_000, "either")
    yield BadFile("base.html", lambda: b"<base href='javascript:alert(1)'><base href='http://[::1'>" + b"<a href='//x'>y</a><a href='http://[::1'>z</a>" * 500, "either")  # fmt: skip
    yield _file("nul.html", HTML.replace("Letter", "Let\0ter").encode(), "refused")
    yield _file("addresses.html", b"".join(b"<a href='%s'>Letter</a>" % a for a in (b"javascript:alert(1)", b"data:text/html,x", b"http://a:99999/", b"http://\xff/", b"//", b"http://[", b"\x00")), "either")  # fmt: skip


PAGES = [Saved("a.txt", GOOD.encode()), Saved("b.html", HTML.encode())]


def _packed() -> Iterator[BadFile]:
    page = GOOD.encode()
    yield _file("cut.txt.gz", gz(page)[:-30], "either")
    yield _file("cut-in-head.gz", gz(page)[:7], "refused")
    yield _file("wrong-sum.gz", gz(page)[:-8] + b"\1\2\3\4" + gz(page)[-4:], "either")
    yield _file("rest-behind.gz", gz(page) + b"rest", "either")
    yield _file("of-gz.gz", gz(gz(page)), "refused")
    yield _file("of-nothing.gz", gz(b""), "read")
    yield _file("of-picture.gz", gz(b"\x89PNG\r\n\x1a\n\0"), "refused")
    yield BadFile("bomb.gz", lambda: gz(bytes(60 * MB)), "refused")
    yield BadFile("bomb.zst", lambda: zst(bytes(60 * MB)), "refused")
    yield _file("cut.zst", zst(page)[:-5], "either")
    yield _file("cut.zip", zip_of(PAGES)[:-40], "either")
    yield _file("head-only.zip", b"PK\x03\x04", "refused")
    yield _file("empty.zip", zip_of([]), "either")
    yield BadFile("bomb.zip", lambda: zip_of([Saved("zeros.txt", bytes(60 * MB))]), "refused")
    yield _file("of-zip.zip", zip_of([Saved("inner.zip", zip_of(PAGES))]), "refused")
    yield _file(
        "leads-out.zip",
        zip_of([Saved("../../out.txt", page), Saved("/etc/passwd", page), Saved("C:\\a.txt", page)]),
        "either",
    )
    yield _file("one-name.zip", zip_of([Saved("a.txt", page), Saved("a.txt", page + b"\n")]), "read")
    yield _file("stored.zip", zip_of(PAGES, zipfile.ZIP_STORED).replace(b"salt", b"SALT"), "either")
    yield BadFile("many.zip", lambda: zip_of([Saved(f"{n}.txt", b"A\n") for n in range(2000)]), "read")
    yield _file("cut.tar", tar_of(PAGES)[:700], "either")
    yield _file(
        "links.tar", tar_header("a", kind=tarfile.SYMTYPE, target="/etc/passwd").tobuf() + bytes(1024), "refused"
    )
    yield _file(
        "negative.tar", tar_header("a", 10).tobuf().replace(b"00000000012\0", b"\xff" * 12) + bytes(1024), "either"
    )
    yield _file("cut.tar.gz", gz(tar_of(PAGES))[:-20], "either")
    yield _file("nonsense.gz", b"\x1f\x8b\x08\xff" + b"name" * 50_000, "refused")


def _web_archives() -> Iterator[BadFile]:
    yield _file("cut.warc", warc_of(PAGES)[:-200], "either")
    yield _file("cut.warc.gz", warc_gz_of(PAGES)[:-40], "either")
    yield _file("damaged.warc.gz", warc_gz_of(PAGES)[:150] + b"\0" * 50 + warc_gz_of(PAGES)[200:], "either")
    yield _file("whole-in-one.warc.gz", gzip.compress(warc_of(PAGES), mtime=0), "either")
    yield _file("head-only.warc", b"WARC/1.0\r\n", "refused")
    yield _file("lying-length.warc", warc_of(PAGES).replace(b"Content-Length: ", b"Content-Length: 9999"), "either")
    yield _file("negative-length.warc", warc_of(PAGES).replace(b"Content-Length: ", b"Content-Length: -"), "either")
    yield _file("head-without-end.warc", b"WARC/1.0\r\n" + b"X: y\r\n" * 100_000, "refused")
    yield _file("no-http.warc", warc_of([]) + record(b"neither head nor body"), "either")
    yield _file("dates-of-nonsense.warc", warc_of(PAGES).replace(b"2024-03-01", b"9999-99-99"), "either")
    yield _file(
        "addresses.warc",
        warc_of(PAGES).replace(b"https://archive.example/page", b"javascript:alert(1)\x01\xff"),
        "either",
    )
    yield _file("cut.wet", wet_of(PAGES)[:-100], "either")
    yield _file("cut.wacz", wacz_of(PAGES)[:-60], "either")
    yield _file("cut.mhtml", mhtml_of(PAGES[1])[:600], "either")
    yield _file("no-part.mhtml", mhtml_of(PAGES[1])[:260], "either")
    yield _file("cut.webarchive", webarchive_of(PAGES[1])[:-20], "either")
    yield _file("nested.webarchive", b"bplist00" + b"\xa1\x08" * 1000 + b"\0" * 32, "refused")
