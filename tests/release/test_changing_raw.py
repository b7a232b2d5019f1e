"""Raw that changes while it is read: what was hashed is what was parsed."""

import os
import random
import shutil
from hashlib import sha256

import pyarrow.parquet as pq
import pytest

from pipelines.build import BuildSettings
from pipelines.build import build as publish_pages
from pipelines.engine import LocalEngine
from tests.release.cutting import why_not_identical

CALLS = ("open", "fstat", "read", "close")


def truncate(page, _other):
    os.truncate(page, page.stat().st_size // 2)


def empty(page, _other):
    page.write_bytes(b"")


def append(page, _other):
    with page.open("ab") as file:
        file.write(b"\nJanuary 1, 1950\n\nAn entry that was not there\n")


def overwrite(page, _other):
    data = page.read_bytes()
    with page.open("r+b") as file:
        file.write(data.replace(b"19", b"18"))


def replace(page, other):
    changed = page.with_name(".changed")
    shutil.copy(other, changed)
    changed.replace(page)


def remove(page, _other):
    page.unlink(missing_ok=True)


def exchange(page, other):
    waiting = page.with_name(".waiting")
    page.rename(waiting)
    other.rename(page)
    waiting.rename(other)


def link(page, other):
    page.unlink()
    page.symlink_to(other)


CHANGES = [truncate, empty, append, overwrite, replace, remove, exchange, link]


class Schedule:
    """Changes a page before or after one of the calls that read raw, and remembers every byte that was read."""

    def __init__(self, number, pages):
        chance = random.Random(number)
        self.change = CHANGES[number % len(CHANGES)]
        self.name = CALLS[number // len(CALLS) % len(CALLS)]
        self.is_before = chance.random() < 0.5
        self.pages = chance.sample(pages, 2)
        self.at = chance.randrange(len(pages))
        self.left = self.at
        self.read, self.has_changed = [], False
        self.original = {name: getattr(os, name) for name in CALLS}

    def patch(self, monkeypatch):
        for name in CALLS:
            monkeypatch.setattr(os, name, self.watched(name))

    def watched(self, name):
        def call(*arguments, **options):
            is_now = self.is_due(name, arguments)
            if is_now and self.is_before:
                self.do_change()
            result = self.original[name](*arguments, **options)
            if name == "read":
                self.read.append(result)
            if is_now and not self.is_before:
                self.do_change()
            return result

        return call

    def is_due(self, name, arguments):
        if self.has_changed or name != self.name:
            return False
        if name == "open" and not str(arguments[0]).endswith(".txt"):
            return False
        self.left -= 1
        return self.left < 0

    def do_change(self):
        self.has_changed = True
        self.change(*self.pages)

    @property
    def texts(self):
        """What each call read, by its hash: a page is read by one call."""
        return {sha256(data).hexdigest(): data for data in self.read}


def test_what_was_hashed_is_what_was_parsed(sample, tmp_path, torture, figure, monkeypatch):
    told, changed, entries = [], 0, 0
    schedules = torture(8, 24)
    for number in range(schedules):
        raw = shutil.copytree(sample, tmp_path / f"{number}" / "raw")
        schedule = Schedule(number, sorted(raw.glob("*.txt")))
        with monkeypatch.context() as patch:
            schedule.patch(patch)
            release = publish_pages(BuildSettings(raw, raw.parent / "processed"), LocalEngine()).published.path
        changed += schedule.has_changed
        pages = {page["page_id"]: page for page in pq.read_table(release / "pages.parquet").to_pylist()}
        unread = [page["source_path"] for page in pages.values() if page["source_sha256"] not in schedule.texts]
        told += [(number, path, "hashed, and never read") for path in unread]
        for row in pq.read_table(release / "entries.parquet").to_pylist():
            page = pages[row["page_id"]]
            entries += 1
            why = why_not_identical({**row, **page}, schedule.texts.get(page["source_sha256"], b""))
            told += [(number, page["source_path"], why)] if why else []
    figure(
        "raw changes while it is read",
        f"{schedules} schedules of {len(CHANGES)} changes, {changed} of them struck; of {entries} entries {entries - len(told)} are what "
        "the hashed bytes say",
    )
    assert told == []
    assert changed == schedules


@pytest.mark.parametrize("change", [truncate, append])
def test_a_page_whose_size_changes_while_it_is_read_is_refused(sample, tmp_path, monkeypatch, change):
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(sample / "new-search-korean-war.txt", raw)
    page = shutil.copy(sample / "old-search-mikoyan-mission.txt", raw / "a.txt")
    schedule = Schedule(0, [page, page])
    schedule.change, schedule.name, schedule.is_before, schedule.left = change, "read", True, 0
    with monkeypatch.context() as patch:
        schedule.patch(patch)
        release = publish_pages(BuildSettings(raw, tmp_path / "processed"), LocalEngine()).published.path
    issues = pq.read_table(release / "issues.parquet").to_pylist()
    assert [(issue["problem"], issue["source_path"]) for issue in issues if issue["severity"] == "error"] == [
        ("file_changed", "a.txt")
    ]
