"""The short form of the report, for a Prefect artifact."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.report.content import FATES

# Of each list so many; the report has more, the tables have all.
MOST_ITEMS = 25


def markdown_summary(report: Mapping[str, Any], release_id: str) -> str:
    """The short form of the report. Texts from raw stand in code spans, where nothing is active."""
    parts = [
        f"# Release {release_id}",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in _rows(report)),
    ]
    parts += [*_checks(report), *_items(report), *_review(report), *_missing(report)]
    return "\n".join(parts) + "\n"


def _rows(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    lines, entries, counts = report["reconciliation"]["lines"], report["reconciliation"]["entries"], report["counts"]
    yield (
        "pages",
        f"{counts['pages']}, {report['pages']['by_layout'].get('none', 0)} refused, {report['pages']['cut_page_count']} cut",
    )
    yield "lines", f"{lines['line_count']} = " + " + ".join(f"{lines[f'{fate}_line_count']} {fate}" for fate in FATES)
    yield "entries", "{entry_count} = {document_count} documents + {merged_entry_count} merged".format(**entries)
    yield (
        "collections",
        f"{counts['collections']}, {report['collections']['unlisted_document_count']} documents in none",
    )
    yield "for review", str(report["matches"]["by_decision"].get("review", 0))
    missing = report["missing"]
    yield (
        "missing from raw",
        f"{missing['entry_count']} entries of {missing['listing_count']} listings, {missing['target_count']} collections and guides",
    )
    yield "checks", "{check_count}, of which {failed_check_count} did not pass".format(**report["checks"])


def _checks(report: Mapping[str, Any]) -> Iterator[str]:
    failed = report["checks"]["failed"]
    if failed:
        yield from ("", "## Checks that did not pass", "", "| check | severity | failed | of |", "|---|---|---|---|")
    for check in failed:
        where = f"{check['table']}.{check['column']}: {check['check_id']}"
        yield f"| {code(where)} | {check['severity']} | {check['rows_failed']} | {check['rows_checked']} |"


def _items(report: Mapping[str, Any]) -> Iterator[str]:
    issues = report["issues"]
    total = sum(issues["by_severity"].get(severity, 0) for severity in ("error", "warning"))
    yield from _listed(
        "Refused and doubted", [f"{item['severity']}: {code(item['message'])}" for item in issues["items"]], total
    )


def _review(report: Mapping[str, Any]) -> Iterator[str]:
    pairs = [
        f"{code(pair['left_place'])} and {code(pair['right_place'])}: {code(pair['evidence'])}"
        for pair in report["matches"]["review"]
    ]
    yield from _listed("Waiting for a person", pairs, report["matches"]["by_decision"].get("review", 0))


def _missing(report: Mapping[str, Any]) -> Iterator[str]:
    found = report["missing"]
    lines = [
        f"{listing['missing_entry_count']} of {listing['total_entry_count']} entries of the listing that {code(listing['source_path'])} is of"
        for listing in found["listings"]
    ]
    yield from _listed("On no saved page", lines, found["listing_count"])


def _listed(title: str, lines: list[str], total: int) -> Iterator[str]:
    """A list under its head, which says how many more there are."""
    if not lines:
        return
    yield from ("", f"## {title}", "", *(f"- {line}" for line in lines[:MOST_ITEMS]))
    if total > MOST_ITEMS:
        yield f"- … and {total - min(len(lines), MOST_ITEMS)} more"


def code(text: str) -> str:
    """A text from raw, in a code span on one line."""
    return f"`{' '.join(text.replace('`', '´').split())}`"
