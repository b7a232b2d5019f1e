"""Everything that could change the bytes of a release, changed at once, run after run."""

import json
import os
import random
import subprocess
import sys
from hashlib import sha256

import pytest

SEEDS = ["0", "1", "2", "77", "4294967295", "random"]
ZONES = ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", "Antarctica/Troll"]
LOCALES = ["C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8"]
WORKERS = ["1", "2", "3"]
# A file system may list a folder in an order of its own, whatever the order in which files were made.
SHUFFLED = """
import contextlib, os, random, sys, pipelines.cli
chance, scan = random.Random(int(sys.argv.pop(1))), os.scandir
def shuffled(folder):
    found = list(scan(folder))
    chance.shuffle(found)
    return contextlib.nullcontext(iter(found))
os.scandir = shuffled
sys.exit(pipelines.cli.main())
"""
THROUGH_PREFECT = {7, 14}


def digest_of(release):
    digest = sha256()
    for path in sorted(release.iterdir()):
        digest.update(f"{path.name} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def run_of(number):
    """The settings of a run, and what it is called with."""
    chance = random.Random(number)
    environment = {"PYTHONHASHSEED": chance.choice(SEEDS), "TZ": chance.choice(ZONES), "LC_ALL": chance.choice(LOCALES)}
    engine = "--prefect" if number in THROUGH_PREFECT else "--no-prefect"
    return environment, [engine, "--workers", chance.choice(WORKERS)]


def save_in_some_order(sample, raw, number):
    pages = sorted(path for path in sample.iterdir() if path.is_file())
    random.Random(number).shuffle(pages)
    raw.mkdir(parents=True)
    for page in pages:
        (raw / page.name).write_bytes(page.read_bytes())


def built(number, raw, processed):
    environment, options = run_of(number)
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "LC_", "PYTHONHASHSEED"))
    }
    # Scanning is shuffled where no server is started, which scans folders of its own.
    shuffled = ["-c", SHUFFLED, str(number)] if "--no-prefect" in options else ["-m", "pipelines"]
    command = [sys.executable, *shuffled, "build", "--json", "--raw", raw, "--processed", processed, *options]
    run = subprocess.run(command, env=inherited | environment, capture_output=True, check=False)
    assert (run.returncode, run.stderr.decode() if run.returncode else "") == (0, "")
    assert json.loads(run.stdout)["status"] == "published"
    return digest_of((processed / "current").resolve())


def test_no_mixture_of_seed_zone_locale_order_workers_and_engine_changes_a_byte(sample, tmp_path, torture, figure):
    digests = {}
    for number in range(torture(2, 20)):
        folder = tmp_path / str(number)
        save_in_some_order(sample, folder / "raw", number)
        digests[number] = built(number, folder / "raw", folder / "processed")
    engines = sum(number in THROUGH_PREFECT for number in digests)
    figure(
        "determinism over seed, TZ, locale, order, workers, engine",
        f"{len(digests)} runs, {engines} of them through Prefect: {len(set(digests.values()))} sha256",
    )
    assert len(set(digests.values())) == 1, digests


@pytest.mark.parametrize("values", [SEEDS, ZONES, LOCALES, WORKERS])
def test_the_runs_differ_in_each_of_them(values):
    told = [{*environment.values(), *options} for environment, options in map(run_of, range(20))]
    assert all(any(value in run for run in told) for value in values)
