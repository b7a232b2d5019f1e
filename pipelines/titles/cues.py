"""The words that lead to a name: from, to, for, by, with, between, in, of. Each function reads one of them where the walk stands."""

import re

from pipelines.titles.lists import Row
from pipelines.titles.phrases import KINDS
from pipelines.titles.walk import ADJECTIVES, PLACE, TO_KIND, Walk

_PARTIES = frozenset({"person", "body", "office"})
# Words behind which `to` leads to no receiver: Visit to Moscow, Aid to Korea.
_NO_SENDING = frozenset("CxgMJoum")
_PLACES = frozenset({"place", "state"})
_RECORDS = frozenset("HGVL")
_ENCLOSED = re.compile(r"[daCMJxz]*+K[fo]")
_WITH = frozenset("VGXW")


def read_from(walk: Walk) -> None:
    """`from A`; `from the Diary of A`, `from A's Diary`, `from the Politburo Session` name an author."""
    row = walk.row(walk.at + 1)
    is_of_things = walk.before == "C" and not walk.was_named and bool(row.phrases) and row.phrases[0].sort in _PLACES
    if walk.before == "m" or is_of_things:
        _pass_over_journey(walk, row)
        return
    if not row.phrases:
        if not TO_KIND.match(walk.letters, walk.at + 1):
            walk.pass_over()
        return
    after = walk.letter(row.end)
    if after == "s" and ADJECTIVES.match(walk.letters, row.end + 1):
        walk.keep("with" if walk.is_conversation else "by", row.phrases)
    elif after == "s":  # from Stalin's Secretary
        walk.at = row.end
        walk.pass_over()
        return
    elif after in ("L", "G", "D"):
        walk.keep("by", row.phrases)
    else:
        walk.keep("of_passed" if walk.is_passed_on else "from", row.phrases)
    walk.at = row.end


def _pass_over_journey(walk: Walk, row: Row) -> None:
    """`Shipped from Odessa to Latakia`: where things go is nobody's letter."""
    goal = walk.row(row.end + 1) if walk.letter(row.end) == "t" else row
    walk.at = goal.end if goal.phrases else row.end
    if not row.phrases:
        walk.at -= 1
        walk.pass_over()


def read_to(walk: Walk) -> None:
    """`to A`, unless it is where one travels, or whose letter is answered."""
    if walk.is_owned or (walk.before and walk.before in _NO_SENDING and not walk.was_named):
        return
    row = walk.row(walk.at + 1)
    if not row.phrases:
        walk.is_answered = bool(TO_KIND.match(walk.letters, walk.at + 1))
        if not walk.is_answered:
            walk.pass_over()
    elif walk.letter(row.end) == "s":  # Reply to Mao's Telegram
        walk.is_answered = True
        walk.at = row.end
    elif walk.letter(row.end) not in KINDS:
        walk.keep("to_passed" if walk.is_passed_on else "to", row.phrases)
        walk.at = row.end


def read_for(walk: Walk) -> None:
    """`for A`, where A is a person, a body or an office."""
    if walk.before and not walk.is_behind_kind("#,)]TC") and not walk.was_named:
        return
    row = walk.row(walk.at + 1)
    if row.phrases and {phrase.sort for phrase in row.phrases} <= _PARTIES and walk.letter(row.end) != "s":
        walk.keep("to", row.phrases)
        walk.at = row.end


def read_by(walk: Walk) -> None:
    """`by A`; a talk `held by A` has A take part, and what is `edited by A` is not A's."""
    row = walk.row(walk.at + 1)
    if not row.phrases or walk.letter(row.end) in KINDS or walk.letter(row.end) == "s":
        walk.pass_over()
        return
    if walk.before == "h":
        walk.keep("with", row.phrases if walk.is_conversation else ())
    elif walk.before != "z":
        walk.keep("by", row.phrases)
    walk.at = row.end


def read_with(walk: Walk) -> None:
    """`with A`, `between A and B`: of a conversation, an interview, a treaty."""
    row = walk.row(walk.at + 1)
    kinds = walk.letters_of_kinds
    if row.phrases and (kinds & _WITH or (kinds & _RECORDS and walk.letter(walk.at) == "b")):
        walk.is_conversation = walk.is_conversation or "G" in kinds
        walk.keep("with", row.phrases)
        walk.at = row.end
    elif not row.phrases and _ENCLOSED.match(walk.letters, walk.at + 1):  # Decision with Approved Message from A
        walk.is_passed_on = True


def read_in(walk: Walk) -> None:
    """Where something takes place is passed over, with the body at whose session it does."""
    place = PLACE.match(walk.letters, walk.at)
    if place:
        walk.at = place.end()
    else:
        walk.pass_over()


def read_of(walk: Walk) -> None:
    """Behind a kind: another kind that it is of, or whose it is."""
    chain = TO_KIND.match(walk.letters, walk.at + 1)
    row = walk.row(walk.at + 1)
    is_unread = not row.phrases and (chain is None or (bool(walk.kinds) and chain["kind"] in "KHY"))
    if is_unread or (walk.kinds and not walk.is_behind_kind("#1)]T")):
        walk.pass_over()
    elif chain and (not row.phrases or chain.end() <= row.end):
        walk.at = chain.start("kind")
    elif not walk.is_behind_kind("#1)]T"):
        walk.at = row.end
    else:
        _keep_owner(walk, row)
        walk.at = row.end


def _keep_owner(walk: Walk, row: Row) -> None:
    if walk.letter(row.end) == "s":  # Transcript of Stalin's Conversation, but not Summary of Stalin's Telegrams to Mao
        kind = ADJECTIVES.match(walk.letters, row.end + 1)
        if kind and kind["kind"] in "VG":
            walk.keep("with", row.phrases)
        walk.is_owned = True
    elif not (walk.is_answered and walk.kinds and walk.letters[walk.kinds[-1]] != "X"):  # Reply to the Note of A
        walk.keep("of_passed" if walk.is_passed_on else _whose(walk, row), row.phrases)


def _whose(walk: Walk, row: Row) -> str:
    """What those are of whom a document is: who met in a conversation, about whom, the owner of a diary, or the author."""
    last = walk.letters[walk.kinds[-1]] if walk.kinds else walk.before
    is_met = walk.letter(row.end) == "w" or len(row.phrases) > 1 or row.phrases[0].sort == "person"
    if last == "V" or (last == "G" and is_met):
        walk.is_conversation = True
        return "with"
    return {"X": "with", "Y": "about", "D": "owner"}.get(last, "of")
