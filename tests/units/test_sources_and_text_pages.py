import os
import socket
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read import Source, find_sources, read_source
from pipelines.read.sources import readable_name
from pipelines.read.text_page import page_of, split_lines
from pipelines.records import Issue
from pipelines.settings import LIMITS, ReadLimits


def write(path: Path, data: bytes = b"Herring\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(raw: Path) -> list[str]:
    return [source.source_path for source in find_sources(raw)[0]]


def refusals(raw: Path) -> list[tuple[str, str | None]]:
    return [(issue.problem, issue.source_path) for issue in find_sources(raw)[1]]


def read_one(source: Source, limits: ReadLimits = LIMITS):
    (found,) = read_source(source, limits)
    return found


def read(path: Path, limits: ReadLimits = LIMITS):
    return read_one(Source(os.fspath(path), "herring.txt"), limits)


def lines_of(data: bytes) -> tuple[str, ...]:
    return page_of(data, "herring.txt").lines


def test_an_empty_folder_holds_no_sources(tmp_path):
    assert find_sources(tmp_path) == ([], [])


def test_a_folder_that_does_not_exist_is_named_in_an_issue(tmp_path):
    sources, issues = find_sources(tmp_path / "absent")
    assert sources == []
    assert issues == [
        Issue("file_unreadable", ".: file refused: No such file or directory", source_path="."),
    ]


def test_every_file_below_raw_is_found_by_its_path_from_raw(tmp_path):
    path = write(tmp_path / "old" / "fish" / "herring.txt")
    assert find_sources(tmp_path) == ([Source(os.fspath(path), "old/fish/herring.txt")], [])


def test_sources_are_sorted_by_their_path_whatever_the_order_of_their_making(tmp_path):
    for name in ["b.txt", "a/z.txt", "a.txt", "a-b.txt", "B.txt", "é.txt", "a/b/c.txt", "10.txt", "9.txt"]:
        write(tmp_path / name)
    expected = ["10.txt", "9.txt", "B.txt", "a-b.txt", "a.txt", "a/b/c.txt", "a/z.txt", "b.txt", "é.txt"]
    assert names(tmp_path) == expected


def test_sources_are_sorted_even_where_the_file_system_lists_them_backwards(tmp_path, monkeypatch):
    for name in ["a.txt", "b.txt", "c.txt"]:
        write(tmp_path / name)

    class Backwards(list):
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    listed = sorted(os.scandir(tmp_path), key=lambda item: item.name, reverse=True)
    monkeypatch.setattr(os, "scandir", lambda _: Backwards(listed))
    assert names(tmp_path) == ["a.txt", "b.txt", "c.txt"]


def test_the_ending_of_a_name_does_not_matter(tmp_path):
    for name in ["herring", "herring.txt", "herring.HTML", "herring.dat"]:
        write(tmp_path / name)
    assert names(tmp_path) == ["herring", "herring.HTML", "herring.dat", "herring.txt"]


@pytest.mark.parametrize("name", [".hidden", ".hidden.txt", ".DS_Store", ".git/config", "fish/.hidden/herring.txt"])
def test_hidden_files_and_folders_are_passed_over(tmp_path, name):
    write(tmp_path / name)
    assert find_sources(tmp_path) == ([], [])


@pytest.mark.parametrize(
    "name",
    ["README.md", "ReadMe.MD", "fish/README.md"],
)
def test_a_file_about_raw_is_passed_over(tmp_path, name):
    write(tmp_path / name)
    assert find_sources(tmp_path) == ([], [])


@pytest.mark.parametrize(
    "name", ["readme-of-fish.txt", "README", "readme.txt", "README.html", "LICENSE", "my README.md"]
)
def test_a_name_that_is_nearly_that_of_a_readme_is_a_source(tmp_path, name):
    write(tmp_path / name)
    assert names(tmp_path) == [name]


def test_folders_nested_deeply_are_searched(tmp_path):
    name = "/".join(["fish"] * 100) + "/herring.txt"
    write(tmp_path / name)
    assert names(tmp_path) == [name]


def test_an_empty_file_is_a_source(tmp_path):
    write(tmp_path / "empty.txt", b"")
    assert names(tmp_path) == ["empty.txt"]


def test_a_link_to_a_file_is_named_in_an_issue_and_not_followed(tmp_path):
    outside = write(tmp_path / "outside" / "herring.txt")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "link.txt").symlink_to(outside)
    message = "link.txt: file refused: not a regular file; links are not followed"
    assert find_sources(raw) == ([], [Issue("file_not_regular", message, source_path="link.txt")])


def test_a_link_to_a_folder_is_not_followed(tmp_path):
    write(tmp_path / "outside" / "herring.txt")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "link").symlink_to(tmp_path / "outside", target_is_directory=True)
    assert names(raw) == []
    assert refusals(raw) == [("file_not_regular", "link")]


def test_a_link_that_leads_back_to_its_folder_does_not_go_round_for_ever(tmp_path):
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    assert refusals(tmp_path) == [("file_not_regular", "round")]


def test_a_link_to_nothing_is_named_in_an_issue(tmp_path):
    (tmp_path / "nowhere").symlink_to(tmp_path / "absent")
    assert refusals(tmp_path) == [("file_not_regular", "nowhere")]


def test_a_hard_link_is_a_source_like_any_other(tmp_path):
    (tmp_path / "second.txt").hardlink_to(write(tmp_path / "first.txt"))
    assert names(tmp_path) == ["first.txt", "second.txt"]


def test_a_pipe_is_named_in_an_issue_and_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert find_sources(tmp_path)[0] == []
    assert refusals(tmp_path) == [("file_not_regular", "pipe.txt")]


def test_a_socket_is_named_in_an_issue(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.txt")
        assert refusals(tmp_path) == [("file_not_regular", "socket.txt")]


def test_what_is_refused_is_sorted_and_does_not_keep_the_rest_from_being_found(tmp_path):
    for name in ["z", "a", "m"]:
        (tmp_path / name).symlink_to("absent")
    write(tmp_path / "herring.txt")
    assert names(tmp_path) == ["herring.txt"]
    assert [path for _, path in refusals(tmp_path)] == ["a", "m", "z"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"herring.txt", "herring.txt"),
        ("Рыба “é” 三.txt".encode(), "Рыба “é” 三.txt"),
        (b"fish and ice.txt", "fish and ice.txt"),
        (b"fish\xff\xfe.txt", "fish\\xff\\xfe.txt"),
        (b"fish\xc3.txt", "fish\\xc3.txt"),
        (b"fish\nice.txt", "fish\\nice.txt"),
        (b"fish\x1b[2J.txt", "fish\\x1b[2J.txt"),
        (b"fish\x7f.txt", "fish\\x7f.txt"),
        ("fish\u202etxt".encode(), "fish\\u202etxt"),
        ("fish\u2028ice".encode(), "fish\\u2028ice"),
        (b"-rf *", "-rf *"),
        (b"'\"$(fish)`", "'\"$(fish)`"),
        (b"f" * 255, "f" * 255),
    ],
)
def test_an_odd_name_is_shown_as_printable_text_and_its_file_can_be_read(tmp_path, name, shown):
    with (tmp_path / os.fsdecode(name)).open("wb") as file:
        file.write(b"Herring\n")
    sources, issues = find_sources(tmp_path)
    assert [source.source_path for source in sources] == [shown]
    assert issues == []
    assert read_one(sources[0]).lines == ("Herring",)


def test_an_odd_name_of_a_folder_is_shown_in_the_path_of_its_files(tmp_path):
    folder = tmp_path / os.fsdecode(b"fish\xff\n")
    folder.mkdir()
    write(folder / "herring.txt")
    assert names(tmp_path) == ["fish\\xff\\n/herring.txt"]


@given(st.binary(min_size=1).filter(lambda name: b"\0" not in name))
def test_any_name_is_shown_on_one_line_that_can_be_printed(name):
    shown = readable_name(os.fsdecode(name))
    assert shown.isprintable()
    assert shown.encode("utf-8")


def test_two_files_never_share_a_path(tmp_path):
    for name in [b"fish\xff.txt", b"fish\\xff.txt"]:
        write(tmp_path / os.fsdecode(name))
    first, second = names(tmp_path)
    assert first != second


def test_a_folder_with_the_name_of_a_readme_is_searched(tmp_path):
    write(tmp_path / "readme" / "herring.txt")
    assert names(tmp_path) == ["readme/herring.txt"]


def test_a_page_says_what_its_bytes_are(tmp_path):
    data = "Herring\nÅl\n".encode()
    page = read(write(tmp_path / "herring.txt", data)).page
    assert page.source_path == "herring.txt"
    assert page.source_sha256 == sha256(data).hexdigest()
    assert page.page_id == "p1-" + sha256(data).hexdigest()[:16]
    assert page.source_bytes == 12
    assert page.encoding == "utf-8"
    assert page.media_type == "text/plain"


def test_a_byte_order_mark_is_no_text_and_is_said_in_the_encoding():
    marked, plain = page_of(b"\xef\xbb\xbfHerring\n", "a"), page_of(b"Herring\n", "a")
    assert marked.lines == plain.lines == ("Herring",)
    assert (marked.page.encoding, plain.page.encoding) == ("utf-8-sig", "utf-8")
    assert marked.page.page_id != plain.page.page_id
    assert marked.page.source_bytes == 11


def test_a_second_byte_order_mark_is_text():
    assert lines_of(b"\xef\xbb\xbf\xef\xbb\xbfHerring") == ("\ufeffHerring",)


def test_a_file_that_is_a_byte_order_mark_has_no_lines():
    assert lines_of(b"\xef\xbb\xbf") == ()


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", ()),
        (b"\n", ("",)),
        (b"\n\n", ("", "")),
        (b"fish\nice\n", ("fish", "ice")),
        (b"fish\nice", ("fish", "ice")),
        (b"fish\r\nice\r\n", ("fish", "ice")),
        (b"fish\r\nice", ("fish", "ice")),
        (b"fish\rice\r", ("fish", "ice")),
        (b"fish\rice", ("fish", "ice")),
        (b"fish\r\n\r\nice\n\rsalt", ("fish", "", "ice", "", "salt")),
        (b"fish\nice\r\nsalt\rsugar", ("fish", "ice", "salt", "sugar")),
        (b"fish\r\r\nice", ("fish", "", "ice")),
        (b"\r", ("",)),
        (b"\r\n", ("",)),
        (b"  fish \n", ("  fish ",)),
    ],
)
def test_lines_end_with_lf_crlf_or_cr_and_the_last_end_starts_no_line(data, lines):
    assert lines_of(data) == lines


@pytest.mark.parametrize(
    "character", ["\u2028", "\u2029", "\x0c", "\x0b", "\x85", "\x1c", "\x1d", "\x1e", "\t", "\xa0"]
)
def test_no_other_character_ends_a_line(character):
    assert lines_of(f"fish{character}ice\nsalt{character}".encode()) == (f"fish{character}ice", f"salt{character}")


def test_a_nul_byte_is_refused_with_its_offset(tmp_path):
    message = "herring.txt: file refused: a NUL byte at offset 5; if it is text, save it again as UTF-8"
    expected = Issue("file_not_text", message, source_path="herring.txt")
    assert read(write(tmp_path / "herring.txt", b"fish\n\0ice")) == expected


def test_a_file_in_utf_16_is_read_and_its_encoding_is_said():
    text = page_of("Herring\n".encode("utf-16"), "herring.txt")
    assert (text.lines, text.page.encoding) == (("Herring",), "utf-16-le")


@pytest.mark.parametrize(
    ("data", "line", "byte"),
    [
        (b"\xff", 1, "byte 0xff at offset 0"),
        (b"fish\n\n\xc3\n", 3, "byte 0xc3 at offset 6"),
        (b"fish\r\r\xc3\r", 3, "byte 0xc3 at offset 6"),
        (b"\xef\xbb\xbffish\n\x80", 2, "byte 0x80 at offset 8"),
        (b"\xed\xa0\x80", 1, "byte 0xed at offset 0"),
        (b"\xc0\xaf", 1, "byte 0xc0 at offset 0"),
    ],
)
def test_bytes_that_are_text_in_no_encoding_are_refused_with_their_line_and_byte(data, line, byte):
    issue = page_of(data, "herring.txt")
    assert issue.problem == "encoding_unknown"
    assert issue.source_path == "herring.txt"
    assert (issue.line_first, issue.line_last) == (line, line)
    assert issue.message.startswith(f"herring.txt:{line}: file refused: {byte} is not UTF-8, ")


@pytest.mark.parametrize("data", [b"fish\nice\nsalt \xe9 sugar\n", b"fish\rice\r\xe9 ", b"fish\r\n\r\n\xe9 ice"])
def test_a_text_in_an_older_encoding_is_read_and_the_doubt_names_its_line_and_page(data):
    text = page_of(data, "herring.txt")
    assert text.page.encoding == "windows-1252"
    assert "é" in text.lines[2]
    assert [(issue.problem, issue.line_first, issue.page_id) for issue in text.issues] == [
        ("encoding_assumed", 3, text.page.page_id)
    ]


def test_a_file_over_the_limit_is_refused_with_both_sizes(tmp_path):
    message = "herring.txt: file refused: 11 bytes, the limit is 10"
    expected = Issue("file_too_large", message, source_path="herring.txt")
    assert read(write(tmp_path / "herring.txt", b"f" * 11), ReadLimits(page_bytes=10)) == expected


def test_a_file_of_the_limit_is_read(tmp_path):
    assert read(write(tmp_path / "herring.txt", b"f" * 10), ReadLimits(page_bytes=10)).lines == ("f" * 10,)


def test_a_huge_file_without_content_on_the_disk_is_refused_unread(tmp_path):
    path = write(tmp_path / "herring.txt")
    os.truncate(path, 1 << 33)
    assert read(path).problem == "file_too_large"


def test_a_file_exchanged_for_a_pipe_is_refused_without_waiting(tmp_path):
    path = write(tmp_path / "herring.txt")
    (source,), _ = find_sources(tmp_path)
    path.unlink()
    os.mkfifo(path)
    message = "herring.txt: file refused: not a regular file"
    assert read_one(source) == Issue("file_not_regular", message, source_path="herring.txt")


def test_a_file_exchanged_for_a_folder_is_refused(tmp_path):
    path = write(tmp_path / "herring.txt")
    (source,), _ = find_sources(tmp_path)
    path.unlink()
    path.mkdir()
    assert read_one(source).problem == "file_not_regular"


def test_a_file_exchanged_for_a_link_is_not_followed(tmp_path):
    outside = write(tmp_path / "outside.txt", b"Salt\n")
    path = write(tmp_path / "raw" / "herring.txt")
    (source,), _ = find_sources(tmp_path / "raw")
    path.unlink()
    path.symlink_to(outside)
    issue = read_one(source)
    assert isinstance(issue, Issue)
    assert issue.problem in ("file_unreadable", "file_not_regular")
    assert "Salt" not in issue.message


def test_a_file_that_is_gone_is_unreadable(tmp_path):
    path = write(tmp_path / "herring.txt")
    (source,), _ = find_sources(tmp_path)
    path.unlink()
    message = "herring.txt: file refused: No such file or directory"
    assert read_one(source) == Issue("file_unreadable", message, source_path="herring.txt")


@pytest.mark.parametrize(("shorter_by", "count"), [(3, 4), (7, 0)])
def test_a_file_that_shrinks_while_it_is_read_is_refused(tmp_path, monkeypatch, shorter_by, count):
    path = write(tmp_path / "herring.txt", b"Herring")
    whole = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, size: whole(descriptor, size - 1 - shorter_by))
    issue = read(path)
    monkeypatch.undo()
    assert issue.problem == "file_changed"
    assert issue.message == f"herring.txt: file refused: 7 bytes when opened, {count} when read"


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, monkeypatch):
    path = write(tmp_path / "herring.txt", b"Herring")
    whole = os.read

    def grow_and_read(descriptor, size):
        path.write_bytes(b"Herring and ice")
        return whole(descriptor, size)

    monkeypatch.setattr(os, "read", grow_and_read)
    issue = read(path)
    monkeypatch.undo()
    assert issue.problem == "file_changed"


def test_reading_leaves_no_file_open(tmp_path):
    path = write(tmp_path / "herring.txt")
    before = os.dup(0)
    os.close(before)
    for limit in (1, 100):
        read(path, ReadLimits(page_bytes=limit))
    after = os.dup(0)
    os.close(after)
    assert after == before


_LINE = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))
_LINES = st.lists(_LINE)
_END = st.sampled_from(["\n", "\r\n", "\r"])


@given(_LINES, _END)
def test_lines_joined_by_any_end_are_split_into_the_same_lines(lines, end):
    assert split_lines("".join(line + end for line in lines)) == tuple(lines)


@given(_LINES.filter(lambda lines: not lines or lines[-1]), _END)
def test_a_missing_final_line_end_changes_nothing(lines, end):
    assert split_lines(end.join(lines)) == tuple(lines)


@given(st.text(st.sampled_from("\r\nf \u2028\x0c")))
def test_no_line_holds_a_line_end_and_no_other_character_is_lost(text):
    lines = split_lines(text)
    assert not any("\r" in line or "\n" in line for line in lines)
    assert "".join(lines) == text.replace("\r", "").replace("\n", "")


@given(st.text(st.sampled_from("\r\nf")))
def test_lines_do_not_depend_on_the_kind_of_line_end(text):
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert split_lines(text) == split_lines(plain) == split_lines(plain.replace("\n", "\r\n"))


@given(st.binary())
def test_any_bytes_are_a_page_or_an_issue(data):
    result = page_of(data, "herring.txt")
    assert isinstance(result, Issue) or result.page.source_bytes == len(data)


def test_a_file_that_ends_within_a_character_is_read_up_to_it_and_says_so():
    text = page_of("fish\nice “".encode()[:-1], "herring.txt")
    assert text.lines == ("fish", "ice ")
    assert [(issue.problem, issue.line_first, issue.page_id) for issue in text.issues] == [
        ("cut_character", 2, text.page.page_id)
    ]


def test_a_name_with_a_soft_hyphen_and_one_with_its_byte_are_two(tmp_path):
    write(tmp_path / "a\u00ad.txt")
    write(tmp_path / os.fsdecode(b"a\xad.txt"))
    assert names(tmp_path) == ["a\\u00ad.txt", "a\\xad.txt"]
