"""Documentation that follows from declarations: `python -m pipelines.documentation` writes it anew, a test holds it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.descriptors.dictionary import dictionary_csv
from pipelines.descriptors.mapping_page import mapping_page
from pipelines.problems import PROBLEMS
from pipelines.titles.authority import load
from schemas import TABLE_VERSION
from schemas.declared import as_json, table_names
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
  rejected/<release_id>/     what the quality gate kept back (docs/gate.md)
  report.html                the report of the current release: also what changed, and the gate
  report-<release_id>.html   that of another one, where it was asked for or kept back
  explorer/                  what `archive-listings explorer` writes (docs/explorer.md)
```

A release holds the tables below as Parquet files, `manifest.json` (SHA-256, rows and bytes of each file, and of what was
read), the quality report, `report.html` for people and `report.json` for programs
([docs/report.md](../docs/report.md)), and descriptors of the tables, `datapackage.json` (Frictionless Data Package) and
`croissant.json` (Croissant, JSON-LD). [docs/loading.md](../docs/loading.md) shows how to read them with pandas, polars, DuckDB and others,
[docs/mapping.md](../docs/mapping.md) what the columns are in Dublin Core and schema.org, and `docs/data-dictionary.csv` has this page for programs. Text is plain UTF-8,
dates are days, and what repeats has a table of its own. `explorer.html`, in releases of up to 20,000 documents, is all of it to search and
read in a browser ([docs/explorer.md](../docs/explorer.md)). The last few releases are kept, and every tagged one (`tags/NAME` is a link
to it, and reads like `current`); `releases.jsonl` holds their order, `last-run.json` tells how the last run
ended and what it took ([docs/schedule.md](../docs/schedule.md)), `.lock` keeps two builds apart, `.cache` is what builds
remember (docs/incremental.md) and can be deleted, and `.prefect` is the home of a Prefect server that a build started for itself.

{contents}

{tables}"""

_DIFFERENCES = """# What differs between two releases

```sh
archive-listings diff                          # what the last publishing changed
archive-listings diff A B                      # what differs between any two
archive-listings diff A B --json               # the same for a program: every difference, by its kind
archive-listings diff A B --parquet FILE       # the same as a table
```

`A` and `B` are ids, tags, `current`, ids of rejected releases ([gate.md](gate.md)), or folders. Without `B` it is `current`, without `A` the
release that was published before. Releases of an earlier version can be compared: columns that only one of them has are left out. Exit
codes: 0 compared, whether or not they differ; 1 one cannot be read; 2 wrong usage.

Two documents belong together where they have the same id, where an entry stands in both (the id of an entry stays while the bytes of its page
do), or where a redirect leads from the one to the other. A document with no counterpart is new or gone; one with several before is merged,
one with several after is split; one with a single counterpart, or one of the same id, is compared column by column. So a page
that was saved again changes nothing but the counts, and a merge is told as such even where the surviving id is that of neither part.
Comparing the other way round says the same the other way round (`tests/compare/test_laws.py`).

Counts for each collection: documents before and after, of each kind, and those that joined or left it without being new or gone. Documents
in no collection have a row of their own.

Two releases of 200,000 entries and 105,000 documents take 1.5 to 2 seconds of CPU and 450 MB, the start of Python included.

## The table

{grain} Nulls are told in the column's meaning. The schema is declared in `schemas/differences.py`; dates are `YYYY-MM-DD`, truth is `true`
or `false`, numbers are decimal.

{columns}
"""

_GENRES = """# Genres

What `documents.genre` may be: the kind of document that a title names, generated from
[pipelines/titles/data/genres.toml](../pipelines/titles/data/genres.toml). How it is read is told in [titles.md](titles.md); where a title names no
kind it is null, and `other` is a kind that is named and has no code of its own.

The terms are those of the Getty Art & Architecture Thesaurus (AAT) and of the Library of Congress Genre/Form Terms (LCGFT) that hold such
documents, as wide or wider. An identifier is given only where it was seen beside its term; a term without one stands for itself.

| code | name | what is meant | terms | some of its words |
|---|---|---|---|---|
{rows}
"""

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
        contents="\n".join(["| table | one row per | key |", "|---|---|---|", *map(_content_row, table_names())]),
        tables="\n\n".join(map(_section, table_names())) + "\n",
    )


def problems_page() -> str:
    """The page about problems: code, severity, meaning."""
    rows = (f"| `{code}` | {problem.severity} | {problem.meaning} |" for code, problem in PROBLEMS.items())
    return _PROBLEMS.format(rows="\n".join(rows))


def genres_page() -> str:
    """The page about genres: code, definition, terms of others, and words that name each."""
    rows = (
        f"| `{genre['code']}` | {genre['name']} | {genre['definition']} | {_terms(genre)} | {_some_words(genre['words'])} |"
        for genre in load("genres.toml")["genre"]
    )
    return _GENRES.format(rows="\n".join(rows))


def _terms(genre: Mapping[str, Any]) -> str:
    """Terms of the two vocabularies, each with its identifier where that is known."""
    told = [
        f"{name.upper()} {genre[f'{name}_term']}" + (f" (`{genre[name]}`)" if name in genre else "")
        for name in ("aat", "lcgft")
        if f"{name}_term" in genre
    ]
    return "; ".join(told)


def _some_words(words: Sequence[str]) -> str:
    return ", ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")


_MOST_WORDS = 8


def differences_page() -> str:
    """The page about comparing releases: what is told, and the columns of its table."""
    return _DIFFERENCES.format(grain=grain("differences"), columns=column_table("differences"))


def _content_row(table: str) -> str:
    what = grain(table).removeprefix("One row per ").rstrip(".")
    return f"| [`{table}`](#{table}) | {what} | {', '.join(f'`{column}`' for column in key(table))} |"


def _section(table: str) -> str:
    links = [f"`{link.column}` leads to `{link.table}.{link.target}`" for link in foreign_keys(table)]
    leads = f"\n\n{'; '.join(links)}." if links else ""
    return f"## {table}\n\n{grain(table)}\n\n{column_table(table)}{leads}"


PAGES = {
    "processed/README.md": processed_page,
    "docs/problems.md": problems_page,
    "docs/differences.md": differences_page,
    "docs/mapping.md": mapping_page,
    "docs/data-dictionary.csv": dictionary_csv,
    "docs/genres.md": genres_page,
    "schemas/declared.json": as_json,
}


def main() -> None:
    """Write every generated page, and what the models declare."""
    for path, page in PAGES.items():
        (_HOUSE / path).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
