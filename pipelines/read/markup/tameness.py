"""Which pages may be parsed into a tree.

An HTML tree can grow far beyond its text: elements nested 100,000 deep, unclosed formatting that every paragraph opens anew,
tags with thousands of attributes cost a parser the square of their number. Such a page is read as a stream of tags.
"""

import re

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
_ENDS_ITSELF = frozenset("p li dt dd td th tr thead tbody tfoot option optgroup colgroup caption html head body".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# A paragraph opens these again where they were left open.
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
# The listing pages of both generations nest up to 30 deep. At these bounds the slowest page known takes half a second.
_DEEPEST, _MOST_FORMATTING, _MOST_ATTRIBUTES = 256, 32, 400
_MOST_WORK = 10_000_000


def is_tame(html: str) -> bool:
    """Whether a tree of this page is about as large as its text; linear in the length of the page.

    >>> is_tame("<p>One<p>Two"), is_tame("<div>" * 1000)
    (True, False)
    """
    depth = deepest = formatting = most_formatting = tags = 0
    at = 0
    while token := _TOKEN.search(html, at):
        at = token.end()
        if token["odd"]:
            return False
        if token["raw"]:
            end = _RAW_END.search(html, at)
            while end and end[1].lower() != token["raw"].lower():
                end = _RAW_END.search(html, end.end())
            if end is None:
                return False
            at = end.start()
            continue
        if not token["tag"]:
            continue
        tags += 1
        attributes = token["attributes"]
        if len(attributes) > _MOST_ATTRIBUTES and len(_SEPARATOR.findall(attributes)) > _MOST_ATTRIBUTES:
            return False
        tag = token["tag"].lower()
        step = -1 if token["close"] else 1
        if tag in _FORMATTING:
            formatting = max(formatting + step, 0)
            most_formatting = max(most_formatting, formatting)
        if tag not in _ENDS_ITSELF and tag not in _VOID:
            depth = max(depth + step, 0)
            deepest = max(deepest, depth)
        if deepest > _DEEPEST or most_formatting > _MOST_FORMATTING:
            return False
    return tags * (deepest + most_formatting) <= _MOST_WORK
