"""Mutation testing by sample: how many small faults of the code the tests find.

    python benchmarks/mutation.py [--room extract] [--count 120] [--seed 2] [--seconds 7200] [--json]

Draws faults of a room (a comparison turned, a boundary moved by one, `and` for `or`, a condition denied, a constant changed, a statement
left out, a value not returned), writes each into a copy of the house, and runs the tests of that room that execute the changed statement, the
quickest first, until one fails. Which tests those are is traced once and kept in the folder for temporary files. A fault that no test finds has
survived, and is shown with its line; so has one that no test executes. Faults that change nothing that could be tested are named, with the
reason, in benchmarks/mutation_equivalents.toml. Deterministic for its arguments, up to the time that is given.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mutation_choice import TESTS, Choice, files_of
from mutation_faults import Fault, sample
from mutation_lines import Traced
from mutation_server import Fate, Server

HOUSE = Path(__file__).parents[1]
EQUIVALENTS = Path(__file__).with_name("mutation_equivalents.toml")
PLACE = ("path", "text", "before", "after")


class Tried(NamedTuple):
    """A fault and its fate; `is_reached` if a test executes its statement, `reason` if it changes nothing that could be tested."""

    fault: Fault
    fate: Fate
    is_reached: bool
    reason: str | None

    @property
    def outcome(self) -> str:
        """One word for the list of faults."""
        if self.fate.killer:
            return "killed"
        if self.reason:
            return "equivalent"
        return "survived" if self.is_reached else "not reached"


def reason_of(fault: Fault, equivalents: list[dict[str, str]]) -> str | None:
    """Why a fault changes nothing that could be tested; None where the list does not name it by all that it says of it."""
    said = fault._asdict()
    named = (each for each in equivalents if all(said[name] == each[name] for name in each.keys() - {"reason"}))
    return next((each["reason"] for each in named), None)


def tried(server: Server, room: str, faults: list[Fault], seconds: float) -> Iterator[Tried]:
    """Try faults one after the other, for as long as there is time."""
    end = time.monotonic() + seconds
    traced: dict[str, Traced] = {}
    for file in files_of(server.house, room):
        traced[file] = server.trace(file, sorted(TESTS))
        for name, (passed, *_) in traced[file].tests.items():
            if not passed:
                print(f"left out, it does not pass without a fault: {name}", file=sys.stderr)
    choice = Choice(server.house, room, traced)
    equivalents = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8"))["equivalent"]
    for fault in faults:
        if time.monotonic() > end:
            return
        reason, tests = reason_of(fault, equivalents), choice.tests_for(fault)
        fate = server.try_fault(fault, tests) if tests and not reason else Fate(None, 0, 0.0)
        yield Tried(fault, fate, bool(tests), reason)


def main() -> None:
    """Draw, try, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--room", choices=TESTS, default="extract")
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=7200)
    parser.add_argument(
        "--again", type=Path, metavar="FILE", help="only the faults that FILE, made by --json, tells as not killed"
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found: list[Tried] = []
    with tempfile.TemporaryDirectory() as folder:
        server = Server(HOUSE, Path(folder))
        faults = sample(HOUSE, options.room, options.count, options.seed)
        if options.again:
            told = json.loads(options.again.read_text(encoding="utf-8"))
            open_ones = [[each[name] for name in PLACE] for each in told if each["outcome"] != "killed"]
            faults = [fault for fault in faults if [getattr(fault, name) for name in PLACE] in open_ones]
        for number, each in enumerate(tried(server, options.room, faults, options.seconds), 1):
            found.append(each)
            if each.outcome != "killed":
                out = sys.stderr if options.json else sys.stdout
                print(f"{number} of {len(faults)}: {each.outcome} {each.fault}", file=out, flush=True)
    if options.json:
        print(json.dumps([_told(each) for each in found], indent=1))
        return
    killed, counted = (
        sum(each.outcome in words for each in found) for words in (["killed"], ["killed", "survived", "not reached"])
    )
    print(
        f"{options.room}: {killed} of {counted} killed, {killed / max(1, counted):.0%}, and {len(found) - counted} equivalent (seed {options.seed})"
    )


def _told(each: Tried) -> dict[str, object]:
    fault, fate = each.fault, each.fate
    place = {name: getattr(fault, name) for name in (*PLACE, "line", "column", "within")}
    return {
        "outcome": each.outcome,
        **place,
        "reason": each.reason,
        "killer": fate.killer,
        "tests": fate.tests,
        "seconds": round(fate.seconds, 2),
    }


if __name__ == "__main__":
    main()
