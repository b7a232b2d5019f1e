"""What a release is, and what publishing one leaves behind."""

import fcntl
import json
import shutil
from hashlib import sha256

import pyarrow.parquet as pq
import pytest


def manifest_of(processed):
    return json.loads((processed / "current" / "manifest.json").read_bytes())


def release_id_of(processed):
    return (processed / "current").readlink().name


def identity(folder):
    return {path.name: (path.lstat().st_ino, path.lstat().st_mtime_ns) for path in [folder, *folder.iterdir()]}


def staging(processed):
    return sorted(path.name for path in processed.iterdir() if path.name.startswith(".staging-"))


def add_page(raw):
    page = (raw / "new-search-korean-war.txt").read_bytes()
    (raw / "added.txt").write_bytes(page.replace(b"October 8, 1950", b"October 9, 1950"))


def remove_page(raw):
    (raw / "old-search-mikoyan-mission.txt").unlink()


def edit_page(raw):
    page = raw / "old-collection-korean-war.txt"
    page.write_bytes(page.read_bytes().replace(b"January 15, 1953", b"January 16, 1953"))


def test_a_release_holds_exactly_the_files_of_the_contract(raw, processed, build, release_files):
    build(raw, processed)
    assert sorted(path.name for path in (processed / "current").iterdir()) == release_files
    assert len(release_files) == 19


def test_the_processed_folder_holds_the_link_the_releases_the_report_the_lock_and_what_is_remembered(
    raw, processed, build
):
    build(raw, processed)
    assert sorted(path.name for path in processed.iterdir()) == [
        ".cache", ".lock", "current", "last-run.json", "releases", "releases.jsonl", "report.html",
    ]  # fmt: skip
    assert len(list((processed / "releases").iterdir())) == 1


def test_the_manifest_names_every_file_but_itself(raw, processed, build, release_files):
    build(raw, processed)
    assert sorted([*manifest_of(processed)["files"], "manifest.json"]) == release_files


def test_the_manifest_tells_the_true_sha256_and_size_of_every_file(raw, processed, build):
    build(raw, processed)
    told = {name: (facts["sha256"], facts["bytes"]) for name, facts in manifest_of(processed)["files"].items()}
    contents = {name: (processed / "current" / name).read_bytes() for name in told}
    assert told == {name: (sha256(data).hexdigest(), len(data)) for name, data in contents.items()}


def test_the_manifest_tells_the_true_row_count_of_every_table(raw, processed, build, table_names):
    build(raw, processed)
    files = manifest_of(processed)["files"]
    told = {name: files[f"{name}.parquet"]["rows"] for name in table_names}
    assert told == {name: pq.read_table(processed / "current" / f"{name}.parquet").num_rows for name in table_names}
    assert (told["pages"], told["id_redirects"]) == (14, 0)


def test_the_manifest_tells_what_was_read(raw, processed, build):
    build(raw, processed)
    contents = {path.name: path.read_bytes() for path in sorted(raw.iterdir())}
    listing = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in contents.items())
    assert manifest_of(processed)["inputs"] == {
        "pages": 14,
        "bytes": sum(map(len, contents.values())),
        "sha256": sha256(listing.encode()).hexdigest(),
    }


def test_both_descriptors_describe_the_same_tables(raw, processed, build, table_names):
    build(raw, processed)
    package, croissant = (
        json.loads((processed / "current" / name).read_bytes()) for name in ("datapackage.json", "croissant.json")
    )
    files, names = manifest_of(processed)["files"], [f"{name}.parquet" for name in table_names]
    assert sorted(resource["path"] for resource in package["resources"]) == sorted(names)
    told = {file["contentUrl"]: (file["sha256"], file["contentSize"]) for file in croissant["distribution"]}
    assert told == {name: (files[name]["sha256"], f"{files[name]['bytes']} B") for name in names}


def test_the_data_package_says_of_each_table_what_it_is_and_what_its_columns_mean(raw, processed, build):
    build(raw, processed)
    text = (processed / "current" / "datapackage.json").read_text(encoding="utf-8")
    package = json.loads(text)
    assert text == json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in package["resources"]:
        assert resource["path"] == f"{resource['name']}.parquet"
        told = resource["type"], resource["format"], resource["mediatype"]
        assert told == ("table", "parquet", "application/vnd.apache.parquet")
        columns = pq.read_schema(processed / "current" / resource["path"]).names
        assert [field["name"] for field in resource["schema"]["fields"]] == columns


def test_current_is_a_relative_link_to_a_release(raw, processed, build):
    run = build(raw, processed)
    assert (processed / "current").is_symlink()
    assert str((processed / "current").readlink()) == f"releases/{run.said['release_id']}"


def test_a_moved_processed_folder_is_still_whole(raw, processed, build, faults, tmp_path):
    build(raw, processed)
    moved = processed.rename(tmp_path / "moved")
    assert faults((moved / "current").resolve()) == []


def test_the_release_id_is_the_sha256_of_the_listing_of_its_files(raw, processed, build):
    run = build(raw, processed)
    files = manifest_of(processed)["files"]
    listing = "".join(f"{files[name]['sha256']}  {name}\n" for name in sorted(files))
    assert run.said["release_id"] == f"r1-{sha256(listing.encode()).hexdigest()[:16]}"
    assert manifest_of(processed)["release_id"] == run.said["release_id"] == release_id_of(processed)


def test_equal_raw_in_another_place_gives_the_same_release_id(raw, processed, build, tmp_path):
    copy = shutil.copytree(raw, tmp_path / "copy")
    first, second = build(raw, processed), build(copy, tmp_path / "elsewhere")
    assert first.said["release_id"] == second.said["release_id"]


@pytest.mark.parametrize("change", [add_page, remove_page, edit_page])
def test_other_raw_gives_another_release_id(raw, processed, build, change):
    first = build(raw, processed)
    change(raw)
    assert build(raw, processed).said["release_id"] != first.said["release_id"]


def test_a_first_build_says_published(raw, processed, build):
    run = build(raw, processed)
    assert (run.code, run.said["status"], run.said["is_new"]) == (0, "published", True)


def test_building_again_unchanged_says_unchanged(raw, processed, build):
    first, second = build(raw, processed), build(raw, processed)
    assert (second.code, second.said["status"], second.said["is_new"]) == (0, "unchanged", False)
    assert second.said["release_id"] == first.said["release_id"]


def test_building_again_unchanged_touches_no_file_of_the_release(raw, processed, build):
    build(raw, processed)
    release = (processed / "current").resolve()
    before = identity(release), identity(processed / "releases"), (processed / "current").lstat()
    build(raw, processed)
    assert (identity(release), identity(processed / "releases")) == before[:2]
    after = (processed / "current").lstat()
    assert (after.st_ino, after.st_mtime_ns) == (before[2].st_ino, before[2].st_mtime_ns)


def test_building_again_unchanged_leaves_no_staging_folder(raw, processed, build):
    build(raw, processed)
    build(raw, processed)
    assert sorted(path.name for path in processed.iterdir()) == [
        ".cache", ".lock", "current", "last-run.json", "releases", "releases.jsonl", "report.html",
    ]  # fmt: skip


@pytest.mark.parametrize("change", [add_page, remove_page, edit_page])
def test_current_moves_after_raw_changed(raw, processed, build, faults, change):
    build(raw, processed)
    change(raw)
    run = build(raw, processed)
    assert (run.code, run.said["status"]) == (0, "published")
    assert release_id_of(processed) == run.said["release_id"]
    assert faults((processed / "current").resolve()) == []


@pytest.mark.parametrize("change", [add_page, remove_page, edit_page])
def test_the_old_release_is_whole_after_raw_changed(raw, processed, build, tree, change):
    build(raw, processed)
    old = (processed / "current").resolve()
    before = tree(old), identity(old)
    change(raw)
    build(raw, processed)
    assert (tree(old), identity(old)) == before


def test_a_release_published_before_is_switched_to_again(raw, processed, build):
    page = raw / "old-search-mikoyan-mission.txt"
    text = page.read_bytes()
    page.unlink()
    first = build(raw, processed)
    page.write_bytes(text)
    second = build(raw, processed)
    page.unlink()
    third = build(raw, processed)
    assert first.said["release_id"] == third.said["release_id"] != second.said["release_id"]
    assert third.said["status"] == "published"
    assert release_id_of(processed) == first.said["release_id"]


def orphan_folder(processed):
    orphan = processed / ".staging-4711"
    orphan.mkdir()
    (orphan / "pages.parquet").write_bytes(b"PAR1 half of a table")


def orphan_link_to_a_release(processed):
    (processed / ".staging-current").symlink_to((processed / "current").readlink())


def orphan_link_to_nothing(processed):
    (processed / ".staging-current").symlink_to("releases/r1-0000000000000000")


@pytest.mark.parametrize("orphan", [orphan_folder, orphan_link_to_a_release, orphan_link_to_nothing])
def test_the_next_run_sweeps_what_a_dead_run_left(raw, processed, build, faults, orphan):
    build(raw, processed)
    orphan(processed)
    edit_page(raw)
    assert build(raw, processed).code == 0
    assert staging(processed) == []
    assert faults((processed / "current").resolve()) == []


def test_orphans_are_swept_where_nothing_changed(raw, processed, build):
    build(raw, processed)
    orphan_folder(processed)
    assert build(raw, processed).said["status"] == "unchanged"
    assert staging(processed) == []


def test_sweeping_an_orphan_link_leaves_what_it_leads_to(raw, processed, build, tree, tmp_path):
    build(raw, processed)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("kept")
    (processed / ".staging-current").symlink_to(outside)
    build(raw, processed)
    assert tree(outside) == {"kept.txt": b"kept"}


def hold_lock(processed):
    processed.mkdir(exist_ok=True)
    holder = (processed / ".lock").open("w")
    fcntl.flock(holder, fcntl.LOCK_EX)
    return holder


def test_a_second_build_fails_while_the_lock_is_held(raw, processed, build):
    with hold_lock(processed):
        run = build(raw, processed)
    assert (run.code, run.said["status"], run.said["error"]) == (1, "failed", "ReleaseError")


def test_a_second_build_says_in_one_line_which_folder_is_in_use(raw, processed, build):
    with hold_lock(processed):
        run = build(raw, processed)
    named = [line for line in run.lines if str(processed) in line]
    assert named == [
        f"archive-listings: {processed}: another run is at work here; try again when it is done, or wait for it with --wait"
    ]


def test_a_second_build_changes_nothing_while_the_lock_is_held(raw, processed, build, tree):
    build(raw, processed)
    before = tree(processed)
    edit_page(raw)
    with hold_lock(processed):
        build(raw, processed)
    assert tree(processed) == before


def test_a_build_goes_on_once_the_lock_is_free(raw, processed, build):
    with hold_lock(processed):
        build(raw, processed)
    assert build(raw, processed).code == 0


def test_the_lock_is_free_after_a_build_that_failed(raw, processed, build, tmp_path):
    (tmp_path / "empty").mkdir()
    assert build(tmp_path / "empty", processed).said["error"] == "NoPagesError"
    assert build(raw, processed).code == 0


def test_a_build_without_pages_leaves_the_release_before_it_in_place(raw, processed, build, tree, tmp_path):
    build(raw, processed)
    before = tree(processed)
    (tmp_path / "empty").mkdir()
    assert build(tmp_path / "empty", processed).code == 1
    assert {**tree(processed), "last-run.json": before["last-run.json"]} == before


def file_in_its_place(processed):
    processed.write_text("not a folder")


def file_as_its_parent(processed):
    processed.parent.write_text("not a folder")


def file_as_releases(processed):
    processed.mkdir()
    (processed / "releases").write_text("not a folder")


def folder_as_current(processed):
    (processed / "current").mkdir(parents=True)


@pytest.mark.parametrize("obstacle", [file_in_its_place, file_as_its_parent, file_as_releases, folder_as_current])
def test_a_folder_that_cannot_be_written_to_is_named_in_one_line(raw, tmp_path, build, obstacle):
    processed = tmp_path / "results" / "processed"
    if obstacle is not file_as_its_parent:
        processed.parent.mkdir()
    obstacle(processed)
    run = build(raw, processed)
    assert (run.code, run.said["error"]) == (1, "ReleaseError")
    assert len([line for line in run.lines if str(processed) in line]) == 1
    assert run.lines[-1] == f"archive-listings: {run.said['message']}"


@pytest.mark.parametrize("obstacle", [file_as_releases, folder_as_current])
def test_a_build_succeeds_once_the_obstacle_is_gone(raw, processed, build, faults, obstacle):
    obstacle(processed)
    build(raw, processed)
    assert staging(processed) == []
    name = obstacle.__name__.removeprefix("file_as_").removeprefix("folder_as_")
    (processed / name).rename(processed.parent / "obstacle")
    assert build(raw, processed).code == 0
    assert faults((processed / "current").resolve()) == []


def test_a_release_that_was_damaged_is_published_anew(raw, processed, build):
    build(raw, processed)
    release = (processed / "current").resolve()
    (release / "documents.parquet").write_bytes(b"PAR1 junk")
    (release / "matches.parquet").unlink()
    build(raw, processed)
    assert (processed / "current").resolve() == release
    files = manifest_of(processed)["files"]
    assert {name: sha256((release / name).read_bytes()).hexdigest() for name in files} == {
        name: facts["sha256"] for name, facts in files.items()
    }
    assert staging(processed) == []
