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
SMALL_SHARDS = "import sys, pipelines.build; pipelines.build.PAGES_A_SHARD = 3; import pipelines.cli; sys.exit(pipelines.cli.main())"
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
def expected(sample, tmp_path_factory):
    return built(sample, tmp_path_factory.mktemp("expected") / "processed")


@pytest.mark.parametrize("seed", ["0", "1", "random"])
def test_the_hash_seed_changes_nothing(sample, processed, expected, seed):
    assert built(sample, processed, PYTHONHASHSEED=seed) == expected


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns"])
def test_the_time_zone_changes_nothing(sample, processed, expected, zone):
    assert built(sample, processed, TZ=zone) == expected


@pytest.mark.parametrize("locale", ["C.UTF-8", "tr_TR.UTF-8"])
def test_the_locale_changes_nothing(sample, processed, expected, locale):
    assert built(sample, processed, LC_ALL=locale) == expected


def test_a_locale_that_knows_ascii_only_changes_nothing(sample, processed, expected):
    assert built(sample, processed, **ASCII_ONLY, PYTHONIOENCODING="utf-8") == expected


def test_a_release_is_told_of_where_output_knows_ascii_only(sample, processed, expected):
    assert built(sample, processed, **ASCII_ONLY) == expected


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_in_which_pages_were_saved_changes_nothing(sample, tmp_path, processed, expected, seed):
    pages = sorted(sample.iterdir())
    random.Random(seed).shuffle(pages)
    raw = tmp_path / "saved"
    raw.mkdir()
    for page in pages:
        (raw / page.name).write_bytes(page.read_bytes())
    assert built(raw, processed) == expected


def test_the_place_of_raw_changes_nothing(sample, tmp_path, processed, expected):
    raw = shutil.copytree(sample, tmp_path / "a place – elsewhere" / "sample")
    assert built(raw, processed) == expected


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_number_of_workers_changes_nothing(sample, processed, expected, workers):
    assert built(sample, processed, "--workers", workers) == expected


def test_workers_that_share_the_pages_change_nothing(sample, processed, expected):
    assert built(sample, processed, "--workers", "2", command=[sys.executable, "-c", SMALL_SHARDS]) == expected


def test_one_changed_letter_of_raw_changes_the_sha256(raw, processed, expected):
    page = raw / "old-collection-korean-war.txt"
    page.write_bytes(page.read_bytes().replace(b"Telegram", b"Telegraf", 1))
    assert built(raw, processed) != expected
