"""Which pages may be parsed into a tree.

An HTML tree can grow far beyond its text: elements nested 100,000 deep, unclosed formatting that every paragraph opens anew,
tags with thousands of attributes cost a parser the square of their number. Such a page is read as a stream of tags.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.read.markup.elements import VOID, words_of

# One token of markup whose tags are written so that every parser agrees where they end; anything else is `odd`.
_TOKEN = re.compile(
    r"""
    <!--(?:[^-]++|-(?!->))*+-->
  | <(?P<raw> script|style|textarea|title|xmp|iframe|noembed|noframes )(?=[\s/>])
        [^<>"']*+ (?: "[^"]*+" [^<>"']*+ | '[^']*+' [^<>"']*+ )*+ >
  | <(?P<close>/?+)(?P<tag>[a-z][a-z0-9:-]*+)
        (?P<attributes> (?: [\s/]++ (?: [^\s/>"'=<]++ (?: \s*+=\s*+ (?: "[^"]*+" | '[^']*+' | [^\s>"'=<`]++ ) )?+ )?+ )*+ ) >
  | <[!?][a-z\[][^<>]*+>
  | (?P<odd> <[a-z!?/] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[\s/]++")
_RAW_END = re.compile(r"</(script|style|textarea|title|xmp|iframe|noembed|noframes)[\s/>]", re.IGNORECASE)
# These end by themselves, so their missing end tags nest nothing.
_ENDS_ITSELF = words_of("p li dt dd td th tr thead tbody tfoot colgroup caption html head body")
# A paragraph opens these again where they were left open.
_FORMATTING = words_of("a b big code em font i nobr s small strike strong tt u")
# A parser looks at all that are open, or at all before it, for each of these.
_CHOICES, _MOST_CHOICES = words_of("option optgroup"), 4_000
# The listing pages of both generations nest up to 30 deep. At these bounds the slowest page known takes half a second.
_DEEPEST, _MOST_FORMATTING, _MOST_ATTRIBUTES = 256, 32, 400
_MOST_WORK = 10_000_000


def is_tame(html: str) -> bool:
    """Whether a tree of this page is about as large as its text; linear in the length of the page.

    >>> is_tame("<p>One<p>Two"), is_tame("<div>" * 1000)
    (True, False)
    """
    depth = deepest = formatting = most_formatting = choices = count = 0
    for tag in _tags(html):
        if tag is None:
            return False
        count += 1
        choices += tag.name in _CHOICES
        if tag.name in _FORMATTING:
            formatting = max(formatting + tag.step, 0)
            most_formatting = max(most_formatting, formatting)
        if tag.name not in _ENDS_ITSELF and tag.name not in VOID:
            depth = max(depth + tag.step, 0)
            deepest = max(deepest, depth)
        if deepest > _DEEPEST or most_formatting > _MOST_FORMATTING or choices > _MOST_CHOICES:
            return False
    return count * (deepest + most_formatting) <= _MOST_WORK


class _Tag(NamedTuple):
    """A tag: `step` is 1 where an element begins and -1 where it ends."""

    name: str
    step: int


def _tags(html: str) -> Iterator[_Tag | None]:
    """The tags of a page, outside of scripts and the like; None for one that parsers may take in two ways, or has too much in it."""
    at = 0
    while token := _TOKEN.search(html, at):
        at = token.end()
        if token["odd"]:
            yield None
        elif token["raw"]:
            end = _raw_end(html, at, token["raw"].lower())
            if end is None:
                yield None
                return
            at = end
        elif token["tag"]:
            attributes = token["attributes"]
            if len(attributes) > _MOST_ATTRIBUTES and len(_SEPARATOR.findall(attributes)) > _MOST_ATTRIBUTES:
                yield None
            yield _Tag(token["tag"].lower(), -1 if token["close"] else 1)


def _raw_end(html: str, start: int, name: str) -> int | None:
    """Where an element ends within which no tag is one but its own end."""
    return next((end.start() for end in _RAW_END.finditer(html, start) if end[1].lower() == name), None)
