"""Words as the page's search sees them, and an index of where each stands, for releases that no page holds whole."""

import unicodedata
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator

# As in page/text.js, to the letter; a test compares the two.
_FOLDED = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t", "ς": "σ",
}  # fmt: skip
_ACCENTS = range(0x300, 0x370)
# Scripts that set no space between words: each character is one.
_IDEOGRAPHS = (range(0x3040, 0x3100), range(0x3400, 0xA000), range(0xF900, 0xFB00))
_ASCII_NOT_WORD = {code: " " for code in range(128) if not chr(code).isalnum()}


class _Letters(dict[int, str]):
    """What each character of a text in lower case becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        is_word = unicodedata.category(character)[0] in "LNM"
        plain = _FOLDED.get(character, character) if is_word else " "
        self[code] = plain = f" {plain} " if is_word and any(code in block for block in _IDEOGRAPHS) else plain
        return plain


class _Visible(dict[int, str]):
    """Nothing for an accent and for what is invisible; what it is for all else."""

    def __missing__(self, code: int) -> str:
        is_lost = code in _ACCENTS or unicodedata.category(chr(code)) == "Cf"
        self[code] = kept = "" if is_lost else chr(code)
        return kept


_LETTERS, _VISIBLE = _Letters(), _Visible()


def fold(text: str) -> str:
    """The words and numbers of a text without accents and capitals, one space between them.

    It goes further than `pipelines.text.fold`, for a search may find too much where identity may not.

    >>> fold("Marek Dułka, «Óscar» & 毛泽东")
    'marek dulka oscar 毛 泽 东'
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII_NOT_WORD).split())
    plain = unicodedata.normalize("NFKD", text).translate(_VISIBLE)
    return " ".join(unicodedata.normalize("NFC", plain).lower().translate(_LETTERS).split())


class WordIndex:
    """Where each word stands: for each document, by ascending number, its places in titles and summaries.

    A posting is a run of variable-length integers: how far the number is from the one before (from -1 for the first), how many places, and
    how far each place is from the one before. A place is twice the word's count among all of the document, and one more in a summary.
    """

    def __init__(self) -> None:
        """Begin with no document."""
        self._postings: dict[str, bytearray] = {}
        self._last: dict[str, int] = {}

    def add(self, number: int, titles: Iterable[str], summaries: Iterable[str]) -> None:
        """Take the forms in which pages print a document whose number is higher than all before."""
        for word, places in _places(titles, summaries).items():
            posting = self._postings.get(word)
            if posting is None:
                posting = self._postings[word] = bytearray()
            append = posting.append
            _write(append, number - self._last.get(word, -1))
            self._last[word] = number
            _write(append, len(places))
            before = 0
            for place in places:
                _write(append, place - before)
                before = place

    def pages(self, most_bytes: int) -> Iterator[dict[str, list[str]]]:
        """Words in order with their postings, in pieces of about so many bytes; what was given is forgotten."""
        words: list[str] = []
        postings: list[str] = []
        size = 0
        for word in sorted(self._postings, key=_as_in_javascript):
            posting = b64encode(self._postings.pop(word)).decode("ascii")
            words.append(word)
            postings.append(posting)
            size += len(word) + len(posting)
            if size >= most_bytes:
                yield {"words": words, "postings": postings}
                words, postings, size = [], [], 0
        if words:
            yield {"words": words, "postings": postings}


def _places(titles: Iterable[str], summaries: Iterable[str]) -> dict[str, list[int]]:
    """The places of each word; one is left out between two texts, so that no phrase reaches from one into the next."""
    found: dict[str, list[int]] = {}
    place = 0
    for step, texts in ((0, titles), (1, summaries)):
        for text in texts:
            for word in fold(text).split(" "):
                place += 2
                places = found.get(word)
                if places is None:
                    found[word] = [place + step]
                else:
                    places.append(place + step)
            place += 2
    found.pop("", None)
    return found


def _as_in_javascript(word: str) -> bytes:
    """The order of texts there is that of their halves of 16 bits."""
    return word.encode("utf-16-be")


_SEVEN_BITS = 0x7F


def _write(append: Callable[[int], None], value: int) -> None:
    while value > _SEVEN_BITS:
        append(value & _SEVEN_BITS | 0x80)
        value >>= 7
    append(value)
