"""What the command `export` is asked."""

import argparse

from pipelines.options import Commands, add_json, add_processed, as_path, as_text


def add_export(commands: Commands) -> argparse.ArgumentParser:
    """`export`: the tables of a release as CSV files, or as one DuckDB file."""
    export = commands.add_parser(
        "export",
        help="write a release as CSV files or as a DuckDB file",
        description="Write the tables of a release as CSV files for spreadsheets, or as one DuckDB file. In CSV a text that a spreadsheet would "
        "take for a formula gets an apostrophe before it, and what steers a terminal is spelled out; the release itself is not touched "
        "(docs/search.md).",
    )
    export.add_argument(
        "release", nargs="?", type=as_text, default="current", metavar="RELEASE", help="id or tag of a release (default: current)"
    )  # fmt: skip
    target = export.add_mutually_exclusive_group(required=True)
    target.add_argument("--csv", type=as_path, metavar="DIR", help="write a CSV file for each table into a folder")
    target.add_argument(
        "--duckdb", type=as_path, metavar="FILE", help="write all tables and some views into a DuckDB file"
    )
    export.add_argument(
        "--table", dest="tables", action="append", type=as_text, metavar="T", help="a table to export; may be given several times (default: all)"
    )  # fmt: skip
    export.add_argument(
        "--excel", action="store_true", help="begin each CSV file with the mark by which Excel knows UTF-8"
    )
    export.add_argument("--force", action="store_true", help="replace files that are there")
    add_processed(export)
    add_json(export)
    export.set_defaults(run=_run)
    return export


def _run(options: argparse.Namespace) -> int:
    from pipelines.arrow_alone import use_arrow_alone

    use_arrow_alone()
    from pipelines.export.command import ExportSettings, export

    export(
        ExportSettings(
            options.processed, options.release, options.csv, options.duckdb, tuple(options.tables or ()), options.excel, options.force, options.json
        )
    )  # fmt: skip
    return 0
