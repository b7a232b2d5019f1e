"""An address taken apart: out of the web archive that kept it, decoded as often as it was encoded, bounded against hostile ones."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit

T = TypeVar("T")

# Web servers refuse longer ones (Apache takes 8,190 characters of a request line).
LONGEST_ADDRESS = 8_192
# What is known of this many addresses of this length, which hardly any is over, takes some 30 MB at most.
_REMEMBERED, _LONGEST_REMEMBERED = 1 << 14, 500
# Facets were seen encoded twice; each further round costs one pass over the text.
_MOST_ROUNDS = 16
# `https://web.archive.org/web/20190131120000if_/http://…`, and the same from other replayers: a time, then a whole address.
_REPLAYED = re.compile(r"/(?:[0-9]{4,14}(?:[a-z]{2}_|\*)?|\*)/(?=https?:/)", re.IGNORECASE)
# Some copies lose a slash within the path: `https:/archive.example`.
_SCHEME = re.compile(r"^(?P<scheme>https?):/{1,2}(?=[^/])", re.IGNORECASE)
_INDEX = re.compile(r"\[[^\[\]]*\]$")


def remembering(read: Callable[[str], T]) -> Callable[[str], T]:
    """A function of an address that remembers what it found, except for long addresses, which would fill the memory."""
    remembered = lru_cache(maxsize=_REMEMBERED)(read)

    def found(url: str) -> T:
        return remembered(url) if len(url) <= _LONGEST_REMEMBERED else read(url)

    return found


class Parts(NamedTuple):
    """The parts of an address that mean something: `path` as it stands, `segments` of it decoded, parameters decoded."""

    scheme: str
    host: str
    path: str
    segments: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]

    @property
    def is_web(self) -> bool:
        """Whether a web server answers there, or it says nothing of that; a file on somebody's disk is another thing."""
        return self.scheme in ("", "http", "https") and bool(self.host or self.segments or self.parameters)


def take_apart(url: str) -> Parts | None:
    """The parts of an address; None where it is too long, no text that can be kept, or no address at all.

    The address that a web archive kept is meant, not that of the archive. Parameters come in their order, without those that
    are empty; `[…]` behind a name, and what HTML makes of `&`, is left out of the name.
    """
    return _take_apart(url) if len(url) <= LONGEST_ADDRESS else None


@lru_cache(maxsize=16)  # what is asked of an address is asked at once
def _take_apart(url: str) -> Parts | None:
    try:
        url.encode()
        split = urlsplit(unarchived(url.strip()))
        host = split.hostname or ""
    except ValueError:  # a lone surrogate; a host in brackets that is none
        return None
    segments = tuple(segment for part in split.path.split("/") if (segment := decoded(part).strip()))
    return Parts(split.scheme.lower(), host.rstrip("."), split.path, segments, _parameters(split.query))


def unarchived(url: str) -> str:
    """The address that a web archive kept, or the address itself where it is not one of a web archive.

    >>> unarchived("https://web.archive.org/web/20190131120000/http://archive.example/document/7")
    'http://archive.example/document/7'
    """
    end = 0
    if "http" in url[1:].lower():
        for replayed in _REPLAYED.finditer(url.partition("?")[0]):
            end = replayed.end()
    return _SCHEME.sub(r"\g<scheme>://", url[end:])


def decoded(text: str) -> str:
    """A text without percent-encoding, however often it was encoded; bytes that are not UTF-8 are read as Latin-1.

    >>> decoded("f%255B0%255D")
    'f[0]'
    """
    for _ in range(_MOST_ROUNDS):
        if "%" not in text:
            break
        once = decoded_once(text)
        if once == text:
            break
        text = once
    return text


def decoded_once(text: str) -> str:
    """A text with one round of percent-encoding taken off; no two encoded texts become one."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return unquote(text, "latin-1")


def _parameters(query: str) -> tuple[tuple[str, str], ...]:
    found = []
    for part in query.split("&"):
        name, _, value = part.replace("+", " ").partition("=")
        name, value = decoded(name).strip().removeprefix("amp;"), decoded(value).strip()
        if name and value:
            found.append((_INDEX.sub("", name) or name, value))
    return tuple(found)
