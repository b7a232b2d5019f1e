"""What a release holds beside its tables and its manifest: the report, the explorer, and descriptors of the tables.

Each follows from the tables and their files alone, so that whoever has the tables can make it again.
"""

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pipelines import __version__
from pipelines.descriptors import make_descriptors
from pipelines.release.durable import json_text
from pipelines.release.manifest import Files

REPORT_PAGE, EXPLORER_PAGE = "report.html", "explorer.html"


def make_contents(tables: Mapping[str, pa.Table], report: Mapping[str, Any], files: Files) -> dict[str, bytes]:
    """The bytes of every such file, by name; `files` are the facts of the tables' files."""
    texts = {name: json_text(said).encode() for name, said in make_descriptors(files, __version__).items()}
    return {"report.json": json_text(report).encode(), **make_pages(tables, report), **texts}


def make_pages(tables: Mapping[str, pa.Table], report: Mapping[str, Any]) -> dict[str, bytes]:
    """The pages for people, by name; a release that is too large for one page has no explorer."""
    from pipelines.explore.inline import explorer_files  # noqa: PLC0415 jinja2 is imported where a page is made
    from pipelines.report.rendering import render_report  # noqa: PLC0415 as above

    # Of what a program reads back, so that whoever has the one can make the other.
    return {REPORT_PAGE: render_report(json.loads(json_text(report))).encode(), **explorer_files(tables)}
