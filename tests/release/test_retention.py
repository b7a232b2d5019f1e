"""Which releases stay, in which order they were published, and what is left of one that does not stay."""

import json
import os
import shutil

import pytest

from pipelines.release import locked, publish_staged, read_order, release_before
from pipelines.release.retention import find_old, remove_releases
from pipelines.release.tags import add_tag, read_tags

A, B, C, D, E = (f"r1-{letter * 16}" for letter in "abcde")


def publish(processed, *ids, keep=10):
    """Publish releases of one small file each."""
    for release_id in ids:
        staged = processed / ".staging-1"
        staged.mkdir(parents=True)
        (staged / "manifest.json").write_text(f'{{"release_id": "{release_id}"}}\n')
        with locked(processed):
            published = publish_staged(processed, staged, release_id, keep)
    return published


def there(processed):
    return sorted(path.name for path in (processed / "releases").iterdir())


def order(processed):
    return [recorded.release_id for recorded in read_order(processed)]


def test_releases_stand_in_the_order_in_which_they_were_published(processed):
    publish(processed, C, A, B)
    assert order(processed) == [C, A, B]


def test_a_release_that_is_published_again_is_the_newest(processed):
    publish(processed, A, B, A)
    assert order(processed) == [B, A]
    assert release_before(processed, A) == B
    assert release_before(processed, B) is None


def test_a_release_that_is_current_already_keeps_its_time(processed):
    publish(processed, A)
    line = f'{{"release_id": "{A}", "published_at": "2001-02-03T04:05:06Z"}}\n'
    (processed / "releases.jsonl").write_text(line)
    publish(processed, A)
    assert (processed / "releases.jsonl").read_text() == line


def test_the_order_is_one_object_a_line(processed):
    publish(processed, A, B)
    lines = (processed / "releases.jsonl").read_text().splitlines()
    assert [sorted(json.loads(line)) for line in lines] == [["published_at", "release_id"]] * 2


@pytest.mark.parametrize("torn", ['{"release_id": "r1-b', "", "[]", "null", '{"release_id": 3}', "\x00" * 90, "\ud800"])
def test_a_line_that_is_none_is_left_out(processed, torn):
    publish(processed, A, B)
    file = processed / "releases.jsonl"
    file.write_bytes(file.read_bytes() + torn.encode("utf-8", "surrogatepass"))
    assert order(processed) == [A, B]
    publish(processed, C)
    assert order(processed) == [A, B, C]
    assert len(file.read_text().splitlines()) == 3


def test_of_several_lines_about_a_release_the_last_counts(processed):
    publish(processed, A, B)
    file = processed / "releases.jsonl"
    file.write_text(file.read_text() + f'{{"release_id": "{A}", "published_at": "2101-02-03T04:05:06Z"}}\n')
    assert [(each.release_id, each.published_at[:4] == "2101") for each in read_order(processed)] == [
        (B, False),
        (A, True),
    ]


def test_without_a_written_order_the_times_of_the_folders_count(processed):
    publish(processed, B, A, C)
    (processed / "releases.jsonl").unlink()
    for seconds, name in enumerate((C, A, B)):
        os.utime(processed / "releases" / name, (seconds, seconds))
    assert order(processed) == [C, A, B]


def test_releases_that_nothing_is_written_about_are_older_than_the_others(processed):
    publish(processed, A, B)
    shutil.copytree(processed / "releases" / A, processed / "releases" / E)
    assert order(processed) == [E, A, B]


def test_what_is_written_of_a_release_that_is_not_there_means_nothing(processed):
    publish(processed, A, B, C)
    shutil.rmtree(processed / "releases" / B)
    assert order(processed) == [A, C]
    assert release_before(processed, C) == A


def test_the_last_few_releases_are_kept(processed):
    assert publish(processed, A, B, C, D, keep=3).swept == (A,)
    assert there(processed) == [B, C, D]


def test_the_release_before_is_kept_where_one_is_to_be_kept(processed):
    publish(processed, A, B, C, keep=1)
    assert there(processed) == [B, C]


def test_a_tagged_release_is_kept_and_not_counted(processed):
    publish(processed, A)
    add_tag(processed, "first", A)
    publish(processed, B, C, D, E, keep=2)
    assert there(processed) == [A, D, E]
    assert read_tags(processed) == {"first": A}


def test_a_tagged_release_is_kept_whatever_way_its_link_is_written(processed):
    publish(processed, A, B)
    (processed / "tags").mkdir()
    (processed / "tags" / "absolute").symlink_to((processed / "releases" / A).absolute())
    (processed / "tags" / "slash").symlink_to(f"../releases/{B}/")
    publish(processed, C, D, E, keep=1)
    assert there(processed) == [A, B, D, E]


def test_what_is_no_tag_keeps_nothing_and_stops_nothing(processed):
    publish(processed, A)
    (processed / "tags" / "folder").mkdir(parents=True)
    (processed / "tags" / "file").write_text(A)
    (processed / "tags" / "elsewhere").symlink_to("/etc")
    publish(processed, B, C, keep=1)
    assert there(processed) == [B, C]


def test_a_link_is_a_tag_where_it_leads_to_a_release_and_has_a_name_that_a_tag_can_have(processed):
    publish(processed, A)
    (processed / "tags").mkdir()
    for name, target in (("kept", f"../releases/{A}"), (".hidden", f"../releases/{A}"), ("elsewhere", "/etc")):
        (processed / "tags" / name).symlink_to(target)
    assert read_tags(processed) == {"kept": A}


def test_after_a_rollback_the_current_release_and_the_one_before_it_are_kept(processed):
    publish(processed, A, B, C, D, E)
    (processed / "current").unlink()
    (processed / "current").symlink_to(f"releases/{B}")
    assert find_old(processed, 1, B) == [C, D]


def test_a_build_never_removes_the_release_that_it_leaves(processed):
    publish(processed, A, B, C)
    (processed / "current").unlink()
    (processed / "current").symlink_to(f"releases/{A}")
    publish(processed, D, keep=1)
    assert there(processed) == [A, C, D]
    publish(processed, E, keep=1)
    assert there(processed) == [D, E]


def test_what_is_no_release_is_never_removed(processed):
    publish(processed, A)
    (processed / "releases" / "notes").mkdir()
    (processed / "releases" / "r1-zzzz").mkdir()
    (processed / "releases" / E).symlink_to(A)
    publish(processed, B, C, keep=1)
    assert there(processed) == sorted([B, C, E, "notes", "r1-zzzz"])


def test_a_reader_that_holds_a_file_open_keeps_it(processed):
    publish(processed, A)
    with (processed / "current" / "manifest.json").open() as held:
        publish(processed, B, C, keep=1)
        assert there(processed) == [B, C]
        assert json.load(held) == {"release_id": A}


def test_a_release_loses_its_name_before_it_loses_a_file(processed, monkeypatch):
    publish(processed, A, B)
    seen = []
    rmtree = shutil.rmtree

    def look_and_remove(path, *rest):
        seen.append((path.name, there(processed)))
        rmtree(path, *rest)

    monkeypatch.setattr(shutil, "rmtree", look_and_remove)
    remove_releases(processed, [A])
    assert seen == [(f".staging-old-{A}", [B])]


def test_a_release_that_cannot_be_removed_is_told_and_stops_nothing(processed, monkeypatch):
    publish(processed, A, B)

    def refuse(path, *_rest):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(shutil, "rmtree", refuse)
    published = publish(processed, C, keep=1)
    monkeypatch.undo()
    assert published.doubts == (f"{processed}/.staging-old-{A}: not removed: Permission denied",)
    assert (processed / "current").readlink().name == C
    publish(processed, D, keep=1)
    assert [path.name for path in processed.iterdir() if path.name.startswith(".staging")] == []


def test_tags_that_cannot_be_read_stop_a_build_before_anything_is_switched_or_swept(processed):
    publish(processed, A, B)
    (processed / "tags").write_text("no folder")
    with pytest.raises(NotADirectoryError, match="tags"):
        publish(processed, C, keep=1)
    assert (processed / "current").readlink().name == B
    assert {A, B} <= set(there(processed))


def test_a_damaged_release_is_repaired_file_by_file_and_never_missing(processed):
    publish(processed, A)
    release = processed / "releases" / A
    (release / "manifest.json").write_text("damaged")
    (release / "foreign.txt").write_text("foreign")
    inode = release.stat().st_ino
    assert publish(processed, A).is_new
    assert {path.name: path.read_text() for path in release.iterdir()} == {
        "manifest.json": f'{{"release_id": "{A}"}}\n'
    }
    assert release.stat().st_ino == inode
    assert not publish(processed, A).is_new


@pytest.mark.parametrize(("name", "text"), [("manifest.json", "damaged"), ("foreign.txt", "foreign")])
def test_a_repair_is_told_whether_a_file_was_damaged_or_came_from_elsewhere(processed, name, text):
    publish(processed, A)
    (processed / "releases" / A / name).write_text(text)
    assert publish(processed, A).is_new
    assert [path.name for path in (processed / "releases" / A).iterdir()] == ["manifest.json"]
    assert not publish(processed, A).is_new
