"""Mutated files, each read twice as a build reads it: nothing may be raised, no line lost, nothing read otherwise again.

    python benchmarks/fuzz.py [--count 100000] [--seed 1] [--workers 2]
    python benchmarks/fuzz.py --seed 1 --only 4711 --out FILE

The files are all pages of the repository in every form that is read, spoiled one to five times (tests/fuzz/mutations.py). The
same seed and number give the same file. Faults are printed with the command that makes the file again; the exit code is 1 if
there is one. Memory is the peak of the worker that needed most.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.fuzz.corpus import corpus
from tests.fuzz.mutations import mutated
from tests.fuzz.trying import MOST_SECONDS, Tried, tried

A_TASK = 250
A_LINE = 5_000
MOST_MB = 500
SHOWN = 20


class Batch(NamedTuple):
    """What some mutated files came to: their sums, the slowest, the faults, and the worker's peak of memory."""

    count: int
    total: Tried
    slowest: tuple[float, int]
    faults: tuple[tuple[int, str, str], ...]
    peak_mb: float


def batch(start: int, *, end: int, seed: int) -> Batch:
    """Try the files of some numbers."""
    files = _files()
    pages = entries = refused = 0
    seconds, slowest = 0.0, (0.0, start)
    faults: list[tuple[int, str, str]] = []
    numbers = range(start, min(start + A_TASK, end))
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            file = mutated(files, seed, number)
            found = tried(file, Path(folder) / "file")
            pages, entries = pages + found.page_count, entries + found.entry_count
            refused, seconds = refused + found.refused_count, seconds + found.seconds
            slowest = max(slowest, (found.seconds, number))
            faults += [(number, file.name, fault) for fault in found.faults]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Batch(len(numbers), Tried(pages, entries, refused, seconds), slowest, tuple(faults), peak)


_FILES: list = []


def _files() -> list:
    """The files to begin from, made once a worker."""
    if not _FILES:
        _FILES.extend(corpus())
    return _FILES


def batches(count: int, seed: int, workers: int) -> Iterator[Batch]:
    """All batches, as they are done."""
    task = partial(batch, end=count, seed=seed)
    if workers == 1:
        yield from map(task, range(0, count, A_TASK))
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap_unordered(task, range(0, count, A_TASK))


def run(count: int, seed: int, workers: int) -> bool:
    """Try all of them, with a line now and then and the figures at the end; whether nothing is wrong."""
    start, done, fault_count, peak, seconds = time.monotonic(), 0, 0, 0.0, 0.0
    pages = entries = refused = 0
    slowest = (0.0, 0)
    for found in batches(count, seed, workers):
        before, done = done, done + found.count
        pages, entries = pages + found.total.page_count, entries + found.total.entry_count
        refused, seconds = refused + found.total.refused_count, seconds + found.total.seconds
        slowest, peak = max(slowest, found.slowest), max(peak, found.peak_mb)
        for number, name, fault in found.faults:
            fault_count += 1
            if fault_count <= SHOWN:
                print(f"fault: {name}: {fault}\n  python benchmarks/fuzz.py --seed {seed} --only {number}", flush=True)
        if done // A_LINE > before // A_LINE:
            print(f"{done:,} of {count:,} in {time.monotonic() - start:.0f} s, {fault_count} faults", flush=True)
    print(
        f"\n{done:,} mutated files, seed {seed}, each read twice: {fault_count} faults\n"
        f"pages {pages:,}, entries {entries:,}, refused pages and files {refused:,}\n"
        f"CPU a file {1000 * seconds / max(1, done):.2f} ms, the slowest {slowest[0]:.2f} s (--only {slowest[1]}; allowed: {MOST_SECONDS:.0f})\n"
        f"peak memory of a worker {peak:.0f} MB (allowed: {MOST_MB})"
    )
    return fault_count == 0 and peak < MOST_MB


def one(seed: int, number: int, out: Path | None) -> bool:
    """Make one file again, and say what is wrong with it."""
    file = mutated(_files(), seed, number)
    path = out or Path(tempfile.mkdtemp()) / "file"
    found = tried(file, path)
    print(f"{path}, to be read as {file.name}: {found}")
    return not found.faults


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", type=int)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    is_right = (
        one(given.seed, given.only, given.out)
        if given.only is not None
        else run(given.count, given.seed, given.workers)
    )
    sys.exit(0 if is_right else 1)


if __name__ == "__main__":
    main()
