"""The data-quality report, for programs: every number in it can be computed again from the tables."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

REPORT_VERSION = "1.0"
# The report names what is wrong; the tables hold all of it.
MOST_ITEMS = 100
_FATES = ("entry", "furniture", "issue", "blank")


def make_report(tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Counts, reconciliation, what was merged, what was refused or doubted, and which checks failed."""
    pages, entries, documents, matches = (tables[name] for name in ("pages", "entries", "documents", "matches"))
    issues, quality = tables["issues"], tables["quality"]
    failed = quality.filter(pc.invert(quality.column("passed")))
    return {
        "report_version": REPORT_VERSION,
        "counts": {name: table.num_rows for name, table in sorted(tables.items())},
        "reconciliation": {
            "lines": {
                "line_count": _total(pages, "line_count"),
                **{f"{fate}_line_count": _total(pages, f"{fate}_line_count") for fate in _FATES},
            },
            "entries": {
                "entry_count": entries.num_rows,
                "document_count": documents.num_rows,
                "merged_entry_count": entries.num_rows - documents.num_rows,
            },
        },
        "pages": {
            "by_layout": _tally(pages, "layout"),
            "by_kind": _tally(pages, "kind"),
            "cut_page_count": _total(pages, "is_cut"),
        },
        "documents": {
            "by_date_precision": _tally(documents, "date_precision"),
            "on_several_pages": _total_true(pc.greater(documents.column("page_count"), 1)),
            "with_variants": _total(documents, "has_variants"),
        },
        "matches": {
            "by_decision": _tally(matches, "decision"),
            "by_rule": _tally(matches, "rule"),
            "review": _review(tables),
        },
        "issues": {
            "by_problem": _tally(issues, "problem"),
            "by_severity": _tally(issues, "severity"),
            "items": _worst(issues),
        },
        "checks": {
            "check_count": quality.num_rows,
            "failed_check_count": failed.num_rows,
            "failed": failed.to_pylist(),
        },
    }


def _total(table: pa.Table, column: str) -> int:
    return int(pc.sum(table.column(column)).as_py() or 0)


def _total_true(values: pa.ChunkedArray) -> int:
    return int(pc.sum(values).as_py() or 0)


def _tally(table: pa.Table, column: str) -> dict[str, int]:
    """Rows by value, null under `none`, in the order of the values."""
    counted = table.group_by(column).aggregate([([], "count_all")]).to_pylist()
    return dict(sorted((str(row[column] if row[column] is not None else "none"), row["count_all"]) for row in counted))


def _review(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """Pairs that wait for a person, each with the places of its entries: file and first line."""
    matches = tables["matches"]
    pairs = matches.filter(pc.equal(matches.column("decision"), "review")).slice(0, MOST_ITEMS).to_pylist()
    asked = pa.array(sorted({pair[f"{side}_entry_id"] for pair in pairs for side in ("left", "right")}), pa.string())
    entries = tables["entries"].select(["entry_id", "page_id", "line_first"])
    entries = entries.filter(pc.is_in(entries.column("entry_id"), value_set=asked))
    pages = tables["pages"].select(["page_id", "source_path"])
    places = {
        row["entry_id"]: f"{row['source_path']}:{row['line_first']}"
        for row in entries.join(pages, "page_id").to_pylist()
    }
    return [
        {**pair, **{f"{side}_place": places[pair[f"{side}_entry_id"]] for side in ("left", "right")}} for pair in pairs
    ]


def _worst(issues: pa.Table) -> list[dict[str, Any]]:
    """Errors, then warnings, each with where it stands."""
    columns = ["severity", "problem", "source_path", "line_first", "line_last", "message"]
    found: list[dict[str, Any]] = []
    for severity in ("error", "warning"):
        found += (
            issues.filter(pc.equal(issues.column("severity"), severity))
            .select(columns)
            .slice(0, MOST_ITEMS)
            .to_pylist()
        )
    return sorted(
        found[:MOST_ITEMS],
        key=lambda item: (item["severity"], item["source_path"] or "", item["line_first"] or 0, item["message"]),
    )


def markdown_summary(report: Mapping[str, Any], release_id: str) -> str:
    """The short form of the report, for a Prefect artifact. Texts from raw stand in code spans, where nothing is active."""
    lines, entries, counts = report["reconciliation"]["lines"], report["reconciliation"]["entries"], report["counts"]
    fates = " + ".join(f"{lines[f'{fate}_line_count']} {fate}" for fate in _FATES)
    rows = [
        ("pages", counts["pages"]),
        ("lines", f"{lines['line_count']} = {fates}"),
        ("entries", "{entry_count} = {document_count} documents + {merged_entry_count} merged".format(**entries)),
        ("collections", counts["collections"]),
        ("for review", report["matches"]["by_decision"].get("review", 0)),
        ("checks", "{check_count}, of which {failed_check_count} did not pass".format(**report["checks"])),
    ]
    summary = [f"# Release {release_id}", "", "| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]
    if report["checks"]["failed"]:
        summary += ["", "## Checks that did not pass", "", "| check | severity | failed | of |", "|---|---|---|---|"]
        summary += [
            f"| {check['table']}.{check['column']}: {check['check_id']} | {check['severity']} | {check['rows_failed']} | {check['rows_checked']} |"
            for check in report["checks"]["failed"]
        ]
    if report["issues"]["items"]:
        summary += ["", "## Refused and doubted", ""]
        summary += [
            f"- {item['severity']}: `{item['message'].replace('`', '´')}`" for item in report["issues"]["items"]
        ]
    return "\n".join(summary) + "\n"
