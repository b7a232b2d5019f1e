"""Processes that publish into one folder at once, and others that read it meanwhile: prints what each of them saw, as JSON.

Every release is another one, so that old ones are swept while readers are at it.
"""

import json
import os
import sys
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pipelines.release.contents
from pipelines.build import BuildSettings, build
from pipelines.engine import LocalEngine
from pipelines.errors import ReleaseError
from pipelines.parquet import read_table
from pipelines.release import locked, publish
from tests.release.once import once

KEPT = 10
READERS = 2


def publish_rounds(processed, tables, report, number, rounds):
    """Publishes; every fourth process does not wait for the others, and may be turned away."""
    wait = 0 if number % 4 == 3 else 600
    seen = []
    for turn in range(rounds):
        with suppress(ReleaseError), locked(processed, wait):
            begun = time.monotonic()
            release_id = publish(processed, tables, {**report, "made_by": [number, turn]}, KEPT).release_id
            seen.append((begun, time.monotonic(), release_id))
    return seen


def read_until(processed, is_over):
    """Reads the current release again and again: the ids seen, and what of one was not as its manifest says."""
    reads, torn, ids = 0, [], set()
    while not is_over():
        release = processed / (processed / "current").readlink()
        try:
            files = json.loads((release / "manifest.json").read_bytes())["files"]
            differing = [
                name for name in files if sha256((release / name).read_bytes()).hexdigest() != files[name]["sha256"]
            ]
        except (OSError, ValueError) as error:
            differing = [str(error)]
        reads += 1
        ids.add(release.name)
        torn += differing
    return {"reads": reads, "torn": torn, "ids": sorted(ids)}


def fork(function):
    """Calls a function in another process; gives where its answer can be read."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        code = 1
        try:
            with os.fdopen(writing, "w") as answer:
                answer.write(json.dumps(function()))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    return reading


def answer_of(reading):
    """What a process answered, once it has ended."""
    with os.fdopen(reading) as answer:
        return json.loads(answer.read())


def main():
    raw, processed, processes, rounds = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])
    release = build(BuildSettings(raw, processed), LocalEngine()).published.path
    tables = {path.stem: read_table(path) for path in sorted(release.glob("*.parquet"))}
    report = json.loads((release / "report.json").read_bytes())
    # What is said of tables takes most of publishing to make.
    pipelines.release.contents.make_pages = once(pipelines.release.contents.make_pages)
    pipelines.release.contents.make_descriptors = once(pipelines.release.contents.make_descriptors)
    over = processed.with_name("over")
    readers = [fork(lambda: read_until(processed, over.exists)) for _ in range(READERS)]
    publishers = [
        fork(lambda number=number: publish_rounds(processed, tables, report, number, rounds))
        for number in range(processes)
    ]
    published = [answer_of(process) for process in publishers]
    over.touch()
    read = [answer_of(process) for process in readers]
    sys.stdout.write(json.dumps({"published": published, "read": read}) + "\n")


if __name__ == "__main__":
    main()
