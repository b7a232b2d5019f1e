"""What a person reads at the end of a build: counts, what was merged, what was refused and where, and what to open next."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from pipelines.build import BuildResult
from pipelines.gate.verdict import Verdict, told
from pipelines.text import one_line

# A person reads the first few; the tables hold all.
MOST_SHOWN = 8


def show(result: BuildResult, processed: Path) -> None:
    """Print the summary on standard output, with colours where that is a terminal; no text from raw is markup."""
    console = Console(highlight=False, soft_wrap=True)
    for style, line in summary_lines(result, processed):
        console.print(Text(line, style=style))


def summary_lines(result: BuildResult, processed: Path) -> Iterator[tuple[str, str]]:
    """The lines of the summary, each with its style."""
    report, published = result.report, result.published
    what = "is published" if published.is_new else "is unchanged: nothing new was published"
    yield "bold", f"Release {published.release_id} {what}"
    yield "", ""
    for row in _counts(report):
        yield "", _row(*row)
    yield "", _row("gate", len(result.verdict.checks), _gate_note(result.verdict))
    by_severity = report["issues"]["by_severity"]
    for title, style, severity in (("Refused", "red", "error"), ("Doubted", "yellow", "warning")):
        messages = [item["message"] for item in report["issues"]["items"] if item["severity"] == severity]
        yield from _items(title, style, messages, by_severity.get(severity, 0))
    matches = report["matches"]
    pairs = ["{left_place} and {right_place}: {evidence}".format(**pair) for pair in matches["review"]]
    yield from _items("For review", "yellow", pairs, matches["by_decision"].get("review", 0))
    failed = list(told(result.verdict.failed))
    yield from _items("Published although it fails by a threshold", "yellow", failed, len(failed))
    yield "", ""
    yield "bold", "Open next"
    yield "", f"  {processed / 'report.html'}   the report: what is in the release, and what is wrong with it"
    for name, meaning in _OPEN_NEXT.items():
        if not (result.published.path / name).exists():  # a large release holds no page
            continue
        yield "", f"  {processed / 'current' / name}   {meaning}"


_OPEN_NEXT = {
    "explorer.html": "the listing rebuilt, to search, filter and read in a browser",
    "documents.parquet": "the documents, each once",
    "issues.parquet": "all that was refused or doubted, with file and line",
    "report.json": "the report for programs",
}


def _counts(report: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """What is counted, the count, and what to know about it."""
    counts, pages, documents = report["counts"], report["pages"], report["documents"]
    decisions, severities = report["matches"]["by_decision"], report["issues"]["by_severity"]
    merged = report["reconciliation"]["entries"]["merged_entry_count"]
    yield "pages", counts["pages"], f"{pages['by_layout'].get('none', 0)} refused, {pages['cut_page_count']} cut"
    yield "entries", counts["entries"], "what the pages list"
    yield "documents", counts["documents"], f"{documents['on_several_pages']} on several pages; {merged} entries merged"
    links = f"{counts['document_collections']} memberships, {counts['collection_links']} links"
    yield "collections", counts["collections"], links
    yield "matches", counts["matches"], f"{decisions.get('same', 0)} joined, {decisions.get('review', 0)} for review"
    by_severity = ", ".join(f"{severities.get(name, 0)} {name}" for name in ("error", "warning", "info"))
    yield "issues", counts["issues"], by_severity


def _gate_note(verdict: Verdict) -> str:
    count = len(verdict.failed)
    passed = "all passed" if not count else f"{count} did not pass and {'was' if count == 1 else 'were'} accepted"
    return f"{passed}; compared with {verdict.release_before or 'no release, for this is the first'}"


def _row(name: str, number: int, note: str) -> str:
    return f"  {name:<12}{number:>9,}   {note}"


def _items(title: str, style: str, messages: list[str], total: int) -> Iterator[tuple[str, str]]:
    if not total:
        return
    yield "", ""
    yield f"bold {style}", f"{title} ({total:,})"
    for message in messages[:MOST_SHOWN]:
        yield "", f"  {one_line(message, 320)}"
    if total > MOST_SHOWN:
        yield "dim", f"  … and {total - MOST_SHOWN:,} more"
