"""What a document's title says, and why: each value with its rule and the characters that it was read from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rich.text import Text

from pipelines.published import Release, row_as_json
from pipelines.text import one_line
from pipelines.wording import Sheet

_MOST_SHOWN = 12
_VALUES = {"genre": "genre", "number": "number", "event_date": "event_date_edtf", "event_time": "event_time"}


class Said(NamedTuple):
    """The rows of `document_parties` and of `title_evidence` of one document."""

    parties: Sequence[Mapping[str, Any]]
    evidence: Sequence[Mapping[str, Any]]

    def as_json(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Each value with its evidence."""
        return {
            "values": {field: row_as_json(row) | {"value": document[_VALUES[field]]} for field, row in self._told()},
            "parties": [
                row_as_json(party) | {"evidence": row_as_json(row)}
                for party, row in zip(self.parties, self._of_parties(), strict=True)
            ],
        }

    def _told(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        return ((row["field"], row) for row in self.evidence if row["field"] != "party")

    def _of_parties(self) -> list[Mapping[str, Any]]:
        return [row for row in self.evidence if row["field"] == "party"]

    def lines(self, document: Mapping[str, Any]) -> Iterator[Text]:
        """A line for each value: what it is, and from which characters by which rule."""
        for field, row in self._told():
            yield _line(field.replace("_", " "), _value(document, field), row)
        for party, row in zip(self.parties, self._of_parties(), strict=True):
            yield _line(party["role"], _party(party), row)


def find_said(release: Release, document_id: str) -> Said:
    """What the title of a document says.

    Raises:
        ReleaseError: a table cannot be read.
    """
    parties = release.rows("document_parties", "document_id", [document_id])
    evidence = release.rows("title_evidence", "document_id", [document_id])
    return Said(
        sorted(parties, key=lambda row: row["party_index"]),
        sorted(evidence, key=lambda row: (row["field"], row["value_index"])),
    )


def write_said(sheet: Sheet, said: Said, document: Mapping[str, Any]) -> None:
    """Write what a title says, the first values of it."""
    lines = list(said.lines(document))
    sheet.line()
    sheet.line("What its title says", "bold")
    for line in lines[:_MOST_SHOWN]:
        sheet.line(line, indent=2)
    if len(lines) > _MOST_SHOWN:
        sheet.line(f"… and {len(lines) - _MOST_SHOWN:,} more; --json has all", "dim", indent=2)
    if not lines:
        sheet.line("nothing that a rule reads", "dim", indent=2)


def _value(document: Mapping[str, Any], field: str) -> str:
    value = str(document[_VALUES[field]])
    return f"{value} ({document['number_kind']})" if field == "number" and document["number_kind"] else value


def _party(party: Mapping[str, Any]) -> str:
    """Name, alias, office, and whom it stands for."""
    alias = f" [{party['alias']}]" if party["alias"] else ""
    office = f", {party['office']}" if party["office"] else ""
    known = party["name_normalized"]
    stands = f" = {known}" if known and known != party["name"] else ""
    return f"{party['name']}{alias}{office}{stands}"


def _line(what: str, value: str, row: Mapping[str, Any]) -> Text:
    place = f"{row['character_first']}-{row['character_last']} “{one_line(row['matched_text'], 60)}”"
    return (
        Text(f"{what:<11}", "dim").append(one_line(value, 200), "not dim").append(f"   {row['rule']}, {place}", "dim")
    )
