"""The report outside of a release: written by a build, a rollback, an acceptance, and by the command `report`."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from pipelines.build import BuildSettings, build
from pipelines.cli import main
from pipelines.engine import LocalEngine
from pipelines.errors import RejectedError
from tests.report.test_numbers import SCHEMA, at

PAGE = "report.html"


class Desk:
    """A folder of raw, one of releases, and the commands on both."""

    def __init__(self, raw, capture):
        self.raw, self.processed, self.capture = raw, raw.with_name("processed"), capture

    def build(self, **settings):
        return build(BuildSettings(self.raw, self.processed, **settings), LocalEngine()).published

    def command(self, *arguments):
        self.capture.readouterr()
        code = main([*arguments, "--processed", str(self.processed)])
        return code, self.capture.readouterr()

    @property
    def page(self):
        return (self.processed / PAGE).read_text(encoding="utf-8")

    def shown(self, name=PAGE):
        body = html.document_fromstring((self.processed / name).read_text(encoding="utf-8")).find("body")
        return " ".join(body.text_content().split())

    def remove(self, pattern):
        for path in self.raw.glob(pattern):
            path.unlink()


@pytest.fixture
def desk(raw, capsys):
    return Desk(raw, capsys)


@pytest.fixture
def grown(desk):
    """Two releases, the second with a page more."""
    page = desk.raw / "new-search-korean-war.txt"
    aside = shutil.move(page, desk.raw.with_name("aside"))
    first = desk.build()
    shutil.move(aside, page)
    return desk, first.release_id, desk.build().release_id


@pytest.fixture
def rejected(desk):
    """A release, and one kept back, which has hardly half of its documents."""
    first = desk.build()
    desk.remove("old-*")
    with pytest.raises(RejectedError) as error:
        desk.build()
    return desk, first.release_id, error.value


def test_a_build_writes_the_report_of_what_it_published_beside_the_releases(grown):
    desk, first, second = grown
    assert f"<title>Data-quality report of {second}</title>" in desk.page
    shown = desk.shown()
    assert "This release passed every check that guards publishing." in shown
    assert f"It was compared with {first}." in shown
    assert f"Since {first}: 4 documents are new, 0 gone" in shown
    assert "Over the 2 releases that are kept" in shown


def test_the_first_release_is_compared_with_none(desk):
    desk.build()
    assert "It is compared with no release, for none was published before it." in desk.shown()
    assert "Nothing was published before it." in desk.shown()


def test_within_a_release_it_is_said_where_the_rest_is(desk):
    release = desk.build().path
    shown = " ".join(html.document_fromstring((release / PAGE).read_text(encoding="utf-8")).text_content().split())
    assert "Of the release in whose folder this file lies." in shown
    assert (
        "it is in report.html beside the folder releases, and archive-listings report makes it for any release" in shown
    )
    assert release.name not in shown


def test_what_was_published_before_changes_nothing_in_the_report_of_a_release(grown, tmp_path):
    desk, _, second = grown
    alone = build(BuildSettings(desk.raw, tmp_path / "alone"), LocalEngine()).published
    assert alone.release_id == second
    assert (alone.path / PAGE).read_bytes() == (desk.processed / "current" / PAGE).read_bytes()


def test_the_full_report_follows_its_schema_and_every_number_of_it_is_in_its_page(grown):
    desk, first, second = grown
    code, (printed, _) = desk.command("report", "--json")
    found = json.loads(printed)
    jsonschema.validate(found, SCHEMA)
    assert (code, found["release"]["release_id"], found["changes"]["release_before"]) == (0, second, first)
    assert [row["release_id"] for row in found["history"]] == [first, second]
    assert [row["document_count"] for row in found["history"]] == [60, 64]
    for element in html.document_fromstring(desk.page).xpath("//data[@data-of]"):
        assert float(element.get("value")) == at(found, element.get("data-of"))


def test_changes_and_history_are_those_of_diff_and_of_the_reports(grown):
    desk, first, second = grown
    found = json.loads(desk.command("report", "--json")[1].out)
    compared = json.loads(desk.command("diff", "--json")[1].out)
    assert found["changes"]["counts"] == compared["counts"]
    assert found["changes"]["rows_before"] == compared["before"]["rows"]
    assert found["changes"]["collections"] == [row for row in compared["collections"] if row["new"] + row["changed"]]
    for name, row in zip((first, second), found["history"], strict=True):
        own = json.loads((desk.processed / "releases" / name / "report.json").read_bytes())
        assert row["issue_count"] == own["counts"]["issues"]
        assert row["review_pair_count"] == own["matches"]["by_decision"].get("review", 0)
        assert row["failed_check_count"] == own["checks"]["failed_check_count"]


def test_a_build_that_publishes_nothing_new_leaves_the_report_as_it_is(desk):
    desk.build()
    before = (desk.processed / PAGE).stat()
    desk.build(is_fresh=True)
    after = (desk.processed / PAGE).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_report_that_is_gone_is_written_again_by_the_next_build_that_reads(desk):
    desk.build()
    page = desk.page
    (desk.processed / PAGE).unlink()
    desk.build(is_fresh=True)
    assert html.document_fromstring(page).findtext(".//title") == html.document_fromstring(desk.page).findtext(
        ".//title"
    )


def test_a_report_that_cannot_be_written_is_a_doubt_and_fails_nothing(desk):
    desk.processed.mkdir()
    (desk.processed / PAGE).mkdir()
    published = desk.build()
    assert published.is_new
    assert published.doubts == (f"{desk.processed / PAGE}: not written: Is a directory",)
    assert sorted(path.name for path in desk.processed.iterdir()) == [".cache", ".lock", "current", "releases", "releases.jsonl", PAGE]  # fmt: skip


@pytest.mark.parametrize("step", ["write_text", "replace", "fsync"])
def test_a_step_of_writing_that_fails_leaves_the_report_that_was_there_and_nothing_else(desk, monkeypatch, step):
    from pipelines.report import writing

    desk.build()
    before = desk.page

    def fail(path, *_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(*((writing, "fsync") if step == "fsync" else (Path, step)), fail)
    assert writing.refresh_page(desk.processed) == (f"{desk.processed / PAGE}: not written: No space left on device",)
    assert desk.page == before
    assert [path.name for path in desk.processed.iterdir() if path.name.endswith(".part")] == []


def test_a_fault_of_the_page_is_a_doubt_and_fails_nothing(desk, monkeypatch):
    from pipelines.report import writing

    monkeypatch.setattr(writing, "full_report", lambda *_: 1 / 0)
    published = desk.build()
    assert (published.is_new, published.doubts) == (True, (f"{desk.processed / PAGE}: not written: division by zero",))


def test_what_was_kept_back_has_its_report_and_the_error_names_it(rejected):
    desk, first, error = rejected
    page = f"report-{error.release_id}.html"
    assert f"Read {desk.processed / page}" in str(error)
    assert "The quality gate kept this release back. It is not published." in desk.shown(page)
    assert (error.path / PAGE).is_file()
    assert f"Data-quality report of {first}" in desk.page


def test_where_that_report_cannot_be_written_the_error_names_the_one_in_the_release(desk, monkeypatch):
    from pipelines.report import writing

    desk.build()
    desk.remove("old-*")
    monkeypatch.setattr(writing, "full_report", lambda *_: 1 / 0)
    with pytest.raises(RejectedError) as error:
        desk.build()
    assert f"Read {error.value.path / PAGE}" in str(error.value)


def test_the_command_writes_the_full_report_of_what_was_kept_back(rejected):
    desk, first, error = rejected
    code, (printed, _) = desk.command("report", error.release_id)
    name = f"report-{error.release_id}.html"
    assert (code, printed) == (0, f"{desk.processed / name}: the report of release {error.release_id}\n")
    shown = desk.shown(name)
    assert "The quality gate kept this release back. It is not published." in shown
    assert f"archive-listings accept {error.release_id} publishes it as it is" in shown
    assert f"Since {first}: 0 documents are new, 28 gone" in shown
    found = json.loads(desk.command("report", error.release_id, "--json")[1].out)
    jsonschema.validate(found, SCHEMA)
    assert (found["release"]["state"], found["gate"]["passed"], found["gate"]["is_judged_again"]) == (
        "rejected",
        False,
        False,
    )


def test_accepting_writes_the_report_of_what_is_the_current_release_now_and_sweeps_none_that_is_there(rejected):
    desk, _, error = rejected
    desk.command("report", error.release_id)
    assert desk.command("accept")[0] == 0
    assert f"Data-quality report of {error.release_id}" in desk.page
    assert "This release failed a threshold of the quality gate, and a person accepted it." in desk.shown()
    assert (desk.processed / f"report-{error.release_id}.html").exists()


def test_pages_of_releases_that_are_gone_are_swept_and_nothing_else(grown):
    desk, first, _ = grown
    assert desk.command("report", first)[0] == 0
    for name in ("report-r1-0123456789abcdef.html", ".report.html.1.part", "report-of-mine.html"):
        (desk.processed / name).write_text("x", encoding="utf-8")
    shutil.copy(desk.raw / "note-not-a-listing.txt", desk.raw / "another-note.txt")
    (desk.raw / "another-note.txt").write_text("Another note.\n", encoding="utf-8")
    desk.build()
    assert sorted(path.name for path in desk.processed.glob("*report*")) == [
        "report-of-mine.html",
        f"report-{first}.html",
        PAGE,
    ]


def test_a_rollback_writes_the_report_of_the_release_that_it_leads_to(grown):
    desk, first, second = grown
    assert desk.command("rollback")[0] == 0
    assert f"Data-quality report of {first}" in desk.page
    assert desk.command("rollback", second)[0] == 0
    assert f"Data-quality report of {second}" in desk.page


def test_a_release_that_is_no_longer_current_says_so(grown):
    desk, first, _ = grown
    output = desk.processed.with_name("mine.html")
    assert desk.command("report", first, "--output", str(output))[0] == 0
    shown = html.document_fromstring(output.read_text(encoding="utf-8")).text_content()
    assert "no longer the current one" in shown
    assert not (desk.processed / f"report-{first}.html").exists()


def test_the_page_is_opened_where_it_was_written(desk, monkeypatch):
    import webbrowser

    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    desk.build()
    assert desk.command("report", "--open")[0] == 0
    assert opened == [(desk.processed / PAGE).absolute().as_uri()]


@pytest.mark.parametrize(("arguments", "code"), [(["r1-0123456789abcdef"], 2), (["--output", "/dev/null/x"], 1)])
def test_what_cannot_be_is_said_in_one_line(desk, arguments, code):
    desk.build()
    found, (_, said) = desk.command("report", *arguments)
    assert (found, said.count("\n")) == (code, 1)


def test_without_a_release_it_is_said_what_publishes_one(desk):
    code, (_, said) = desk.command("report")
    assert code == 2
    assert "no release here; `archive-listings build` publishes one" in said


def test_a_release_of_another_version_is_told_in_history_and_named_where_it_is_asked_for(grown):
    desk, first, _ = grown
    path = desk.processed / "releases" / first
    (path / "report.json").write_text("{}", encoding="utf-8")
    found = json.loads(desk.command("report", "--json")[1].out)
    jsonschema.validate(found, SCHEMA)
    assert found["history"][0]["document_count"] is None
    code, (_, said) = desk.command("report", first)
    assert (code, "its report cannot be read" in said) == (1, True)


def test_a_release_whose_report_is_older_is_counted_again(grown):
    desk, first, _ = grown
    path = desk.processed / "releases" / first / "report.json"
    said = json.loads(path.read_bytes())
    path.write_text(json.dumps({"report_version": "1.0", "counts": said["counts"]}), encoding="utf-8")
    found = json.loads(desk.command("report", first, "--json")[1].out)
    assert {name: found[name] for name in said} == said


def test_the_build_says_where_the_report_is(raw, capsys, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    processed = raw.with_name("processed")
    assert main(["build", "--no-prefect", "--raw", str(raw), "--processed", str(processed)]) == 0
    assert (
        f"  {processed / PAGE}   the report: what is in the release, and what is wrong with it"
        in capsys.readouterr().out
    )
    main(["build", "--no-prefect", "--json", "--raw", str(raw), "--processed", str(processed)])
    assert Path(json.loads(capsys.readouterr().out)["paths"]["page"]).is_file()


def test_a_build_that_finds_nothing_new_imports_nothing_of_the_report(raw, tmp_path):
    build = ["build", "--no-prefect", "--raw", str(raw), "--processed", str(tmp_path / "processed")]
    first = f"from pipelines.cli import main; main({build!r})"
    again = f"import sys; from pipelines.cli import main; main({build!r}); print(sorted(sys.modules))"
    subprocess.run([sys.executable, "-c", first], capture_output=True, check=True)
    told = subprocess.run([sys.executable, "-c", again], capture_output=True, text=True, check=True).stdout
    assert "is unchanged: nothing new was published" in told
    assert not [name for name in ("jinja2", "markupsafe", "pyarrow", "pipelines.report.content") if f"'{name}'" in told]
