"""What is made to outlive a power cut, and that it is before anything leads to it."""

import errno
import os
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.errors import ReleaseError
from pipelines.parquet import write_table
from pipelines.release import locked, publish, publish_staged, rejected, staging
from pipelines.release.durable import fsync
from pipelines.release.publishing import switch
from pipelines.release.tags import add_tag
from schemas.derive import arrow_schema

NAME = "r1-aaaaaaaaaaaaaaaa"


@pytest.fixture(autouse=True)
def nothing_but_tables(monkeypatch):
    """A release of one table, of which no page can be made."""
    monkeypatch.setattr(staging, "make_contents", lambda *_: {"one.json": b"{}", "other.html": b"<p>"})


@pytest.fixture
def events(monkeypatch):
    """Every sync and every new name, in their order: what is synced is told by its inode, as it may be renamed afterwards."""
    found = []
    sync, rename, replace = os.fsync, os.rename, os.replace

    def noted(function, word):
        def run(source, target, **options):
            function(source, target, **options)
            found.append((word, os.lstat(target).st_ino))

        return run

    def synced(descriptor):
        found.append(("synced", os.fstat(descriptor).st_ino))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "rename", noted(rename, "named"))
    monkeypatch.setattr(os, "replace", noted(replace, "named"))
    return found


def at(events, word, path):
    """When something last happened to what stands at a path; -1 for never."""
    wanted = (word, path.lstat().st_ino)
    return max((place for place, event in enumerate(events) if event == wanted), default=-1)


def staged(processed, text="{}"):
    folder = processed / ".staging-1"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(text)
    return folder


def one_page():
    values = {"page_id": "p1-0000000000000000", "source_path": "page.txt", "source_sha256": "0" * 64, "source_bytes": 1}
    rows = [{field.name: values.get(field.name, zero_of(field)) for field in arrow_schema("pages")}]
    return pa.Table.from_pylist(rows, arrow_schema("pages"))


def zero_of(field):
    if field.nullable:
        return None
    return False if pa.types.is_boolean(field.type) else "" if pa.types.is_string(field.type) else 0


def test_every_file_and_every_name_of_a_release_is_synced_before_readers_are_led_to_it(processed, events):
    processed.mkdir()
    with locked(processed):
        release = publish(processed, {"pages": one_page()}, {}).path
    named = at(events, "named", release)
    files = list(release.iterdir())
    assert len(files) == 4
    assert all(0 <= at(events, "synced", path) < at(events, "synced", release) < named for path in files)
    led = at(events, "named", processed / "current")
    assert named < at(events, "synced", processed / "releases") < led < at(events, "synced", processed)


def test_the_order_of_releases_is_synced_before_it_has_its_name_and_names_a_release_before_it_is_there(
    processed, events
):
    with locked(processed):
        release = publish_staged(processed, staged(processed), NAME).path
    order = processed / "releases.jsonl"
    assert 0 <= at(events, "synced", order) < at(events, "named", order) < at(events, "named", release)
    synced = ("synced", processed.stat().st_ino)
    assert synced in events[at(events, "named", order) : at(events, "named", release)]


def test_the_names_of_a_release_that_was_repaired_are_synced(processed, events):
    with locked(processed):
        release = publish_staged(processed, staged(processed), NAME).path
        (release / "foreign.txt").write_text("foreign")
        events.clear()
        publish_staged(processed, staged(processed), NAME)
    assert at(events, "synced", release) >= 0


def test_a_folder_is_gone_once_it_is_published_wherever_it_stood(processed):
    with locked(processed):
        publish_staged(processed, staged(processed), NAME)
        elsewhere = staged(processed).rename(processed / "elsewhere")
        publish_staged(processed, elsewhere, NAME)
    assert sorted(path.name for path in processed.iterdir() if path.is_dir() and not path.is_symlink()) == ["releases"]


def test_where_readers_are_led_stays_where_that_cannot_be_made_to_last(processed, monkeypatch):
    first, second = (processed / "releases" / name for name in (NAME, f"{NAME[:-1]}b"))
    first.mkdir(parents=True)
    second.mkdir()

    def refused(_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refused)
        with pytest.raises(OSError, match="error"):
            switch(processed, first.name)
    assert not (processed / "current").is_symlink()
    assert switch(processed, first.name) is True
    assert switch(processed, first.name) is False
    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(OSError, match="error"):
        switch(processed, second.name)
    assert (processed / "current").readlink().name == first.name


def test_a_sync_leaves_no_file_open(tmp_path):
    before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(10):
        fsync(tmp_path)
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_a_tag_is_synced_with_the_folder_that_it_stands_in(processed, events):
    with locked(processed):
        publish_staged(processed, staged(processed), NAME)
        add_tag(processed, "kept", NAME)
    named = at(events, "named", processed / "tags" / "kept")
    assert named < at(events, "synced", processed / "tags") < at(events, "synced", processed)


def test_what_is_kept_back_is_synced_with_what_is_said_of_it(processed, events):
    processed.mkdir()
    with locked(processed):
        path = rejected.publish_known(processed, {"pages": one_page()}, {}, {"release_before": None})
    said = path.with_name(f"{path.name}.gate.json")
    assert 0 <= at(events, "synced", said) < at(events, "named", said) < at(events, "named", path)
    assert at(events, "named", path) < at(events, "synced", path.parent) < at(events, "synced", processed)


def test_that_a_release_is_kept_back_no_more_is_synced(processed, events):
    processed.mkdir()
    with locked(processed):
        kept = rejected.publish_known(processed, {"pages": one_page()}, {}, {"release_before": None})
        release = rejected.accept(processed).path
    assert at(events, "named", release) < at(events, "synced", kept.parent)


def cut(path):
    path.write_bytes(path.read_bytes()[:-9])


def without_rows(path):
    write_table("pages", arrow_schema("pages").empty_table(), path)


@pytest.mark.parametrize(
    ("harm", "said"), [(cut, "does not read back"), (without_rows, "reads back differently from what was written")]
)
def test_a_table_that_does_not_read_back_as_it_was_written_is_not_published(processed, monkeypatch, harm, said):
    def write(name, table, path):
        write_table(name, table, path)
        harm(path)

    monkeypatch.setattr(staging, "write_table", write)
    processed.mkdir()
    with locked(processed), pytest.raises(ReleaseError, match=f"pages.parquet: {said}"):
        publish(processed, {"pages": one_page()}, {})
    assert not (processed / "current").exists()
