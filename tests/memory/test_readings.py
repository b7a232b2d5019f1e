"""Readings that are kept are those that reading again would give, and nothing else is taken for one."""

import json
import os
import shutil
from dataclasses import replace
from functools import partial

import pytest

from pipelines.engine import LocalEngine
from pipelines.extract import read_declarations
from pipelines.listed import list_entries
from pipelines.memory.packs import MOST_PACKS, Packs
from pipelines.memory.remembered import Remembered
from pipelines.read import find_sources, read_side_file
from pipelines.reading import read_raw
from pipelines.shards import Companions, read_files
from tests.memory.conftest import SAMPLE
from tests.read.archives import NOON, Saved, gz, mhtml_of, tar_of, warc_gz_of, wet_of, zip_of

SETTINGS = {"judgements": None}


class Watched(LocalEngine):
    """Notes which files are read."""

    read: list

    def map(self, stage, function, pieces):
        object.__setattr__(self, "read", [source.source_path for piece in pieces for source in piece])
        return super().map(stage, function, pieces)


@pytest.fixture
def read(raw, tmp_path):
    """Reads raw as a build does; returns what was read, values alone, and which files were opened for it."""

    def run(*, is_fresh=False):
        object.__setattr__(engine := Watched.__new__(Watched), "read", [])
        object.__setattr__(engine, "workers", 1)
        object.__setattr__(engine, "tick", lambda *_: None)
        remembered = Remembered.open(raw, tmp_path / "processed", SETTINGS, is_fresh=is_fresh)
        reading = read_raw(raw, engine, remembered)
        return as_values(reading), engine.read

    return run


def pack(raw):
    """Other pages of the sample in files that hold several, beside what is no page."""
    texts = sorted(SAMPLE.glob("*.txt"))[6:]
    saved = [Saved(path.name, path.read_bytes(), f"https://example.org/{path.stem}", NOON) for path in texts]
    (raw / "pages.zip").write_bytes(zip_of(saved[:3]))
    (raw / "pages.tar.gz").write_bytes(gz(tar_of(saved[3:5])))
    (raw / "pages.wet").write_bytes(wet_of(saved[5:7]))
    html = b"<!DOCTYPE html><html><body><h1>Herring</h1><p>Nothing is listed here.</p></body></html>"
    (raw / "pages.warc.gz").write_bytes(warc_gz_of([Saved("a.html", html, "https://example.org/a", NOON)]))
    (raw / "page.mhtml").write_bytes(mhtml_of(Saved("b.html", html, "https://example.org/b", NOON)))
    (raw / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (raw / "empty.txt").write_bytes(b"")


def as_values(reading):
    """Entries as values; where furniture stands is not kept."""
    pages = [replace(page, entries=tuple(page.entries), furniture=()) for page in reading.pages]
    return replace(reading, pages=tuple(pages))


@pytest.mark.usefixtures("settled")
def test_what_is_kept_is_what_was_read(read):
    first, opened = read()
    again, opened_again = read()
    assert (len(opened), opened_again) == (6, [])
    assert again == first


@pytest.mark.usefixtures("settled")
def test_pages_in_every_form_come_back_as_they_were_read(raw, read):
    pack(raw)
    first, opened = read()
    again, opened_again = read()
    assert (len(opened), opened_again) == (13, [])
    assert again == first
    assert {page.page.captured_at for page in first.pages} == {NOON, None}


def test_an_archive_that_was_just_written_is_read_again_for_its_hash_is_not_that_of_its_pages(raw, read):
    pack(raw)
    read()
    archives = {"page.mhtml", "pages.tar.gz", "pages.warc.gz", "pages.wet", "pages.zip", "picture.png"}
    assert set(read()[1]) == archives


def test_a_page_that_was_just_written_is_kept_for_what_was_read_bears_its_hash(read):
    read()
    assert read()[1] == []


@pytest.mark.usefixtures("settled")
def test_only_a_new_page_is_read(raw, read):
    read()
    shutil.copy(SAMPLE / "old-search-korea-papers.txt", raw / "another.txt")
    again, opened = read()
    assert opened == ["another.txt"]
    assert again == read(is_fresh=True)[0]


@pytest.mark.usefixtures("settled")
def test_a_renamed_page_is_read_for_its_name_stands_in_what_is_said_of_it(raw, read):
    read()
    next(raw.glob("*.txt")).rename(raw / "renamed.txt")
    again, opened = read()
    assert opened == ["renamed.txt"]
    assert again == read(is_fresh=True)[0]


@pytest.mark.usefixtures("settled")
def test_a_line_about_a_page_has_that_page_read(raw, read):
    read()
    name = next(raw.glob("*.txt")).name
    (raw / "pages.csv").write_text(f"path,note\n{name},seen\n", encoding="utf-8")
    again, opened = read()
    assert opened == [name]
    assert again == read(is_fresh=True)[0]


@pytest.mark.usefixtures("settled")
def test_another_layout_has_every_page_read(raw, read):
    read()
    shutil.copytree("tests/extract/declared/layouts", raw / "layouts")
    assert len(read()[1]) == 6


def test_what_layouts_declare_is_told_in_full_and_by_nothing_that_changes():
    declared = read_declarations(SAMPLE.parents[1] / "tests/extract/declared/layouts")
    assert " at 0x" not in repr(declared)
    assert "re.compile" not in repr(declared)
    assert "..." not in repr(declared)


@pytest.mark.usefixtures("settled")
def test_other_code_has_every_page_read(read, monkeypatch):
    read()
    monkeypatch.setattr("pipelines.memory.remembered.digest_of_code", lambda: "another")
    assert len(read()[1]) == 6


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("at", [0, 70, 0.3, 0.9])
def test_a_pack_with_a_flipped_bit_is_as_if_it_were_not_there(read, tmp_path, at):
    first, _ = read()
    (pack,) = (tmp_path / "processed" / ".cache").glob("*.pack")
    data = bytearray(pack.read_bytes())
    data[at if isinstance(at, int) else int(len(data) * at)] ^= 4
    pack.write_bytes(data)
    again, opened = read()
    assert len(opened) == 6
    assert again == first
    assert read()[1] == []


@pytest.mark.usefixtures("settled")
def test_a_torn_pack_is_as_if_it_were_not_there(read, tmp_path):
    read()
    (pack,) = (tmp_path / "processed" / ".cache").glob("*.pack")
    os.truncate(pack, 50)
    assert len(read()[1]) == 6


@pytest.mark.usefixtures("settled")
def test_packs_stay_few_and_hold_no_page_that_is_gone(raw, read, tmp_path):
    read()
    text = (SAMPLE / "old-search-korea-papers.txt").read_text(encoding="utf-8")
    for number in range(2 * MOST_PACKS):
        (raw / "changing.txt").write_text(text.replace("1950", str(1900 + number)), encoding="utf-8")
        read()
        assert len(list((tmp_path / "processed" / ".cache").glob("*.pack"))) <= MOST_PACKS
    for path in [*raw.glob("old*.txt"), *raw.glob("more/*.txt")]:
        path.unlink()
    read()
    read()
    kept = Packs(tmp_path / "processed")
    assert sum(kept._sizes.values()) <= 2 * len(list(raw.rglob("*.txt")))  # noqa: SLF001 nothing else tells


@pytest.mark.usefixtures("settled")
def test_a_disk_that_is_full_costs_the_next_build_its_time(read, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pipelines.memory.packs.save", fail)
        first, _ = read()
    again, opened = read()
    assert len(opened) == 6
    assert again == first


def test_nothing_that_is_kept_is_code(read, tmp_path):
    read()
    for path in (tmp_path / "processed" / ".cache").iterdir():
        data = path.read_bytes()
        assert b"\x80\x04" not in data[65:200]
        if path.suffix == ".pack":
            size = int(data[65:].partition(b"\n")[0])
            lines = data[65:].partition(b"\n")[2][:size].split(b"\n")
            assert all(json.loads(line.split(b" ", 2)[2]) for line in lines)


def test_entries_in_a_table_are_the_values_that_they_were_made_of(raw):
    sources, _ = find_sources(raw)
    side_file, _ = read_side_file(raw)
    readings = partial(read_files, companions=Companions((), side_file))(sources)
    for plain, listed in zip(readings, list_entries(readings), strict=True):
        assert [tuple(page.entries) for page in listed.pages] == [tuple(page.entries) for page in plain.pages]
        assert [len(page.entries) for page in listed.pages] == [len(page.entries) for page in plain.pages]
