"""The way through the letters of a title: where it is, and what was found on it so far."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.titles.lists import Row, read_row
from pipelines.titles.phrase import Phrase
from pipelines.titles.phrases import KINDS

CAPITALS = frozenset("NPIOQMJSUBEFRCAk[")
# Cues that lead to whoever a document comes from.
AUTHORS = frozenset({"from", "of", "by", "lead", "lead_of_quotation", "owner", "dash_from"})
# Words between a kind and the kind that it is of: Transcript of the Third Plenary Session.
TO_KIND = re.compile(r"[daCMJO1T]*+(?P<kind>[KHVGLXZYWD])")
# Words between an owner or an author and the kind: Khrushchev's Secret Speech.
ADJECTIVES = re.compile(r"[CMJ1#]*+(?P<kind>[KHVGLXZYWD])")
PLACE = re.compile(r"id?+[SUN]++")
_DATELINE = re.compile(r",(?:[SU]++|N),(?=t)")
# What is passed over where a name was expected and none could be read.
_UNREAD = re.compile(r"[da]*+[A-Zkl]++(?:[or][da]*+[A-Zkl]++)*+")


class Named(NamedTuple):
    """A name with the cue that led to it; `hint`: a person is likely, for the word before is what persons have or do.

    `first` is its first word, articles left out; `key` tells all of it but where in the title it stands.
    """

    cue: str
    phrase: Phrase
    hint: bool
    first: int
    key: str


class Walk:
    """Goes through the letters once. The rooms of a title (quotation, topic) are entered and left on the way."""

    def __init__(self, letters: str) -> None:
        """Begin at the first letter."""
        self.letters = letters
        self.at = 0
        self.kinds: list[int] = []
        self.quoted_kinds: list[int] = []
        self.names: list[Named] = []
        self.number: int | None = None
        self.is_conversation = False
        self.is_quoted = False
        self.is_topic = False
        self.is_passed_on = False  # what follows belongs to a message that this one contains
        self.is_answered = False  # a kind that follows is of what this document answers or adds to
        self.is_owned = False  # what follows belongs to what somebody named before has written

    def letter(self, at: int) -> str:
        """A letter; nothing beyond the last."""
        return self.letters[at : at + 1]

    @property
    def before(self) -> str:
        """The letter before this one; nothing before the first."""
        return self.letters[self.at - 1] if self.at else ""

    @property
    def letters_of_kinds(self) -> set[str]:
        """Which sorts of kinds were met."""
        return {self.letters[at] for at in self.kinds}

    def row(self, at: int) -> Row:
        """The names from a word on."""
        return read_row(self.letters, at)

    def keep(self, cue: str, phrases: Iterable[Phrase], *, hint: bool = False) -> None:
        """Keep names with what led to them."""
        self.names += [self._named(cue, phrase, hint=hint) for phrase in phrases]

    def _named(self, cue: str, phrase: Phrase, *, hint: bool) -> Named:
        first = phrase.first
        while self.letter(first) in ("d", "a"):
            first += 1
        parts = (part and (part[0] - first, part[1] - first) for part in phrase[3:])
        key = f"{cue} {hint} {phrase.sort} {self.letters[first : phrase.last]} {[*parts]}"
        return Named(cue, phrase, hint, first, key)

    def keep_row(self, cue: str) -> None:
        """Keep the names behind a cue, if there are any."""
        row = self.row(self.at + 1)
        if row.phrases:
            self.keep(cue, row.phrases)
            self.at = row.end

    def keep_pair(self, senders: Row, receivers: Row) -> None:
        """Who writes to whom; behind a dash they may talk as well."""
        dash = "dash_" if self.letter(receivers.phrases[0].first - 1) == "-" else ""
        self.keep(f"{dash}from", senders.phrases)
        self.keep(f"{dash}to", receivers.phrases)
        self.at = receivers.end

    def pass_over(self) -> None:
        """Nothing is said of whom this cue means, and what its words would say elsewhere is not asked."""
        unread = _UNREAD.match(self.letters, self.at + 1)
        self.at = unread.end() if unread else self.at + 1

    def has(self, cues: Iterable[str]) -> bool:
        """Whether a name was found with one of these cues."""
        return any(named.cue in cues for named in self.names)

    @property
    def was_named(self) -> bool:
        """Whether the word before is the end of a name that was kept, or of the others beside it (Orlov and Others)."""
        if not self.names:
            return False
        last = self.names[-1].phrase.last
        return last == self.at or self.letters[last : self.at] == "&C"

    def behind_place(self, row: Row) -> int:
        """`Tunkin in Pyongyang to …`, `Tunkin, Pyongyang, to …`: where a person is belongs to no name."""
        if row.phrases[-1].sort != "person":
            return row.end
        place = PLACE.match(self.letters, row.end) or _DATELINE.match(self.letters, row.end)
        return place.end() if place and self.letter(place.end()) in ("t", ",") else row.end

    def are_telling(self, phrases: Iterable[Phrase]) -> bool:
        """Whether some name cannot be a place: without a kind in front, `Yalta to Geneva` is no correspondence."""
        return any(set("POQBEFRIA") & set(self.letters[each.first : each.last]) for each in phrases)

    def leads_to_pair(self, at: int) -> bool:
        """Whether `A to B` follows."""
        row = self.row(at)
        return bool(row.phrases) and self.letter(row.end) == "t" and bool(self.row(row.end + 1).phrases)

    def is_behind_kind(self, more: str = "") -> bool:
        """Whether the letter before is a kind, or one of these."""
        return self.before in KINDS or (bool(self.before) and self.before in more)
