"""What was packed comes out as it was, whatever the packing."""

import io
import os
import random
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.problems import PROBLEMS
from pipelines.read.capture import Capture
from pipelines.read.containers import captures_of
from pipelines.read.containers.forms import form_of
from pipelines.read.sources import Source
from pipelines.settings import LIMITS
from tests.read.archives import (
    NOON,
    PACKERS,
    Saved,
    gz,
    http,
    mhtml_of,
    record,
    tar_header,
    tar_of,
    wacz_of,
    warc_gz_of,
    warc_of,
    webarchive_of,
    wet_gz_of,
    wet_of,
    zip_of,
    zst,
)
from tests.read.container_reading import issues, pages, read

HERRING = Saved("fish/herring.html", "<p>Hering, Ål</p>\n".encode(), "https://archive.example/herring")
SALT = Saved("salt.txt", b"January 5, 1950\n", "https://archive.example/salt")
BOTH = [HERRING, SALT]
SMALL = replace(LIMITS, page_bytes=10, saved_page_bytes=20)


def test_a_plain_file_is_one_page_and_keeps_its_name(tmp_path):
    assert read(tmp_path, b"Herring\n", "fish/a.txt") == [Capture("fish/a.txt", b"Herring\n")]


def test_an_empty_file_is_an_empty_page(tmp_path):
    assert read(tmp_path, b"", "a.txt") == [Capture("a.txt", b"")]


def test_a_text_over_the_limit_is_refused_with_both_sizes(tmp_path):
    message = "a.txt: file refused: 11 bytes, the limit is 10"
    assert issues(read(tmp_path, b"f" * 11, "a.txt", SMALL)) == [("file_too_large", message)]


def test_html_may_carry_its_pictures(tmp_path):
    assert pages(read(tmp_path, b"\xef\xbb\xbf <p>" + b"f" * 13, "a", SMALL)) == [
        ("a", b"\xef\xbb\xbf <p>" + b"f" * 13)
    ]
    assert issues(read(tmp_path, b"<p>" + b"f" * 18, "a", SMALL))[0][0] == "file_too_large"


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_page_keeps_its_file_s_name(tmp_path, packing):
    assert read(tmp_path, PACKERS[packing](SALT.data), f"salt.txt.{packing}") == [
        Capture(f"salt.txt.{packing}", SALT.data)
    ]


@pytest.mark.parametrize("packing", PACKERS)
def test_packed_parts_one_after_another_are_one_page(tmp_path, packing):
    pack = PACKERS[packing]
    assert pages(read(tmp_path, pack(b"fish ") + pack(b"") + pack(b"and ice"), "a")) == [("a", b"fish and ice")]


@pytest.mark.parametrize("packing", PACKERS)
def test_a_large_packed_page_comes_out_whole(tmp_path, packing):
    data = b"".join(b"Herring No. %d\n" % number for number in range(200_000))
    assert pages(read(tmp_path, PACKERS[packing](data), "a")) == [("a", data)]


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_page_over_the_limit_is_refused(tmp_path, packing):
    message = "a: file refused: over 10 bytes unpacked"
    assert issues(read(tmp_path, PACKERS[packing](b"f" * 11), "a", SMALL)) == [("file_too_large", message)]


def test_zeros_behind_a_packed_page_are_padding(tmp_path):
    assert read(tmp_path, gz(b"fish") + bytes(100_000), "a") == [Capture("a", b"fish")]


def test_something_else_behind_a_packed_page_is_told(tmp_path):
    message = "a: damaged: holds something else behind its gzip data; the rest is not read"
    assert issues(read(tmp_path, gz(b"fish") + b"ice", "a")) == [("archive_damaged", message)]


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_page_that_is_cut_is_read_as_far_as_it_goes(tmp_path, packing):
    data = bytes(range(33, 126)) * 30_000
    packed = PACKERS[packing](data)
    found = read(tmp_path, packed[: len(packed) - 10], "a")
    assert issues(found) == [("archive_cut", "a: cut: ends within a packed part")]
    assert all(data.startswith(page) for _, page in pages(found))


def test_a_packed_page_with_a_wrong_sum_is_not_read(tmp_path):
    packed = bytearray(gz(b"fish and ice"))
    packed[-5] ^= 1
    assert pages(read(tmp_path, bytes(packed), "a")) == []
    assert issues(read(tmp_path, bytes(packed), "a"))[0][0] == "archive_damaged"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_of_a_zip_are_named_behind_a_mark(tmp_path, method):
    expected = [Capture("p.zip!fish/herring.html", HERRING.data), Capture("p.zip!salt.txt", SALT.data)]
    assert read(tmp_path, zip_of(BOTH, method), "p.zip") == expected


@pytest.mark.parametrize("packing", ["", *PACKERS])
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_members_of_a_tar_are_named_in_the_same_way(tmp_path, packing, form):
    data = PACKERS.get(packing, bytes)(tar_of(BOTH, form))
    expected = [Capture("p.tar!fish/herring.html", HERRING.data), Capture("p.tar!salt.txt", SALT.data)]
    assert read(tmp_path, data, "p.tar") == expected


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_names_in_a_tar_are_whole(tmp_path, form):
    name = "Рыба/" + "ocean-" * 60 + ".txt"
    assert pages(read(tmp_path, tar_of([Saved(name, b"Salt\n")], form), "p.tar")) == [(f"p.tar!{name}", b"Salt\n")]


def test_members_come_in_the_order_of_the_archive(tmp_path):
    made = [Saved(f"{number}.txt", b"%d" % number) for number in (3, 1, 10, 2)]
    for data in (zip_of(made), tar_of(made)):
        assert [page for _, page in pages(read(tmp_path, data, "p"))] == [b"3", b"1", b"10", b"2"]


def test_what_a_file_is_called_does_not_matter(tmp_path):
    assert pages(read(tmp_path, zip_of(BOTH), "salt.txt")) == pages(read(tmp_path, zip_of(BOTH), "salt.txt"))
    assert [path for path, _ in pages(read(tmp_path, b"text", "p.zip"))] == ["p.zip"]


CRAWLED = [
    Capture("w!3", HERRING.data, "text/html", "utf-8", HERRING.url, NOON, is_crawled=True),
    Capture("w!5", SALT.data, "text/plain", "utf-8", SALT.url, NOON, is_crawled=True),
]
TEXTS = [
    Capture("w!2", HERRING.data, "text/plain", "utf-8", HERRING.url, NOON, is_crawled=True),
    Capture("w!3", SALT.data, "text/plain", "utf-8", SALT.url, NOON, is_crawled=True),
]


@pytest.mark.parametrize("data", [warc_of(BOTH), warc_gz_of(BOTH), *(pack(warc_of(BOTH)) for pack in PACKERS.values())])
def test_responses_of_a_web_archive_are_pages_with_what_it_knows_of_them(tmp_path, data):
    assert read(tmp_path, data, "w") == CRAWLED


@pytest.mark.parametrize("data", [wet_of(BOTH), wet_gz_of(BOTH), gz(wet_of(BOTH)), zst(wet_of(BOTH))])
def test_texts_of_a_wet_file_are_pages(tmp_path, data):
    assert read(tmp_path, data, "w") == TEXTS


def test_the_web_archive_within_a_wacz_is_read_and_nothing_else_of_it(tmp_path):
    found = read(tmp_path, wacz_of(BOTH), "site.wacz")
    assert found == [
        page._replace(source_path=f"site.wacz!archive/data.warc.gz{page.source_path[1:]}") for page in CRAWLED
    ]


@pytest.mark.parametrize("packed", [zip_of, tar_of, lambda made: gz(tar_of(made)), lambda made: zst(tar_of(made))])
def test_web_archives_within_a_packed_file_are_read(tmp_path, packed):
    data = packed(
        [Saved("c.warc.gz", warc_gz_of(BOTH)), Saved("c.warc", warc_of(BOTH)), Saved("c.warc.zst", zst(warc_of(BOTH)))]
    )
    assert [path for path, _ in pages(read(tmp_path, data, "p"))] == [
        "p!c.warc.gz!3", "p!c.warc.gz!5", "p!c.warc!3", "p!c.warc!5", "p!c.warc.zst!3", "p!c.warc.zst!5",
    ]  # fmt: skip


@pytest.mark.parametrize("outer", [zip_of, tar_of, lambda made: gz(tar_of(made))])
@pytest.mark.parametrize(
    ("inner", "form"),
    [(gz(b"x"), "gzip"), (zst(b"x"), "zstd"), (zip_of(BOTH), "zip"), (tar_of(BOTH), "tar"), (gz(zip_of(BOTH)), "gzip")],
)
def test_a_packed_file_within_a_packed_file_is_refused_and_the_rest_read(tmp_path, outer, inner, form):
    found = read(tmp_path, outer([Saved("inner", inner), SALT]), "p")
    assert issues(found) == [("archive_nested", f"p!inner: member refused: {form} within a packed file")]
    assert pages(found) == [("p!salt.txt", SALT.data)]


@pytest.mark.parametrize("data", [gz(gz(b"fish")), gz(zip_of(BOTH)), zst(gz(tar_of(BOTH)))])
def test_what_is_packed_twice_is_refused(tmp_path, data):
    assert [problem for problem, _ in issues(read(tmp_path, data, "a"))] == ["archive_nested"]


@pytest.mark.parametrize("packed", [zip_of, tar_of, lambda made: gz(tar_of(made))])
def test_single_file_saves_within_a_packed_file_are_read(tmp_path, packed):
    data = packed([Saved("a.mhtml", mhtml_of(HERRING)), Saved("b.webarchive", webarchive_of(HERRING))])
    assert [(each.source_path, each.url) for each in read(tmp_path, data, "p")] == [
        ("p!a.mhtml", HERRING.url), ("p!b.webarchive", HERRING.url),
    ]  # fmt: skip


@pytest.mark.parametrize("packed", [zip_of, tar_of])
def test_a_member_over_the_limit_is_refused_alone(tmp_path, packed):
    found = read(tmp_path, packed([Saved("a", b"f" * 11), Saved("b", b"f" * 10)]), "p", SMALL)
    assert issues(found) == [("member_too_large", "p!a: file refused: over 10 bytes unpacked")]
    assert pages(found) == [("p!b", b"f" * 10)]


@pytest.mark.parametrize(
    ("size", "whole"),
    [(512, 0), (530, 0), (531, 1), (700, 1), (1024, 1), (1300, 1), (1536, 1), (1552, 2), (2048, 2), (2300, 2)],
)
def test_a_tar_cut_anywhere_gives_the_members_that_are_whole_and_says_so(tmp_path, size, whole):
    found = read(tmp_path, tar_of(BOTH, tarfile.USTAR_FORMAT)[:size], "p.tar")
    assert [path for path, _ in pages(found)] == ["p.tar!fish/herring.html", "p.tar!salt.txt"][:whole]
    assert [problem for problem, _ in issues(found)] == ["archive_cut"]


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_tar_that_is_cut_says_so(tmp_path, packing):
    chance = random.Random("any bytes")
    made = [Saved(f"{number}.txt", bytes(chance.randrange(256) for _ in range(5000))) for number in range(40)]
    packed = PACKERS[packing](tar_of(made))
    found = read(tmp_path, packed[: len(packed) * 3 // 4], "p.tar")
    assert [problem for problem, _ in issues(found)] == ["archive_cut"]
    assert pages(found) == [(f"p.tar!{page.name}", page.data) for page in made[: len(pages(found))]]
    assert packing in ("bz2", "xz") or len(pages(found)) > 20


def test_a_tar_with_a_damaged_header_gives_the_members_before_and_says_behind_which(tmp_path):
    whole = bytearray(tar_of([*BOTH, SALT], tarfile.USTAR_FORMAT))
    whole[1024 + 3] ^= 1
    found = read(tmp_path, bytes(whole), "p.tar")
    assert pages(found) == [("p.tar!fish/herring.html", HERRING.data)]
    message = "p.tar: damaged behind !fish/herring.html: no member begins where one must; the rest is not read"
    assert issues(found) == [("archive_damaged", message)]


def test_a_second_tar_behind_the_first_is_not_lost_silently(tmp_path):
    found = read(tmp_path, tar_of([HERRING]) + tar_of([SALT]), "p.tar")
    assert [path for path, _ in pages(found)] == ["p.tar!fish/herring.html"]
    assert issues(found)[0][0] == "archive_damaged"


def test_a_zip_without_its_end_is_told(tmp_path):
    assert [problem for problem, _ in issues(read(tmp_path, zip_of(BOTH)[:-30], "p.zip"))] == ["archive_damaged"]


def test_a_damaged_member_of_a_zip_is_refused_alone(tmp_path):
    whole = bytearray(zip_of([Saved("a", b"Herring and salt"), SALT], zipfile.ZIP_STORED))
    whole[whole.index(b"Herring")] ^= 1
    found = read(tmp_path, bytes(whole), "p.zip")
    assert issues(found) == [("member_unreadable", "p.zip!a: member refused: Bad CRC-32 for file 'a'")]
    assert pages(found) == [("p.zip!salt.txt", SALT.data)]


@pytest.mark.parametrize(("method", "number"), [(zipfile.ZIP_BZIP2, 12), (zipfile.ZIP_LZMA, 14)])
def test_a_member_packed_by_another_method_is_refused(tmp_path, method, number):
    message = f"p.zip!salt.txt: member refused: packed by method {number}"
    assert issues(read(tmp_path, zip_of([SALT], method), "p.zip")) == [("member_unreadable", message)]


def test_an_encrypted_member_is_refused(tmp_path):
    data = bytearray(zip_of([SALT]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert issues(read(tmp_path, bytes(data), "p.zip")) == [
        ("member_unreadable", "p.zip!salt.txt: member refused: encrypted")
    ]


def test_an_empty_zip_and_an_empty_tar_are_named(tmp_path):
    assert issues(read(tmp_path, zip_of([]), "p.zip")) == [("archive_empty", "p.zip: holds no page")]
    with io.BytesIO() as out:
        with tarfile.open(fileobj=out, mode="w") as archive:
            archive.addfile(tar_header("folder", kind=tarfile.DIRTYPE))
        assert issues(read(tmp_path, out.getvalue(), "p.tar")) == [("archive_empty", "p.tar: holds no page")]


def test_a_file_that_is_gone_a_folder_and_a_link_are_refused(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    problems = {
        name: [each.problem for each in captures_of(Source(str(tmp_path / name), name), LIMITS)]
        for name in ("gone", "folder", "link")
    }
    assert problems == {"gone": ["file_unreadable"], "folder": ["file_not_regular"], "link": ["file_unreadable"]}


def test_a_packed_file_that_grows_while_it_is_read_is_told(tmp_path):
    path = tmp_path / "a.tar"
    path.write_bytes(tar_of(BOTH))
    reading = captures_of(Source(str(path), "a.tar"), LIMITS)
    next(reading)
    path.write_bytes(tar_of(BOTH) + b"more")
    assert [problem for problem, _ in issues(list(reading))][-1] == "file_changed"


def test_reading_a_part_of_a_file_leaves_nothing_open(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of(BOTH))
    before = len(list(Path("/proc/self/fd").iterdir()))
    reading = captures_of(Source(str(path), "a.zip"), LIMITS)
    next(reading)
    reading.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"WARC files are web archives\n",
        b"WARC/ten\n",
        b"PK is a school\n",
        b"BZh9 is a name\n",
        b"Content-Type: what a server says\n\nA page about multipart/related\n",
        b"From: A\nTo: B\n\nmime-version: 1.0, multipart/related",
        b"filedesc\n",
        b"\x1f\x8b",
        b"x" * 512,
        bytes(512),
    ],
)
def test_texts_that_nearly_begin_as_an_archive_are_pages(text):
    assert form_of(text) == "page"


@given(st.data())
def test_no_bytes_make_the_reader_fail_and_every_issue_has_a_published_code(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("any")
    made = [
        zip_of(BOTH), tar_of(BOTH), warc_of(BOTH), warc_gz_of(BOTH), wacz_of(BOTH), mhtml_of(HERRING), webarchive_of(HERRING),
        *(pack(tar_of(BOTH)) for pack in PACKERS.values()),
    ]  # fmt: skip
    whole = bytearray(data.draw(st.sampled_from(made)))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    for problem, message in issues(read(folder, bytes(whole), "f")):
        assert problem in PROBLEMS
        assert message.startswith("f")
        assert message.isprintable()


EAGER = replace(LIMITS, large_from_bytes=100_000, large_ratio=3)


def test_a_large_packed_file_is_read_where_its_ratio_is_that_of_pages(tmp_path):
    chance = random.Random("large")
    made = [Saved(f"{number}", chance.randbytes(3000)) for number in range(100)]
    for data in (zip_of(made), gz(tar_of(made))):
        assert len(pages(read(tmp_path, data, "p", EAGER))) == 100


@pytest.mark.parametrize("packed", [zip_of, lambda made: gz(tar_of(made))])
def test_a_large_packed_file_is_stopped_where_its_ratio_is_not(tmp_path, packed):
    found = read(tmp_path, packed(Saved(f"{number}", b"f" * 3000) for number in range(100)), "p", EAGER)
    message = "p: reading stopped: it unpacks to more than 100,000 bytes and 3 times its size"
    assert issues(found) == [("archive_bomb", message)]


def test_a_web_archive_may_be_of_any_size(tmp_path):
    made = [Saved(f"{number}", b"f" * 3000) for number in range(100)]
    for data in (wet_gz_of(made), gz(wet_of(made)), zip_of([Saved("a.wet", wet_of(made))])):
        assert len(pages(read(tmp_path, data, "p", EAGER))) == 100


def test_a_small_file_may_be_packed_to_any_ratio(tmp_path):
    data = b" " * 4_000_000 + b"Salt"
    assert pages(read(tmp_path, zst(data), "a")) == [("a", data)]


def test_what_was_counted_is_told_where_reading_stops(tmp_path):
    data = gz(record(http(b"", status="404 Not Found")) + record(http(b"f" * 1_000_000)))
    found = read(tmp_path, data, "w", replace(LIMITS, ratio_from_bytes=500_000, unpacked_ratio=2))
    assert [problem for problem, _ in issues(found)] == ["response_skipped", "archive_bomb"]


def test_a_file_that_changes_between_opening_and_reading_is_refused(tmp_path, monkeypatch):
    whole = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, size: whole(descriptor, size - 4))
    found = read(tmp_path, b"Herring", "a")
    monkeypatch.undo()
    assert issues(found) == [("file_changed", "a: file refused: 7 bytes when opened, 4 when read")]


@pytest.mark.parametrize("packed", [bytes, zip_of, gz])
def test_a_disk_that_cannot_be_read_is_named(tmp_path, monkeypatch, packed):
    path = tmp_path / "a"
    path.write_bytes(zip_of(BOTH) if packed is zip_of else packed(b"Salt" * 5000))

    def broken(*_):
        raise OSError(5, "Input/output error")

    for name in ("read", "pread", "preadv"):
        monkeypatch.setattr(os, name, broken)
    found = list(captures_of(Source(str(path), "a"), LIMITS))
    monkeypatch.undo()
    assert issues(found) == [("file_unreadable", "a: file refused: Input/output error")]
