"""The kind of document that a title names, a code of docs/genres.md."""

from functools import cache, lru_cache
from typing import NamedTuple

from pipelines.titles.authority import load
from pipelines.titles.found import Found
from pipelines.titles.roles import Shape
from pipelines.titles.tokens import Tokens

CONVERSATION, MINUTES, PROTOCOL, TREATY, DIARY = (
    "memorandum_of_conversation",
    "minutes",
    "protocol",
    "treaty",
    "diary_entry",
)
# The abbreviation of a series says what its documents are, where no word does.
SERIES = {
    "nie": "report",
    "snie": "report",
    "nsam": "memorandum",
    "nsdm": "memorandum",
    "nssm": "memorandum",
    "nsdd": "directive",
    "pd": "directive",
}
_LONGEST_PHRASE = 5


class _Words(NamedTuple):
    """Codes of words and of phrases, and all words of phrases."""

    codes: dict[str, str]
    phrases: dict[str, str]
    neighbours: frozenset[str]


@cache
def words_of_kinds() -> _Words:
    """The code of each word, and of each phrase of several words, that names a kind."""
    codes: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for genre in load("genres.toml")["genre"]:
        for word in genre["words"]:
            if " " not in word:
                codes.setdefault(word, genre["code"])
            elif genre["code"] not in (CONVERSATION, MINUTES, DIARY):  # these are told by the grammar
                phrases.setdefault(word, genre["code"])
    return _Words(codes, phrases, frozenset(word for phrase in phrases for word in phrase.split()))


class GenreReader:
    """Reads the kinds of titles; titles that begin in one way up to their last word of a kind are read once."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._known: dict[tuple[str, str], tuple[str, int, int, str] | None] = {}

    def read(self, tokens: Tokens, shape: Shape) -> Found[str] | None:
        """The kind of the document: of its words of kinds the first that counts, with the words that belong to it."""
        if not shape.last_kind:
            return None
        last, neighbours = shape.last_kind, words_of_kinds().neighbours
        while last < len(tokens.pieces) and tokens.word(last).lower() in neighbours:
            last += 1
        key = (tokens.letters, tokens.text[: tokens.ends[last - 1]])
        if key in self._known:
            found = self._known[key]
        else:
            found = _find_genre(tokens, shape)
            if len(self._known) < _MOST_REMEMBERED:
                self._known[key] = found
        return Found(found[0], found[3], tokens.start(found[1]) + 1, tokens.end(found[2])) if found else None


_MOST_REMEMBERED = 1 << 14


def _find_genre(tokens: Tokens, shape: Shape) -> tuple[str, int, int, str] | None:
    if found := _among(tokens, shape, shape.kinds):
        return found
    if any(tokens.word(at).lower() not in _RECEIVED for at in shape.kinds):  # a kind is named, and none that has a code
        return None
    if shape.quoted_kinds and (found := _among(tokens, shape, _quoted(tokens.letters, shape.quoted_kinds))):
        code, first, last, rule = found
        is_told = code not in _OFTEN_NO_DOCUMENT or tokens.letters[last + 1 : last + 2] in _CUES
        return (code, first, last, f"{rule}_in_quotes") if is_told else None
    return None


_CUES = frozenset("oncftywbri")
# In a quotation these are mostly what is spoken of (Atomic Energy Program), unless something belongs to them (Plan of Measures).
_OFTEN_NO_DOCUMENT = frozenset({"plan", "treaty", "list", "directive", "resolution", "article", "map"})


def _quoted(letters: str, kinds: tuple[int, ...]) -> tuple[int, ...]:
    """Of the kinds in a quotation those from the last one of the first words with capitals on: Program Progress Report."""
    first = kinds[0]
    for at in kinds[1:]:
        if letters[first:at].isupper():
            first = at
    return kinds[kinds.index(first) :]


def _among(tokens: Tokens, shape: Shape, kinds: tuple[int, ...]) -> tuple[str, int, int, str] | None:
    letters = tokens.letters
    told = [at for at in kinds if tokens.word(at).lower() not in _RECEIVED]
    if not told:
        return None
    first = told[0]
    if letters[first] == "D":  # From the diary of N., Memorandum of Conversation
        first = next((at for at in told if letters[at] != "D"), first)
    rest = told[told.index(first) :]
    if letters[first] in "HVGL" and (found := _recorded(tokens, shape, rest)):
        return found
    last = _last_of_run(first, rest)
    if letters[first] == "D":
        return DIARY, first, last, "diary"
    code, from_first, to_last = code_of(tokens, last)
    if letters[first] == "H" and code == PROTOCOL and (treaty := _of_states(letters, rest, shape)):
        return TREATY, first, treaty, "protocol_of_states"
    return (code, min(first, from_first), max(last, to_last), "kind") if code else None


# Who is received is met, but the word names no document; a document may be of any kind.
_RECEIVED = frozenset({"reception", "document", "documents"})


def _recorded(tokens: Tokens, shape: Shape, kinds: list[int]) -> tuple[str, int, int, str] | None:
    """Of what it is a record: a conversation, a session, an interview, a speech; None for a note or protocol of nothing said."""
    letters, first = tokens.letters, kinds[0]
    is_protocol = tokens.word(first).lower().startswith(PROTOCOL)
    if is_protocol and letters[first + 1 : first + 2] in ("#", "1"):  # one of a series, whatever was spoken of
        return None
    last = _last_of_run(first, kinds)
    if letters[first] in "GL" and letters[last] not in "GLVHWZ":  # what a session gave out: Plenum Decision
        return None
    for at in kinds:
        if at > last + _FARTHEST_RECORDED:
            break
        letter = letters[at]
        if letter == "V" or (letter == "G" and shape.is_conversation):
            return CONVERSATION, first, at, "conversation"
        if letter in "GL" and (at != first or _is_of_body(shape)) and not is_protocol:
            return MINUTES, first, at, "session"
        if letter in "WZ" and at != first:
            code = words_of_kinds().codes.get(tokens.word(at).lower())
            return (code, first, at, "kind") if code else None
    return None


_FARTHEST_RECORDED = 9


def _is_of_body(shape: Shape) -> bool:
    return any(named.cue in ("of", "lead", "by") for named in shape.names)


def _of_states(letters: str, kinds: list[int], shape: Shape) -> int | None:
    """The last word of a protocol that binds states: to an agreement, or between governments."""
    if len(kinds) > 1 and letters[kinds[1]] == "X":
        return kinds[1]
    return kinds[0] if any(named.cue == "with" for named in shape.names) and "b" in letters[kinds[0] :] else None


def _last_of_run(first: int, kinds: list[int]) -> int:
    """The last of words of kinds that stand side by side: Information Note, Cable Telegram."""
    last = first
    while last + 1 in kinds:
        last += 1
    return last


def code_of(tokens: Tokens, at: int) -> tuple[str | None, int, int]:
    """The code of a word, or of the longest phrase that it is part of, and the phrase's first and last word."""
    word, known = tokens.word, words_of_kinds().neighbours
    first = last = at
    while first > 0 and at - first < _LONGEST_PHRASE and word(first - 1).lower() in known:
        first -= 1
    while last + 1 < len(tokens.pieces) and last - at < _LONGEST_PHRASE and word(last + 1).lower() in known:
        last += 1
    code, start, end = _code_within(" ".join(map(word, range(first, last + 1))).lower(), at - first)
    return code, first + start, first + end


@lru_cache(maxsize=1 << 12)
def _code_within(text: str, at: int) -> tuple[str | None, int, int]:
    words, known = text.split(" "), words_of_kinds()
    for length in range(min(len(words), _LONGEST_PHRASE), 1, -1):
        for first in range(max(0, at - length + 1), min(at, len(words) - length) + 1):
            if code := known.phrases.get(" ".join(words[first : first + length])):
                return code, first, first + length - 1
    return known.codes.get(words[at]), at, at
