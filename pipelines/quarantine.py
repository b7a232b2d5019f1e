"""Rows that a check refuses are left out, named, and their lines stay accounted for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyarrow as pa

from pipelines.records import Entry, Issue, PageReading
from pipelines.text import capped, one_line
from pipelines.validate import Refusal


def refuse_entries(
    readings: Sequence[PageReading], entries: pa.Table, refusals: Sequence[Refusal]
) -> tuple[list[PageReading], list[Issue]]:
    """The readings without the refused entries, whose lines become issue lines; and an issue for each refusal."""
    by_place: dict[tuple[str, int], list[Refusal]] = {}
    for refusal in refusals:
        row = entries.slice(refusal.row, 1).select(["page_id", "position"]).to_pylist()[0]
        by_place.setdefault((row["page_id"], row["position"]), []).append(refusal)
    kept: list[PageReading] = []
    issues: list[Issue] = []
    for reading in readings:
        refused = [entry for entry in reading.entries if (reading.page.page_id, entry.position) in by_place]
        issues += [
            _issue(reading, entry, refusal)
            for entry in refused
            for refusal in by_place[reading.page.page_id, entry.position]
        ]
        kept.append(_without(reading, refused) if refused else reading)
    return kept, issues


def refuse_rows(name: str, table: pa.Table, refusals: Iterable[Refusal]) -> tuple[pa.Table, list[Issue]]:
    """A table that no other table leads to, without the refused rows; and an issue for each refusal."""
    refusals = list(refusals)
    refused = {refusal.row for refusal in refusals}
    issues = [
        Issue(
            "row_refused", f"{name}: row refused by {refusal.check_id} of {refusal.column}: {one_line(refusal.value)}",
            table=name, column=refusal.column, value=one_line(refusal.value),
        )
        for refusal in refusals
    ]  # fmt: skip
    return table.take([row for row in range(table.num_rows) if row not in refused]), issues


def _without(reading: PageReading, refused: Sequence[Entry]) -> PageReading:
    lines = sum(_filled_lines(entry) for entry in refused)
    ledger = replace(
        reading.ledger,
        entry_line_count=reading.ledger.entry_line_count - lines,
        issue_line_count=reading.ledger.issue_line_count + lines,
    )
    return replace(reading, ledger=ledger, entries=tuple(entry for entry in reading.entries if entry not in refused))


def _filled_lines(entry: Entry) -> int:
    """How many lines of an entry hold text: what it prints, line by line."""
    printed = [text for text in (entry.date_text, entry.title, entry.summary) if text]
    return sum(sum(1 for line in text.split("\n") if line) for text in printed)


def _issue(reading: PageReading, entry: Entry, refusal: Refusal) -> Issue:
    page = reading.page
    text = "\n".join(text for text in (entry.date_text, entry.title, entry.summary) if text)
    return Issue(
        "row_refused",
        f"{page.source_path}:{entry.line_first}: entry refused by {refusal.check_id} of {refusal.column}: {one_line(refusal.value, 60)}",
        source_path=page.source_path, page_id=page.page_id, line_first=entry.line_first, line_last=entry.line_last,
        raw_text=capped(text), table="entries", column=refusal.column, value=one_line(refusal.value),
    )  # fmt: skip
