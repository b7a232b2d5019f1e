"""The same raw gives the same bytes, however and wherever it is built."""

import json
import os
import random
import shutil
import subprocess
import sys
from hashlib import sha256

import pytest

COMMAND = [sys.executable, "-m", "pipelines"]
# Shards of three pages, so that the sample keeps more than one process busy.
SMALL_SHARDS = """
import sys, pipelines.reading, pipelines.cli
pipelines.reading.PAGES_A_SHARD = 3
sys.exit(pipelines.cli.main())
"""
# A file system may list a folder in an order of its own, whatever the order in which files were made.
LISTED_BACKWARDS = """
import contextlib, os, sys, pipelines.build, pipelines.cli
scan = os.scandir
os.scandir = lambda folder: contextlib.nullcontext(iter(list(scan(folder))[::-1]))
sys.exit(pipelines.cli.main())
"""
ASCII_ONLY = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
UNSET = ("PYTHONHASHSEED", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONCOERCECLOCALE", "TZ", "LANG", "LC_ALL", "LC_CTYPE")


def built(raw, processed, *options, command=COMMAND, **environment):
    """The sha256 over all files of the release that a process of its own makes of raw."""
    run = subprocess.run(
        [*command, "build", "--no-prefect", "--json", "--raw", raw, "--processed", processed, *options],
        env={name: value for name, value in os.environ.items() if name not in UNSET} | environment,
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stderr.decode() if run.returncode else "") == (0, "")
    assert json.loads(run.stdout)["status"] == "published"
    digest = sha256()
    for path in sorted((processed / "current").iterdir()):
        digest.update(f"{path.name} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def pages(sample, tmp_path_factory):
    """The sample, with three of its pages once more under other names: which of two counts may not depend on order."""
    folder = shutil.copytree(sample, tmp_path_factory.mktemp("raw") / "pages")
    (folder / "again").mkdir()
    shutil.copy(sample / "new-search-korean-war.txt", folder / "again")
    shutil.copy(sample / "new-search-korean-war.txt", folder / "a-korean-war.txt")
    shutil.copy(sample / "old-collection-korean-war.txt", folder / "z-korean-war.txt")
    return folder


@pytest.fixture(scope="module")
def expected(pages, tmp_path_factory):
    return built(pages, tmp_path_factory.mktemp("expected") / "processed")


def share(values):
    """The last value alone; all of them in a full run (`make torture`), which also mixes them (test_mixtures.py)."""
    return values if "ARCHIVE_LISTINGS_TORTURE" in os.environ else values[-1:]


@pytest.mark.parametrize("seed", share(["0", "1", "random"]))
def test_the_hash_seed_changes_nothing(pages, processed, expected, seed):
    assert built(pages, processed, PYTHONHASHSEED=seed) == expected


@pytest.mark.parametrize("zone", share(["Pacific/Kiritimati", "America/St_Johns"]))
def test_the_time_zone_changes_nothing(pages, processed, expected, zone):
    assert built(pages, processed, TZ=zone) == expected


@pytest.mark.parametrize("locale", share(["C.UTF-8", "tr_TR.UTF-8"]))
def test_the_locale_changes_nothing(pages, processed, expected, locale):
    assert built(pages, processed, LC_ALL=locale) == expected


def test_a_locale_that_knows_ascii_only_changes_nothing(pages, processed, expected):
    assert built(pages, processed, **ASCII_ONLY, PYTHONIOENCODING="utf-8") == expected


def test_a_release_is_told_of_where_output_knows_ascii_only(pages, processed, expected):
    assert built(pages, processed, **ASCII_ONLY) == expected


@pytest.mark.parametrize("seed", share([1, 2]))
def test_the_order_in_which_pages_were_saved_changes_nothing(pages, tmp_path, processed, expected, seed):
    files = sorted(path for path in pages.rglob("*") if path.is_file())
    random.Random(seed).shuffle(files)
    raw = tmp_path / "saved"
    for file in files:
        copy = raw / file.relative_to(pages)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    assert built(raw, processed) == expected


def test_the_order_in_which_folders_are_listed_changes_nothing(pages, processed, expected):
    assert built(pages, processed, command=[sys.executable, "-c", LISTED_BACKWARDS]) == expected


def test_the_place_of_raw_changes_nothing(pages, tmp_path, processed, expected):
    raw = shutil.copytree(pages, tmp_path / "a place – elsewhere" / "sample")
    assert built(raw, processed) == expected


@pytest.mark.parametrize("workers", share(["1", "2"]))
def test_the_number_of_workers_changes_nothing(pages, processed, expected, workers):
    assert built(pages, processed, "--workers", workers) == expected


def test_workers_that_share_the_pages_change_nothing(pages, processed, expected):
    assert built(pages, processed, "--workers", "2", command=[sys.executable, "-c", SMALL_SHARDS]) == expected


def test_one_changed_letter_of_raw_changes_the_sha256(pages, tmp_path, processed, expected):
    page = shutil.copytree(pages, tmp_path / "changed") / "old-search-mikoyan-mission.txt"
    text = page.read_bytes()
    page.write_bytes(text.replace(b"Mikoyan", b"Mikoyam", 1))
    assert page.read_bytes() != text
    assert built(page.parent, processed) != expected
