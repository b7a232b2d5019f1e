"""Bad files are refused or read with an issue, in time, and the good page among them is read as ever."""

import os
import time
from dataclasses import replace

import pyarrow.parquet
import pytest

from pipelines.build import BuildSettings, build
from pipelines.engine import LocalEngine
from pipelines.problems import PROBLEMS
from pipelines.records import Issue
from tests.read.bad_files import GOOD, bad_files
from tests.read.whole import broken_law, read_file, told

BAD_FILES = bad_files()
FULL = "ARCHIVE_LISTINGS_TORTURE" in os.environ
# In full a build takes a minute: most of it goes to a million issues of one file.
MOST_BYTES_IN_BUILD = 1 << 24 if FULL else 1 << 18


# What is not held yet, and why; each goes when it is.
@pytest.fixture(params=[pytest.param(bad, id=bad.name) for bad in BAD_FILES])
def bad(request, tmp_path):
    path = tmp_path / "bad"
    path.write_bytes(request.param.make())
    return request.param, path


def test_there_are_more_than_sixty_of_them_and_no_two_share_a_name():
    assert len(BAD_FILES) > 60
    assert len({bad.name for bad in BAD_FILES}) == len(BAD_FILES)


def test_a_bad_file_is_refused_or_read_in_two_seconds_and_no_line_of_it_is_lost(bad):
    bad, path = bad
    start = time.process_time()
    found = list(read_file(path, bad.name))
    seconds = time.process_time() - start
    pages = [each for each in found if not isinstance(each, Issue)]
    assert found, "neither a page nor a word"
    assert {"refused": not pages, "read": bool(pages), "either": True}[bad.may_be], [told(each) for each in found][:3]
    assert [law for text, reading in pages if (law := broken_law(text, reading))] == []
    issues = [each for each in found if isinstance(each, Issue)] + [
        issue for _, reading in pages for issue in reading.issues
    ]
    assert {issue.problem for issue in issues} <= PROBLEMS.keys()
    assert all(issue.message.isprintable() and len(issue.message) < 2000 for issue in issues)
    assert seconds < 2


def test_all_of_them_in_one_build_leave_the_good_page_as_it_is(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    made = {bad.name: data for bad in BAD_FILES if len(data := bad.make()) <= MOST_BYTES_IN_BUILD}
    for name, data in made.items():
        (raw / name).write_bytes(data)
    # Another listing than theirs: of captures that list the same only one counts.
    good = GOOD.replace("Letter, Harbour Master to Minister", "Cable, Lighthouse to Harbour Master")
    (raw / "good.txt").write_text(good, encoding="utf-8")
    build(BuildSettings(raw, tmp_path / "processed", accepts=True), LocalEngine())
    tables = {
        name: pyarrow.parquet.read_table(tmp_path / "processed" / "current" / f"{name}.parquet").to_pylist()
        for name in ("pages", "entries", "issues")
    }
    (page,) = (row for row in tables["pages"] if row["source_path"] == "good.txt")
    assert page["layout"] == "O2"
    titles = [row["title"] for row in tables["entries"] if row["page_id"] == page["page_id"]]
    assert sorted(titles) == ["Cable, Lighthouse to Harbour Master", "Note, Minister to Harbour Master"]
    named = {
        row["source_path"].split("!")[0] for name in ("pages", "issues") for row in tables[name] if row["source_path"]
    }
    assert made.keys() - named == set()
    assert len(made) > 60


def test_a_line_without_a_fate_or_with_two_is_found(tmp_path):
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    ((text, reading),) = read_file(path, "good.txt")
    assert broken_law(text, reading) is None
    first, *others = reading.entries
    lost = replace(reading, entries=tuple(others))
    assert broken_law(text, lost) == "line 9 has no fate: '  • May 05, 1950'"
    twice = replace(reading, entries=(first, *reading.entries))
    assert broken_law(text, twice) == "line 9 has two fates"
    miscounted = replace(reading, ledger=replace(reading.ledger, blank_line_count=0))
    assert "the ledger says" in broken_law(text, miscounted)
