"""What a saved page says of its own address: comments that browsers leave, `<base>`, canonical links."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

# Looked for where browsers put them, at the beginning.
_HEAD = 64 * 1024
_LONGEST_ADDRESS = 4_096
# `<!-- saved from url=(0042)https://… -->` of Chrome, Edge and Internet Explorer; the number is the address's length.
_SAVED_FROM = re.compile(r"<!--\s?saved from url=\(\d{4}\)(?P<url>[^\s<>]{1,4096}) -->", re.IGNORECASE)
# The comment of SingleFile: `Page saved with SingleFile`, ` url: …`, ` saved date: Sat Nov 21 2026 10:00:00 GMT+0100 (…)`.
_SINGLE_FILE = re.compile(r"<!--\s{0,9}Page saved with SingleFile\s{1,9}url: (?P<url>[^\s<>]{1,4096})", re.IGNORECASE)
_SINGLE_FILE_DATE = re.compile(
    r"\bsaved date: \w{3} (?P<month>\w{3}) (?P<rest>\d{1,2} \d{4} \d\d:\d\d:\d\d) GMT(?P<zone>[+-]\d{4})", re.IGNORECASE
)
# Not `%b`, which reads months as the machine's language has them.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TAG = re.compile(r"<(?P<tag>base|link|meta)(?=[\s/])(?P<attributes>[^<>]{1,8192})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[a-z:-]{1,20})\s{0,9}=\s{0,9}(?:"(?P<double>[^"]{0,4096})"|'(?P<single>[^']{0,4096})'|(?P<bare>[^\s"'>]{1,4096}))""",
    re.IGNORECASE,
)


class OwnAddress(NamedTuple):
    """The page's address, when it was saved, and what relative links are relative to."""

    url: str | None = None
    base: str | None = None
    captured_at: datetime | None = None


def own_address(html: str, known: str | None = None) -> OwnAddress:
    """What a page says of its address; `known` is what its container says, and wins.

    A comment of the browser comes before a canonical link, which comes before `og:url`. `<base>` says only what links are
    relative to.
    """
    head = html[:_HEAD]
    single = _SINGLE_FILE.search(head)
    saved = _SAVED_FROM.search(head) or single
    said: dict[str, str] = {}
    for tag in _TAG.finditer(head):
        attributes = _attributes(tag["attributes"])
        match tag["tag"].lower():
            case "base" if "href" in attributes:
                said.setdefault("base", attributes["href"])
            case "link" if attributes.get("rel", "").lower() == "canonical":
                said.setdefault("canonical", attributes.get("href", ""))
            case "meta" if attributes.get("property", "").lower() == "og:url":
                said.setdefault("og:url", attributes.get("content", ""))
    candidates = [known, unescape(saved["url"]) if saved else None, said.get("canonical"), said.get("og:url")]
    url = next((url for url in candidates if url and is_web_address(url)), None)
    base = absolute(said["base"], url) if "base" in said else url
    return OwnAddress(url, base if base and is_web_address(base) else url, _saved_date(head[single.end() :]) if single else None)


def absolute(href: str, base: str | None) -> str | None:
    """A link as an absolute address where its base is known, else as the page writes it; None for what leads nowhere on the web.

    >>> absolute("/document/112230", "https://archive.example/collection/12/road")
    'https://archive.example/document/112230'
    >>> absolute("/document/112230", None)
    '/document/112230'
    >>> absolute("javascript:alert(1)", "https://archive.example/")
    """
    href = "".join(href.split("\n")).replace("\r", "").replace("\t", "").strip()
    if len(href) > _LONGEST_ADDRESS or not href.isprintable():
        return None
    try:
        joined = urljoin(base, href) if base else href
        scheme = urlsplit(joined).scheme.lower()
    except ValueError:  # a host in brackets that is none
        return None
    return joined if scheme in ("http", "https", "file", "") and joined else None


def is_web_address(url: str) -> bool:
    """Whether this is the address of a page on the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc) and len(url) <= _LONGEST_ADDRESS and url.isprintable()


def _attributes(text: str) -> dict[str, str]:
    return {
        found["name"].lower(): unescape(found["double"] or found["single"] or found["bare"] or "").strip()
        for found in _ATTRIBUTE.finditer(text)
    }


def _saved_date(text: str) -> datetime | None:
    found = _SINGLE_FILE_DATE.search(text[:500])
    if not found or found["month"].lower() not in _MONTHS:
        return None
    month = _MONTHS.index(found["month"].lower()) + 1
    try:
        return datetime.strptime(f"{month} {found['rest']} {found['zone']}", "%m %d %Y %H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return None
