"""Texts from raw in a page: never markup, never a link that does more than lead to a web page, nothing invisible that misleads."""

import re
import unicodedata
from urllib.parse import urlsplit

from markupsafe import Markup, escape

# Controls, marks that change the direction of writing, and what takes no room: a title that holds them reads otherwise than it is.
# Tabs and line ends are laid out as they are.
MISLEADING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
MOST_CHARACTERS = 700


def plain(text: str) -> str:
    r"""A text for an attribute or a title of a picture: what misleads is written as its number.

    >>> plain("a\u202eb\x00")
    'a[U+202E]b[U+0000]'
    """
    return MISLEADING.sub(lambda found: f"[{_code(found[0])}]", text)


def raw(text: str | None, most: int = MOST_CHARACTERS) -> Markup:
    r"""A text from raw, set apart from the direction of what surrounds it; what is left out is said, nothing at all is a dash.

    >>> raw("a<b>\u202e")
    Markup('<bdi class="raw">a&lt;b&gt;<span class="code" title="RIGHT-TO-LEFT OVERRIDE">U+202E</span></bdi>')
    """
    if text is None:
        return Markup('<span class="none">none</span>')
    inner = "".join(_mark(part) if at % 2 else escape(part) for at, part in enumerate(_parts(text[:most])))
    rest = len(text) - most
    more = f' <span class="more">[{rest:,} more characters]</span>' if rest > 0 else ""
    return Markup(f'<bdi class="raw">{inner}</bdi>{more}')  # noqa: S704 each part is escaped; Markup.format takes ten times as long


def _parts(text: str) -> list[str]:
    """The text cut up: what is as it looks, and between that each character that is not."""
    parts: list[str] = []
    end = 0
    for found in MISLEADING.finditer(text):
        parts += [text[end : found.start()], found[0]]
        end = found.end()
    return [*parts, text[end:]]


def _mark(character: str) -> Markup:
    name = unicodedata.name(character, "control character")
    return Markup('<span class="code" title="{}">{}</span>').format(name, _code(character))


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def name(text: str) -> Markup:
    """A name of ours, such as that of a column, which may be broken after its underscores.

    >>> name("date_text")
    Markup('<code>date_<wbr>text</code>')
    """
    return Markup("<code>{}</code>").format(Markup("_<wbr>").join(text.split("_")))


def is_web_address(text: str | None) -> bool:
    r"""Whether a text may be linked to: an address of the web, without anything that browsers drop or that misleads.

    >>> is_web_address("https://archive.example/a?b=1"), is_web_address("javascript:alert(1)"), is_web_address("java\tscript:x")
    (True, False, False)
    """
    if not text or MISLEADING.search(text) or any(character.isspace() for character in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
