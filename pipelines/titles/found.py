"""What a title says, as values: each with the rule that read it and the characters that it was read from."""

from datetime import date
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Found(NamedTuple, Generic[Value]):
    """A value with the name of its rule (docs/titles.md) and its characters in the title, from 1, the last inclusive."""

    value: Value
    rule: str
    first: int
    last: int


class Number(NamedTuple):
    """A number as printed, and what it counts: a code of docs/genres.md, a series or another word in lower case; None where nothing tells."""

    text: str
    kind: str | None


class EventDate(NamedTuple):
    """A date inside a title: as printed, in EDTF, and the first and last day that it can mean."""

    text: str
    edtf: str
    start: date
    end: date
    precision: str | None


class Party(NamedTuple):
    """Whom a title names, in which role; `document_parties` has the same columns."""

    role: str
    name: str
    alias: str | None = None
    name_normalized: str | None = None
    party_kind: str | None = None
    office: str | None = None
    wikidata_id: str | None = None


class TitleFacts(NamedTuple):
    """All that a title says; what it does not say is None, or an empty tuple."""

    genre: Found[str] | None = None
    number: Found[Number] | None = None
    event_date: Found[EventDate] | None = None
    event_time: Found[str] | None = None
    parties: tuple[Found[Party], ...] = ()
