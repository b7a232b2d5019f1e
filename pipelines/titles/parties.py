"""Whom a title names, with their roles: what the letters found, held against the words, and joined to what is known of names."""

from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from pipelines.titles.authority import Authority, Known, load
from pipelines.titles.found import Found, Party
from pipelines.titles.phrase import Phrase
from pipelines.titles.roles import Shape
from pipelines.titles.tokens import Tokens
from pipelines.titles.walk import Named

# Kinds of document that are sent: their author is the sender, also where no receiver is named.
SENT = frozenset({"telegram", "letter", "message", "dispatch"})
_SPOKEN = frozenset({"speech"})


class PartyReader:
    """Reads the parties of titles with one authority; what a phrase names in a role is worked out once."""

    def __init__(self, authority: Authority) -> None:
        """Take what is known of names."""
        self._authority = authority
        self._known: dict[tuple[str, str, str | None, bool], _Told | None] = {}

    def read(self, tokens: Tokens, shape: Shape, genre: str | None) -> tuple[Found[Party], ...]:
        """Every party of a title, in the order in which they stand, each once in one role."""
        found: list[Found[Party]] = []
        has_receiver = shape.has_receiver and genre not in _SPOKEN
        text, ends = tokens.text, tokens.ends
        is_plural = False
        for named in shape.names:
            start = ends[named.first - 1] if named.first else 0
            said = text[start : ends[named.phrase.last - 1]].rstrip()
            key = (said, named.key, genre, has_receiver)
            if key in self._known:
                told = self._known[key]
            else:
                told = _told(tokens, named, genre, self._authority, has_receiver=has_receiver)
                if len(self._known) < _MOST_REMEMBERED:
                    self._known[key] = told
            if told and not (shape.has_sender and named.cue == "from" and named.phrase.sort == "place"):  # his place
                found.append(Found(told.party, told.rule, start + 1, start + len(said)))
                is_plural |= told.is_plural
        if len(found) > 1 and (not shape.is_ordered or len({(each[0][0], each[0][1]) for each in found}) < len(found)):
            found = _once_each(found)
        return tuple(_shared_offices(found) if is_plural else found)


class _Told(NamedTuple):
    """A party, the rule that gave it its role, and whether its office is one of several persons."""

    party: Party
    rule: str
    is_plural: bool


def _told(tokens: Tokens, named: Named, genre: str | None, authority: Authority, *, has_receiver: bool) -> _Told | None:
    role, rule = _role(named.cue, genre, has_receiver=has_receiver)
    party = role and _party(tokens, named, role, genre, authority)
    return _Told(party, rule, bool(party.office and party.office.endswith("s"))) if party else None


def _once_each(found: list[Found[Party]]) -> list[Found[Party]]:
    """In the order in which they stand, each name once in one role."""
    seen: dict[tuple[str, str], Found[Party]] = {}
    for each in sorted(found, key=_first):
        seen.setdefault((each.value.role, each.value.name), each)
    return list(seen.values())


_MOST_REMEMBERED = 1 << 16
_first = attrgetter("first")


def _role(cue: str, genre: str | None, *, has_receiver: bool) -> tuple[str | None, str]:
    """The role that a cue gives, and the rule that says so; None where the cue gives none in such a document."""
    if cue in _AUTHOR_RULES:
        return ("from" if _is_sender(cue, genre, has_receiver=has_receiver) else "by"), _AUTHOR_RULES[cue]
    if cue == "to" and genre in _SPOKEN:
        return None, ""
    if cue.startswith("dash_") and genre == "memorandum_of_conversation":
        return "with", "dash"
    return _ROLES[cue]


def _is_sender(cue: str, genre: str | None, *, has_receiver: bool) -> bool:
    """Whether an author is the sender: where a receiver is named, or the document is one that is sent."""
    if cue == "by" and genre in _RECORDS:
        return False
    return has_receiver or (genre in SENT and cue != "lead_of_quotation")


_AUTHOR_RULES = {
    "lead": "author_before_kind",
    "lead_of_quotation": "author_before_quotation",
    "of": "author_after_of",
    "by": "author_after_by",
}
_ROLES = {
    "from": ("from", "sender"),
    "to": ("to", "receiver"),
    "to_passed": ("to", "receiver"),
    "dash_from": ("from", "dash"),
    "dash_to": ("to", "dash"),
    "with": ("with", "participant"),
    "via": ("via", "way"),
    "owner": ("by", "diary_owner"),
    "of_passed": ("by", "passed_on"),
    "about": ("about", "topic"),
}
_RECORDS = frozenset({"memorandum_of_conversation", "minutes", "interview", "diary_entry"})


def _party(tokens: Tokens, named: Named, role: str, genre: str | None, authority: Authority) -> Party | None:
    """The party that a phrase names; None where it names nothing that can be one."""
    phrase = named.phrase
    name = tokens.said(*phrase.name)
    office = tokens.said(*phrase.office) if phrase.office else None
    alias = tokens.said(*phrase.alias) if phrase.alias else None
    known = _known(authority, name, alias, office)
    kind = _kind(phrase, known, name)
    is_lead = named.cue.startswith("lead")
    is_told = (
        (not (is_lead or named.cue == "of") or _is_author(tokens, named, genre, is_sent=role == "from"))
        and (role != "about" or _is_topic(tokens, named, kind, known))
        and (is_lead or name not in _press())  # where it was printed
    )
    if not is_told:
        return None
    return Party(role, name, alias, known and known.name, kind, office, known and known.wikidata_id)


def _known(authority: Authority, name: str, alias: str | None, office: str | None) -> Known | None:
    """What a name stands for: with what completes it (Liu [Shaoqi]), by its alias (Filippov [Stalin]), or by itself."""
    forms = (f"{name} {alias}", f"{alias} {name}", alias) if alias else ()
    return next(filter(None, map(authority.find, forms)), None) or authority.find(name, office)


def _kind(phrase: Phrase, known: Known | None, name: str) -> str | None:
    """person, body, office or state, by the words and by what is known of the name; None where a place stands for somebody."""
    if phrase.sort in ("office", "state"):
        return phrase.sort
    if phrase.sort == "place":
        return known.kind if known and known.kind != "state" else None
    if known is None:
        is_abbreviation = name.isupper() and name.isalpha() and len(name) <= _LONGEST_ABBREVIATION
        return "body" if is_abbreviation else phrase.sort
    return "body" if known.kind == "state" and name.endswith("Government") else known.kind


_LONGEST_ABBREVIATION = 6


# Kinds that are often of things: a list of names, a map of an island.
_OF_THINGS = frozenset({None, "list", "map", "other", "plan", "summary", "treaty", "questionnaire", "article"})


def _is_author(tokens: Tokens, named: Named, genre: str | None, *, is_sent: bool) -> bool:
    """Whether a person in front of the kind, or behind its `of`, is named clearly enough to be its author."""
    phrase = named.phrase
    letters = tokens.letters[phrase.first : phrase.last]
    if genre == "list" and named.cue == "of":
        return False
    if phrase.sort != "person" or set("PIOQMA") & set(letters):
        return phrase.sort not in {"place", "state"} or (is_sent and named.hint)
    if named.cue != "of":
        return named.hint or is_sent or tokens.said(phrase.first, phrase.last).isupper()
    return genre not in _OF_THINGS and (genre in SENT or genre == "speech" or len(letters) > 1)


def _is_topic(tokens: Tokens, named: Named, kind: str | None, known: Known | None) -> bool:
    """Whether a phrase within a topic names somebody; capitals alone do not, for titles write most words large."""
    phrase, letters = named.phrase, tokens.letters
    name = letters[phrase.name[0] : phrase.name[1]]
    match kind:
        case "person":
            if known or phrase.office or "A" in letters[phrase.first : phrase.last]:
                return True
            return "I" in name or named.hint or (name[0] == "P" and len(name) > 1)
        case "body":
            if known:
                return known.name not in _alliances()
            is_any = (
                name[0] in "CN" and "a" in letters[max(0, phrase.first - 1) : phrase.first + 1]
            )  # a Separatist Movement
            return name == "R" or (len(name) > 1 and not is_any and bool(name.strip("CdoBF")))
        case "office":
            is_plural = any(tokens.word(at).endswith("s") for at in range(*phrase.name) if tokens.letters[at] in "OQ")
            return len(name) > 1 and not name.startswith(("C", "N")) and not is_plural
        case _:
            return False


@cache
def _alliances() -> frozenset[str]:
    """Alliances by treaty: as topics they are no parties."""
    return frozenset(body["name"] for body in load("bodies.toml")["body"] if body["kind"] == "alliance")


@cache
def _press() -> frozenset[str]:
    """Newspapers and agencies by all their names."""
    press = [body for body in load("bodies.toml")["body"] if body["kind"] == "press"]
    return frozenset(form for body in press for form in (body["name"], *body.get("variants", ())))


def _shared_offices(found: Sequence[Found[Party]]) -> Iterator[Found[Party]]:
    """`Generals A and B`: the office of both."""
    plural, before = None, None
    for each in found:
        party = each.value
        if plural and before and not party.office and party.party_kind == "person" and party.role == before.role:
            yield each._replace(value=party._replace(office=plural))
            continue
        plural = party.office if party.office and party.party_kind == "person" and party.office.endswith("s") else None
        before = party
        yield each
