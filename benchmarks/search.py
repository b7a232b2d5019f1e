"""How long a search takes, the start of Python included, in a release of generated pages.

    python benchmarks/search.py [--entries 100000] [--seed 1] [--rounds 5]

Each question is asked as a command of its own, bytecode compiled first. CPU seconds are medians of the rounds; wall time and
memory are the greatest of them.
"""

from __future__ import annotations

import argparse
import compileall
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

HOUSE = Path(__file__).parents[1]
QUESTIONS = (
    ["lighthouse"],
    ["the"],
    ['"salt monopoly" tele*'],
    ["Øresund Łódź"],
    ["treaty", "--from", "1950", "--to", "1955"],
    ["--from", "1950"],
)


def main() -> None:
    """Make a release, ask, and print what each question took."""
    parser = argparse.ArgumentParser(description="How long a search takes.")
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for package in ("pipelines", "schemas"):
        compileall.compile_dir(HOUSE / package, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        processed = Path(folder) / "processed"
        documents = make_release(Path(folder) / "raw", processed, options.entries, options.seed)
        print(f"{options.entries:,} entries, {documents:,} documents")
        print(f"{'CPU s':>7}{'wall s':>8}{'MB':>6}{'found':>9}   question")
        for question in QUESTIONS:
            rounds = [ask(question, processed) for _ in range(options.rounds)]
            cpu, wall, memory = median(r[0] for r in rounds), max(r[1] for r in rounds), max(r[2] for r in rounds)
            print(f"{cpu:>7.2f}{wall:>8.2f}{memory:>6.0f}{rounds[0][3]:>9}   {' '.join(question)}")


def make_release(raw: Path, processed: Path, entries: int, seed: int) -> int:
    """Build a release of generated pages; how many documents it has."""
    import pyarrow.parquet as pq

    from benchmarks.pages import write_pages

    write_pages(raw, entries, seed)
    # In a process of its own: what this one held at its peak would be told of every process that it starts.
    command = [
        sys.executable,
        "-m",
        "pipelines",
        "build",
        "--raw",
        str(raw),
        "--processed",
        str(processed),
        "--no-prefect",
    ]
    subprocess.run(command, cwd=HOUSE, check=True, capture_output=True)  # noqa: S603 our own
    return int(pq.read_metadata(processed / "current" / "documents.parquet").num_rows)


def ask(question: list[str], processed: Path) -> tuple[float, float, float, str]:
    """CPU and wall seconds, megabytes, and how many documents were found."""
    command = [sys.executable, "-m", "pipelines", "search", *question, "--processed", str(processed)]
    started = time.monotonic()
    with subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 our own
        told = process.stdout.read() if process.stdout else ""
        _, _, used = os.wait4(process.pid, 0)
    found = told.split(" of ", 1)[1].split()[0] if told[:1].isdecimal() else "0"
    return used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss / 1024, found


if __name__ == "__main__":
    main()
