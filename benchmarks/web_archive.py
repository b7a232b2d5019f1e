"""How fast a web archive is read, beside warcio's bare iteration over the same file in the same run.

    python benchmarks/web_archive.py [--megabytes 2000] [--gzip] [--rounds 3] [--seed 1] [--folder DIR]

makes a WET file (texts of pages, as Common Crawl publishes them) in DIR: made-up texts of which one in fifty is a listing page.
Both readers run as processes of their own, by turns, imports not counted. "Bare" is `for record in ArchiveIterator(file)` and
the block of each record read, which is the least that any reader does. CPU seconds are medians of the rounds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTINGS = 1 / 50
# Common Crawl's texts have 7 kB on average, half of them under 4.
TEXTS, WORDS_A_TEXT = 2000, (50, 2400)
READERS = ("captures_of", "warcio")


def main() -> None:
    """Run the benchmark, or measure one reader where `--measure` says so."""
    options = parse_options()
    if options.measure:
        print(json.dumps(measure(options.measure, options.file)))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        file = Path(folder) / ("made.wet.gz" if options.gzip else "made.wet")
        records = write_wet(file, options.megabytes * 1_000_000, options.seed, packed=options.gzip)
        rounds = [{reader: in_a_process(reader, file) for reader in READERS} for _ in range(options.rounds)]
        show(rounds, records, file.stat().st_size / 1e6, options.megabytes)


def parse_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=2000, help="size of the file, unpacked")
    parser.add_argument("--gzip", action="store_true", help="each record a gzip member, as crawls are kept")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the file is made and removed; the system's own by default")
    parser.add_argument("--measure", choices=READERS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def write_wet(file: Path, size: int, seed: int, *, packed: bool) -> int:
    """Write a WET file of about `size` bytes before packing; returns how many records it has."""
    chance = random.Random(f"{seed}")
    texts, listings = made_texts(chance), made_listings(chance)
    written = count = 0
    with file.open("wb") as out:
        while written < size:
            text = chance.choice(listings if chance.random() < LISTINGS else texts)
            record = conversion(count, text)
            out.write(gzip.compress(record, 6, mtime=0) if packed else record)
            written += len(record)
            count += 1
    return count


def conversion(number: int, text: bytes) -> bytes:
    """A record of a text, with the fields that Common Crawl writes."""
    head = (
        "WARC/1.0\r\nWARC-Type: conversion\r\n"
        f"WARC-Target-URI: https://site-{number % 977}.example/pages/{number}\r\n"
        f"WARC-Date: 2024-03-{number % 28 + 1:02d}T{number % 24:02d}:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Refers-To: <urn:uuid:00000000-0000-4000-9000-{number:012d}>\r\n"
        "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"
        "WARC-Identified-Content-Language: eng\r\nContent-Type: text/plain\r\n"
        f"Content-Length: {len(text)}\r\n\r\n"
    )
    return head.encode() + text + b"\r\n\r\n"


def made_texts(chance: random.Random) -> list[bytes]:
    """Texts that list nothing."""
    from benchmarks.pages import COLLECTIONS, MATTERS, PERSONS, PLACES, VERBS

    words = sorted(
        {word for names in (COLLECTIONS, MATTERS, PERSONS, PLACES, VERBS) for name in names for word in name.split()}
    )
    return ["".join(_lines(chance, words)).encode() for _ in range(TEXTS)]


def _lines(chance: random.Random, words: list[str]) -> Iterator[str]:
    least, most = WORDS_A_TEXT
    left = int(least * (most / least) ** chance.random())
    while left > 0:
        length = min(left, chance.choice((1, 2, 3, 8, 30, 60)))
        yield " ".join(chance.choices(words, k=length)).capitalize() + "\n"
        left -= length


def made_listings(chance: random.Random) -> list[bytes]:
    """Listing pages of the layouts."""
    from benchmarks.pages import ENTRIES_A_PAGE, LAYOUTS, make_document, make_page

    pages = []
    for number in range(200):
        layout = LAYOUTS[number % len(LAYOUTS)]
        documents = [make_document(chance, number * 100 + each) for each in range(ENTRIES_A_PAGE[layout])]
        pages.append(make_page(chance, layout, documents).text.encode())
    return pages


def in_a_process(reader: str, file: Path) -> dict[str, float]:
    """What one reader takes, alone in a process."""
    command = [sys.executable, __file__, "--measure", reader, "--file", str(file)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603


def measure(reader: str, file: Path) -> dict[str, float]:
    """Read the file; CPU seconds, peak memory before and after, and how many texts there were."""
    read = read_captures if reader == "captures_of" else read_bare
    read(Path(__file__))  # imports
    before, start = peak_mb(), time.process_time()
    texts = read(file)
    return {"seconds": time.process_time() - start, "texts": texts, "peak_mb": peak_mb(), "before_mb": before}


def peak_mb() -> float:
    """The most memory that this process has held so far; what `resource` says begins with that of the process before it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def read_captures(file: Path) -> int:
    """The project's reader."""
    from pipelines.read.capture import Capture
    from pipelines.read.containers import captures_of
    from pipelines.read.sources import Source
    from pipelines.settings import LIMITS

    return sum(isinstance(found, Capture) for found in captures_of(Source(str(file), file.name), LIMITS))


def read_bare(file: Path) -> int:
    """warcio, and nothing else."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    texts = 0
    with file.open("rb") as stream:
        try:
            for record in ArchiveIterator(stream):
                record.content_stream().read()
                texts += record.rec_type == "conversion"
        except ArchiveLoadFailed:  # this file itself, which was read for the imports
            return 0
    return texts


def show(rounds: list[dict[str, dict[str, float]]], records: int, megabytes: float, unpacked: int) -> None:
    """Medians, and their ratio."""
    print(f"{records:,} records, {megabytes:,.0f} MB ({unpacked:,} MB unpacked), {len(rounds)} rounds, medians\n")
    print(f"{'':<14}{'CPU s':>8}{'MB/s':>9}{'peak MB':>9}{'grew MB':>9}{'texts':>10}")
    for reader in READERS:
        seconds, peak, before, texts = (
            median(one[reader][part] for one in rounds) for part in ("seconds", "peak_mb", "before_mb", "texts")
        )
        print(f"{reader:<14}{seconds:>8.2f}{unpacked / seconds:>9.0f}{peak:>9.0f}{peak - before:>9.1f}{texts:>10,.0f}")
    ratios = [one["captures_of"]["seconds"] / one["warcio"]["seconds"] for one in rounds]
    print(f"\ncaptures_of / warcio: {median(ratios):.2f}")


if __name__ == "__main__":
    main()
