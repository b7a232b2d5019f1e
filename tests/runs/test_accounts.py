"""What a run says of itself: `last-run.json`, `build --json`, and lines on standard error."""

import json
import os
import shutil
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.release import locked
from pipelines.runs import account as accounts
from pipelines.runs.account import Run, Started, account_of, message_of, read_last_run, write_last_run
from pipelines.runs.measuring import MeasuredEngine
from pipelines.runs.usage import Usage, usage_now, used_since

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"


@pytest.fixture
def raw(tmp_path):
    return shutil.copytree(SAMPLE, tmp_path / "raw")


@pytest.fixture
def build(raw, tmp_path, capsys):
    """The command; its exit code, what it prints, and the lines that it says meanwhile."""

    def run(*options):
        code = main(["build", "--no-prefect", "--raw", str(raw), "--processed", str(tmp_path / "processed"), *options])
        told = capsys.readouterr()
        return code, told.out, told.err.splitlines()

    return run


@pytest.fixture
def last_run(tmp_path):
    return lambda: read_last_run(tmp_path / "processed")


def lose_half(raw):
    for page in raw.glob("old-*"):
        page.unlink()


def test_a_run_that_publishes_leaves_its_account_beside_the_release(build, last_run, tmp_path):
    code, _, _ = build()
    account = last_run()
    assert code == 0
    assert (account["status"], account["error"]) == ("published", None)
    assert (tmp_path / "processed" / "current").resolve().name == account["release_id"]
    assert account["started_at"].endswith("Z")
    assert account["started_at"] <= account["ended_at"]
    assert account["cpu_seconds"] > 0
    assert account["peak_memory_bytes"] > 20_000_000


def test_each_stage_tells_what_it_had_in_hand(build, last_run):
    build()
    stages = last_run()["stages"]
    counts = {stage["stage"]: stage["counts"] for stage in stages}
    read_bytes = sum(path.stat().st_size for path in SAMPLE.glob("*.txt"))
    assert list(counts) == ["find pages", "read pages", "tell documents apart", "publish"]
    assert counts["find pages"] == {"files": 14, "issues": 0}
    assert counts["read pages"] == {"files": 14, "bytes": read_bytes, "pages": 14, "entries": 94}
    assert (
        counts["tell documents apart"].items() >= {"entries": 94, "documents": 64, "matches": 22, "issues": 4}.items()
    )
    assert counts["publish"]["files"] == 19
    peaks = [stage["peak_memory_bytes"] for stage in stages]
    assert peaks == sorted(peaks)


def test_files_that_are_remembered_are_not_counted_as_read(build, last_run, raw):
    build()
    page = min(raw.glob("*.txt"))
    page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    build()
    counts = {stage["stage"]: stage["counts"] for stage in last_run()["stages"]}
    assert counts["find pages"]["files"] == 14
    assert counts["read pages"]["files"] < 14


def test_a_program_finds_the_same_account_in_the_answer(build, last_run):
    _, printed, _ = build("--json")
    assert json.loads(printed)["run"] == last_run()


def test_a_run_that_finds_nothing_new_says_when_it_looked(build, last_run):
    build()
    published = last_run()
    _, printed, lines = build("--json")
    account = last_run()
    assert (account["status"], account["stages"]) == ("unchanged", [])
    assert account["release_id"] == published["release_id"]
    assert account["started_at"] > published["ended_at"]
    assert json.loads(printed)["run"] == account
    assert lines == []


def test_a_rejected_release_is_named_with_the_reason(build, last_run, raw):
    build()
    lose_half(raw)
    code, _, _ = build()
    account = last_run()
    assert (code, account["status"], account["error"]["type"]) == (1, "rejected", "RejectedError")
    assert account["release_id"] in account["error"]["message"]
    assert [stage["stage"] for stage in account["stages"]] == ["find pages", "read pages", "tell documents apart"]


def test_a_run_that_fails_says_by_what(build, last_run, raw):
    for page in raw.iterdir():
        page.unlink()
    code, _, _ = build()
    account = last_run()
    assert (code, account["status"], account["release_id"]) == (1, "failed", None)
    assert account["error"]["type"] == "NoPagesError"


def test_a_run_that_is_stopped_says_so(build, last_run, monkeypatch):
    def stop(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(MeasuredEngine, "call", stop)
    code, _, _ = build()
    assert (code, last_run()["status"]) == (1, "stopped")


def test_a_run_that_is_kept_out_by_another_leaves_the_account_to_that_one(build, last_run, tmp_path):
    build()
    before = last_run()
    with locked(tmp_path / "processed"):
        code, _, lines = build("--fresh")
    assert code == 1
    assert "another run is at work here" in lines[-1]
    assert last_run() == before


def test_no_release_depends_on_what_a_run_took(build, tmp_path):
    build()
    names = {path.name for path in (tmp_path / "processed" / "current").iterdir()}
    report = json.loads((tmp_path / "processed" / "current" / "report.json").read_bytes())
    assert "last-run.json" not in names
    assert "run" not in report


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_fail(tmp_path):
    account = account_of(Started(), "failed", Run("here"))
    write_last_run(tmp_path / "none", account)
    (tmp_path / "last-run.json").mkdir()
    write_last_run(tmp_path, account)
    assert [path.name for path in tmp_path.iterdir()] == ["last-run.json"]
    assert read_last_run(tmp_path) is None


def test_a_reader_finds_the_one_account_or_the_other(tmp_path, monkeypatch):
    write_last_run(tmp_path, account_of(Started(), "published", Run("here", "r1-0123456789abcdef")))

    def fail(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(accounts, "fsync", fail)
    write_last_run(tmp_path, account_of(Started(), "unchanged", Run("here", "r1-0123456789abcdef")))
    assert read_last_run(tmp_path)["status"] == "published"
    assert [path.name for path in tmp_path.iterdir()] == ["last-run.json"]


def test_what_an_error_says_is_one_line_and_bounded():
    assert message_of(ValueError("a\nb\x1b[2J")) == "a b\\x1b[2J"
    assert message_of(KeyboardInterrupt()) == "KeyboardInterrupt"
    assert len(message_of(ValueError("x" * 10_000))) == 2_001


def test_children_that_were_waited_for_are_counted():
    before = usage_now()
    child = os.posix_spawn("/bin/sh", ["sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done"], os.environ)
    os.waitpid(child, 0)
    assert used_since(before)["cpu_seconds"] > 0.01


def test_figures_are_what_lies_between_two_readings():
    now = usage_now()
    before = Usage(now.seconds - 5, now.cpu_seconds - 2, 0)
    used = used_since(before)
    assert 5 <= used["seconds"] < 5.5
    assert 2 <= used["cpu_seconds"] < 2.5
    assert used["peak_memory_bytes"] >= now.peak_memory_bytes
