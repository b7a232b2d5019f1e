"""How well and how fast documents are told apart, beside peer systems on the same records, measured in the same run.

    python benchmarks/deduplication.py [--entries 100000] [--seed 1] [--noise plain|hard] [--density 1]
                                       [--records FILE.parquet | --er FOLDER]
                                       [--systems ours,exact,rapidfuzz,duckdb,splink,floor] [--rounds 1] [--json]

Records are made by records.py, or read: FILE.parquet has the same columns, FOLDER a labelled set of record linkage as
records.csv (record_id, source, title, authors, venue, year) and gold.csv (record_id, cluster_id), whose year becomes the date,
whose authors and venue the summary, and whose sources are thrown into one. Truth is in `document` and `kind`, which
no system is given.

Precision, recall and F1 count pairs of records after clustering. `overmerged` is the share of the documents of a kind of
look-alikes that share a cluster with another document. Each system runs in a fresh process of its own, with Python's cycle
collector paused, as a build does: CPU seconds are user and system of the process and its children, from opening the Parquet file
to a table of records and clusters, imports not counted; with --rounds medians, the systems taking turns. Peak memory is
that of the whole process. The systems are in baselines.py. The floor reads the file and groups by equal date, title and
summary. Splink has its own environment (`make setup-benchmarks`) and is left out where that is missing, or above 100,000
records.
"""

from __future__ import annotations

import argparse
import csv
import gc
import importlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

HOUSE = Path(__file__).parents[1]
sys.path.insert(0, str(HOUSE))

from benchmarks.baselines import SYSTEMS, System  # noqa: E402 found by the line above

if TYPE_CHECKING:
    import pyarrow as pa

PEERS = HOUSE / ".venv-benchmarks" / "bin" / "python"


def ours(path: str) -> pa.Table:
    """What the build does with the same records; a record whose page is not known is on a page of its own."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from pipelines.deduplicate import deduplicate

    table = pq.read_table(path, columns=["record", "page", "date", "title", "summary", "url"])
    table = table.set_column(1, "page", pc.coalesce(table["page"], table["record"]))
    result = deduplicate(table.rename_columns(["entry_id", "page_id", "date", "title", "summary", "url"]))
    return result.entries.select(["entry_id", "document_id"]).rename_columns(["record", "cluster"])


ALL_SYSTEMS = {"ours": System(ours, ("pyarrow.parquet", "pyarrow.compute", "pipelines.deduplicate")), **SYSTEMS}


def measure(name: str, records: Path, out: Path) -> dict[str, float]:
    """Run one system in this process; write its clusters, and return what it took."""
    import pyarrow.parquet as pq

    system = ALL_SYSTEMS[name]
    started = cpu_seconds()
    for module in system.modules:
        importlib.import_module(module)
    gc.disable()
    imported, clock = cpu_seconds(), time.perf_counter()
    table = system.run(str(records))
    took = {
        "cpu_seconds": cpu_seconds() - imported,
        "wall_seconds": time.perf_counter() - clock,
        "import_seconds": imported - started,
        "peak_mb": peak_mb(),
    }
    pq.write_table(table, out)
    return took


def cpu_seconds() -> float:
    """User and system time of this process and of the children that it has waited for."""
    both = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in both)


def peak_mb() -> float:
    """The most memory that this process had, and the largest of its children.

    Linux says it of the program that runs now; what `getrusage` says begins with the size of the one that started it.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024 + children
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + children


def in_a_process(name: str, records: Path, out: Path) -> dict[str, float]:
    """Measure in a process of its own, Splink in its own environment."""
    python = str(PEERS) if name == "splink" and PEERS.exists() else sys.executable
    command = [python, __file__, "--measure", name, "--records", str(records), "--other", str(out)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 our own script
    took: dict[str, float] = json.loads(printed)
    return took


def score(records: Path, clusters: Path) -> dict[str, Any]:
    """Pairs of records after clustering against the truth; a record that a system lost is a cluster of its own."""
    import duckdb

    database = duckdb.connect()
    database.read_parquet(str(records)).create_view("truth")
    database.read_parquet(str(clusters)).create_view("found")
    repeated = database.execute("SELECT count(*) - count(DISTINCT record) FROM found").fetchall()[0][0]
    if repeated:
        message = f"{repeated} records are in more than one cluster"
        raise ValueError(message)
    database.execute("""
        CREATE TABLE cells AS
        SELECT kind, document, coalesce(cluster::VARCHAR, 'lost ' || record) AS cluster, count(*) AS n
        FROM truth LEFT JOIN found USING (record) GROUP BY ALL
    """)
    right, made, gold, documents, clusters_made = database.execute("""
        SELECT
            (SELECT sum(n * (n - 1) // 2) FROM cells),
            (SELECT sum(n * (n - 1) // 2) FROM (SELECT sum(n) AS n FROM cells GROUP BY cluster)),
            (SELECT sum(n * (n - 1) // 2) FROM (SELECT sum(n) AS n FROM cells GROUP BY document)),
            (SELECT count(DISTINCT document) FROM cells),
            (SELECT count(DISTINCT cluster) FROM cells)
    """).fetchall()[0]
    precision, recall = float(right / made) if made else 1.0, float(right / gold) if gold else 1.0
    kinds = database.execute("""
        WITH mixed AS (SELECT cluster FROM cells GROUP BY cluster HAVING count(*) > 1),
        documents AS (SELECT kind, document, bool_or(cluster IN (FROM mixed)) AS mixed, count(*) > 1 AS split FROM cells GROUP BY ALL)
        SELECT kind, avg(mixed::INT), avg(split::INT) FROM documents GROUP BY kind ORDER BY kind
    """).fetchall()
    return {
        "documents": documents,
        "clusters": clusters_made,
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "overmerged": {kind: mixed for kind, mixed, _ in kinds},
        "split": {kind: split for kind, _, split in kinds},
    }


def lost_by_noise(records: Path, clusters: Path) -> dict[str, float]:
    """Of the listings that bear one kind of noise alone, the share that is not where most of the document is."""
    import duckdb

    database = duckdb.connect()
    database.read_parquet(str(records)).create_view("truth")
    database.read_parquet(str(clusters)).create_view("found")
    rows = database.execute("""
        WITH listed AS (SELECT document, cluster, noise FROM truth JOIN found USING (record)),
        sizes AS (SELECT document, cluster, count(*) AS n FROM listed GROUP BY ALL),
        places AS (SELECT document, arg_max(cluster, n) AS cluster FROM sizes GROUP BY document HAVING sum(n) > 1)
        SELECT noise, avg((listed.cluster != places.cluster)::INT) FROM listed JOIN places USING (document)
        WHERE noise != '' AND NOT contains(noise, ';') GROUP BY noise ORDER BY noise
    """).fetchall()
    return dict(rows)


def read_linkage_set(folder: Path, out: Path) -> int:
    """A labelled set of record linkage as records; returns how many."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with (folder / "gold.csv").open(encoding="utf-8", newline="") as file:
        gold = {row["record_id"]: row["cluster_id"] for row in csv.DictReader(file)}
    with (folder / "records.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            {
                "record": row["record_id"],
                "page": None,
                "date": row["year"] or None,
                "title": row["title"] or None,
                "summary": ". ".join(part for part in (row["authors"], row["venue"]) if part) or None,
                "url": None,
                "document": gold.get(row["record_id"], f"only {row['record_id']}"),
                "kind": "any",
                "noise": "",
            }
            for row in csv.DictReader(file)
        ]
    pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in rows[0]])), out)
    return len(rows)


def find_records(options: argparse.Namespace, folder: Path) -> tuple[Path, str]:
    """The records to use, made or read, and what to call them."""
    made = folder / "records.parquet"
    if options.records:
        return options.records, options.records.name
    if options.er:
        read_linkage_set(options.er, made)
        return made, options.er.name
    from benchmarks.records import write_records

    write_records(made, options.entries, options.seed, options.noise, options.density)
    return made, f"made with seed {options.seed}, {options.noise}, density {options.density}"


def runnable(names: list[str], records: int) -> tuple[list[str], list[str]]:
    """The systems to run, and why others are not."""
    left_out = {}
    for name in names:
        most = ALL_SYSTEMS[name].most_records
        if most and records > most:
            left_out[name] = f"not run on more than {most:,} records"
        elif name == "splink" and not PEERS.exists() and not find_spec("splink"):
            left_out[name] = "not installed (make setup-benchmarks)"
    return [name for name in names if name not in left_out], [f"{name}: {why}" for name, why in left_out.items()]


def show(found: dict[str, dict[str, Any]], heading: str, notes: list[str]) -> None:
    """The one table."""
    kinds = list(next(iter(found.values()))["overmerged"])
    own = found.get("ours", {}).get("cpu_seconds")
    print(f"{heading}\n")
    print(" " * 85 + "overmerged, % of documents of a kind")
    print(
        f"{'system':<10}{'clusters':>10}{'precision':>11}{'recall':>8}{'F1':>8}{'CPU s':>8}{'of ours':>9}"
        f"{'peak MB':>9}{'import s':>10}  " + "".join(f"{kind:>10}" for kind in kinds)
    )
    for name, one in found.items():
        ratio = f"{one['cpu_seconds'] / own:.2f}" if own else "-"
        print(
            f"{name:<10}{one['clusters']:>10,}{one['precision']:>11.4f}{one['recall']:>8.4f}{one['f1']:>8.4f}"
            f"{one['cpu_seconds']:>8.2f}{ratio:>9}{one['peak_mb']:>9.0f}{one['import_seconds']:>10.2f}  "
            + "".join(f"{one['overmerged'][kind] * 100:>10.2f}" for kind in kinds)
        )
    for note in notes:
        print(note)


def report(options: argparse.Namespace, folder: Path) -> None:
    """All systems, then the table."""
    import pyarrow.parquet as pq

    records, name = find_records(options, folder)
    count = pq.read_metadata(records).num_rows
    systems, notes = runnable(options.systems, count)
    rounds = [
        {system: in_a_process(system, records, folder / f"{system}.parquet") for system in systems}
        for _ in range(options.rounds)
    ]
    with_noise = "noise" in pq.read_schema(records).names
    found = {
        system: {
            **score(records, folder / f"{system}.parquet"),
            **{part: median(one[system][part] for one in rounds) for part in rounds[0][system]},
            **({"lost_by_noise": lost_by_noise(records, folder / f"{system}.parquet")} if with_noise else {}),
        }
        for system in systems
    }
    if options.json:
        print(json.dumps({"records": count, "input": name, "systems": found, "notes": notes}, indent=1))
    else:
        documents = next(iter(found.values()))["documents"]
        show(found, f"{count:,} records of {documents:,} documents: {name}", notes)


def names_of(text: str) -> list[str]:
    """Systems by their names."""
    names = text.split(",")
    if unknown := [name for name in names if name not in ALL_SYSTEMS]:
        message = f"{', '.join(unknown)}: not one of {', '.join(ALL_SYSTEMS)}"
        raise argparse.ArgumentTypeError(message)
    return names


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--noise", choices=("plain", "hard"), default="plain")
    parser.add_argument("--density", type=int, default=1, help="10: the dates of all are in one tenth of the years")
    parser.add_argument("--records", type=Path, help="labelled records to read in place of made ones")
    parser.add_argument("--er", type=Path, help="a folder with a labelled set of record linkage")
    parser.add_argument("--systems", type=names_of, default=list(ALL_SYSTEMS))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", choices=ALL_SYSTEMS, help=argparse.SUPPRESS)
    parser.add_argument("--other", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.records, options.other)))
        return
    with tempfile.TemporaryDirectory() as folder:
        report(options, Path(folder))


if __name__ == "__main__":
    main()
