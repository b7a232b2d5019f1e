"""How fast a build is, beside the least that any build must do, measured in the same run.

    python benchmarks/throughput.py [--entries 100000] [--seed 1] [--raw DIR] [--rounds 3] [--json]

The limit: read every file, sha256, decode, split into lines; and write the finished tables with the same options. Both run
as processes of their own, by turns, imports not counted, bytecode compiled first. CPU seconds are medians of the rounds;
ratios are what to quote, for machines differ.
"""

from __future__ import annotations

import argparse
import compileall
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

HOUSE = Path(__file__).parents[1]
READING, WRITING = "(read, hash, decode, split)", "(write the same tables)"


class Stages:
    """CPU seconds by stage, in the order in which they ran."""

    def __init__(self) -> None:
        """Start the clock."""
        self.seconds: dict[str, float] = {}
        self.last = time.process_time()

    def end(self, stage: str) -> None:
        """Book the time since the last stage ended."""
        now = time.process_time()
        self.seconds[stage] = now - self.last
        self.last = now


def measure_limit(raw: Path, release: Path) -> dict[str, float]:
    """Do the least that must be done, and nothing else."""
    import pyarrow.parquet as pq

    from pipelines.parquet import write_table
    from schemas import TABLES

    tables = {name: pq.read_table(release / f"{name}.parquet") for name in TABLES}
    paths = sorted(path for path in raw.rglob("*.txt"))
    gc.disable()
    stages = Stages()
    for path in paths:
        with path.open("rb", buffering=0) as file:
            data = file.read()
        sha256(data).hexdigest()
        data.decode().split("\n")
    stages.end(READING)
    with tempfile.TemporaryDirectory() as folder:
        for name, table in tables.items():
            write_table(name, table, Path(folder) / f"{name}.parquet")
        stages.end(WRITING)
    return stages.seconds


def measure_build(raw: Path, processed: Path) -> dict[str, float]:
    """Build, one stage after another; the same functions in the same order as `pipelines.build.build`."""
    from pipelines.build import check_tables
    from pipelines.captures import merge_readings
    from pipelines.deduplicate import deduplicate
    from pipelines.extract import read_page
    from pipelines.holdings import find_collections
    from pipelines.read import find_sources, read_source
    from pipelines.records import PageText, RawReading
    from pipelines.release import publish
    from pipelines.settings import LIMITS
    from pipelines.tables import Findings, entries_table, make_tables
    from pipelines.validate import validate

    processed.mkdir()
    gc.disable()
    stages = Stages()
    sources, issues = find_sources(raw)
    stages.end("find pages")
    texts = [text for source in sources for text in read_source(source, LIMITS)]
    stages.end("read pages")
    readings = [read_page(text) for text in texts if isinstance(text, PageText)]
    del texts
    stages.end("extract entries")
    merged = merge_readings([RawReading(tuple(readings))], issues)
    collections = find_collections(merged.pages)
    entries = entries_table(merged.pages)
    stages.end("make entries")
    found = deduplicate(entries)
    stages.end("tell documents apart")
    issues = [*merged.issues, *(issue for page in merged.pages for issue in page.issues), *found.issues]
    tables = make_tables(Findings(merged.pages, entries, collections, found, issues))
    stages.end("make tables")
    checked = check_tables(tables, validate("entries", tables["entries"]).results)
    stages.end("validate")
    publish(processed, checked.tables, checked.report)
    stages.end("publish")
    return stages.seconds


def measure_whole(raw: Path, processed: Path) -> dict[str, float]:
    """Build as the command does."""
    from pipelines.build import BuildSettings, build
    from pipelines.engine import LocalEngine

    stages = Stages()
    build(BuildSettings(raw, processed), LocalEngine())
    stages.end("the whole build")
    return stages.seconds


def in_a_process(what: str, raw: Path, other: Path) -> tuple[dict[str, float], float]:
    """Measure in a process of its own: seconds by stage, and its peak memory in MB."""
    command = [sys.executable, __file__, "--measure", what, "--raw", str(raw), "--other", str(other)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 our own script
    found = json.loads(printed)
    return found["seconds"], found["peak_mb"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--raw", type=Path, help="pages to read in place of generated ones")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", choices=("limit", "build", "whole"), help=argparse.SUPPRESS)
    parser.add_argument("--other", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure = {"limit": measure_limit, "build": measure_build, "whole": measure_whole}[options.measure]
        seconds = measure(options.raw, options.other)
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "peak_mb": peak_mb}))
        return
    for package in ("pipelines", "schemas"):
        compileall.compile_dir(HOUSE / package, quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        report(options, Path(folder))


def report(options: argparse.Namespace, folder: Path) -> None:
    """All rounds, then the table."""
    from benchmarks.pages import write_pages

    raw = options.raw or folder / "made" / "raw"
    if not options.raw:
        write_pages(raw.parent, options.entries, options.seed)
    megabytes = sum(path.stat().st_size for path in raw.rglob("*.txt")) / 1e6
    rounds = []
    for number in range(options.rounds):
        whole, whole_mb = in_a_process("whole", raw, folder / f"whole-{number}")
        stages, _ = in_a_process("build", raw, folder / f"stages-{number}")
        limit, limit_mb = in_a_process("limit", raw, folder / f"whole-{number}" / "current")
        rounds.append({"whole": whole, "stages": stages, "limit": limit, "whole_mb": whole_mb, "limit_mb": limit_mb})
    if options.json:
        print(json.dumps({"megabytes": megabytes, "rounds": rounds}, indent=1))
    else:
        show(rounds, megabytes)


def show(rounds: list[dict], megabytes: float) -> None:
    """Medians and ratios."""

    def middle(part: str, stage: str) -> float:
        return median(one[part][stage] for one in rounds)

    limit = median(sum(one["limit"].values()) for one in rounds)
    reading = middle("limit", READING)
    print(f"{megabytes:.1f} MB of raw, {len(rounds)} rounds, medians\n")
    print(f"{'stage':<28}{'CPU s':>8}{'MB/s':>9}{'of limit':>10}")
    for stage in rounds[0]["limit"]:
        seconds = middle("limit", stage)
        print(f"{stage:<28}{seconds:>8.2f}{megabytes / seconds:>9.1f}{seconds / limit:>10.2f}")
    for stage in rounds[0]["stages"]:
        seconds = middle("stages", stage)
        print(f"{stage:<28}{seconds:>8.2f}{megabytes / max(seconds, 1e-9):>9.1f}{seconds / limit:>10.2f}")
    whole = middle("whole", "the whole build")
    extraction = median(one["stages"]["read pages"] + one["stages"]["extract entries"] for one in rounds)
    print(f"{'the whole build':<28}{whole:>8.2f}{megabytes / whole:>9.1f}{whole / limit:>10.2f}\n")
    print(
        f"whole build / limit: {median(o['whole']['the whole build'] / sum(o['limit'].values()) for o in rounds):.2f}"
    )
    print(f"read and extract / read, hash, decode, split: {extraction / reading:.2f}")
    print(
        f"peak memory: build {median(o['whole_mb'] for o in rounds):.0f} MB, limit {median(o['limit_mb'] for o in rounds):.0f} MB"
    )


if __name__ == "__main__":
    main()
