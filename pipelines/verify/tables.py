"""The tables of a release, read with their checksums: columns, keys, laws, and what report, descriptor and manifest say of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.descriptors import DATA_PACKAGE, make_descriptors
from pipelines.errors import StructureError
from pipelines.laws import check_foreign_keys, check_keys, check_laws
from pipelines.parquet import read_table
from pipelines.quality import check_content
from pipelines.release.durable import json_text
from pipelines.release.manifest import make_manifest
from pipelines.release.places import MANIFEST
from pipelines.report import make_report
from pipelines.validate import CheckResult, validate
from pipelines.verify.faults import REPORT, RESTORE, Fault
from schemas import TABLE_VERSION
from schemas.declared import table_names
from schemas.derive import arrow_schema

Tables = Mapping[str, pa.Table]


def read_tables(release: Path) -> tuple[dict[str, pa.Table], list[Fault]]:
    """Every table, each page against its checksum; and those that cannot be read or are not as declared."""
    tables: dict[str, pa.Table] = {}
    faults: list[Fault] = []
    for name in table_names():
        path = release / f"{name}.parquet"
        try:
            table = read_table(path)
        except (OSError, pa.ArrowException) as error:
            faults.append(Fault(path.name, f"cannot be read: {error}", RESTORE))
            continue
        if table.schema.equals(arrow_schema(name), check_metadata=True):
            tables[name] = table
        else:
            faults.append(Fault(path.name, "not the columns that this version declares", REPORT))
    return tables, faults


def check_rows(tables: Tables) -> tuple[list[CheckResult], list[Fault]]:
    """Every check of a build, run again: the results, and those that a published release cannot have failed."""
    results: list[CheckResult] = []
    faults: list[Fault] = []
    for name, table in tables.items():
        try:
            found = validate(name, table)
        except StructureError as error:
            faults.append(Fault(f"{name}.parquet", str(error).removeprefix(f"{name}: "), REPORT))
            continue
        results += found.results
        faults += [
            Fault(f"{name}.parquet", f"row {row + 1}: {check_id} of {column} failed: {value}", REPORT)
            for row, check_id, column, value in found.refusals[:1]
        ]
    again = [*check_keys(tables), *check_foreign_keys(tables), *check_laws(tables), *check_content(tables)]
    faults += [
        Fault(f"{r.table}.parquet", f"{r.column}: {r.check_id}: {r.rows_failed} of {r.rows_checked} failed: {r.description}", REPORT)
        for r in again
        if r.severity == "error" and not r.passed
    ]  # fmt: skip
    faults += _check_quality(tables["quality"], again)
    return [*results, *again], faults


def _check_quality(quality: pa.Table, again: Sequence[CheckResult]) -> Iterator[Fault]:
    """`quality` has the counts that are found now; checks of single rows saw the rows that were then left out, so they are not compared."""
    columns = ("check_id", "table", "column", "rows_checked", "rows_failed")
    published = {
        tuple(row[:3]): tuple(row[3:])
        for row in zip(*(quality.column(name).to_pylist() for name in columns), strict=True)
    }
    for result in again:
        # `quality` was checked before its own rows were in it.
        if result.table == "quality":
            continue
        told = published.get((result.check_id, result.table, result.column))
        if told != (result.rows_checked, result.rows_failed):
            now = f"{result.rows_failed} of {result.rows_checked}"
            said = f"{told[1]} of {told[0]}" if told else "nothing"
            where = f"{result.table}.{result.column}: {result.check_id}"
            yield Fault("quality.parquet", f"{where}: says that {said} failed, and {now} do", REPORT)


def report_of(tables: Tables) -> dict[str, Any]:
    """The report that the tables give, as JSON holds it."""
    report: dict[str, Any] = json.loads(json_text(make_report(tables)))
    return report


def check_report(release: Path, expected: Mapping[str, Any]) -> list[Fault]:
    """The numbers of the report against the one that the tables give.

    Raises:
        OSError: it cannot be read.
    """
    try:
        said = json.loads((release / "report.json").read_bytes())
    except ValueError:
        return [Fault("report.json", "no JSON", REPORT)]
    return [
        Fault("report.json", f"{where}, and the tables say otherwise", REPORT)
        for where in list(differences(said, expected))[:10]
    ]


def check_descriptions(release: Path, facts: Mapping[str, Mapping[str, Any]], tables: Tables) -> list[Fault]:
    """Descriptors and manifest, made again from files and tables, against those that are there, byte by byte.

    Raises:
        OSError: one of them cannot be read.
    """
    try:
        code_version = str(json.loads((release / DATA_PACKAGE).read_bytes())["code_version"])
        said = json.loads((release / MANIFEST).read_bytes())
        order = [name for name in said["files"] if name in facts]
    except (ValueError, TypeError, KeyError):
        return [Fault(DATA_PACKAGE, "no JSON, or names no version of the code", REPORT)]
    files = {name: _with_rows(name, facts[name], tables) for name in order}
    faults = [
        Fault(name, "does not describe the tables that are there", REPORT)
        for name, descriptor in make_descriptors(files, code_version).items()
        if (release / name).read_bytes() != json_text(descriptor).encode()
    ]
    expected = make_manifest(files, tables["pages"], code_version)
    if (release / MANIFEST).read_bytes() != json_text(expected).encode():
        where = next(differences(said, json.loads(json_text(expected))), "it is written otherwise")
        faults.append(Fault(MANIFEST, f"not as it was published: {where}", RESTORE))
    return faults


def _with_rows(name: str, facts: Mapping[str, Any], tables: Tables) -> dict[str, Any]:
    table, _, kind = name.partition(".")
    if kind != "parquet":
        return dict(facts)
    return {**facts, "rows": tables[table].num_rows, "table_version": TABLE_VERSION}


def differences(said: object, expected: object, where: str = "") -> Iterator[str]:
    """Where two values of JSON differ: the place, and what is said there.

    >>> list(differences({"a": {"b": 1}, "c": 2}, {"a": {"b": 3}, "c": 2}))
    ['a.b says 1']
    """
    if isinstance(said, dict) and isinstance(expected, dict):
        for name in [*expected, *(name for name in said if name not in expected)]:
            yield from differences(said.get(name), expected.get(name), f"{where}.{name}" if where else str(name))
    elif isinstance(said, list) and isinstance(expected, list) and len(said) == len(expected):
        for at, (one, other) in enumerate(zip(said, expected, strict=True)):
            yield from differences(one, other, f"{where}[{at}]")
    elif said != expected or type(said) is not type(expected):
        yield f"{where or 'it'} says {json.dumps(said, ensure_ascii=False)[:80]}"
