"""Single-file saves of browsers: MHTML and Safari's web archives."""

import base64
import plistlib
import struct
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.capture import Capture
from pipelines.settings import LIMITS
from tests.read.archives import NOON, Saved, mhtml_of, webarchive_of
from tests.read.container_reading import issues, pages, read

PAGE = Saved(
    "a.html", "<p>Herring = Sild, Ål</p>\r\n".encode() + b"<p>" + b"f" * 200 + b"</p>\r\n", "https://archive.example/a"
)


def mail(*parts: str, head: str = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n") -> bytes:
    return (head + "\n" + "".join(f"--b\n{part}\n" for part in parts) + "--b--\n").encode()


def test_a_page_saved_by_chrome_is_read_with_its_address_and_moment(tmp_path):
    expected = Capture("a.mhtml", PAGE.data, "text/html", None, PAGE.url, NOON)
    assert read(tmp_path, mhtml_of(PAGE), "a.mhtml") == [expected]


def test_a_page_saved_by_internet_explorer_is_read(tmp_path):
    head = (
        "From: <Saved by Windows Internet Explorer 11>\nSubject: Fish\nDate: Fri, 1 Mar 2024 13:00:00 +0100\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="b"\nX-MimeOLE: x\n'
    )
    body = base64.encodebytes("<p>Ål</p>".encode("cp1252")).decode()
    part = 'Content-Type: text/html;\n\tcharset="windows-1252"\nContent-Transfer-Encoding: base64\nContent-Location: http://a.example/\n\n'
    expected = Capture("a", "<p>Ål</p>".encode("cp1252"), "text/html", "windows-1252", "http://a.example/", NOON)
    assert read(tmp_path, mail(part + body, head=head), "a") == [expected]


def test_the_page_is_the_part_that_the_head_names(tmp_path):
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b; start="<page>"\n'
    frame = "Content-Type: text/html\nContent-ID: <frame>\n\n<p>frame"
    page = "Content-Type: text/html\nContent-ID: <page>\n\n<p>page"
    assert pages(read(tmp_path, mail(frame, page, head=head), "a")) == [("a", b"<p>page")]


def test_pictures_before_the_page_are_read_past(tmp_path):
    picture = "Content-Type: image/png\n\n" + "f" * 300_000
    assert pages(read(tmp_path, mail(picture, "Content-Type: text/html\n\n<p>page"), "a")) == [("a", b"<p>page")]


def test_a_file_that_ends_within_the_page_is_read_as_far_as_it_goes(tmp_path):
    whole = mhtml_of(PAGE)
    found = read(tmp_path, whole[: whole.index(b"fff")], "a")
    ((_, data),) = pages(found)
    assert issues(found) == [("archive_cut", "a: cut: ends within the page")]
    assert data == PAGE.data[: PAGE.data.index(b"fff")]


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Fri, 99 Mar 2024 25:00:00 +9999", "Fri, 1 Mar 99999 12:00:00 +0000"]
)
def test_a_moment_that_is_none_is_left_out(tmp_path, text):
    head = f"MIME-Version: 1.0\nDate: {text}\nContent-Type: multipart/related; boundary=b\n"
    (page,) = read(tmp_path, mail("Content-Type: text/html\n\n<p>", head=head), "a")
    assert page.captured_at is None


def test_a_moment_without_a_zone_is_in_utc(tmp_path):
    head = "MIME-Version: 1.0\nDate: Fri, 1 Mar 2024 12:00:00 -0000\nContent-Type: multipart/related; boundary=b\n"
    (page,) = read(tmp_path, mail("Content-Type: text/html\n\n<p>", head=head), "a")
    assert page.captured_at == datetime(2024, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (mail(head="MIME-Version: 1.0\nContent-Type: multipart/related\n"), "no boundary between its parts is named"),
        (mail(), "no part of it is HTML or text"),
        (mail("Content-Type: image/png\n\nx"), "no part of it is HTML or text"),
        (
            mail("Content-Type: multipart/related; boundary=c\n\n--c\nContent-Type: text/html\n\nx"),
            "no part of it is HTML or text",
        ),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b", "it ends within a head"),
        (mail("A: " + "f" * 70_000 + "\n\nx"), "a head over 65,536 bytes"),
        (mail("Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nQ"), "its base64 is broken"),
    ],
)
def test_an_mhtml_file_without_a_page_is_refused(tmp_path, data, reason):
    assert issues(read(tmp_path, data, "a")) == [("saved_page_damaged", f"a: no page in it: {reason}")]


@pytest.mark.parametrize("coding", ["7bit", "base64", "quoted-printable"])
def test_a_page_over_the_limit_in_an_mhtml_file_is_refused(tmp_path, coding):
    text = "Zm9v" * 1000 if coding == "base64" else "f" * 4000
    data = mail(f"Content-Type: text/html\nContent-Transfer-Encoding: {coding}\n\n{text}")
    assert [problem for problem, _ in issues(read(tmp_path, data, "a", replace(LIMITS, page_bytes=100)))] == [
        "file_too_large"
    ]


@pytest.mark.parametrize(
    "parameter", ['boundary="' + '";' * 15_000, ";" * 60_000 + "boundary=b", "boundary*0*=utf-8''b" * 2000]
)
def test_a_head_made_to_be_slow_is_not(tmp_path, parameter):
    head = f"MIME-Version: 1.0\nContent-Type: multipart/related; {parameter}\n"
    read(tmp_path, mail("Content-Type: text/html\n\n<p>", head=head), "a")


@given(st.binary(max_size=400))
def test_no_head_makes_the_reader_fail(tmp_path_factory, junk):
    folder = tmp_path_factory.mktemp("mhtml")
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n"
    for data in (
        head + junk + b"\n\n--b\nContent-Type: text/html\n\n<p>\n--b--\n",
        head + b"\n--b\nContent-Type: text/html\n" + junk + b"\n\n<p>\n",
    ):
        for problem, _ in issues(read(folder, data, "a")):
            assert problem in ("saved_page_damaged", "archive_cut")


def test_a_page_saved_by_safari_is_read(tmp_path):
    expected = Capture("a.webarchive", PAGE.data, "text/html", "UTF-8", PAGE.url)
    assert read(tmp_path, webarchive_of(PAGE), "a.webarchive") == [expected]


def test_a_large_page_saved_by_safari_and_an_address_beyond_ascii_are_read(tmp_path):
    page = PAGE._replace(data=b"<p>" * 100_000, url="https://archive.example/Ål")
    (found,) = read(tmp_path, webarchive_of(page), "a")
    assert (found.data, found.url) == (page.data, page.url)


@pytest.mark.parametrize(
    "made",
    [
        {},
        [],
        "page",
        {"WebMainResource": "page"},
        {"WebMainResource": {"WebResourceURL": "https://archive.example"}},
        {"WebMainResource": {"WebResourceData": "text"}},
        {"WebMainResource": {"WebResourceData": b"x", "WebResourceURL": b"x"}},
        {"WebMainResource": {"WebResourceData": b"x", "WebResourceURL": "x" * 9000}},
        {"WebMainResource": {str(number): number for number in range(100)}},
    ],
)
def test_a_property_list_that_is_no_web_archive_is_refused(tmp_path, made):
    data = plistlib.dumps(made, fmt=plistlib.FMT_BINARY)
    assert [problem for problem, _ in issues(read(tmp_path, data, "a"))] == ["saved_page_damaged"]


def test_a_page_over_the_limit_in_a_web_archive_of_safari_is_refused(tmp_path):
    found = read(tmp_path, webarchive_of(PAGE), "a", replace(LIMITS, page_bytes=100))
    assert issues(found) == [("file_too_large", "a: the page in it has over 100 bytes")]


@pytest.mark.parametrize("size", [8, 9, 40, 100])
def test_a_web_archive_of_safari_that_is_cut_is_refused(tmp_path, size):
    assert [problem for problem, _ in issues(read(tmp_path, webarchive_of(PAGE)[:size], "a"))] == ["saved_page_damaged"]


def test_a_property_list_of_which_every_object_is_one_long_list_is_refused_unread(tmp_path):
    long = b"\xaf\x13" + struct.pack(">Q", 1 << 20) + bytes(2 << 20)
    count = 60_000
    table = struct.pack(">I", 8) * count
    trailer = struct.pack(">6xBBQQQ", 4, 2, count, 0, 8 + len(long))
    found = read(tmp_path, b"bplist00" + long + table + trailer, "a")
    assert issues(found) == [("saved_page_damaged", "a: no page in it: it holds something else than expected")]


@given(st.data())
def test_no_property_list_makes_the_reader_fail(tmp_path_factory, data):
    whole = bytearray(webarchive_of(PAGE))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.sampled_from([*range(8, 60), *range(len(whole) - 80, len(whole))]))
        whole[at] = data.draw(st.integers(0, 255))
    found = read(tmp_path_factory.mktemp("plist"), bytes(whole), "a")
    assert len(found) == 1
