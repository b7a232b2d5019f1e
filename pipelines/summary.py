"""What a person reads at the end of a build: counts, what was merged, what was refused and where, and what to open next."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from pipelines.release import Published
from pipelines.text import one_line

# A person reads the first few; the tables hold all.
MOST_SHOWN = 8


def show(report: Mapping[str, Any], published: Published, processed: Path) -> None:
    """Print the summary on standard output, with colours where that is a terminal; no text from raw is markup."""
    console = Console(highlight=False, soft_wrap=True)
    for style, line in summary_lines(report, published, processed):
        console.print(Text(line, style=style))


def summary_lines(report: Mapping[str, Any], published: Published, processed: Path) -> Iterator[tuple[str, str]]:
    """The lines of the summary, each with its style."""
    counts, documents, issues = report["counts"], report["documents"], report["issues"]
    decisions = report["matches"]["by_decision"]
    refused_pages = report["pages"]["by_layout"].get("none", 0)
    yield (
        "bold",
        f"Release {published.release_id} "
        + ("is published" if published.is_new else "is unchanged: nothing new was published"),
    )
    yield "", ""
    yield "", _row("pages", counts["pages"], f"{refused_pages} refused, {report['pages']['cut_page_count']} cut")
    yield "", _row("entries", counts["entries"], "what the pages list")
    merged = report["reconciliation"]["entries"]["merged_entry_count"]
    yield (
        "",
        _row(
            "documents",
            counts["documents"],
            f"{documents['on_several_pages']} on several pages; {merged} entries merged",
        ),
    )
    yield (
        "",
        _row(
            "collections",
            counts["collections"],
            f"{counts['document_collections']} memberships, {counts['collection_links']} links",
        ),
    )
    yield (
        "",
        _row(
            "matches", counts["matches"], f"{decisions.get('same', 0)} joined, {decisions.get('review', 0)} for review"
        ),
    )
    by_severity = issues["by_severity"]
    yield (
        "",
        _row(
            "issues",
            counts["issues"],
            ", ".join(f"{by_severity.get(name, 0)} {name}" for name in ("error", "warning", "info")),
        ),
    )
    yield from _items(
        "Refused",
        "red",
        [item["message"] for item in issues["items"] if item["severity"] == "error"],
        by_severity.get("error", 0),
    )
    yield from _items(
        "Doubted",
        "yellow",
        [item["message"] for item in issues["items"] if item["severity"] == "warning"],
        by_severity.get("warning", 0),
    )
    pairs = ["{left_place} and {right_place}: {evidence}".format(**pair) for pair in report["matches"]["review"]]
    yield from _items("For review", "yellow", pairs, decisions.get("review", 0))
    current = processed / "current"
    yield "", ""
    yield "bold", "Open next"
    yield "", f"  {current / 'documents.parquet'}   the documents, each once"
    yield "", f"  {current / 'issues.parquet'}      all that was refused or doubted, with file and line"
    yield "", f"  {current / 'report.json'}         this summary and more, for programs"


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
