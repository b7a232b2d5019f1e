"""Documentation that follows from declarations: `python -m pipelines.documentation` writes it anew, a test holds it."""

from pathlib import Path

from pipelines.problems import PROBLEMS
from schemas import TABLE_VERSION, TABLES
from schemas.derive import column_table, foreign_keys, grain, key

_HOUSE = Path(__file__).parent.parent

_PROCESSED = """# processed/

What `archive-listings build` publishes. This page is generated from the schemas (table version {version}); the releases
themselves are not under version control.

```
processed/
  current                    -> releases/<release_id>   (a relative link, switched in one atomic step)
  releases/<release_id>/     one complete, immutable set; the id comes from the content
  tags/<name>                -> ../releases/<release_id>  (where you tagged one)
```

A release holds the tables below as Parquet files, `manifest.json` (SHA-256, rows and bytes of each file, and of what was
read), `datapackage.json` (a Frictionless Data Package descriptor of the tables) and `report.json` (the quality report).
Read `processed/current/documents.parquet` with pandas, polars, DuckDB or R; no option is needed. Text is plain UTF-8,
dates are days, and what repeats has a table of its own. The last few releases are kept, and every tagged one (`tags/NAME` is a link
to it, and reads like `current`); `releases.jsonl` holds their order, `.lock` keeps two builds apart, and `.prefect` is the home of a
Prefect server that a build started for itself.

{contents}

{tables}"""

_PROBLEMS = """# Problems

Every code in `issues.problem`, generated from `pipelines/problems.py`. An error is something refused, a warning something
doubted, an info something worth knowing.

| code | severity | meaning |
|---|---|---|
{rows}
"""


def processed_page() -> str:
    """The page about tables: what one row is, the key, the columns and where they lead."""
    return _PROCESSED.format(
        version=TABLE_VERSION,
        contents="\n".join(["| table | one row per | key |", "|---|---|---|", *map(_content_row, TABLES)]),
        tables="\n\n".join(map(_section, TABLES)) + "\n",
    )


def problems_page() -> str:
    """The page about problems: code, severity, meaning."""
    rows = (f"| `{code}` | {problem.severity} | {problem.meaning} |" for code, problem in PROBLEMS.items())
    return _PROBLEMS.format(rows="\n".join(rows))


def _content_row(table: str) -> str:
    what = grain(table).removeprefix("One row per ").rstrip(".")
    return f"| [`{table}`](#{table}) | {what} | {', '.join(f'`{column}`' for column in key(table))} |"


def _section(table: str) -> str:
    links = [f"`{link.column}` leads to `{link.table}.{link.target}`" for link in foreign_keys(table)]
    leads = f"\n\n{'; '.join(links)}." if links else ""
    return f"## {table}\n\n{grain(table)}\n\n{column_table(table)}{leads}"


PAGES = {"processed/README.md": processed_page, "docs/problems.md": problems_page}


def main() -> None:
    """Write every generated page."""
    for path, page in PAGES.items():
        (_HOUSE / path).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
