"""What a document is about: behind `on`, `about`, `concerning`, `regarding`, also within a quotation."""

import re

from pipelines.titles.cues import read_by, read_from, read_with
from pipelines.titles.marks import read_behind_mark
from pipelines.titles.phrases import KINDS, read_phrase
from pipelines.titles.walk import CAPITALS, TO_KIND, Walk

_MARK = re.compile(r"[,.;:(T“”]")
# What tells that a conversation is recorded, and not only spoken of: held, with, between, of whom.
_TOLD_OF = re.compile(r"(?:id?[A-Z]++)?[wboh]")


def read_on(walk: Walk) -> None:
    """A topic begins, or a conversation of which a note or record is."""
    at = walk.at + 1
    if walk.letter(walk.at) == "w":  # with regard to
        at += 1 + (walk.letter(at + 1) == "t")
    if chain := _recorded(walk, at):
        walk.at = chain.start("kind")
    elif walk.letter(at) == "e" or walk.letters[at : at + 2] == "de":  # on the occasion of
        for_whom = walk.row(walk.letters.index("e", at) + 2)
        mark = _MARK.search(walk.letters, at)
        is_sent = bool(for_whom.phrases) and walk.letter(for_whom.end) == "t"  # on behalf of the Government to
        walk.at = for_whom.end if is_sent else mark.start() if mark else len(walk.letters)
    else:
        _enter(walk, at)


def _recorded(walk: Walk, at: int) -> re.Match[str] | None:
    """`Memorandum on a Discussion held by A with B`, but not `Note from A to B on the Conversation with C`."""
    is_record = bool(walk.kinds) and walk.letters_of_kinds <= {"H"} and not walk.has(("from", "to"))
    if not is_record or walk.is_quoted or walk.is_topic:
        return None
    chain = TO_KIND.match(walk.letters, at)
    is_talk = chain is not None and chain["kind"] in "VG" and bool(_TOLD_OF.match(walk.letters, chain.end()))
    return chain if is_talk else None


def _enter(walk: Walk, at: int) -> None:
    """Behind a kind a topic begins; without one in front the rest of a title tells nothing (On the Question of April 1971)."""
    if walk.letter(at) != "T":
        walk.is_topic = bool(walk.kinds or walk.quoted_kinds or (walk.is_quoted and walk.names))
        if not walk.is_topic and not walk.is_quoted:
            at = len(walk.letters)
    walk.at = at


def read_topic(walk: Walk) -> None:
    """One step within a topic: a name, or a word that leads out of it."""
    letter = walk.letter(walk.at)
    if not walk.is_quoted and _leave(walk, letter):
        return
    if letter in "wb" and "X" in walk.letters_of_kinds:
        read_with(walk)
    elif letter in CAPITALS or letter == "d":
        _keep_topic(walk)
    else:
        walk.at += 1


def _leave(walk: Walk, letter: str) -> bool:
    """Whether a word led out of the topic: `on a Trip, by A`, but not `on the Note by A`."""
    is_of_kind = walk.is_behind_kind()
    if letter == "y" and not is_of_kind:
        walk.is_topic = False
        read_by(walk)
    elif letter == "v" and walk.before in ("(", ","):
        walk.keep_row("via")
    elif letter == "f" and not is_of_kind and walk.leads_to_pair(walk.at + 1):
        walk.is_topic = False
        read_from(walk)
    elif letter == "," and walk.leads_to_pair(walk.at + 1):
        walk.is_topic = False
        read_behind_mark(walk)
    else:
        return False
    walk.at += not walk.is_topic and walk.letter(walk.at) == letter
    return True


def _keep_topic(walk: Walk) -> None:
    found = read_phrase(walk.letters, walk.at)
    if found is None:
        walk.at += 1
        return
    word = walk.letter(walk.at - 2) if walk.before == "o" else ""
    walk.keep("about", [found], hint=bool(word) and (word in KINDS or word == "u"))
    walk.at = found.last
