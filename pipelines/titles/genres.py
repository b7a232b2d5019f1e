"""The kind of document that a title names, a code of docs/genres.md."""

from functools import cache
from typing import NamedTuple

from pipelines.titles.authority import load
from pipelines.titles.found import Found
from pipelines.titles.roles import Shape
from pipelines.titles.tokens import Tokens

CONVERSATION, MINUTES, PROTOCOL, TREATY, DIARY = "memorandum_of_conversation", "minutes", "protocol", "treaty", "diary_entry"
# The abbreviation of a series says what its documents are, where no word does.
SERIES = {"nie": "report", "snie": "report", "nsam": "memorandum", "nsdm": "memorandum", "nssm": "memorandum", "nsdd": "directive", "pd": "directive"}
_LONGEST_PHRASE = 5


class _Words(NamedTuple):
    codes: dict[str, str]
    phrases: dict[str, str]


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
    return _Words(codes, phrases)


def find_genre(tokens: Tokens, shape: Shape) -> Found[str] | None:
    """The kind of the document: of its words of kinds the first that counts, with the words that belong to it."""
    for kinds, suffix in ((shape.kinds, ""), (shape.quoted_kinds[:2], "_in_quotes")):
        found = _among(tokens, shape, kinds)
        if found:
            code, first, last, rule = found
            return Found(code, rule + suffix, tokens.spans[first][0] + 1, tokens.spans[last][1])
    return None


def _among(tokens: Tokens, shape: Shape, kinds: tuple[int, ...]) -> tuple[str, int, int, str] | None:
    letters = tokens.letters
    told = [at for at in kinds if tokens.words[at].lower() not in _RECEIVED]
    if not told:
        return None
    first = told[0]
    if letters[first] == "D":  # From the diary of N., Memorandum of Conversation
        first = next((at for at in told if letters[at] != "D"), first)
    rest = told[told.index(first) :]
    if letters[first] in "HVGL" and (found := _recorded(tokens, shape, rest)):
        return found
    last = _last_of_run(first, rest)
    code, from_first, to_last = code_of(tokens, last)
    if letters[first] == "H" and code == PROTOCOL and (treaty := _of_states(letters, rest, shape)):
        return TREATY, first, treaty, "protocol_of_states"
    return (code, min(first, from_first), max(last, to_last), "kind") if code else None


# Who is received is met, but the word names no document; a document may be of any kind.
_RECEIVED = frozenset({"reception", "document", "documents"})


def _recorded(tokens: Tokens, shape: Shape, kinds: list[int]) -> tuple[str, int, int, str] | None:
    """Of what it is a record: a conversation, a session, an interview, a speech; None for a note or protocol of nothing said."""
    letters, first = tokens.letters, kinds[0]
    last = _last_of_run(first, kinds)
    for at in kinds:
        if at > last + _FARTHEST_RECORDED:
            break
        letter = letters[at]
        if letter == "V" or (letter == "G" and shape.is_conversation):
            return CONVERSATION, first, at, "conversation"
        is_protocol = tokens.words[first].lower().startswith(PROTOCOL)
        if letter in "GL" and (at != first or _is_of_body(shape)) and not is_protocol:
            return MINUTES, first, at, "session"
        if letter in "WZ" and at != first:
            code = words_of_kinds().codes.get(tokens.words[at].lower())
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
    words, known = [word.lower() for word in tokens.words[max(0, at - _LONGEST_PHRASE) : at + _LONGEST_PHRASE]], words_of_kinds()
    here = min(at, _LONGEST_PHRASE)
    for length in range(_LONGEST_PHRASE, 1, -1):
        for first in range(max(0, here - length + 1), here + 1):
            if code := known.phrases.get(" ".join(words[first : first + length])):
                return code, at - here + first, at - here + first + length - 1
    return known.codes.get(words[here]), at, at
