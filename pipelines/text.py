"""Text as identity sees it: folded, so that only typography is lost."""

import re
import unicodedata
from functools import lru_cache

# Everything that is neither letter nor digit: quotes of any shape, dashes, brackets, full stops, white space.
_NOT_WORD = re.compile(r"[\W_]+")
_ASCII_NOT_WORD = {code: " " for code in range(128) if not chr(code).isalnum()}


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """The words and numbers of a text in lower case, one space between them.

    Two texts with the same fold differ in typography alone: shape of quotes and dashes, white space, capitals,
    compatibility forms, punctuation. Accents and spelling stay, for they may tell two people apart; digits never
    run together, for they may tell two documents apart.

    >>> fold("Cable,  Mao Zedong to  ‘Filippov’[Stalin]")
    'cable mao zedong to filippov stalin'
    >>> fold("NSC 8/1") == fold("NSC 81")
    False
    """
    if text.isascii():  # the same by a quicker way
        return " ".join(text.lower().translate(_ASCII_NOT_WORD).split())
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def one_line(text: str, limit: int = 160) -> str:
    r"""Text for a message: white space runs become one space, control characters are shown, the rest is cut and said.

    >>> one_line("a\n b\x1b[2J")
    'a b\\x1b[2J'
    """
    text = " ".join(text[: 4 * limit].split())
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return text if len(text) <= limit else f"{text[:limit]}…"


def capped(text: str, limit: int = 500) -> str:
    """Raw text for `issues`, where it is for recognising a place; what is left out is said, and stays in raw.

    >>> capped("abcdef", 4)
    'abcd […2 more characters]'
    """
    return text if len(text) <= limit else f"{text[:limit]} […{len(text) - limit} more characters]"
