"""Whom a title names, with their roles: what the letters found, held against the words, and joined to what is known of names."""

from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from pipelines.titles.authority import Authority, Known, load
from pipelines.titles.found import Found, Party
from pipelines.titles.phrases import Phrase
from pipelines.titles.roles import Shape
from pipelines.titles.tokens import Tokens
from pipelines.titles.walk import Named

# Kinds of document that are sent: their author is the sender, also where no receiver is named.
SENT = frozenset({"telegram", "letter", "message", "dispatch"})
_SPOKEN = frozenset({"speech"})
_RULES = {"from": "sender", "to": "receiver", "with": "participant", "via": "way", "by": "author", "about": "topic"}


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
        if len(found) > 1:
            found = _once_each(found)
            found = list(_shared_offices(found)) if is_plural else found
        return tuple(found)


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
    match cue:
        case "lead" | "of":
            role = "from" if has_receiver or genre in SENT else "by"
            return role, {"lead": "author_before_kind", "of": "author_after_of"}[cue]
        case "lead_of_quotation":
            return ("from" if has_receiver else "by"), "author_before_quotation"
        case "by":
            role = "from" if (has_receiver or genre in SENT) and genre not in _RECORDS else "by"
            return role, "author_after_by"
        case "owner":
            return "by", "diary"
        case "of_passed":
            return "by", "author_of_what_is_passed_on"
        case "to" if genre in _SPOKEN:
            return None, ""
        case "dash_from" | "dash_to":
            return ("with" if genre == "memorandum_of_conversation" else cue.removeprefix("dash_")), "dash"
        case _:
            return cue, _RULES[cue]


_RECORDS = frozenset({"memorandum_of_conversation", "minutes", "interview", "diary_entry"})


def _party(tokens: Tokens, named: Named, role: str, genre: str | None, authority: Authority) -> Party | None:
    """The party that a phrase names; None where it names nothing that can be one."""
    phrase = named.phrase
    name = tokens.said(*phrase.name)
    office = tokens.said(*phrase.office) if phrase.office else None
    alias = tokens.said(*phrase.alias) if phrase.alias else None
    known = authority.find(name, office) or (authority.find(f"{name} {alias}") if alias else None)
    if alias and (better := authority.find(alias)) and known is None:
        known = better
    kind = _kind(phrase, known, name)
    if named.cue in ("of", "lead", "lead_of_quotation") and not _is_author(
        tokens, named, genre, is_sent=role == "from"
    ):
        return None
    if role == "about" and not _is_topic(tokens, named, kind, known):
        return None
    if not named.cue.startswith("lead") and name in _press():  # where it was printed
        return None
    return Party(role, name, alias, _name_of(known), kind, office, _id_of(known))


def _kind(phrase: Phrase, known: Known | None, name: str) -> str | None:
    if phrase.sort == "place":
        return known.kind if known and known.kind != "state" else None
    if phrase.sort in ("office", "state"):
        return phrase.sort
    if known and known.kind == "state":
        return "body" if name.endswith("Government") else "state"
    if (
        known is None
        and phrase.sort == "person"
        and name.isupper()
        and name.isalpha()
        and len(name) <= _LONGEST_ABBREVIATION
    ):
        return "body"
    return known.kind if known else phrase.sort


_LONGEST_ABBREVIATION = 6


# Kinds that are often of things: a list of names, a map of an island.
_OF_THINGS = frozenset({None, "list", "map", "other", "plan", "summary", "treaty", "questionnaire", "article"})


def _is_author(tokens: Tokens, named: Named, genre: str | None, *, is_sent: bool) -> bool:
    """Whether a person in front of the kind, or behind its `of`, is named clearly enough to be its author."""
    phrase = named.phrase
    letters = tokens.letters[phrase.first : phrase.last]
    if phrase.sort != "person" or set("PIOQMA") & set(letters):
        return phrase.sort != "place" and phrase.sort != "state" or is_sent
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
            return name == "R" or (len(name) > 1 and bool(name.strip("CdoB")))
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


def _name_of(known: Known | None) -> str | None:
    return known.name if known else None


def _id_of(known: Known | None) -> str | None:
    return known.wikidata_id if known else None
