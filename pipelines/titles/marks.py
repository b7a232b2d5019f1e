"""What commas, colons, dashes and brackets lead to: `Cable, Stalin to Kovalev`; `Memorandum of Conversation, Ford and Kissinger`."""

import re

from pipelines.titles.lists import Row
from pipelines.titles.phrase import Phrase
from pipelines.titles.walk import AUTHORS, Walk

# What ends the name of an author who stands alone: a mark, a quotation, a date, a topic.
_OWN_TALK = re.compile(r"s[CMJ]*+[VG]w")
_READERS = frozenset({"person", "body", "office"})
_ENDS = frozenset({"", ",", ".", ";", "“", "T", "n"})


def read_behind_mark(walk: Walk) -> None:
    """Names behind a comma, a colon or a dash: who writes to whom, who talks, or who wrote."""
    row = walk.row(walk.at + 1)
    if not row.phrases or not (walk.kinds or walk.are_telling(row.phrases)):
        return
    end = walk.behind_place(row)
    after = walk.letter(end)
    if after == "s" and (talk := _OWN_TALK.match(walk.letters, end)) and walk.letters[walk.kinds[0]] == "K":
        walk.at = talk.end() - 1
        walk.pass_over()
        return
    receivers = walk.row(end + 1) if after in ("t", "-") or _is_written_for(walk, row, end) else Row((), end)
    if receivers.phrases and (after in ("t", "r") or not walk.has(("from",))):
        if walk.has(("from",)):  # from Beijing, Mao Zedong to Filippov
            walk.names = [named for named in walk.names if not _may_be_place(walk, named.phrase)]
        walk.keep_pair(row, receivers)
    elif after == "t" and walk.kinds and not walk.has(("from",)) and row.phrases[0].sort != "place":
        walk.keep("from", row.phrases)  # the receiver cannot be read, the sender can
        walk.at = end
    else:
        _keep_alone(walk, row, after)


def _is_written_for(walk: Walk, row: Row, end: int) -> bool:
    """`Memo, McGeorge Bundy for the Special Group`."""
    if walk.letter(end) != "r" or row.phrases[-1].sort not in _READERS or not walk.kinds:
        return False
    readers = walk.row(end + 1).phrases
    return bool(readers) and all(reader.sort in _READERS for reader in readers)


def _keep_alone(walk: Walk, row: Row, after: str) -> None:
    """Names that nothing joins to others: who talks, or who wrote."""
    first = row.phrases[0]
    if not walk.kinds:
        return
    if walk.is_conversation and not walk.has(("with",)) and first.sort not in ("place", "state"):
        walk.keep("with", row.phrases)
        walk.at = row.end
    elif after in _ENDS and _is_author(walk, first):
        walk.keep("of", [first])
        walk.at = first.last


def _may_be_place(walk: Walk, phrase: Phrase) -> bool:
    """Whether a name is a place, or one word that may be."""
    return phrase.sort == "place" or walk.letters[phrase.first : phrase.last] == "N"


def _is_author(walk: Walk, phrase: Phrase) -> bool:
    """`Memorandum, Hungarian Foreign Ministry, 16 February 1976`; `Speech, Cde. Kim Il Sung`."""
    if walk.has(AUTHORS):
        return False
    is_known = phrase.sort == "person" and bool(set("PIAOQ") & set(walk.letters[phrase.first : phrase.last]))
    return phrase.sort == "body" or (is_known and walk.is_behind_kind("#"))


def read_bracket(walk: Walk) -> None:
    """What a bracket adds to a name was read with it; `(via Shtykov)` is a cue, any other comment is passed over."""
    if not walk.at or walk.letter(walk.at + 1) in ("v", "t", "f"):
        return
    if walk.leads_to_pair(walk.at + 1):  # Telegram (Suslov to Thorez)
        read_behind_mark(walk)
        return
    if walk.letter(walk.at + 1) == "#" and walk.is_behind_kind():  # Telegram (No. 5)
        return
    closing = walk.letters.find(")" if walk.letter(walk.at) == "(" else "]", walk.at)
    if closing > 0:
        walk.at = closing + 1
