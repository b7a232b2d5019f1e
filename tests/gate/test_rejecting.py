"""A release that the gate keeps back: whole, apart, and published only by a person."""

import errno
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.errors import ReleaseError
from pipelines.release import rejected as room
from pipelines.release.lock import locked


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def names(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def leftovers(processed):
    return [name for name in names(processed) if name.startswith(".staging-")]


@pytest.fixture
def kept_back(desk):
    """A release, and one that lost half of its documents and is kept back; the run that kept it back."""
    desk.build(desk.raw)
    return desk.build(desk.half)


def test_a_release_that_fails_by_a_threshold_is_not_published(desk):
    before = desk.build(desk.raw).said["release_id"]
    run = desk.build(desk.half)
    assert (run.code, run.said["status"], run.said["error"]) == (1, "rejected", "RejectedError")
    assert desk.current == before


def test_the_run_says_in_one_line_what_failed_where_it_is_and_how_to_accept(desk, kept_back):
    release_id = kept_back.said["release_id"]
    told = kept_back.lines[-1]
    assert f"quality gate: release {release_id} is not published: " in told
    assert "documents.*: documents_not_fewer: 28 of 64 failed, 10% may" in told
    assert "documents.document_id: documents_stay: 28 of 64 failed, 10% may" in told
    assert "Making of the Sino-Soviet Alliance, 1945-1950 lost 11 of 16" in told
    assert f"kept whole in {desk.processed}/rejected/{release_id}" in told
    assert f"`archive-listings diff current {release_id} --processed {desk.processed}`" in told
    assert f"`archive-listings accept {release_id} --processed {desk.processed}`" in told
    assert kept_back.said["paths"] == {"rejected": f"{desk.processed}/rejected/{release_id}"}


def test_what_is_kept_back_is_the_release_that_would_have_been_published(desk, kept_back):
    kept = bytes_of(desk.rejected / kept_back.said["release_id"])
    assert desk.build(desk.half, "--accept").code == 0
    assert bytes_of(desk.processed / "current") == kept


def test_beside_it_stands_why_with_each_check_as_a_row_of_quality(desk, kept_back):
    why = json.loads((desk.rejected / f"{kept_back.said['release_id']}.gate.json").read_bytes())
    assert (why["release_id"], why["release_before"], why["passed"]) == (
        kept_back.said["release_id"],
        desk.current,
        False,
    )
    assert [check["check_id"] for check in why["checks"] if not check["passed"]] == [
        "documents_not_fewer",
        "documents_stay",
        "collections_keep_documents",
    ]
    assert set(why["checks"][0]) == {
        "check_id", "table", "column", "description", "severity", "rows_checked", "rows_failed", "threshold", "passed",
    }  # fmt: skip


def test_it_can_be_compared_with_the_current_release(desk, kept_back):
    said = desk.command("diff", "current", kept_back.said["release_id"]).said
    assert (said["counts"]["documents_before"], said["counts"]["gone"], said["counts"]["new"]) == (64, 28, 0)


def test_building_the_same_again_keeps_back_the_same_and_fails_again(desk, kept_back):
    before = bytes_of(desk.rejected / kept_back.said["release_id"])
    again = desk.build(desk.half)
    assert (again.code, again.said["release_id"]) == (1, kept_back.said["release_id"])
    assert names(desk.rejected) == [again.said["release_id"], f"{again.said['release_id']}.gate.json"]
    assert bytes_of(desk.rejected / again.said["release_id"]) == before


def test_accepting_publishes_what_was_kept_back(desk, kept_back):
    kept = bytes_of(desk.rejected / kept_back.said["release_id"])
    run = desk.command("accept", kept_back.said["release_id"])
    assert (run.code, run.said["status"], desk.current) == (0, "published", kept_back.said["release_id"])
    assert bytes_of(desk.processed / "current") == kept
    assert names(desk.rejected) == leftovers(desk.processed) == []
    assert desk.command("verify").code == 0


def test_accepting_needs_no_name_where_there_is_one(desk, kept_back):
    assert desk.command("accept").code == 0
    assert desk.current == kept_back.said["release_id"]


@pytest.mark.usefixtures("kept_back")
def test_an_accepted_release_is_the_newest_and_can_be_left_again(desk):
    before = desk.current
    desk.command("accept")
    assert [release["release_id"] for release in desk.command("releases").said["releases"]][:2] == [
        desk.current,
        before,
    ]
    assert desk.command("rollback").code == 0
    assert desk.current == before


def test_building_an_accepted_release_again_publishes_nothing(desk, kept_back):
    desk.command("accept")
    before = bytes_of(desk.processed / "current")
    for options in ([], ["--fresh"], []):
        run = desk.build(desk.half, *options)
        assert (run.code, run.said["status"], run.said["release_id"]) == (0, "unchanged", kept_back.said["release_id"])
    assert bytes_of(desk.processed / "current") == before


def test_a_release_whose_own_check_failed_stays_published_once_it_is_accepted(desk):
    for number in range(10):
        (desk.raw / f"note-{number}.txt").write_text(f"Nothing here is a listing, note {number}.\n", encoding="utf-8")
    run = desk.build(desk.raw)
    assert (run.code, run.said["status"]) == (1, "rejected")
    assert not (desk.processed / "current").exists()
    quality = pq.read_table(desk.rejected / run.said["release_id"] / "quality.parquet").to_pylist()
    row = next(row for row in quality if row["check_id"] == "few_pages_refused")
    assert (row["rows_checked"], row["rows_failed"], row["threshold"], row["passed"]) == (24, 11, 0.25, False)
    assert row["severity"] == "error"
    report = json.loads((desk.rejected / run.said["release_id"] / "report.json").read_bytes())
    assert "few_pages_refused" in {check["check_id"] for check in report["checks"]["failed"]}
    assert desk.command("accept").code == 0
    assert desk.command("verify").code == 0
    again = desk.build(desk.raw, "--fresh")
    assert (again.code, again.said["status"]) == (0, "unchanged")
    assert again.checks["few_pages_refused"]["passed"] is False


def test_build_accept_publishes_at_once_and_says_what_did_not_pass(desk):
    desk.build(desk.raw)
    run = desk.build(desk.half, "--accept")
    assert (run.code, run.said["status"], desk.current) == (0, "published", run.said["release_id"])
    assert run.said["gate"]["passed"] is False


def test_a_raised_threshold_lets_it_pass_and_stands_in_quality(desk, tmp_path):
    (tmp_path / "gate.toml").write_text(
        "fewer_documents = 0.5\ngone_documents = 0.5\ncollection_documents_gone = 0.9\nrefused_pages = 0.3\n",
        encoding="utf-8",
    )
    desk.build(desk.raw)
    run = desk.build(desk.half, "--gate", tmp_path / "gate.toml")
    assert (run.code, run.said["gate"]["passed"]) == (0, True)
    assert run.checks["documents_stay"]["threshold"] == 0.5
    assert names(desk.rejected) == []


def test_the_first_release_is_compared_with_none(desk):
    run = desk.build(desk.half)
    assert (run.code, run.said["gate"]["release_before"]) == (0, None)
    assert list(run.checks) == ["few_pages_refused", "few_entries_lost"]


def test_what_was_published_before_changes_nothing_in_quality_and_report(desk, tmp_path):
    desk.build(desk.half)
    desk.processed.rename(tmp_path / "alone")
    desk.build(desk.raw)
    desk.build(desk.half, "--accept")
    for name in ("quality.parquet", "report.json"):
        alone, after = (folder / "current" / name for folder in (tmp_path / "alone", desk.processed))
        assert after.read_bytes() == alone.read_bytes()


def test_a_release_made_to_follow_another_than_the_current_one_is_not_accepted(desk, kept_back):
    kept, followed = desk.rejected, desk.current
    saved = shutil.copytree(kept, desk.processed.parent / "saved")
    (desk.raw / "old-search-mikoyan-mission.txt").unlink()
    assert desk.build(desk.raw).code == 0
    assert names(kept) == []
    shutil.copytree(saved, kept, dirs_exist_ok=True)
    before = desk.current
    run = desk.command("accept", kept_back.said["release_id"])
    assert (run.code, run.said["error"], desk.current) == (1, "ReleaseError", before)
    said = f"was made to follow {followed}, and `current` leads to {before}: its ids may not fit"
    assert said in run.lines[-1]


def change(path):
    path.write_bytes(path.read_bytes()[:-1] + b"!")


@pytest.mark.parametrize("harm", [change, Path.unlink, lambda path: path.with_name("more.txt").write_text("more")])
@pytest.mark.parametrize("name", ["documents.parquet", "report.json", "manifest.json"])
def test_a_release_that_was_changed_since_is_not_accepted(desk, kept_back, harm, name):
    before = desk.current
    harm(desk.rejected / kept_back.said["release_id"] / name)
    run = desk.command("accept")
    assert (run.code, run.said["error"], desk.current) == (1, "ReleaseError", before)
    assert "was changed since it was kept back" in run.lines[-1]


def test_a_release_that_was_changed_after_a_run_died_while_it_was_accepted_is_not_accepted(desk, kept_back):
    before, accepted = desk.current, kept_back.said["release_id"]
    there = (desk.rejected / accepted).rename(desk.processed / "releases" / accepted)
    change(there / "documents.parquet")
    run = desk.command("accept")
    assert (run.code, run.said["error"], desk.current) == (1, "ReleaseError", before)
    assert "was changed since it was kept back" in run.lines[-1]


@pytest.mark.parametrize("text", [b"", b"{}", b"[1]", b"\xff", b'{"release_id": "r1-0000000000000000"}'])
def test_a_release_of_which_it_is_not_known_what_it_follows_is_not_accepted(desk, kept_back, text):
    before = desk.current
    (desk.rejected / f"{kept_back.said['release_id']}.gate.json").write_bytes(text)
    run = desk.command("accept")
    assert (run.code, run.said["error"], desk.current) == (1, "ReleaseError", before)
    assert "was made to follow one that is not known, and `current` leads to" in run.lines[-1]


@pytest.mark.parametrize("name", ["r1-0000000000000000", "../releases", "current", "x/../y"])
@pytest.mark.usefixtures("kept_back")
def test_a_name_that_is_not_among_the_rejected_is_wrong_usage(desk, name):
    run = desk.command("accept", name)
    assert (run.code, run.said["error"]) == (2, "UsageError")


def test_where_nothing_was_kept_back_there_is_nothing_to_accept(desk):
    desk.build(desk.raw)
    run = desk.command("accept")
    assert run.code == 2
    assert run.lines[-1].endswith("/rejected: nothing to accept; rejected releases: none")


def test_of_several_one_must_be_named_and_the_last_three_are_kept(desk):
    desk.build(desk.raw)
    ids = []
    for number in range(4):
        (desk.half / f"note-{number}.txt").write_text(f"Nothing here is a listing, note {number}.\n", encoding="utf-8")
        ids.append(desk.build(desk.half).said["release_id"])
    assert names(desk.rejected) == sorted([*ids[1:], *(f"{id_}.gate.json" for id_ in ids[1:])])
    run = desk.command("accept")
    assert run.code == 2
    assert f"which one?; rejected releases: {', '.join(ids[1:])}" in run.lines[-1]
    assert desk.command("accept", ids[2]).code == 0


@pytest.mark.usefixtures("kept_back")
def test_what_is_not_ours_among_the_rejected_is_left_alone(desk):
    (desk.rejected / "notes.txt").write_text("mine", encoding="utf-8")
    desk.command("accept")
    assert names(desk.rejected) == ["notes.txt"]


STEPS = ["rename", "replace", "fsync", "mkdir", "open", "symlink", "readlink", "rmdir", "unlink", "link", "stat"]


class StepFailedError(Exception):
    """Stands in for a run that is killed: no handler of an operating system's error catches it."""


def harmed(monkeypatch, at, error):
    """Let the file operation of a number fail; returns the operations that were met."""
    met = []

    def step(name, original):
        def run(*arguments, **options):
            met.append(name)
            if len(met) - 1 == at:
                raise error
            return original(*arguments, **options)

        return run

    for name in STEPS:
        monkeypatch.setattr(os, name, step(name, getattr(os, name)))
    return met


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), StepFailedError()], ids=["EIO", "killed"])
def test_whatever_step_of_accepting_fails_current_is_whole_and_the_next_try_succeeds(desk, kept_back, tmp_path, error):
    before, wanted = desk.current, kept_back.said["release_id"]
    whole = {before: bytes_of(desk.processed / "current"), wanted: bytes_of(desk.rejected / wanted)}
    shutil.copytree(desk.processed, tmp_path / "again", symlinks=True)
    for at in range(10_000):
        shutil.rmtree(desk.processed)
        shutil.copytree(tmp_path / "again", desk.processed, symlinks=True)
        with locked(desk.processed), pytest.MonkeyPatch.context() as patch:
            met = harmed(patch, at, error)
            with suppress(ReleaseError, StepFailedError):
                room.accept(desk.processed)
        assert bytes_of(desk.processed / "current") == whole[desk.current], met
        if desk.current != wanted:
            run = desk.command("accept", wanted)
            assert run.code == 0, (at, met, run.lines)
        assert bytes_of(desk.processed / "current") == whole[wanted]
        if len(met) <= at:
            break
    assert at > 20
