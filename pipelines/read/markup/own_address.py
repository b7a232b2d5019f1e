"""What a saved page says of its own address: comments that browsers leave, `<base>`, canonical links."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from pipelines.addresses.parts import unarchived

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
# The extension WebScrapBook notes the address in the first tag.
_SCRAPBOOK = re.compile(r"\bdata-scrapbook-source=\"(?P<url>[^\"<>]{1,4096})\"", re.IGNORECASE)
# What the Wayback Machine adds to a page: a call with its address and time, a bar on top, a comment at the end.
_WOMBAT = re.compile(r"__wm\.wombat\(\"(?P<url>[^\"<>\s]{1,4096})\"")
_TOOLBAR = "BEGIN WAYBACK TOOLBAR INSERT"
_TOOLBAR_URL = re.compile(
    r"<input [^<>]{0,200}?name=\"url\" [^<>]{0,200}?value=\"(?P<url>[^\"<>\s]{1,4096})\"", re.IGNORECASE
)
_ARCHIVED_ON = re.compile(
    r"FILE ARCHIVED ON (?P<clock>\d\d:\d\d:\d\d) (?P<month>\w{3}) (?P<day>\d{1,2}), (?P<year>\d{4})"
)
_REPLAY_TIME = re.compile(
    r"https?://[^/]{1,200}/(?:[a-z-]{1,40}/)?(?P<time>\d{14})(?:[a-z]{2}_)?/https?:/", re.IGNORECASE
)
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

    The address that a web archive's replay kept is meant, not that of the archive. A comment of the browser comes before a canonical link, which comes before `og:url`. `<base>` says only what links are
    relative to.
    """
    head = html[:_HEAD]
    single = _SINGLE_FILE.search(head)
    saved = _SAVED_FROM.search(head) or single or _SCRAPBOOK.search(head)
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
    replayed = _replayed(html)
    candidates = [known, unescape(saved["url"]) if saved else None, replayed, said.get("canonical"), said.get("og:url")]
    url = next((url for url in candidates if url and is_web_address(url)), None)
    base = absolute(said["base"], url) if "base" in said else url
    captured_at = _saved_date(head[single.end() :]) if single else _kept_at(html, url)
    return OwnAddress(unarchived(url) if url else None, base if base and is_web_address(base) else url, captured_at)


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
    return unarchived(joined) if scheme in ("http", "https", "file", "") and joined else None


def is_web_address(url: str) -> bool:
    """Whether this is the address of a page on the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme.lower() in ("http", "https")
        and bool(parts.netloc)
        and len(url) <= _LONGEST_ADDRESS
        and url.isprintable()
    )


def _replayed(html: str) -> str | None:
    """The address of a page that the Wayback Machine replays, from what it adds to the page."""
    toolbar = html.find(_TOOLBAR)
    found = _WOMBAT.search(html[:_HEAD]) or (
        _TOOLBAR_URL.search(html[toolbar : toolbar + _HEAD]) if toolbar >= 0 else None
    )
    return unescape(found["url"]) if found else None


def _kept_at(html: str, url: str | None) -> datetime | None:
    """When a web archive kept the page: from its address, or from the comment at the end of the page."""
    found = _REPLAY_TIME.match(url) if url else None
    if found:
        return _time(f"{found['time']} +0000", "%Y%m%d%H%M%S %z")
    kept = _ARCHIVED_ON.search(html[-_HEAD:])
    if not kept or kept["month"].lower() not in _MONTHS:
        return None
    month = _MONTHS.index(kept["month"].lower()) + 1
    return _time(f"{kept['year']} {month} {kept['day']} {kept['clock']} +0000", "%Y %m %d %H:%M:%S %z")


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
    return _time(f"{month} {found['rest']} {found['zone']}", "%m %d %Y %H:%M:%S %z")


def _time(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).astimezone(UTC)
    except (ValueError, OverflowError):  # a day that does not exist
        return None
