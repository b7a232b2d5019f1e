"""The side file: what it says of pages, what of it cannot be used, and what a container's own word is worth beside it."""

import os
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.problems import PROBLEMS
from pipelines.read.side_file import SideFile, contradictions, known, read_side_file
from pipelines.read.side_file_cells import read_address_cell, read_note_cell, read_time_cell
from pipelines.records import Page
from pipelines.settings import ReadLimits

HEADER = "path,url,captured_at,note\n"
URL = "https://archive.example/search?page=2"
MIDNIGHT = datetime(2019, 3, 1, tzinfo=UTC)


def page(path="a.txt", **known_of_it):
    return Page("p1-0123456789abcdef", path, "0" * 64, 1, "utf-8", **known_of_it)


@pytest.fixture
def read(tmp_path):
    """Reads a side file of these bytes: what it says by path, and the messages of its issues."""

    def run(data, limits=None):
        (tmp_path / "pages.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
        side_file, issues = read_side_file(tmp_path, limits or ReadLimits())
        assert {issue.problem for issue in issues} <= PROBLEMS.keys()
        assert {issue.source_path for issue in issues} <= {"pages.csv"}
        return side_file, [issue.message for issue in issues]

    return run


def test_without_a_side_file_nothing_is_said_and_nothing_is_wrong(tmp_path):
    assert read_side_file(tmp_path) == (SideFile(), [])
    assert known(SideFile(), page()) == page()


@pytest.mark.parametrize(
    "data",
    [
        f"{HEADER}a.txt,{URL},2019-03-01,By Ann\n",
        f"\ufeff{HEADER}a.txt,{URL},2019-03-01,By Ann",
        f'{HEADER}"a.txt","{URL}","2019-03-01","By Ann"\n'.replace("\n", "\r\n"),
        f"{HEADER}a.txt,{URL},2019-03-01,By Ann\n".replace("\n", "\r"),
        f"\n\nNote , URL, Captured_At,PATH\n\n By Ann, {URL} ,2019-03-01, a.txt \n,,,\n",
        f"path;url;captured_at;note\na.txt;{URL};2019-03-01;By Ann\n",
        f"path\turl\tcaptured_at\tnote\na.txt\t{URL}\t2019-03-01\tBy Ann\n",
    ],
)
def test_a_row_says_address_time_and_note_in_every_form_that_spreadsheets_save(read, data):
    side_file, messages = read(data)
    assert known(side_file, page()) == page(url=URL, captured_at=MIDNIGHT, note="By Ann")
    assert messages == []


def test_a_note_may_hold_quotes_commas_and_line_ends_and_a_formula_is_text(read):
    side_file, messages = read(f'{HEADER}a.txt,,,"=HYPERLINK(""x"",1)\r\nsecond"\nb.txt,,,5" disk\n')
    assert known(side_file, page()).note == '=HYPERLINK("x",1)\nsecond'
    assert known(side_file, page("b.txt")).note == '5" disk'
    assert messages == []


def test_columns_may_be_fewer_and_members_of_archives_are_named_like_files(read):
    side_file, _ = read(f"path,url\npack.zip!inner/page.txt,{URL}\nb.txt\n")
    assert known(side_file, page("pack.zip!inner/page.txt")).url == URL
    assert known(side_file, page("pack.zip")) == page("pack.zip")


def test_a_path_is_found_whatever_way_its_accents_are_written(read):
    side_file, _ = read(f"path,url\ncafe\u0301.txt,{URL}\n")
    assert known(side_file, page("caf\u00e9.txt")).url == URL
    assert side_file.unused(["caf\u00e9.txt"]) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a.txt,archive.example,,", "2: url: no address that begins with http:// or https://: archive.example"),
        ("a.txt,javascript:alert(1),,", "2: url: no address that begins with http:// or https://: javascript:alert(1)"),
        ("a.txt,,yesterday,", "2: captured_at: no day or time as 2019-03-01 or 2019-03-01T12:30:00Z: yesterday"),
        ("a.txt,,2019-02-30,", "2: captured_at: no day or time as 2019-03-01 or 2019-03-01T12:30:00Z: 2019-02-30"),
        ("a.txt,,,a\0b", "2: note: holds a NUL: a\\x00b"),
        (f"{','.join('abcd')},e", "2: more cells than the header has columns: a,b,c,d,e"),
        (f",{URL},,", f"2: no path: ,{URL},,"),
        ('a.txt,"x"y,,', '2: its quotes do not pair: a.txt,"x"y,,'),
        ('a.txt,,,"open', '2: its quotes do not pair: a.txt,,,"open'),
        ("a.txt,,,caf\udce9", "2: not UTF-8: a.txt,,,caf\\xe9"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line_and_the_next_row_is_read(read, row, message):
    side_file, messages = read(f"{HEADER}{row}\nb.txt,{URL},,\n".encode("utf-8", "surrogateescape"))
    assert messages == [f"pages.csv:{message}"]
    assert known(side_file, page("b.txt")).url == URL


def test_a_bad_cell_does_not_spoil_the_others_of_its_row(read):
    side_file, messages = read(f"{HEADER}a.txt,{URL},soon,By Ann\n")
    assert known(side_file, page()) == page(url=URL, note="By Ann")
    assert len(messages) == 1


def test_a_path_that_stands_twice_is_said_and_the_first_counts(read):
    side_file, messages = read(f"{HEADER}a.txt,{URL},,\na.txt,{URL}0,,\n")
    assert known(side_file, page()).url == URL
    assert messages == ["pages.csv:3: the path stands in line 2 already, which counts: a.txt"]


def test_a_path_that_no_page_has_is_said_with_its_line(read):
    side_file, _ = read(f"{HEADER}a.txt,,,\nb.txt,,,\nc.txt,,,\n")
    unused = side_file.unused({"b.txt"})
    assert [(issue.problem, issue.message, issue.line_first) for issue in unused] == [
        ("side_file_row", "pages.csv:2: no page in raw has this path: a.txt", 2),
        ("side_file_row", "pages.csv:4: no page in raw has this path: c.txt", 4),
    ]


def test_of_thousands_of_paths_that_no_page_has_a_thousand_are_named_and_the_rest_counted(read):
    side_file, _ = read(HEADER + "".join(f"{number}.txt,,,\n" for number in range(1_500)))
    unused = side_file.unused([])
    assert len(unused) == 1_001
    assert unused[-1].message == "pages.csv:1002: 500 more paths that no page has, from here on: 1000.txt"


def test_columns_that_are_not_known_are_said(read):
    side_file, messages = read(f"path,who,url,when\na.txt,Ann,{URL},now\n")
    assert known(side_file, page()) == page(url=URL)
    assert messages == ["pages.csv:1: columns that are not known, and not read: who, when"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "pages.csv:1: no header with the column path; known columns: path, url, captured_at, note"),
        (f"a.txt,{URL}\n", "pages.csv:1: no header with the column path; known columns: path, url, captured_at, note"),
        ("path,url\n".encode("utf-16"), "pages.csv:1: no header with the column path; known columns: path, url, captured_at, note"),
        ("path,url,URL\n", "pages.csv:1: a column that stands twice in the header: url"),
    ],
)  # fmt: skip
def test_a_file_without_its_header_says_nothing_and_that_is_said(read, data, message):
    assert read(data) == (SideFile(), [message])


def test_a_file_over_the_limits_is_read_up_to_them_or_not_at_all(read):
    data = HEADER + "".join(f"{number}.txt,,,\n" for number in range(10))
    side_file, messages = read(data, ReadLimits(side_file_rows=4))
    assert list(side_file.rows) == ["0.txt", "1.txt", "2.txt"]
    assert messages == ["pages.csv:5: the rest is not read: more than 4 lines"]
    assert read(data, ReadLimits(side_file_bytes=20)) == (
        SideFile(),
        [f"pages.csv: {len(data)} bytes, the limit is 20"],
    )


def test_a_link_a_folder_or_a_pipe_by_its_name_is_not_followed(tmp_path):
    path = tmp_path / "pages.csv"
    for make in (lambda: path.symlink_to("/etc/hosts"), path.mkdir, lambda: os.mkfifo(path)):
        make()
        side_file, issues = read_side_file(tmp_path)
        assert (side_file, [issue.problem for issue in issues]) == (SideFile(), ["file_not_regular"])
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.parametrize("line", ['"', '"\n' * 30 + '"', "a" * 200_000, ",", "a.txt,\0", '"a",b"', '""""""', "\xff"])
def test_a_file_of_nothing_but_bad_lines_is_given_up_soon(read, line):
    start = time.process_time()
    _, messages = read(HEADER + f"{line}\n" * (2_000_000 // len(line)))
    assert time.process_time() - start < 3
    assert len(messages) <= 1_001


def test_the_container_counts_where_it_knows_and_what_differs_is_said(read):
    side_file, _ = read(f"{HEADER}a.txt,{URL},2019-03-01T12:00:00Z,By Ann\n")
    own = page(url="https://archive.example/search?page=7", captured_at=datetime(2019, 3, 1, 13, tzinfo=UTC))
    assert known(side_file, own) == page(url=own.url, captured_at=own.captured_at, note="By Ann")
    assert [(issue.problem, issue.page_id, issue.message) for issue in contradictions(side_file, own)] == [
        ("side_file_contradicted", own.page_id, f"a.txt: its container says {own.url}, which counts; pages.csv:2 says {URL}"),
        (
            "side_file_contradicted",
            own.page_id,
            "a.txt: its container says 2019-03-01T13:00:00+00:00, which counts; pages.csv:2 says 2019-03-01T12:00:00+00:00",
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "own",
    [
        page(),
        page("b.txt", url="https://other.example"),
        page(url="http://staging.archive.example/search?page=2&utm_source=x"),
        page(captured_at=datetime(2019, 3, 1, 23, 59, tzinfo=UTC)),
        page(captured_at=datetime(2019, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=1)))),
    ],
)
def test_what_agrees_or_speaks_alone_is_no_contradiction(read, own):
    side_file, _ = read(f"{HEADER}a.txt,{URL},2019-03-01,\n")
    assert list(contradictions(side_file, own)) == []


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("2019-03-01", (2019, 3, 1)),
        ("2019-03-01T12:30", (2019, 3, 1, 12, 30)),
        ("2019-03-01 12:30:05", (2019, 3, 1, 12, 30, 5)),
        ("2019-03-01T12:30:05Z", (2019, 3, 1, 12, 30, 5)),
        ("2019-03-01 12:30:05 Z", (2019, 3, 1, 12, 30, 5)),
        ("2019-03-01T12:30:05.25+02:00", (2019, 3, 1, 10, 30, 5, 250_000)),
        ("2019-03-01T12:30:05-0530", (2019, 3, 1, 18, 0, 5)),
        ("2019-03-01T00:30+01", (2019, 2, 28, 23, 30)),
    ],
)
def test_a_time_is_read_as_utc(printed, moment):
    assert read_time_cell(printed) == (printed, datetime(*moment, tzinfo=UTC), "")


@pytest.mark.parametrize(
    "printed",
    [
        "1/3/2019", "2019", "2019-03", "20190301", "2019-W09-5", "2019-060", "2019-03-01T25:00", "2019-03-01T", "0000-01-01",
        "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "2019-03-01T12:30+99:00", "٢٠١٩-٠٣-٠١", "2019-03-01T12:30ZZ",
    ],
)  # fmt: skip
def test_what_is_no_such_time_is_doubted(printed):
    cell = read_time_cell(printed)
    assert (cell.value, bool(cell.problem)) == (None, True)


@pytest.mark.parametrize(
    "printed", [URL, "HTTP://A.EXAMPLE", "https://a.example:8443/x?y#z", "https://архив.example/документ"]
)
def test_an_address_is_taken_as_it_stands(printed):
    assert read_address_cell(f" {printed} ").value == printed


@pytest.mark.parametrize(
    "printed", ["a.example", "ftp://a.example", "http://", "http:///x", "http://a b.example", "https://a.example/\x1b[2J", "http://[::1]/", "http://u@a.example", f"{URL}\n{URL}", "http://a.example:port/", URL + "0" * 9_000]
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_doubted(printed):
    cell = read_address_cell(printed)
    assert (cell.value, bool(cell.problem)) == (None, True)


def test_a_note_has_an_end():
    assert read_note_cell("x" * 2_000).value == "x" * 2_000
    assert read_note_cell("x" * 2_001).problem == "note: longer than 2000 characters"


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(
        st.binary(max_size=300), st.text('a,;"\n\r\0 é.=', max_size=80).map(lambda text: (HEADER + text).encode())
    )
)
def test_no_bytes_raise(data):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pages.csv").write_bytes(data)
        side_file, issues = read_side_file(Path(folder))
        assert all(issue.message.encode() for issue in issues)
        side_file.unused([])
