"""One run at a time in a folder: who is told to wait, who waits, and when."""

import fcntl
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipelines.errors import ReleaseError
from pipelines.release import locked

HOLDS = """
import sys, time
from pathlib import Path
from pipelines.release import locked
with locked(Path(sys.argv[1])):
    print("holds", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def holder(processed):
    started = []

    def hold(seconds):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDS, processed, str(seconds)], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout.readline() == "holds\n"
        return process

    yield hold
    for process in started:
        process.kill()
        process.communicate()


def refused(processed, wait=0.0):
    with pytest.raises(ReleaseError) as error, locked(processed, wait):
        pass
    return str(error.value)


def test_who_holds_the_lock_is_named_with_its_process_and_since_when(processed, holder):
    process = holder(60)
    told = refused(processed)
    assert re.fullmatch(
        rf"{re.escape(str(processed))}: another run is at work here \(process {process.pid}, since "
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\); try again when it is done, or wait for it with --wait",
        told,
    )


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\xff\x00",
        b'{"pid": 1}',
        b'{"pid": 1, "since": "\x1b[2J"}',
        b'{"pid": 12345678901, "since": "2026-01-02 03:04:05 UTC"}',
    ],
)
def test_a_note_that_is_none_is_not_repeated(processed, note):
    processed.mkdir()
    with (processed / ".lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(note)
        file.flush()
        assert (
            refused(processed)
            == f"{processed}: another run is at work here; try again when it is done, or wait for it with --wait"
        )


def test_a_run_that_waits_goes_on_when_the_other_is_done(processed, holder, capsys):
    process = holder(0.4)
    with locked(processed, 60):
        assert process.wait(5) == 0
    said = capsys.readouterr().err
    assert said.startswith(f"archive-listings: {processed}: another run is at work here (process {process.pid}, since ")
    assert said.endswith("); waiting until it is done\n")
    assert said.count("\n") == 1


def test_a_run_that_waits_goes_on_when_the_other_is_killed(processed, holder):
    process = holder(60)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: locked(processed, 60).__enter__())
        time.sleep(0.3)
        assert not waiting.done()
        process.kill()
        waiting.result(5)


def test_a_run_waits_no_longer_than_it_is_told(processed, holder):
    holder(60)
    started = time.monotonic()
    assert "another run is still at work here after 0.3 seconds (process " in refused(processed, 0.3)
    assert 0.3 <= time.monotonic() - started < 5


def test_a_run_that_need_not_wait_says_nothing(processed, capsys):
    with locked(processed, 60):
        pass
    assert capsys.readouterr().err == ""


def test_the_note_is_gone_when_the_lock_is_free(processed):
    with locked(processed):
        assert str(os.getpid()) in (processed / ".lock").read_text()
    assert (processed / ".lock").read_bytes() == b""


def test_a_folder_that_is_not_there_is_made_with_those_above_it(tmp_path):
    with locked(tmp_path / "data" / "processed"):
        assert (tmp_path / "data" / "processed" / ".lock").exists()
