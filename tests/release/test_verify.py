"""`verify`: what is not as it was published is found, blamed on the right file, and told with what to do."""

import json
import random
import re
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipelines.build import BuildSettings
from pipelines.build import build as publish_pages
from pipelines.cli import main
from pipelines.engine import LocalEngine
from pipelines.parquet import read_table
from pipelines.release import stage
from pipelines.verify.checking import verify_release

PAGES = ["new-search-korean-war.txt", "old-collection-korean-war.txt", "note-not-a-listing.txt"]


@pytest.fixture(scope="module")
def published(sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    (folder / "raw").mkdir()
    for page in PAGES:
        shutil.copy(sample / page, folder / "raw")
    return publish_pages(BuildSettings(folder / "raw", folder / "processed"), LocalEngine()).published.path


@pytest.fixture
def release(published, processed):
    shutil.copytree(published, processed / "releases" / published.name)
    (processed / "current").symlink_to(f"releases/{published.name}")
    return processed / "releases" / published.name


def damage(release):
    return [fault.text for fault in verify_release(release).faults]


def blamed(release):
    return sorted({fault.file for fault in verify_release(release).faults})


def test_a_release_as_it_was_published_is_whole(release, release_files):
    found = verify_release(release)
    assert (found.faults, found.notes) == ((), ())
    assert found.checked["files"] == len(release_files)
    assert found.checked["bytes"] == sum((release / name).stat().st_size for name in release_files)
    assert found.checked["rows"] == sum(pq.read_table(path).num_rows for path in release.glob("*.parquet"))


def test_the_whole_sample_is_whole(sample, processed):
    path = publish_pages(BuildSettings(sample, processed), LocalEngine()).published.path
    assert damage(path) == []


def test_every_flipped_bit_is_found_and_blamed_on_its_file(release, release_files, torture, figure):
    chance = random.Random(5)
    missed, blamed_wrongly, seen_by_reading = [], [], 0
    flips = [release_files[number % len(release_files)] for number in range(torture(45, 500))]
    for name in flips:
        path = release / name
        original = path.read_bytes()
        at, bit = chance.randrange(len(original)), 1 << chance.randrange(8)
        path.write_bytes(original[:at] + bytes([original[at] ^ bit]) + original[at + 1 :])
        files = blamed(release)
        if not files:
            missed.append((name, at, bit))
        elif files != [name]:
            blamed_wrongly.append((name, at, bit, files))
        seen_by_reading += not reads(path)
        path.write_bytes(original)
    figure(
        "bit rot: a bit flipped in a release",
        f"{len(flips) - len(missed)} of {len(flips)} found by `verify`, each blamed on its file alone; "
        f"opening the file with no checks finds {seen_by_reading}",
    )
    assert missed == []
    assert blamed_wrongly == []
    assert seen_by_reading < len(flips)
    assert damage(release) == []


def reads(path):
    """What a reader without checks notices: nothing, as long as the file can be read at all."""
    try:
        if path.suffix == ".parquet":
            pq.read_table(path)
        elif path.suffix == ".json":
            json.loads(path.read_bytes())
    except (pa.ArrowException, OSError, ValueError):
        return False
    return True


MANIFEST_EDITS = {
    "release_id": lambda m: m.update(release_id="r1-0000000000000000"),
    "code_version": lambda m: m.update(code_version="9.9.9"),
    "table_version": lambda m: m.update(table_version="9.9"),
    "inputs.pages": lambda m: m["inputs"].update(pages=7),
    "inputs.bytes": lambda m: m["inputs"].update(bytes=7),
    "inputs.sha256": lambda m: m["inputs"].update(sha256="0" * 64),
    "files.pages.parquet.rows": lambda m: m["files"]["pages.parquet"].update(rows=7),
    "files.pages.parquet.bytes": lambda m: m["files"]["pages.parquet"].update(bytes=7),
    "files.pages.parquet.table_version": lambda m: m["files"]["pages.parquet"].update(table_version="9.9"),
    "files.pages.parquet.sha256": lambda m: m["files"]["pages.parquet"].update(sha256="0" * 64),
    "files": lambda m: m["files"].pop("pages.parquet"),
    "more": lambda m: m.update(more=1),
}


@pytest.mark.parametrize("edit", MANIFEST_EDITS)
def test_a_manifest_that_was_edited_is_blamed_alone(release, edit):
    path = release / "manifest.json"
    manifest = json.loads(path.read_bytes())
    MANIFEST_EDITS[edit](manifest)
    path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert blamed(release) == ["manifest.json"]


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"files": []}', b'{"files": {"a": 1}}', b"\xff", b'{"files": {"a": {"sha256": 1}}}'],
)
def test_a_manifest_that_is_none_is_blamed_alone(release, content):
    (release / "manifest.json").write_bytes(content)
    assert blamed(release) == ["manifest.json"]


def test_a_manifest_written_with_other_blanks_is_not_the_published_one(release):
    path = release / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes())))
    assert damage(release) == ["manifest.json: not as it was published: it is written otherwise"]


@pytest.mark.parametrize("name", ["manifest.json", "pages.parquet", "report.json"])
def test_a_file_that_is_missing_is_named(release, name):
    (release / name).unlink()
    assert name in blamed(release)


def test_a_file_that_is_missing_is_named_where_the_manifest_is_as_well(release):
    (release / "manifest.json").unlink()
    (release / "pages.parquet").unlink()
    assert blamed(release) == ["manifest.json", "pages.parquet"]


def foreign_file(release):
    (release / "notes.txt").write_text("mine")
    return "notes.txt"


def foreign_folder(release):
    (release / "folder").mkdir()
    return "folder"


def link_in_place_of_a_file(release):
    (release / "pages.parquet").rename(release.parent / "pages.parquet")
    (release / "pages.parquet").symlink_to("../pages.parquet")
    return "pages.parquet"


@pytest.mark.parametrize("foreign", [foreign_file, foreign_folder, link_in_place_of_a_file])
def test_what_was_not_published_is_named(release, foreign):
    name = foreign(release)
    assert blamed(release) == [name]


def test_a_table_that_was_cut_is_blamed_with_its_size(release):
    path = release / "documents.parquet"
    path.write_bytes(path.read_bytes()[:100])
    assert damage(release)[0].startswith("documents.parquet: not as it was published: 100 bytes, sha256 ")


def test_a_release_under_another_name_is_no_release(release):
    other = release.rename(release.with_name("r1-0123456789abcdef"))
    assert damage(other) == [
        "manifest.json: not as it was published: the files that it lists are not those of r1-0123456789abcdef"
    ]


def staged_again(release, change, report=None):
    """The same release with other content, whose hashes are right: what a fault of the program would publish."""
    tables = {path.stem: read_table(path) for path in sorted(release.glob("*.parquet"))}
    change(tables)
    folder = release.parent / "again"
    release_id = stage(folder, tables, report or json.loads((release / "report.json").read_bytes()))
    return folder.rename(release.with_name(release_id))


def with_value(table, column, value, row=0):
    at = table.schema.get_field_index(column)
    values = table.column(column).to_pylist()
    values[row] = value
    return table.set_column(at, table.schema.field(at), pa.array(values, table.schema.field(at).type))


def changing(name, column, value):
    return lambda tables: tables.update({name: with_value(tables[name], column, value)})


CHANGES = {
    "pages.parquet: entry_count: entry_count: 1 of 3 failed": changing("pages", "entry_count", 999),
    "documents.parquet: page_count: page_count: 1 of": changing("documents", "page_count", 9),
    "entries.parquet: document_id: foreign_key: 1 of": changing("entries", "document_id", "d1-0000000000000000"),
    "entries.parquet: row 1: str_matches of date_edtf failed: 1950-1-1": changing("entries", "date_edtf", "1950-1-1"),
    "documents.parquet: 2 structural faults": lambda tables: tables.update(
        documents=pa.concat_tables([tables["documents"], tables["documents"].slice(0, 1)])
    ),
    "quality.parquet: pages.entry_count: entry_count: says that 3 of 3 failed, and 0 of 3 do": lambda tables: (
        tables.update(
            quality=with_value(
                tables["quality"],
                "rows_failed",
                3,
                next(
                    row
                    for row, check in enumerate(tables["quality"].to_pylist())
                    if (check["check_id"], check["table"]) == ("entry_count", "pages")
                ),
            )
        )
    ),
}


@pytest.mark.parametrize("said", CHANGES)
def test_what_no_build_would_publish_is_found_though_its_hashes_are_right(release, said):
    found = damage(staged_again(release, CHANGES[said]))
    assert [line for line in found if line.startswith(said)], found


def test_a_number_of_the_report_that_the_tables_do_not_have_is_found(release):
    report = json.loads((release / "report.json").read_bytes())
    report["counts"]["documents"] += 1
    report["issues"]["by_severity"]["fatal"] = 1
    count = report["counts"]["documents"]
    assert damage(staged_again(release, lambda _: None, report)) == [
        f"report.json: counts.documents says {count}, and the tables say otherwise",
        "report.json: issues.by_severity.fatal says 1, and the tables say otherwise",
        "report.html: not the page that the tables give",
    ]


REPORT_CHANGES = {
    "other numbers": ('<data value="[0-9]+"', '<data value="7"'),
    "no numbers": ("<data ", "<b "),
    "a script": ("</main>", "<script>1</script></main>"),
    "a policy that lets scripts run": ("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';"),
    "no policy": ("Content-Security-Policy", "X-Policy"),
}


@pytest.mark.parametrize("change", REPORT_CHANGES)
def test_a_page_of_the_report_that_the_tables_do_not_give_is_found(release, monkeypatch, change):
    assert damage(rendered_otherwise(release, monkeypatch, *REPORT_CHANGES[change])) == [
        "report.html: not the page that the tables give"
    ]


def test_a_page_of_the_report_in_the_words_of_another_version_is_whole(release, monkeypatch):
    assert (
        damage(rendered_otherwise(release, monkeypatch, "Can this release be trusted", "Is this release sound")) == []
    )


def rendered_otherwise(release, monkeypatch, found, other):
    from pipelines.report import rendering

    render = rendering.render_report
    monkeypatch.setattr(rendering, "render_report", lambda report: re.sub(found, other, render(report)))
    again = staged_again(release, lambda _: None)
    monkeypatch.undo()
    return again


def test_every_number_of_the_report_is_compared(release):
    report = json.loads((release / "report.json").read_bytes())
    changed = 0
    for way in [way for way, value in leaves(report) if isinstance(value, int) and not isinstance(value, bool)]:
        other = json.loads(json.dumps(report))
        at = other
        for step in way[:-1]:
            at = at[step]
        at[way[-1]] += 1
        found = damage_of_report(release, other)
        assert len(found) == 1, way
        changed += 1
    assert changed > 40


def leaves(value, way=()):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        if isinstance(inner, dict | list):
            yield from leaves(inner, (*way, step))
        else:
            yield (*way, step), inner


def damage_of_report(release, report):
    from pipelines.verify.tables import check_report, read_tables, report_of

    (release / "report.json").write_text(json.dumps(report), encoding="utf-8")
    return check_report(release, report_of(read_tables(release)[0]))


PAGE_CHANGES = {
    "another title": (rb'"title":\["', b'"title":["X'),
    "another count": (rb'"count":\d+', b'"count":7'),
    "something after it": (rb"\Z", b" "),
    "a script that its policy does not name": (rb"use strict", b"use  strict"),
    "a style that its policy does not name": (rb"--ink: ", b"--ink:  "),
}


@pytest.mark.parametrize("change", PAGE_CHANGES)
def test_a_page_that_does_not_follow_from_the_tables_is_found(release, monkeypatch, change):
    found, other = PAGE_CHANGES[change]
    changed_page(monkeypatch, lambda page: re.sub(found, other, page, count=1))
    assert damage(staged_again(release, lambda _: None)) == ["explorer.html: not the page that the tables give"]


def test_a_page_with_the_script_of_another_version_is_whole(release, monkeypatch):
    from pipelines.explore import page

    script = page.page_script()
    changed_page(monkeypatch, lambda made: made.replace(
        script.encode(), b"other").replace(page.policy_hash(script).encode(), page.policy_hash("other").encode()
    ))  # fmt: skip
    assert damage(staged_again(release, lambda _: None)) == []


def changed_page(monkeypatch, change):
    from pipelines.release import staging

    make = staging.make_contents

    def changed(tables, report, files):
        made = make(tables, report, files)
        return {**made, "explorer.html": change(made["explorer.html"])}

    monkeypatch.setattr(staging, "make_contents", changed)


def test_a_page_that_was_not_published_is_missed(release, monkeypatch):
    from pipelines.release import staging

    make = staging.make_contents

    def without(tables, report, files):
        return {name: made for name, made in make(tables, report, files).items() if name != "explorer.html"}

    monkeypatch.setattr(staging, "make_contents", without)
    assert damage(staged_again(release, lambda _: None)) == ["explorer.html: missing, though the tables give one"]


def test_a_checksum_of_a_page_is_looked_at(release):
    """A table whose bytes changed is found by its hash first; where that is made to agree, the page's own checksum tells."""
    path = release / "entries.parquet"
    data = bytearray(path.read_bytes())
    data[60] ^= 1
    path.write_bytes(bytes(data))
    from pipelines.verify.tables import read_tables

    faults = read_tables(release)[1]
    assert [fault.file for fault in faults] == ["entries.parquet"]
    assert "CRC" in faults[0].problem


def test_a_release_of_another_version_of_the_tables_is_checked_for_its_bytes_alone(release):
    manifest = json.loads((release / "manifest.json").read_bytes())
    manifest["table_version"] = "0.9"
    for facts in manifest["files"].values():
        if "table_version" in facts:
            facts["table_version"] = "0.9"
    (release / "manifest.json").write_text(json.dumps(manifest))
    found = verify_release(release)
    assert found.faults == ()
    assert len(found.notes) == 1
    assert "so only its bytes were checked" in found.notes[0]
    (release / "pages.parquet").write_bytes(b"")
    assert blamed(release) == ["pages.parquet"]


def test_the_command_says_what_is_whole(release, release_files, processed, capsys):
    assert main(["verify", "--processed", str(processed)]) == 0
    printed, said = capsys.readouterr()
    assert printed.startswith(f"Release {release.name} is whole: {len(release_files)} files, ")
    assert said == ""


def test_the_command_ends_with_one_and_says_which_file_and_what_to_do(release, release_files, processed, capsys):
    (release / "pages.parquet").write_bytes(b"PAR1")
    assert main(["verify", release.name, "--processed", str(processed)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"Release {release.name} is damaged ({len(release_files)} files, ")
    assert lines[1].startswith("  pages.parquet: not as it was published: 4 bytes, sha256 ")
    assert lines[2].startswith("    restore the file from a copy, or build again from the same raw")


def test_the_command_speaks_to_programs(release, processed, capsys):
    (release / "pages.parquet").unlink()
    assert main(["verify", "--json", "--processed", str(processed)]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["release_id"]) == ("damaged", release.name)
    assert [(fault["file"], fault["problem"]) for fault in said["faults"]] == [("pages.parquet", "missing")]
    assert said["faults"][0]["what_to_do"]


def test_a_damaged_release_is_whole_again_after_a_build_of_the_same_raw(published, release, processed):
    for name in ("documents.parquet", "manifest.json"):
        path = release / name
        path.write_bytes(path.read_bytes()[:-9])
    (release / "notes.txt").write_text("mine")
    publish_pages(BuildSettings(published.parents[2] / "raw", processed), LocalEngine())
    assert damage(release) == []


def test_laws_are_checked_anew_and_not_taken_from_the_table_of_checks(release):
    again = staged_again(release, changing("documents", "entry_count", 9))
    quality = read_table(again / "quality.parquet")
    assert pc.all(quality.filter(pc.equal(quality["severity"], "error"))["passed"]).as_py()
    assert "documents.parquet" in blamed(again)


def test_a_folder_that_is_no_release_is_told(processed, capsys):
    (processed / "releases" / "r1-0123456789abcdef").mkdir(parents=True)
    assert main(["verify", "r1-0123456789abcdef", "--processed", str(processed)]) == 1
    assert "manifest.json: cannot be read: No such file or directory" in capsys.readouterr().out


def test_no_current_release_is_wrong_usage(tmp_path: Path, capsys):
    assert main(["verify", "--processed", str(tmp_path)]) == 2
    assert "'current': no such release" in capsys.readouterr().err
