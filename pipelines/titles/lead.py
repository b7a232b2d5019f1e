"""What stands before the kind of a document, or without one: `Kovalev Report`, `Mao Zedong, 'Speech'`, `Fyn Si to Kim Il Sung`."""

import re

from pipelines.titles.lists import Row
from pipelines.titles.phrases import KINDS
from pipelines.titles.walk import ADJECTIVES, Walk

# What belongs to somebody: Khrushchev's Secret Speech, Kissinger's Staff Meeting.
_OWNED = re.compile(r"[CMJN1#]*+(?P<kind>[KHVGLXZYWD])")
_DIARY = re.compile(r"fd?+(?P<kind>D)")
_OF_TALK = re.compile(r"(?:H[on][daCMJ]*+)?[VG]")
# Kinds whose owner takes part in a conversation and has written nothing.
_TALKS = frozenset("VGW")


def read_lead(walk: Walk) -> None:
    """Read the beginning of a title."""
    row = walk.row(0)
    if not row.phrases:
        return
    end = walk.behind_place(row)
    after = walk.letter(end)
    if after == "s":
        _owner(walk, row, end)
    elif after in KINDS:
        is_session = (
            after == "G" and row.phrases[0].sort == "body" and len(row.phrases) == 1 and walk.letter(end + 1) != "w"
        )
        walk.keep("with" if after in _TALKS and not is_session else "lead", row.phrases)
        walk.at = end
    elif after in (",", ":", "“"):
        _in_front(walk, row, end)
    elif after in ("t", "-"):
        receivers = walk.row(end + 1)
        if receivers.phrases and walk.are_telling(row.phrases + receivers.phrases):
            walk.keep_pair(row, receivers)


def _owner(walk: Walk, row: Row, end: int) -> None:
    """`Mikoyan's Recollections`, `Zhou Enlai's Conversation with Kosygin`."""
    kind = _OWNED.match(walk.letters, end + 1)
    if kind:
        walk.keep("with" if kind["kind"] in _TALKS else "lead", row.phrases, hint=True)
        walk.at = kind.start("kind")


def _in_front(walk: Walk, row: Row, end: int) -> None:
    """`Zeng Xisheng, Report to Mao`, `Mao Zedong, 'Speech'`, `Rusk and Gromyko, Memorandum of Conversation`."""
    after = walk.letter(end)
    kind = (ADJECTIVES.match(walk.letters, end + 1) or _DIARY.match(walk.letters, end + 1)) if after != "“" else None
    if kind:
        is_talk = len(row.phrases) > 1 and bool(_OF_TALK.match(walk.letters, kind.start("kind")))
        walk.keep("with" if is_talk else "lead", row.phrases, hint=True)
        walk.at = end + 1
    elif after == "“" or walk.letter(end + 1) == "“":
        walk.keep("lead_of_quotation", row.phrases, hint=True)
        walk.at = end if after == "“" else end + 1
