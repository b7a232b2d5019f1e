"""How files are spoiled: the n-th mutated file of a seed is always the same."""

import random
from collections.abc import Callable, Sequence

from tests.read.archives import Saved, gz, mhtml_of, warc_gz_of, warc_of, webarchive_of, wet_of, zip_of, zst

Mutation = Callable[[random.Random, bytes, bytes], bytes]

MOST_BYTES = 200_000
TOKENS = [
    token.encode("utf-8", "surrogatepass")
    for token in (
        "\n", "\n\n", "\r", "\r\n", "\t", " ", "\0", "\x1b[2J", "\x0c", "\x85", "\u2028", "\ufeff", "\ud800", "\u202e", "\u0301", "•", "  • ", "-", "—", "…",
        "“", "é", "Ã©", "毛", "Письмо", "🐟", "٣", "January 5, 1950", "  • May 05, 1950", "May", "1950", "99999999999", "0 - 0 of 0", "1 - 10 of 40",
        "Skip to content", "SEARCH RESULTS", "Search in", "Popular Documents", "Timeline", "Results:", "(372) documents", "Documents",
        "<", ">", "&", "&#x0;", "&#55296;", "&amp;", "&bogus;", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "<p>", "</p>", "<li>", "</ul>", "<table>",
        "<tr><td>", "<div>", "</div>", "<script>", "</script>", "<style>", "<template>", "<svg>", "<math>", "<select><option>", "<plaintext>", "<textarea>", "<title>",
        "<noscript>", "<iframe>", "<frameset>", "<base href='//x'>", "<meta charset='utf-16'>", "<meta charset=big5>", "<a href='javascript:x'>", "<h1>", "<nav>", "</main>",
        "WARC/1.0\r\n", "Content-Length: 0\r\n", "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n", "Content-Encoding: br\r\n", "HTTP/1.1 200 OK\r\n\r\n", "PK\x03\x04", "\x1f\x8b",
    )
] + [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xe2\x80", b"\xff\xfe", b"\x80" * 5, b"\xef\xbb\xbf"]  # fmt: skip
CODECS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1251", "koi8-r", "gb18030", "big5", "cp932", "euc-kr", "utf-8-sig", "utf-7", "iso-2022-jp", "cp037"]  # fmt: skip
ENDINGS = ["", ".txt", ".html", ".htm", ".gz", ".zip", ".warc", ".warc.gz", ".wet", ".wacz", ".mhtml", ".webarchive", ".tar", ".zst", ".xhtml"]  # fmt: skip


def flip_bits(chance: random.Random, data: bytes, _: bytes) -> bytes:
    spoiled = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 30))):
        if spoiled:
            spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def cut_end(chance: random.Random, data: bytes, _: bytes) -> bytes:
    return data[: chance.randint(0, len(data))]


def cut_start(chance: random.Random, data: bytes, _: bytes) -> bytes:
    return data[chance.randint(0, len(data)) :]


def drop(chance: random.Random, data: bytes, _: bytes) -> bytes:
    start, end = _piece(chance, data)
    return data[:start] + data[end:]


def double(chance: random.Random, data: bytes, _: bytes) -> bytes:
    start, end = _piece(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 50)) + data[end:]


def splice(chance: random.Random, data: bytes, other: bytes) -> bytes:
    start, end = _piece(chance, other)
    at = chance.randint(0, len(data))
    return data[:at] + other[start:end] + data[chance.choice((at, min(len(data), at + end - start))) :]


def join(chance: random.Random, data: bytes, other: bytes) -> bytes:
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def shuffle_lines(chance: random.Random, data: bytes, _: bytes) -> bytes:
    lines = data.split(b"\n")
    start = chance.randrange(len(lines))
    part = lines[start : start + chance.choice((2, 5, 1000))]
    chance.shuffle(part)
    return b"\n".join([*lines[:start], *part, *lines[start + len(part) :]])


def drop_lines(chance: random.Random, data: bytes, _: bytes) -> bytes:
    share = chance.choice((0.02, 0.1, 0.5))
    return b"\n".join(line for line in data.split(b"\n") if chance.random() >= share)


def mix_lines(chance: random.Random, data: bytes, other: bytes) -> bytes:
    others = other.split(b"\n")
    return b"\n".join(chance.choice(others) if chance.random() < 0.1 else line for line in data.split(b"\n"))


def insert_tokens(chance: random.Random, data: bytes, _: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randint(0, len(data))
        data = data[:at] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 300)) + data[at:]
    return data


def recode(chance: random.Random, data: bytes, _: bytes) -> bytes:
    text = data.decode(chance.choice(("utf-8", "utf-8", "utf-8", "cp1252", "cp1251")), "replace")
    return text.encode(chance.choice(CODECS), "ignore")


def recode_lines(chance: random.Random, data: bytes, _: bytes) -> bytes:
    codec = chance.choice(("cp1252", "cp1251", "gb18030"))
    return b"\n".join(
        line.decode("utf-8", "replace").encode(codec, "replace") if chance.random() < 0.2 else line
        for line in data.split(b"\n")
    )


def other_line_ends(chance: random.Random, data: bytes, _: bytes) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b" ", b"\n \n", b"")))


MUTATIONS: list[Mutation] = [
    flip_bits, cut_end, cut_start, drop, double, splice, join, shuffle_lines, drop_lines, mix_lines, insert_tokens, insert_tokens, recode,
    recode_lines, other_line_ends,
]  # fmt: skip


def _piece(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice((1, 3, 20, 200, 3000)))


def mutated(files: Sequence[Saved], seed: int, number: int) -> Saved:
    """The mutated file of this number: spoiled one to five times, and now and then packed only then."""
    chance = random.Random(f"{seed}/{number}")
    first, other = chance.choice(files), chance.choice(files)
    data = first.data
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        data = chance.choice(MUTATIONS)(chance, data, other.data)[:MOST_BYTES]
    name = first.name if chance.random() < 0.8 else f"page{chance.choice(ENDINGS)}"
    return _packed(chance, Saved(name, data)) if chance.random() < 0.2 else Saved(name, data)


def _packed(chance: random.Random, page: Saved) -> Saved:
    """A spoiled page in a container that is whole, so that it gets past it."""
    html = Saved("page.html", page.data)
    name, make = chance.choice(
        [
            ("page.gz", lambda: gz(page.data)),
            ("page.zst", lambda: zst(page.data)),
            ("pages.zip", lambda: zip_of([page, html])),
            ("pages.warc", lambda: warc_of([html])),
            ("pages.warc.gz", lambda: warc_gz_of([html, page])),
            ("pages.wet", lambda: wet_of([page])),
            ("page.mhtml", lambda: mhtml_of(html)),
            ("page.webarchive", lambda: webarchive_of(html)),
        ]
    )
    return Saved(name, make())
