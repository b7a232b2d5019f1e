"""Records of web archives: which are pages, what is said of the others, and what becomes of damage."""

import gzip
import io
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.read.capture import Capture
from pipelines.read.containers.http_body import UndecodableError, body_of
from pipelines.read.containers.responses import media_type_of, moment
from pipelines.settings import LIMITS
from tests.read.archives import (
    NOON,
    WARCINFO,
    Saved,
    gz,
    http,
    record,
    tar_of,
    warc_gz_of,
    warc_of,
    warc_records,
    wet_of,
    wet_records,
    zip_of,
    zst,
)
from tests.read.container_reading import issues, pages, read

PAGES = [
    Saved(f"{number}.html", b"<p>Herring No. %d</p>" % number, f"https://archive.example/{number}")
    for number in range(4)
]
PAGE = b"<p>Herring</p>"
SMALL = replace(LIMITS, page_bytes=40)


def chunked(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))


def one(tmp_path, block: bytes, limits=LIMITS, **fields):
    return read(tmp_path, record(block, **fields), "w", limits)


def skipped(reason: str, problem: str = "response_skipped", done: str = "skipped") -> list[tuple[str, str]]:
    return [(problem, f"w: 1 response {done}: {reason} (first: !1)")]


def test_what_warcio_writes_is_read(tmp_path):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "warcio"}))
    made = writer.create_warc_record(
        "https://archive.example/a", "response", io.BytesIO(PAGE), http_headers=headers,
        warc_headers_dict={"WARC-Date": "2024-03-01T12:00:00Z"},
    )  # fmt: skip
    writer.write_record(made)
    expected = Capture("w!2", PAGE, "text/html", None, "https://archive.example/a", NOON, is_crawled=True)
    assert read(tmp_path, out.getvalue(), "w") == [expected]


def test_an_arc_file_is_read(tmp_path):
    version = b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n\n"
    block = http(PAGE, "text/html")
    data = b"filedesc://a.arc 0.0.0.0 20240301120000 text/plain %d\n%b" % (len(version), version)
    data += b"http://archive.example/a 127.0.0.1 20240301120000 text/html %d\n%b\n" % (len(block), block)
    expected = Capture("w!2", PAGE, "text/html", None, "http://archive.example/a", NOON, is_crawled=True)
    assert read(tmp_path, data, "w") == [expected]
    assert read(tmp_path, gz(data), "w") == [expected]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("301 Moved Permanently", "redirect"),
        ("304 Not Modified", "redirect"),
        ("404 Not Found", "HTTP status 404"),
        ("503", "HTTP status 503"),
        ("206 Partial Content", "HTTP status 206"),
        ("2000 OK", "without an HTTP status"),
        ("²⁰⁰ OK", "without an HTTP status"),
        ("", "without an HTTP status"),
    ],
)
def test_a_response_that_did_not_succeed_is_skipped(tmp_path, status, reason):
    found = one(tmp_path, http(PAGE, status=status))
    assert pages(found) == []
    assert issues(found) == skipped(reason)


@pytest.mark.parametrize("media_type", ["image/png", "application/json", "text/css", "application/pdf", "text/html5"])
def test_a_response_that_is_neither_html_nor_text_is_skipped(tmp_path, media_type):
    assert issues(one(tmp_path, http(PAGE, media_type))) == skipped("neither HTML nor text")


@pytest.mark.parametrize(
    ("content_type", "media_type", "charset"),
    [
        ("text/html", "text/html", None),
        ("TEXT/HTML;charset=Windows-1251", "text/html", "Windows-1251"),
        ('application/xhtml+xml; a=b; charset="utf-8"', "application/xhtml+xml", "utf-8"),
        ("text/plain; charset=", "text/plain", None),
        (";charset=koi8-r", None, "koi8-r"),
        (None, None, None),
    ],
)
def test_media_type_and_charset_are_those_of_the_response(tmp_path, content_type, media_type, charset):
    (page,) = one(tmp_path, http(PAGE, content_type))
    assert (page.media_type, page.charset, page.data) == (media_type, charset, PAGE)


@pytest.mark.parametrize("kind", ["revisit", "continuation"])
def test_records_that_hold_no_page_of_their_own_are_counted(tmp_path, kind):
    assert issues(one(tmp_path, http(PAGE), kind=kind)) == skipped(kind)


@pytest.mark.parametrize("kind", ["request", "metadata", "warcinfo"])
def test_what_a_crawl_notes_about_itself_is_not_worth_a_word(tmp_path, kind):
    assert issues(one(tmp_path, http(PAGE), kind=kind)) == [("archive_empty", "w: holds no page")]


def test_a_record_of_another_type_and_a_response_that_is_not_http_are_counted(tmp_path):
    assert issues(one(tmp_path, PAGE, kind="song")) == skipped("of a type that is not known")
    assert issues(one(tmp_path, PAGE, content_type="text/dns")) == skipped("not HTTP")


def test_a_resource_is_a_page_and_its_type_is_the_record_s(tmp_path):
    (page,) = one(tmp_path, PAGE, kind="resource", content_type="text/html; charset=big5")
    assert (page.data, page.media_type, page.charset) == (PAGE, "text/html", "big5")
    assert issues(one(tmp_path, PAGE, kind="resource", content_type="image/png")) == skipped("neither HTML nor text")


def test_responses_are_counted_by_reason_in_the_order_of_their_first(tmp_path):
    moved, gone = record(http(b"", status="302 Found")), record(http(b"", status="404 Not Found"))
    data = moved + gone * 1200 + record(http(PAGE)) + moved
    assert issues(read(tmp_path, data, "w")) == [
        ("response_skipped", "w: 2 responses skipped: redirect (first: !1)"),
        ("response_skipped", "w: 1,200 responses skipped: HTTP status 404 (first: !2)"),
    ]


def test_a_response_without_a_body_is_skipped(tmp_path):
    assert issues(one(tmp_path, http(b""))) == skipped("without a body")


@pytest.mark.parametrize(
    "block", [b"", b"no head at all", b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000]
)
def test_a_response_without_a_whole_head_is_refused(tmp_path, block):
    found = read(tmp_path, record(block) + record(http(PAGE)), "w")
    assert issues(found) == skipped("no HTTP head within 65,536 bytes", "response_refused", "refused")
    assert pages(found) == [("w!2", PAGE)]


def test_a_response_over_the_limit_is_refused_alone(tmp_path):
    data = record(http(b"f" * 41)) + record(http(b"f" * 81)) + record(http(b"f" * 40))
    found = read(tmp_path, data, "w", SMALL)
    assert issues(found) == [("response_refused", "w: 2 responses refused: over 40 bytes (first: !1)")]
    assert pages(found) == [("w!3", b"f" * 40)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-01T12:00:00Z", NOON),
        ("2024-03-01T12:00:00.123456789Z", datetime(2024, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)),
        ("2024-03-01T14:00:00+02:00", NOON),
        ("2024-03-01T12:00:00", NOON),
        ("0001-01-01T00:00:00+23:59", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_moment_of_a_capture_is_in_utc(text, expected):
    assert moment(text) == expected


def test_an_address_in_angle_brackets_is_without_them(tmp_path):
    (page,) = one(tmp_path, http(PAGE), url="<https://archive.example/a>")
    assert page.url == "https://archive.example/a"


@pytest.mark.parametrize(
    ("more", "body"),
    [
        (["Transfer-Encoding: chunked"], chunked(PAGE)),
        (["Transfer-Encoding: Chunked"], chunked(PAGE[:5], PAGE[5:])),
        (["Transfer-Encoding: chunked"], b"e;note=x\r\n" + PAGE + b"\r\n0\r\nTrailer: x\r\n\r\n"),
        (["Transfer-Encoding: chunked"], b"e\n" + PAGE + b"\n0\n\n"),
        (["Transfer-Encoding: chunked"], PAGE),
        (["Content-Encoding: gzip"], gz(PAGE)),
        (["Content-Encoding: x-gzip"], gz(PAGE)),
        (["Content-Encoding: gzip"], PAGE),
        (["Content-Encoding: gzip"], gz(PAGE) + b"rubbish"),
        (["Content-Encoding: deflate"], zlib.compress(PAGE)),
        (["Content-Encoding: deflate"], zlib.compress(PAGE)[2:-4]),
        (["Content-Encoding: deflate"], PAGE),
        (["Content-Encoding: zstd"], zst(PAGE)),
        (["Content-Encoding: zstd"], PAGE),
        (["Content-Encoding: deflate, gzip"], gz(zlib.compress(PAGE))),
        (["Content-Encoding: utf-8"], PAGE),
        (["Content-Encoding: identity"], PAGE),
        (["Transfer-Encoding: chunked", "Content-Encoding: gzip"], chunked(gz(PAGE)[:9], gz(PAGE)[9:])),
    ],
)
def test_a_body_comes_out_as_the_server_meant_it(tmp_path, more, body):
    assert one(tmp_path, http(body, more=more)) == one(tmp_path, http(PAGE))


@pytest.mark.parametrize(
    ("more", "body", "reason"),
    [
        (["Content-Encoding: br"], b"\x0b\x02\x80", "packed as br"),
        (["Content-Encoding: gzip"], gz(PAGE)[:10] + b"\xff" * 40, "its packed body is broken"),
        (["Content-Encoding: zstd"], zst(PAGE)[:4] + b"\xff" * 40, "its packed body is broken"),
        (["Transfer-Encoding: chunked"], b"5\r\n<p>He\r\nrring", "its chunks are broken"),
        (["Transfer-Encoding: chunked"], b"2\r\n<p>Herring</p>", "its chunks are broken"),
        (["Content-Encoding: gzip"], gz(b"f" * 1_000_000), "over 40 bytes"),
        (["Content-Encoding: zstd"], zst(b"f" * 1_000_000), "over 40 bytes"),
    ],
)
def test_a_body_that_cannot_be_decoded_is_refused_and_the_rest_is_read(tmp_path, more, body, reason):
    limits = (
        SMALL
        if reason.startswith("over") and len(body) < 80
        else replace(LIMITS, page_bytes=40 if "over" in reason else 4096)
    )
    found = read(tmp_path, record(http(body, more=more)) + record(http(PAGE)), "w", limits)
    assert issues(found)[0][0] == "response_refused"
    assert pages(found) == [("w!2", PAGE)]


@pytest.mark.parametrize(
    ("more", "body", "expected"),
    [
        (["Transfer-Encoding: chunked"], b"ff\r\n<p>He", b"<p>He"),
        (["Transfer-Encoding: chunked"], b"5\r\n<p>He\r\n", b"<p>He"),
        (["Content-Encoding: gzip"], gz(b"Herring and salt, " * 3)[:-12], None),
    ],
)
def test_a_body_that_breaks_off_is_read_as_far_as_it_goes_and_said_to_be_cut(tmp_path, more, body, expected):
    found = one(tmp_path, http(body, more=more))
    assert issues(found) == skipped("the body breaks off", "response_cut", "cut")
    ((_, data),) = pages(found)
    assert data == expected or (expected is None and b"Herring and salt, ".startswith(data[:18]) and data)


def test_a_response_that_the_crawler_cut_is_said_to_be(tmp_path):
    found = one(tmp_path, http(PAGE), more=["WARC-Truncated: length"])
    assert pages(found) == [("w!1", PAGE)]
    assert issues(found) == skipped("by the crawler's limits", "response_cut", "cut")


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "zstd", "br", ""]), st.booleans())
def test_no_body_makes_the_reader_fail(data, coding, is_chunked):
    fields = {"content-encoding": coding, "transfer-encoding": "chunked" if is_chunked else ""}
    try:
        body_of(data, fields, LIMITS)
    except UndecodableError:
        assert coding or is_chunked


@given(st.text(max_size=60))
def test_any_content_type_gives_two_words_or_none(text):
    media_type, charset = media_type_of(text)
    assert media_type != ""
    assert charset != ""


@pytest.mark.parametrize("make", [warc_records, wet_records])
@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_cut_within_any_record_gives_all_before_it(tmp_path, make, packed):
    records = [gz(each) if packed else each for each in make(PAGES)]
    whole = pages(read(tmp_path, b"".join(records), "w"))
    for count in range(len(records)):
        before = b"".join(records[:count])
        expected = [page for page in whole if int(page[0].split("!")[1]) <= count]
        assert pages(read(tmp_path, before, "w")) == (expected if count else [("w", b"")])
        for cut in (5, len(records[count]) // 2, len(records[count]) - 5 - 8 * packed):
            found = read(tmp_path, before + records[count][:cut], "w")
            if count or cut > 10:
                assert pages(found) == expected
                assert [problem for problem, _ in issues(found)] == ["archive_cut"]


def test_the_place_of_a_cut_is_named(tmp_path):
    data = warc_of(PAGES)
    at = data.index(b"Herring No. 2")
    assert issues(read(tmp_path, data[:at], "w")) == [("archive_cut", "w: cut in record 7: ends 17 bytes early")]
    head = data.index(b"/2\r\n")
    assert issues(read(tmp_path, data[:head], "w")) == [
        ("archive_cut", "w: cut in record 6: ends within the head of a record")
    ]


def test_a_record_that_is_whole_but_for_the_lines_behind_it_is_read(tmp_path):
    found = read(tmp_path, warc_of(PAGES)[:-4], "w")
    assert len(pages(found)) == 4
    assert issues(found) == [("archive_cut", "w: cut in record 9: ends within the end of a record")]


@pytest.mark.parametrize("length", ["-1", "1e3", "x", "", "+5", "٣", "9" * 30])
def test_a_length_that_is_none_stops_the_archive_and_is_named(tmp_path, length):
    bad = record(http(PAGE)).replace(b"Content-Length: %d" % len(http(PAGE)), f"Content-Length: {length}".encode())
    found = read(tmp_path, record(http(PAGE)) + bad + record(http(PAGE)), "w")
    assert pages(found) == [("w!1", PAGE)]
    assert [problem for problem, _ in issues(found)] == ["archive_damaged"]
    assert "w: damaged in record 2: a record of length " in issues(found)[0][1]


@pytest.mark.parametrize("wrong", [-3, 5, 50])
def test_a_record_whose_length_is_wrong_is_not_read_and_nothing_behind_it(tmp_path, wrong):
    length = len(http(PAGE))
    bad = record(http(PAGE)).replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length + wrong))
    found = read(tmp_path, record(http(PAGE)) + bad + record(http(PAGE)), "w")
    assert pages(found)[:1] == [("w!1", PAGE)]
    assert [problem for problem, _ in issues(found)] == ["archive_damaged"]
    assert ("w!3", PAGE) not in pages(found)


def test_a_length_over_the_file_is_a_cut(tmp_path):
    bad = record(http(PAGE)).replace(b"Content-Length: %d" % len(http(PAGE)), b"Content-Length: 4000000000")
    assert issues(read(tmp_path, bad, "w"))[0][0] == "archive_cut"


@pytest.mark.parametrize("head", [b"x" * 70_000, b"A: b\r\n" * 20_000])
def test_a_head_without_end_is_damage(tmp_path, head):
    found = read(tmp_path, WARCINFO + b"WARC/1.0\r\n" + head + b"\r\n\r\n", "w")
    assert issues(found) == [
        ("archive_damaged", "w: damaged in record 2: a head over 65,536 bytes; the rest is not read")
    ]


def test_reading_goes_on_behind_a_damaged_member(tmp_path):
    members = [gz(each) for each in warc_records(PAGES)]
    at = 4  # the response of the second page
    members[at] = members[at][:20] + b"\xff" * 10 + members[at][30:]
    found = read(tmp_path, b"".join(members), "w")
    assert pages(found) == [("w!3", PAGES[0].data), ("w!7", PAGES[2].data), ("w!9", PAGES[3].data)]
    ((problem, message),) = issues(found)
    assert problem == "archive_damaged"
    assert message.startswith("w: damaged behind record 4: cannot be unpacked: ")
    assert message.endswith("; reading goes on behind it")


def test_reading_goes_on_behind_what_is_no_record_which_counts_as_one(tmp_path):
    members = warc_records(PAGES)
    members[4] = members[4].replace(b"HTTP/1.1", b"HTTP/1.1 200 OK\r\nmore: HTTP/1.1")
    found = read(tmp_path, b"".join(map(gz, members)), "w")
    assert pages(found) == [("w!3", PAGES[0].data), ("w!8", PAGES[2].data), ("w!10", PAGES[3].data)]
    assert [problem for problem, _ in issues(found)] == ["archive_damaged", "response_refused"]


def test_a_member_whose_sum_is_wrong_is_not_read(tmp_path):
    members = [gz(each) for each in warc_records(PAGES)]
    members[4] = members[4][:-8] + b"\0\0\0\0" + members[4][-4:]
    assert [path for path, _ in pages(read(tmp_path, b"".join(members), "w"))] == ["w!3", "w!7", "w!9"]


def test_a_large_record_whose_sum_is_wrong_is_not_read(tmp_path):
    text = b"".join(b"Herring No. %d\n" % number for number in range(20_000))
    members = [gz(each) for each in wet_records([Saved("a", text), Saved("b", text)])]
    members[1] = members[1][:-8] + b"\0\0\0\0" + members[1][-4:]
    found = read(tmp_path, b"".join(members), "w")
    assert pages(found) == [("w!3", text)]


def test_rubbish_between_members_is_passed_over_and_named(tmp_path):
    first, *others = (gz(each) for each in warc_records(PAGES))
    found = read(tmp_path, first + b"rubbish \x1f\x8b\x08 rubbish" + b"".join(others), "w")
    assert len(pages(found)) == 4
    message = "w: damaged behind record 1: holds something else behind its gzip data; reading goes on behind it"
    assert issues(found) == [("archive_damaged", message)]


def test_a_file_of_damage_is_given_up(tmp_path):
    bad = gz(record(b"x").replace(b"Content-Length: 1", b"Content-Length: x"))
    found = read(tmp_path, gz(WARCINFO) + bad * 500, "w")
    assert len(issues(found)) == 101
    assert issues(found)[-1][1].endswith("; the rest is not read")


def test_a_page_cannot_pretend_to_be_a_record(tmp_path):
    text = b"<p>" + record(http(b"forged"))
    assert pages(read(tmp_path, record(http(text)), "w")) == [("w!1", text)]
    assert b"forged" not in [data for _, data in pages(read(tmp_path, gz(record(http(text)))[:-20], "w"))]


def test_damage_within_a_web_archive_leaves_the_other_members(tmp_path):
    cut = warc_gz_of(PAGES)[:-20]
    for packed in (zip_of, tar_of, lambda made: gz(tar_of(made))):
        found = read(tmp_path, packed([Saved("a.warc.gz", cut), Saved("b.warc", wet_of(PAGES))]), "p")
        assert [path for path, _ in pages(found)] == [
            "p!a.warc.gz!3", "p!a.warc.gz!5", "p!a.warc.gz!7", "p!b.warc!2", "p!b.warc!3", "p!b.warc!4", "p!b.warc!5",
        ]  # fmt: skip
        assert issues(found) == [("archive_cut", "p!a.warc.gz: cut in record 9: ends within a packed part")]


def test_blank_lines_before_a_record_are_passed_over(tmp_path):
    assert pages(read(tmp_path, WARCINFO + b"\r\n" * 10 + record(http(PAGE)), "w")) == [("w!2", PAGE)]


def test_members_that_hold_several_records_and_records_in_several_members_are_read(tmp_path):
    data = warc_of(PAGES)
    for size in (1, 7, 100, 1000):
        members = [gzip.compress(data[at : at + size]) for at in range(0, len(data), size)]
        assert len(pages(read(tmp_path, b"".join(members), "w"))) == 4
