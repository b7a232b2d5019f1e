"""Who does what in a title, told by its letters: which kind of document comes first, and the names behind `from`, `to`, `with`, `by`, `on`.

Nothing here looks at words, so that titles of one shape are read once (`read_shape`).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from pipelines.titles.phrases import KINDS, Phrase, read_phrase

_CAPITALS = frozenset("NPIOQMJSUBEFRCA[")
# Words between a kind and the kind that it is of: Transcript of the Third Plenary Session.
_TO_KIND = re.compile(r"[daCMJO1T]*+(?P<kind>[KHVGLXZYWD])")
_OF_TALK = re.compile(r"(?:H[on][daCMJ]*+)?[VG]")
_MARK = re.compile(r"[,.;:(T“”]")
_TOLD_OF = re.compile(r"(?:id?[A-Z]++)?[wboh]")
_PLACE = re.compile(r"id?+[SUN]++")
# What is passed over where a name was expected and none could be read.
_UNREAD = re.compile(r"[da]*+[A-Z]++(?:[or][da]*+[A-Z]++)*+")
_ADJECTIVES = re.compile(r"[CMJ1#]*+(?P<kind>[KHVGLXZYWD])")
_HELD = frozenset("HGVL")


class Named(NamedTuple):
    """A name with the cue that led to it; `hint`: a person is likely, for the word before is what persons have or do.

    `first` is its first word, articles left out; `key` tells all of it but where in the title it stands.
    """

    cue: str
    phrase: Phrase
    hint: bool
    first: int
    key: str


class Shape(NamedTuple):
    """What the letters of a title tell: the words that name its kind, whether it records a conversation, a number's word, and names."""

    kinds: tuple[int, ...]
    quoted_kinds: tuple[int, ...]
    is_conversation: bool
    number: int | None
    names: tuple[Named, ...]
    last_kind: int  # the place behind the last word of a kind, 0 where there is none
    has_receiver: bool
    has_sender: bool


@lru_cache(maxsize=1 << 15)
def read_shape(letters: str) -> Shape:
    """Read one title's letters.

    >>> shape = read_shape("K,NNtAN[P]")
    >>> [(named.cue, named.phrase.name, named.phrase.alias) for named in shape.names]
    [('from', (2, 4), None), ('to', (6, 7), (8, 9))]
    """
    reader = _Reader(letters)
    reader.read()
    return Shape(
        tuple(reader.kinds),
        tuple(reader.quoted_kinds),
        reader.is_conversation,
        reader.number,
        tuple(reader.names),
        max((0, *(at + 1 for at in (*reader.kinds, *reader.quoted_kinds)))),
        any(each.cue in ("to", "dash_to") for each in reader.names),
        any(each.cue in _SENDERS and each.phrase.sort != "place" for each in reader.names),
    )


_SENDERS = frozenset({"from", "of", "by", "lead", "lead_of_quotation", "owner", "dash_from"})


class _Reader:
    """Goes through the letters once; each step looks at one cue and what follows it."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        self.at = 0
        self.kinds: list[int] = []
        self.quoted_kinds: list[int] = []
        self.names: list[Named] = []
        self.number: int | None = None
        self.is_conversation = False
        self.is_quoted = False
        self.is_passed_on = False
        self.is_topic = False
        self.is_owned = False

    def letter(self, at: int) -> str:
        return self.letters[at : at + 1]

    def read(self) -> None:
        if self.letter(0) == "“":  # the whole title is a quotation, or begins with one
            self.is_quoted = True
            self.at = 1
        else:
            self._lead()
        while self.at < len(self.letters):
            before = self.at
            self._step(self.letter(self.at))
            if self.at <= before:
                self.at = before + 1

    def _step(self, letter: str) -> None:
        if letter == "“":
            self.is_quoted = True
        elif letter == "”":
            self.is_quoted = False
            self.is_topic = False
        elif letter in KINDS:
            self._kind()
        elif letter in "#1":
            self._number()
        elif letter in "nc" or (letter == "w" and self.letter(self.at + 1) == "g"):
            self._on()
        elif self.is_quoted or self.is_topic:
            self._topic(letter)
        else:
            self._cue(letter)

    def _cue(self, letter: str) -> None:
        match letter:
            case "f":
                self._from()
            case "t":
                self._to()
            case "r":
                self._for()
            case "y":
                self._by()
            case "w" | "b":
                self._with(letter)
            case "v":
                self._add_all("via", self.at + 1)
            case "o":
                self._of()
            case "i":
                self._in()
            case "q":
                self.is_passed_on = True
            case "," | ":" | "-":
                self._behind_mark()
            case "(" | "[":
                self._bracket()
            case _:
                pass

    # What stands before the kind, or without one.

    def _lead(self) -> None:
        """`Kovalev Report`, `Mikoyan's Recollections`, `Mao Zedong, 'Speech'`, `Fyn Si to Kim Il Sung`."""
        phrases, end = self._list(0)
        if not phrases:
            return
        end = self._behind_place(phrases, end)
        after = self.letter(end)
        if after == "s":
            kind = _ADJECTIVES.match(self.letters, end + 1)
            if kind:
                self._author(phrases, is_conversation=kind["kind"] in "VGW")
                self.at = kind.start("kind")
        elif after in KINDS:
            self._author(phrases, is_conversation=after in "VGW", is_sure=False)
            self.at = end
        elif (after == "," and (self.letter(end + 1) == "“" or _ADJECTIVES.match(self.letters, end + 1))) or (
            after == ":" and self.letter(end + 1) == "“"
        ):
            kind = _ADJECTIVES.match(self.letters, end + 1)
            is_talk = len(phrases) > 1 and kind is not None and bool(_OF_TALK.match(self.letters, kind.start("kind")))
            self._author(phrases, is_conversation=is_talk, cue="lead" if kind else "lead_of_quotation")
            self.at = end + 1
        elif after == "“":
            self._author(phrases, is_conversation=False, cue="lead_of_quotation")
            self.at = end
        elif after in ("t", "-") and (pair := self._list(end + 1))[0] and self._are_telling(phrases + pair[0]):
            self._pair(phrases, pair)

    def _behind_place(self, phrases: list[Phrase], end: int) -> int:
        """`Tunkin in Pyongyang to …`: where a person is belongs to no name."""
        place = _PLACE.match(self.letters, end) if phrases[-1].sort == "person" else None
        return place.end() if place and self.letter(place.end()) in ("t", ",") else end

    def _are_telling(self, phrases: list[Phrase]) -> bool:
        """Whether some name cannot be a place: without a kind in front, `Yalta to Geneva` is no correspondence."""
        return any(set("POQBEFRIA") & set(self.letters[each.first : each.last]) for each in phrases)

    def _author(
        self, phrases: list[Phrase], *, is_conversation: bool, is_sure: bool = True, cue: str = "lead"
    ) -> None:
        self._keep("with" if is_conversation else cue, phrases, hint=is_sure)

    def _pair(self, senders: list[Phrase], receivers: tuple[list[Phrase], int]) -> None:
        """Who writes to whom; behind a dash those who talk, if it is a conversation."""
        dash = "dash_" if self.letter(receivers[0][0].first - 1) == "-" else ""
        self._keep(f"{dash}from", senders)
        self._keep(f"{dash}to", receivers[0])
        self.at = receivers[1]

    def _pass_over(self) -> None:
        """Nothing is said of whom this cue means, and what its words would say elsewhere is not asked."""
        unread = _UNREAD.match(self.letters, self.at + 1)
        self.at = unread.end() if unread else self.at + 1

    def _keep(self, cue: str, phrases: list[Phrase], *, hint: bool = False) -> None:
        self.names += [self._named(cue, phrase, hint=hint) for phrase in phrases]

    def _named(self, cue: str, phrase: Phrase, *, hint: bool) -> Named:
        first = phrase.first
        while self.letter(first) in ("d", "a"):
            first += 1
        parts = (part and (part[0] - first, part[1] - first) for part in phrase[3:])
        key = f"{cue} {hint} {phrase.sort} {self.letters[first : phrase.last]} {[*parts]}"
        return Named(cue, phrase, hint, first, key)

    # Kinds and numbers.

    def _kind(self) -> None:
        at = self.at
        letter = self.letter(at)
        if self.is_topic or (self.is_quoted and self.kinds):
            self.at = at + 1
            return
        (self.quoted_kinds if self.is_quoted else self.kinds).append(at)
        self.is_conversation = self.is_conversation or letter == "V"
        self.at = at + 1
        if self.is_quoted:
            return
        following = self.letter(self.at)
        if following and following in _CAPITALS:  # Telegram Shtykov to Vyshinsky
            phrases, end = self._list(self.at)
            if phrases and self.letter(end) == "t" and (pair := self._list(end + 1))[0]:
                self._pair(phrases, pair)

    def _number(self) -> None:
        if self.number is None and not self.is_topic and not self.is_quoted:
            before = self.letter(self.at - 1) if self.at else ""
            if before in KINDS or (self.letter(self.at) == "#" and (before in ("", ",", "(", ":") or self._was_named())):
                self.number = self.at
        self.at += 1

    # Cues.

    def _from(self) -> None:
        phrases, end = self._list(self.at + 1)
        if not phrases:
            if not _TO_KIND.match(self.letters, self.at + 1):
                self._pass_over()
            return
        if self.letter(end) in ("L", "G", "D") or (self.letter(end) == "s" and _ADJECTIVES.match(self.letters, end + 1)):
            self._keep("with" if self.letter(end) == "s" and self.is_conversation else "by", phrases)
        else:
            self._keep("of_passed" if self.is_passed_on else "from", phrases)
        self.at = end

    def _to(self) -> None:
        before = self.letter(self.at - 1) if self.at else ""
        if before in ("C", "x", "g", "M", "J", "o", "u") and not self._was_named():
            return
        if self.is_owned:
            return
        phrases, end = self._list(self.at + 1)
        if phrases and self.letter(end) == "s":  # Reply to Mao's Telegram
            self.at = end
        elif phrases and self.letter(end) not in KINDS:
            self._keep("to", phrases)
            self.at = end
        elif not phrases and not _TO_KIND.match(self.letters, self.at + 1):
            self._pass_over()

    def _was_named(self) -> bool:
        """Whether the word before is the end of a name that was kept."""
        return bool(self.names) and self.names[-1].phrase.last == self.at

    def _for(self) -> None:
        before = self.letter(self.at - 1) if self.at else ""
        if before and before not in KINDS and before not in "#,)]TC" and not self._was_named():
            return
        phrases, end = self._list(self.at + 1)
        if phrases and all(phrase.sort in ("person", "body", "office") for phrase in phrases) and self.letter(end) != "s":
            self._keep("to", phrases)
            self.at = end

    def _by(self) -> None:
        phrases, end = self._list(self.at + 1)
        if not phrases or self.letter(end) in KINDS:
            self._pass_over()
            return
        before = self.letter(self.at - 1) if self.at else ""
        if before == "h":  # a talk held by, a delegation led by
            self._keep("with", phrases if self.is_conversation else [])
        elif before != "z":
            self._keep("by", phrases)
        self.at = end

    def _with(self, letter: str) -> None:
        phrases, end = self._list(self.at + 1)
        if not phrases:
            return
        kinds = {self.letter(at) for at in self.kinds}
        if kinds & {"V", "G", "X", "W"} or (kinds & _HELD and letter == "b"):
            if "V" not in kinds and "G" in kinds:
                self.is_conversation = True
            self._keep("with", phrases)
            self.at = end

    def _in(self) -> None:
        """Where something takes place is passed over, with the body at whose session it does."""
        place = _PLACE.match(self.letters, self.at)
        if place:
            self.at = place.end()
        else:
            self._pass_over()

    def _of(self) -> None:
        """Behind a kind: another kind that it is of, or whose it is."""
        before = self.letter(self.at - 1) if self.at else ""
        is_behind_kind = not self.kinds or before in KINDS or before in "#1)]T"
        chain = _TO_KIND.match(self.letters, self.at + 1)
        phrases, end = self._list(self.at + 1)
        if not is_behind_kind or (chain and not phrases and self.kinds and chain["kind"] in "KHY"):
            self._pass_over()
            return
        if chain and (not phrases or chain.end() <= end):
            self.at = chain.start("kind")
            return
        if not phrases:
            self._pass_over()
            return
        if before not in KINDS and before not in "#1)]":
            self.at = end
            return
        if self.letter(end) == "s":  # Transcript of Stalin's Conversation, but not Summary of Stalin's Telegrams to Mao
            kind = _ADJECTIVES.match(self.letters, end + 1)
            if kind and kind["kind"] in "VG":
                self._keep("with", phrases)
            self.is_owned = True
            self.at = end
            return
        self._keep("of_passed" if self.is_passed_on else self._whose(before, phrases, end), phrases)
        self.at = end

    def _whose(self, before: str, phrases: list[Phrase], end: int) -> str:
        """What those are of whom a document is: who met in a conversation, whose session, about whom, or the author."""
        last = self.letter(self.kinds[-1]) if self.kinds else before
        if last == "Y":
            return "about"
        if last == "V" or (last == "G" and self._is_met(phrases, end)):
            self.is_conversation = True
            return "with"
        if last == "X":
            return "with"
        return "owner" if last == "D" else "of"

    def _is_met(self, phrases: list[Phrase], end: int) -> bool:
        return self.letter(end) in ("w",) or len(phrases) > 1 or phrases[0].sort == "person"

    def _on(self) -> None:
        """A topic begins, or a conversation of which a note or record is."""
        at = self.at + (2 if self.letter(self.at) == "w" else 1)
        if self.letter(self.at) == "w" and self.letter(at) == "t":
            at += 1
        letters = {self.letter(kind) for kind in self.kinds}
        is_sent = any(named.cue in ("from", "to") for named in self.names)
        if not self.is_quoted and not self.is_topic and self.kinds and letters <= {"H"} and not is_sent:
            chain = _TO_KIND.match(self.letters, at)
            if chain and chain["kind"] in "VG" and _TOLD_OF.match(self.letters, chain.end()):
                self.at = chain.start("kind")
                return
        if self.letter(at) == "e" or self.letters[at : at + 2] == "de":  # on the occasion of
            mark = _MARK.search(self.letters, at)
            at = mark.start() if mark else len(self.letters)
        elif self.letter(at) != "T":
            self.is_topic = bool(self.kinds or self.quoted_kinds or (self.is_quoted and self.names))
            if not self.is_topic and not self.is_quoted:
                at = len(self.letters)
        self.at = at

    # What is written of.

    def _topic(self, letter: str) -> None:
        if not self.is_topic:
            self.at += 1
            return
        before = self.letter(self.at - 1)
        if not self.is_quoted:
            if letter == "y" and before not in KINDS:
                self.is_topic = False
                self._by()
                return
            if letter == "v" and before in ("(", ","):
                self._add_all("via", self.at + 1)
                return
            if (letter == "f" and before not in KINDS and self._leads_to_pair(self.at + 1)) or (
                letter == "," and self._leads_to_pair(self.at + 1)
            ):
                self.is_topic = False
                self._cue(letter)
                return
        if letter in "wb" and any(self.letter(kind) == "X" for kind in self.kinds):
            self._with(letter)
            return
        if letter in _CAPITALS or letter == "d":
            found = read_phrase(self.letters, self.at)
            if found:
                word = self.letter(self.at - 2) if before in ("o", "d") else before
                self._keep("about", [found], hint=before == "o" and (word in KINDS or word == "u"))
                self.at = found.last
                return
        self.at += 1

    def _leads_to_pair(self, at: int) -> bool:
        phrases, end = self._list(at)
        return bool(phrases) and self.letter(end) == "t" and bool(self._list(end + 1)[0])

    # Marks.

    def _behind_mark(self) -> None:
        """`Cable, Stalin to Kovalev`; `Cable, Wu Lengxi – Peng Zhen`; `Memorandum of Conversation, Ford and Kissinger`."""
        phrases, end = self._list(self.at + 1)
        if not phrases:
            return
        end = self._behind_place(phrases, end)
        after = self.letter(end)
        if not self.kinds and not self._are_telling(phrases):
            return
        if after in ("t", "-") and (pair := self._list(end + 1))[0] and not self._has("from"):
            self._pair(phrases, pair)
        elif after == "t" and (pair := self._list(end + 1))[0]:  # from Beijing, Mao Zedong to Filippov
            self.names = [named for named in self.names if not self._is_place(named.phrase)]
            self._pair(phrases, pair)
        elif after == "t" and self.kinds and not self._has("from") and phrases[0].sort != "place":
            self._keep("from", phrases)  # the receiver cannot be read, the sender can
            self.at = end
        elif self.is_conversation and not self._has("with") and self.kinds and phrases[0].sort not in ("place", "state"):
            self._keep("with", phrases)
            self.at = end
        elif after in ("", ",", ".", ";", "“", "T", "n") and self._is_author_alone(phrases[0]):
            self._keep("of", phrases[:1])
            self.at = phrases[0].last

    def _is_place(self, phrase: Phrase) -> bool:
        """Whether a name is a place, or one word that may be."""
        return phrase.sort == "place" or self.letters[phrase.first : phrase.last] == "N"

    def _is_author_alone(self, phrase: Phrase) -> bool:
        """`Memorandum, Hungarian Foreign Ministry, 16 February 1976`; `Speech, Cde. Kim Il Sung`."""
        if not self.kinds or self._has_author():
            return False
        is_behind_kind = self.letter(self.at - 1) in KINDS or self.letter(self.at - 1) == "#"
        is_known = phrase.sort == "person" and bool(set("PIAOQ") & set(self.letters[phrase.first : phrase.last]))
        return phrase.sort == "body" or (is_known and is_behind_kind)

    def _has_author(self) -> bool:
        return any(named.cue in _SENDERS for named in self.names)

    def _has(self, cue: str) -> bool:
        return any(named.cue == cue for named in self.names)

    def _bracket(self) -> None:
        """What a bracket adds to a name was read with it; `(via Shtykov)` is a cue, any other comment is passed over."""
        if not self.at or self.letter(self.at + 1) in ("v", "t", "f"):
            return
        closing = self.letters.find(")" if self.letter(self.at) == "(" else "]", self.at)
        if closing > 0:
            self.at = closing + 1

    def _add_all(self, cue: str, at: int) -> None:
        phrases, end = self._list(at)
        if phrases:
            self._keep(cue, phrases)
            self.at = end

    def _list(self, at: int) -> tuple[list[Phrase], int]:
        """Names that commas and `and` join; a comma alone joins known names only, for what follows it may be a place."""
        first = read_phrase(self.letters, at)
        if first is None:
            return [], at
        phrases, sure = [first], 1
        end = sure_end = first.last
        if first.sort == "body" and self.letter(end) == "(":  # from the Embassy in Washington (Drozniak)
            beside = read_phrase(self.letters, end + 1)
            if beside and beside.sort == "person" and self.letter(beside.last) == ")":
                return [first, beside], beside.last + 1
        while len(phrases) < _MOST_NAMES:
            mark = self.letter(end)
            is_last = mark == "&" or (mark == "," and self.letter(end + 1) == "&")
            if first.sort == "place" and not is_last:  # Telegram from Warsaw, Zhukov to Moscow
                break
            if not mark or mark not in ",&":
                break
            found = read_phrase(self.letters, end + (2 if mark == "," and is_last else 1))
            if found is None or (at and self.letter(found.last) == "s") or (mark == "," and not is_last and found.sort in ("place", "state") and phrases[-1].sort not in ("place", "state")):
                break
            phrases.append(found)
            end = found.last
            if is_last or (found.sort == "person" and "P" in self.letters[found.name[0] : found.name[1]] and self.letter(end) not in ("t", "s")):
                sure, sure_end = len(phrases), end
        return phrases[:sure], sure_end


_MOST_NAMES = 40
