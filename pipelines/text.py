"""Text as identity sees it: folded, so that only typography is lost."""

import unicodedata

_ASCII_NOT_WORD = {code: " " for code in range(128) if not chr(code).isalnum()}
# Letters by their category that stand for an apostrophe, as in names in Wade-Giles.
_APOSTROPHES = frozenset("\u02b9\u02bb\u02bc\u02bd\u02be\u02bf")


class _Folds(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLDS = _Folds()


def _fold_character(character: str) -> str:
    """Letters, digits and combining marks stay, in lower case; what is invisible goes; everything else is a space.

    A number that is one character (½, ²) is set apart, so that it never joins the digits beside it.
    """
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category == "Sk" or character in _APOSTROPHES:
        return " "
    plain = unicodedata.normalize("NFKC", character).casefold()
    words = "".join(c if (c.isalnum() or unicodedata.category(c)[0] == "M") else " " for c in plain)
    return f" {words} " if category == "No" else words


# Typography that most texts beyond ASCII owe it to; each is a space once folded.
_TYPOGRAPHY = "’“”‘–—…\u00a0"


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
    if not text.isascii():
        for mark in _TYPOGRAPHY:
            text = text.replace(mark, " ")
    if text.isascii():  # the same by a quicker way
        return " ".join(text.lower().translate(_ASCII_NOT_WORD).split())
    folded = unicodedata.normalize("NFC", text).translate(_FOLDS)
    return " ".join(unicodedata.normalize("NFC", folded).split())


def one_line(text: str, limit: int = 160) -> str:
    r"""Text for a message: white space runs become one space, control characters are shown, the rest is cut and said.

    >>> one_line("a\n b\x1b[2J")
    'a b\\x1b[2J'
    """
    is_cut = len(text) > 4 * limit
    text = " ".join(text[: 4 * limit].split())
    if not text.isprintable():
        text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return f"{text[:limit]}…" if is_cut or len(text) > limit else text


def capped(text: str, limit: int = 500) -> str:
    """Raw text for `issues`, where it is for recognising a place; what is left out is said, and stays in raw.

    >>> capped("abcdef", 4)
    'abcd […2 more characters]'
    """
    return text if len(text) <= limit else f"{text[:limit]} […{len(text) - limit} more characters]"
