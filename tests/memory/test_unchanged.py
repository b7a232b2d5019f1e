"""Nothing changed: found at once where it is true, and never said where it is not."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from pipelines.memory import remembered, unchanged
from pipelines.memory.digests import installed

HEAVY = ("numpy", "pandas", "pandera", "prefect", "pyarrow", "rich")
ASK = f"""
import sys
from pipelines.cli import main
code = main(sys.argv[1:])
print(sorted(set({HEAVY}) & set(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


def page_of(raw):
    return min(raw.glob("*.txt"))


def write_over(path, data):
    """Other bytes under the same size and the same time of modification, which `touch` and archives can bring about."""
    status = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_a_second_build_says_that_nothing_changed(build):
    first, second = build(), build()
    assert (first.status, second.status, second.release_id) == ("published", "unchanged", first.release_id)
    assert second.how == "nothing changed, so nothing was built"


def test_it_is_said_in_the_form_in_which_every_build_answers(raw, tmp_path, capsys):
    from pipelines.cli import main

    command = ["build", "--no-prefect", "--json", "--raw", str(raw), "--processed", str(tmp_path / "processed")]
    answers = []
    for _ in range(2):
        assert main(command) == 0
        answers.append(json.loads(capsys.readouterr().out))
    first, second = answers
    assert first.keys() == second.keys()
    for same in ("release_id", "paths", "report"):
        assert first[same] == second[same]
    assert second["gate"]["passed"]


def test_a_person_reads_what_was_compared(raw, tmp_path, capsys):
    from pipelines.cli import main

    command = ["build", "--no-prefect", "--raw", str(raw), "--processed", str(tmp_path / "processed")]
    main(command)
    capsys.readouterr()
    main(command)
    said = capsys.readouterr().out
    assert "is unchanged: nothing new was published" in said
    assert "The 6 files of raw are those it was built from" in said


def test_it_is_said_before_anything_is_imported_that_builds(raw, tmp_path, build):
    build()
    command = [sys.executable, "-c", ASK, "build", "--no-prefect", "--raw", raw, "--processed", tmp_path / "processed"]
    settings = ["--judgements", tmp_path / "judgements.toml", "--gate", tmp_path / "lenient.toml"]
    run = subprocess.run([*command, *settings], capture_output=True, text=True, check=True)
    assert "is unchanged" in run.stdout
    assert run.stderr.splitlines()[-1] == "[]"


@pytest.mark.usefixtures("settled")
def test_files_that_stand_still_are_not_read_again(build, is_built, monkeypatch):
    build()
    monkeypatch.setattr(unchanged, "digest_of_raw", None)
    assert not is_built()


def test_files_that_were_written_just_before_are_read_again(build, is_built, monkeypatch):
    read = []
    digest = unchanged.digest_of_raw
    monkeypatch.setattr(unchanged, "digest_of_raw", lambda path: read.append(path.name) or digest(path))
    build()
    assert not is_built()
    assert len(read) == 6


@pytest.mark.parametrize("is_settled", [True, False])
def test_other_bytes_of_the_same_size_and_time_are_seen(raw, build, is_built, request, *, is_settled):
    if is_settled:
        request.getfixturevalue("settled")
    build()
    page = page_of(raw)
    write_over(page, page.read_bytes().replace(b"1950", b"1951"))
    assert is_built()


def test_other_bytes_written_while_a_build_reads_are_seen(raw, build, is_built, monkeypatch):
    page = page_of(raw)
    data = page.read_bytes()
    read = remembered.list_entries

    def change_meanwhile(readings):
        write_over(page, data.replace(b"1950", b"1951"))
        return read(readings)

    with monkeypatch.context() as patch:
        patch.setattr(remembered, "list_entries", change_meanwhile)
        build()
    assert is_built()


@pytest.mark.usefixtures("settled")
def test_a_file_that_was_only_touched_is_read_once_and_trusted_again(raw, build, is_built, monkeypatch):
    build()
    os.utime(page_of(raw))
    assert not is_built()
    monkeypatch.setattr(unchanged, "digest_of_raw", None)
    assert not is_built()


def add(raw, _tmp_path):
    shutil.copy(page_of(raw), raw / "another.txt")


def remove(raw, _tmp_path):
    page_of(raw).unlink()


def rename(raw, _tmp_path):
    page_of(raw).rename(raw / "renamed.txt")


def link(raw, _tmp_path):
    (raw / "link").symlink_to("nowhere")


def say(raw, _tmp_path):
    (raw / "pages.csv").write_text("path,note\nanother.txt,lost\n", encoding="utf-8")


def declare(raw, _tmp_path):
    (raw / "layouts").mkdir()
    shutil.copy("tests/extract/declared/layouts/letters.toml", raw / "layouts")


def judge(_raw, tmp_path):
    (tmp_path / "judgements.toml").write_text("", encoding="utf-8")


def rot(_raw, tmp_path):
    path = next((tmp_path / "processed" / "releases").glob("*/issues.parquet"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def rot_manifest(_raw, tmp_path):
    path = next((tmp_path / "processed" / "releases").glob("*/manifest.json"))
    path.write_text(path.read_text(encoding="utf-8").replace('"pages": 6', '"pages": 7'), encoding="utf-8")


def lose(_raw, tmp_path):
    next((tmp_path / "processed" / "releases").glob("*/pages.parquet")).unlink()


def lead_astray(_raw, tmp_path):
    (tmp_path / "processed" / "current").unlink()


def leave_orphan(_raw, tmp_path):
    (tmp_path / "processed" / ".staging-1").mkdir()


def forget(_raw, tmp_path):
    shutil.rmtree(tmp_path / "processed" / ".cache")


def flip_record(_raw, tmp_path):
    path = tmp_path / "processed" / ".cache" / "last-build"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def tear_record(_raw, tmp_path):
    path = tmp_path / "processed" / ".cache" / "last-build"
    path.write_bytes(path.read_bytes()[:100])


CHANGES = [
    add, remove, rename, link, say, declare, judge, rot, rot_manifest, lose, lead_astray, leave_orphan, forget, flip_record,
    tear_record,
]  # fmt: skip


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_a_build_could_answer_to_is_seen(change, raw, tmp_path, build, is_built):
    build()
    assert not is_built()
    change(raw, tmp_path)
    assert is_built()
    assert not is_built()


def test_other_thresholds_are_seen(tmp_path, build, is_built):
    build()
    gate = tmp_path / "gate.toml"
    gate.write_text("", encoding="utf-8")
    assert is_built("--gate", gate)
    assert not is_built("--gate", gate)


def test_another_number_of_releases_to_keep_is_seen(build, is_built):
    build()
    assert is_built("--keep", 3)


@pytest.mark.parametrize("room", [remembered, unchanged])
def test_other_code_or_libraries_are_seen(room, build, is_built, monkeypatch):
    build()
    monkeypatch.setattr(room, "digest_of_code", lambda: "another")
    assert is_built() == (room is unchanged)


def test_installed_packages_are_told_by_name_and_version():
    import pyarrow as pa

    assert f"pyarrow-{pa.__version__}.dist-info" in installed()


def test_a_fresh_build_asks_nobody(build, is_built):
    build()
    assert is_built("--fresh")


def test_a_file_that_could_not_be_read_is_tried_again(raw, build, monkeypatch):
    from pipelines.read import raw_file
    from pipelines.read.raw_file import RawFile

    read = raw_file.read_whole
    broken = page_of(raw).stat().st_size

    def fail(file: RawFile, most: int) -> bytes:
        if file.size == broken:
            raise OSError(5, "Input/output error")
        return read(file, most)

    with monkeypatch.context() as patch:
        for room in [module for module in sys.modules.values() if getattr(module, "read_whole", None) is read]:
            patch.setattr(room, "read_whole", fail)
        first = build()
    second = build()
    assert second.status == "published"
    assert second.release_id != first.release_id


def test_a_folder_that_nothing_can_be_remembered_in_costs_time_alone(tmp_path, build, is_built):
    (tmp_path / "processed").mkdir()
    (tmp_path / "processed" / ".cache").write_text("not a folder", encoding="utf-8")
    first = build()
    assert first.status == "published"
    assert is_built()


def test_nothing_is_left_waiting_where_writing_fails(tmp_path, build, monkeypatch):
    from pathlib import Path

    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(AssertionError):
        build()
    assert [path.name for path in (tmp_path / "processed" / ".cache").iterdir()] == []
