"""What a build costs that finds nothing new, or one page in a hundred, beside the first one: CPU of whole processes, in one run.

    python benchmarks/incremental.py [--entries 100000] [--seed 1] [--raw DIR] [--new 0.01] [--rounds 3] [--json]

Each round makes three builds with the command, each a process of its own: the first of all pages but a share, held back at
random; the same again; and once more when those held back are there. The last is made a second time with `--fresh` from the same
releases, and must publish the same. CPU seconds are those of the process and its children, start and imports included; medians of
the rounds; ratios are what to quote. With `--stages` each build is told stage by stage too, in a process that times them.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

HOUSE = Path(__file__).parents[1]
BUILDS = ("first build", "nothing changed", "new pages", "new pages, from nothing")
# After this long a file counts as settled, and its stamp is believed (`pipelines.memory.walk`).
SECONDS_TO_SETTLE = 2.5
# Where the time of a build goes: module, and what it calls by that name.
STAGES = {
    "look at raw, open what is kept": ("pipelines.memory.remembered", "Remembered.open"),
    "find pages": ("pipelines.reading", "find_sources"),
    "recall readings": ("pipelines.memory.remembered", "Remembered.recall"),
    "read pages": ("pipelines.reading", "read_files"),
    "keep readings": ("pipelines.memory.remembered", "Remembered.keep"),
    "merge captures": ("pipelines.reading", "merge_readings"),
    "read the release before": ("pipelines.memory.remembered", "Remembered.before"),
    "read history": ("pipelines.build", "read_history"),
    "find collections": ("pipelines.build", "find_collections"),
    "tell documents apart": ("pipelines.build", "deduplicate_traced"),
    "make tables": ("pipelines.build", "make_tables"),
    "declared checks": ("pipelines.build", "validate"),
    "keys": ("pipelines.build", "check_keys"),
    "foreign keys": ("pipelines.build", "check_foreign_keys"),
    "laws": ("pipelines.build", "check_laws"),
    "compare with the release before": ("pipelines.gate.publishing", "judge"),
    "write": ("pipelines.release.staging", "write_table"),
    "read back": ("pipelines.release.staging", "_read_back"),
    "remember": ("pipelines.memory.remembered", "Remembered.finish"),
}


def main() -> None:
    """Measure and print."""
    options = arguments()
    for package in ("pipelines", "schemas"):
        compileall.compile_dir(HOUSE / package, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        pages = options.raw or made_pages(Path(folder), options.entries, options.seed)
        rounds = [
            one_round(Path(folder) / f"round {number}", pages, options.new, number) for number in range(options.rounds)
        ]
        stages = staged_round(Path(folder) / "stages", pages, options.new) if options.stages else {}
    found = {name: median(costs[name] for costs in rounds) for name in BUILDS}
    if options.json:
        print(json.dumps({"cpu_seconds": found, "stages": stages}, indent=2))
        return
    print("| build | CPU s | of the first |\n|---|---|---|")
    for name, seconds in found.items():
        print(f"| {name} | {seconds:.2f} | {seconds / found[BUILDS[0]]:.1%} |")
    if stages:
        print(f"\n| stage | {' | '.join(stages)} |\n|---|{'---|' * len(stages)}")
        for name in next(iter(stages.values())):
            print(f"| {name} | {' | '.join(f'{costs[name]:.2f}' for costs in stages.values())} |")


def arguments() -> argparse.Namespace:
    """What is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--raw", type=Path, help="pages that are there, rather than made ones")
    parser.add_argument("--new", type=float, default=0.01, help="share of the pages that is new (default: 0.01)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stages", action="store_true", help="tell also where the time goes")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--timed", nargs=2, metavar=("RAW", "PROCESSED"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.timed:
        time_stages(*map(Path, options.timed))
        sys.exit(0)
    return options


def made_pages(folder: Path, entries: int, seed: int) -> Path:
    """Made-up pages of every layout."""
    from benchmarks.pages import write_pages

    write_pages(folder / "made", entries, seed)
    return folder / "made" / "raw"


def held_back(folder: Path, pages: Path, share: float, seed: int) -> tuple[Path, list[tuple[Path, Path]]]:
    """A copy of the pages without a share of them, settled; and where the others come from and go to."""
    raw = folder / "raw"
    shutil.copytree(pages, raw)
    files = sorted(path for path in raw.rglob("*") if path.is_file())
    held = random.Random(seed).sample(files, max(1, round(share * len(files))))
    for path in held:
        path.unlink()
    time.sleep(SECONDS_TO_SETTLE)
    return raw, [(pages / path.relative_to(raw), path) for path in held]


def bring(held: Iterable[tuple[Path, Path]]) -> None:
    """Bring the pages that were held back."""
    for source, target in held:
        shutil.copy(source, target)


def one_round(folder: Path, pages: Path, share: float, seed: int) -> dict[str, float]:
    """CPU seconds of each build."""
    raw, held = held_back(folder, pages, share, seed)
    processed, other = folder / "processed", folder / "other"
    first, same = cpu_of(raw, processed), cpu_of(raw, processed)
    bring(held)
    shutil.copytree(processed, other, symlinks=True)
    new, fresh = cpu_of(raw, processed), cpu_of(raw, other, "--fresh")
    if (processed / "current").resolve().name != (other / "current").resolve().name:
        message = "a build that remembers published something else than one from nothing"
        raise SystemExit(message)
    shutil.rmtree(folder)
    return dict(zip(BUILDS, (first, same, new, fresh), strict=True))


def cpu_of(raw: Path, processed: Path, *options: str) -> float:
    """CPU seconds of the command."""
    command = [
        sys.executable,
        "-m",
        "pipelines",
        "build",
        "--no-prefect",
        "--json",
        "--raw",
        raw,
        "--processed",
        processed,
    ]
    return run([*command, "--judgements", processed.parent / "judgements.toml", *options])[0]


def run(command: list[str | Path]) -> tuple[float, str]:
    """CPU seconds of a process, and what it printed."""
    before = os.times()
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)  # noqa: S603 our own
    after = os.times()
    if done.returncode:
        raise SystemExit(done.stderr)
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, done.stdout


def staged_round(folder: Path, pages: Path, share: float) -> dict[str, dict[str, float]]:
    """CPU seconds of each stage of the first build, and of the one that finds new pages."""
    raw, held = held_back(folder, pages, share, 0)
    command = [sys.executable, __file__, "--timed", raw, folder / "processed"]
    first = json.loads(run(command)[1])
    bring(held)
    new = json.loads(run(command)[1])
    return {"first build": first, "new pages": new}


def time_stages(raw: Path, processed: Path) -> None:
    """Build in this process and print the CPU seconds of each stage; what no stage has is the rest."""
    from pipelines.arrow_alone import use_arrow_alone

    use_arrow_alone()
    from importlib import import_module

    from pipelines.build import BuildSettings, build
    from pipelines.engine import LocalEngine

    costs: dict[str, float] = {"start and imports": time.process_time()} | dict.fromkeys(STAGES, 0.0)
    for stage, (module, name) in STAGES.items():
        owner: object = import_module(module)
        *path, last = name.split(".")
        for part in path:
            owner = getattr(owner, part)
        setattr(owner, last, timed(costs, stage, getattr(owner, last)))
    settings = BuildSettings(raw, processed, processed.parent / "judgements.toml")
    build(settings, LocalEngine())
    total = time.process_time()
    print(json.dumps({**costs, "the rest": total - sum(costs.values()), "all": total}))


def timed(costs: dict[str, float], stage: str, function: Callable[..., object]) -> Callable[..., object]:
    """A function that books its CPU time; what a generator yields is booked as well."""

    def call(*given: object, **named: object) -> object:
        before = time.process_time()
        result = function(*given, **named)
        if hasattr(result, "__next__"):
            result = list(result)  # type: ignore[call-overload]
        costs[stage] += time.process_time() - before
        return result

    return call


if __name__ == "__main__":
    main()
