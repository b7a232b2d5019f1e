"""The report for programs: every number in it can be computed again from the tables."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.report.collections import describe_collections
from pipelines.report.counting import Row, Tables, tally, total, total_of
from pipelines.report.merging import describe_merged, describe_review
from pipelines.report.missing import describe_missing
from pipelines.report.parties import describe_parties
from pipelines.report.periods import by_period
from pipelines.report.problems import describe_issues
from schemas.derive import arrow_schema

REPORT_VERSION = "1.1"
FATES = ("entry", "furniture", "issue", "blank")
# The report names what is wrong; the tables hold all of it.
MOST_CUT_PAGES = 50


def make_report(tables: Tables) -> dict[str, Any]:
    """What a release holds and what is wrong with it, from its tables alone: the same tables give the same report.

    Its form is declared in `schemas/report.schema.json`; lists that can be long hold the first items, beside a count of all.
    """
    return {
        "report_version": REPORT_VERSION,
        "counts": {name: table.num_rows for name, table in sorted(tables.items())},
        "reconciliation": _reconcile(tables),
        "pages": _describe_pages(tables["pages"]),
        "documents": _describe_documents(tables["documents"]),
        "columns": _describe_columns(tables),
        "collections": describe_collections(tables),
        "parties": describe_parties(tables),
        "matches": {
            "by_decision": tally(tables["matches"], "decision"),
            "by_rule": tally(tables["matches"], "rule"),
            "review": describe_review(tables),
            "merged": describe_merged(tables),
        },
        "issues": describe_issues(tables["issues"]),
        "missing": describe_missing(tables),
        "checks": _describe_checks(tables["quality"]),
    }


def _reconcile(tables: Tables) -> dict[str, Any]:
    pages, entries, documents = tables["pages"], tables["entries"], tables["documents"]
    return {
        "lines": {
            "line_count": total(pages, "line_count"),
            **{f"{fate}_line_count": total(pages, f"{fate}_line_count") for fate in FATES},
        },
        "entries": {
            "entry_count": entries.num_rows,
            "document_count": documents.num_rows,
            "merged_entry_count": entries.num_rows - documents.num_rows,
        },
    }


def _describe_pages(pages: pa.Table) -> dict[str, Any]:
    cut = pages.filter(pages.column("is_cut")).sort_by([("source_path", "ascending"), ("page_id", "ascending")])
    shown = ["source_path", "line_count", "entry_count", "pager_first", "pager_last", "pager_total"]
    return {
        "by_layout": tally(pages, "layout"),
        "by_kind": tally(pages, "kind"),
        "cut_page_count": total(pages, "is_cut"),
        "cut": cut.select(shown).slice(0, MOST_CUT_PAGES).to_pylist(),
    }


def _describe_documents(documents: pa.Table) -> dict[str, Any]:
    return {
        "by_date_precision": tally(documents, "date_precision"),
        "on_several_pages": total_of(pc.greater(documents.column("page_count"), 1)),
        "with_variants": total(documents, "has_variants"),
        "undated_document_count": documents.column("year_start").null_count,
        **by_period(documents),
        "by_genre": tally(documents, "genre"),
        "by_number_kind": tally(documents, "number_kind"),
    }


def _describe_columns(tables: Tables) -> list[Row]:
    """How often each column that may hold nothing holds something, table by table."""
    return [
        {
            "table": name,
            "column": field.name,
            "row_count": table.num_rows,
            "filled_count": table.num_rows - table.column(field.name).null_count,
        }
        for name, table in sorted(tables.items())
        for field in arrow_schema(name)
        if field.nullable
    ]


def _describe_checks(quality: pa.Table) -> dict[str, Any]:
    failed = quality.filter(pc.invert(quality.column("passed")))
    return {
        "check_count": quality.num_rows,
        "failed_check_count": failed.num_rows,
        "by_severity": tally(quality, "severity"),
        "failed_by_severity": tally(failed, "severity"),
        "failed": failed.to_pylist(),
    }
