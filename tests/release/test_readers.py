"""Readers that poll `current` while releases are published."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest

from pipelines.build import BuildSettings
from pipelines.build import build as publish_pages
from pipelines.engine import LocalEngine

ROUNDS = 8 if "ARCHIVE_LISTINGS_TORTURE" in os.environ else 4
READERS = 2


def read(processed):
    """The release that `current` leads to, and what of it is not as its manifest says."""
    release = processed / (processed / "current").readlink()
    try:
        files = json.loads((release / "manifest.json").read_bytes())["files"]
        digests = {name: sha256((release / name).read_bytes()).hexdigest() for name in files}
    except (OSError, ValueError) as error:
        return release.name, [str(error)]
    return release.name, [name for name, facts in files.items() if digests[name] != facts["sha256"]]


def read_while(publishing, processed):
    is_over, reads = Event(), []

    def poll():
        while not is_over.is_set():
            reads.append(read(processed))

    with ThreadPoolExecutor(READERS) as pool:
        polls = [pool.submit(poll) for _ in range(READERS)]
        try:
            publishing()
        finally:
            is_over.set()
    for finished in polls:
        finished.result()
    return reads


@pytest.fixture
def releases(raw, smaller_raw, tmp_path):
    """Two releases, each in a folder of its own."""
    return [
        publish_pages(BuildSettings(folder, tmp_path / f"of_{folder.name}"), LocalEngine()).published.path
        for folder in (raw, smaller_raw)
    ]


def test_a_reader_never_sees_a_part_of_a_release(raw, smaller_raw, processed):
    def publish_both_in_turn():
        for number in range(ROUNDS):
            for folder in (raw, smaller_raw):
                (folder / "old-search-mikoyan-mission.txt").write_text(f"No listing, in round {number}\n")
                publish_pages(BuildSettings(folder, processed), LocalEngine())

    publish_pages(BuildSettings(raw, processed), LocalEngine())
    reads = read_while(publish_both_in_turn, processed)
    assert [problems for _, problems in reads if problems] == []
    assert len({name for name, _ in reads}) >= 5
    assert len(reads) >= 50


def test_a_reader_never_sees_a_part_of_a_release_while_builds_compete(raw, smaller_raw, processed):
    def publish_all_at_once():
        commands = [
            [sys.executable, "-m", "pipelines", "build", "--no-prefect", "--raw", folder, "--processed", processed]
            for folder in (raw, smaller_raw, raw)
        ]
        running = [
            subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            for command in commands
        ]
        said.extend((process.communicate()[1], process.returncode) for process in running)

    said = []
    publish_pages(BuildSettings(smaller_raw, processed), LocalEngine())
    reads = read_while(publish_all_at_once, processed)
    assert [problems for _, problems in reads if problems] == []
    turned_away = f"archive-listings: {processed}: another run is at work here"
    assert [text for text, code in said if code and not text.splitlines()[-1].startswith(turned_away)] == []
    assert 0 in {code for _, code in said}


def test_many_processes_publish_one_at_a_time_and_no_read_is_torn(sample, processed, faults, torture, figure):
    processes, rounds = torture(4, 8), torture(2, 25)
    command = [sys.executable, Path(__file__).with_name("racers.py"), sample, processed, str(processes), str(rounds)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    turns = sorted(turn for process in said["published"] for turn in process)
    overlapping = [turn for turn, following in pairwise(turns) if turn[1] > following[0]]
    reads, torn = (
        sum(reader["reads"] for reader in said["read"]),
        [name for reader in said["read"] for name in reader["torn"]],
    )
    turned_away = processes * rounds - len(turns)
    figure(
        "builds at once, with readers polling",
        f"{processes} processes x {rounds} rounds: {len(turns)} published, one at a time, {turned_away} turned away; "
        f"{reads:,} reads of {len({name for reader in said['read'] for name in reader['ids']})} releases, {len(torn)} torn",
    )
    assert (overlapping, torn) == ([], [])
    assert len({release_id for _, _, release_id in turns}) == len(turns) >= processes * rounds * 3 // 4
    assert reads >= torture(50, 10_000)
    assert (processed / "current").readlink().name == turns[-1][2]
    assert faults((processed / "current").resolve()) == []
    assert len(list((processed / "releases").iterdir())) == min(len(turns) + 1, 10)
    assert [path.name for path in processed.iterdir() if path.name.startswith(".staging")] == []


def test_the_same_reader_catches_a_publisher_that_writes_in_place(releases, processed):
    def write_both_in_turn():
        for _ in range(40):
            for release in releases:
                shutil.copytree(release, processed / "releases" / "last", dirs_exist_ok=True)

    shutil.copytree(releases[0], processed / "releases" / "last")
    (processed / "current").symlink_to("releases/last")
    reads = read_while(write_both_in_turn, processed)
    assert [problems for _, problems in reads if problems] != []
