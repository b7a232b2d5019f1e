"""What members of packed files are called, which are passed over, and that no name leads anywhere."""

import io
import os
import socket
import stat
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read import find_sources
from pipelines.read.containers import captures_of
from pipelines.read.containers.members import Members, tidy
from pipelines.records import Issue
from pipelines.settings import LIMITS
from tests.read.archives import Saved, gz, tar_header, tar_of, zip_of
from tests.read.container_reading import issues, pages, read

SALT = Saved("salt.txt", b"Salt\n")
PACKED = pytest.mark.parametrize(
    "packed", [zip_of, tar_of, lambda made: gz(tar_of(made))], ids=["zip", "tar", "tar.gz"]
)


def paths(found) -> list[str]:
    return [path for path, _ in pages(found)]


@PACKED
@pytest.mark.parametrize(
    "name",
    [
        ".hidden",
        "fish/.DS_Store",
        ".git/config",
        "__MACOSX/._salt.txt",
        "__MACOSX/salt.txt",
        "README.md",
        "fish/ReadMe.MD",
    ],
)
def test_what_is_passed_over_in_raw_is_passed_over_in_a_packed_file(tmp_path, packed, name):
    assert read(tmp_path, packed([Saved(name, b"x"), SALT]), "p") == read(tmp_path, packed([SALT]), "p")


@PACKED
def test_members_of_one_name_have_two(tmp_path, packed):
    made = [SALT, Saved("salt.txt#2", b"2"), SALT, Saved("./salt.txt", b"3"), SALT]
    found = read(tmp_path, packed(made), "p")
    assert paths(found) == ["p!salt.txt", "p!salt.txt#2", "p!salt.txt#3", "p!salt.txt#4", "p!salt.txt#5"]


@PACKED
def test_a_folder_that_a_browser_saved_with_a_page_is_passed_over_wherever_the_page_stands(tmp_path, packed):
    inside = [Saved("a/Korea_files/frame.html", b"x"), Saved("a/Korea_files/more/ad.html", b"y")]
    page, other = Saved("a/Korea.html", b"<p>"), Saved("b/Korea_files/kept.html", b"<p>")
    for made in ([page, *inside, other], [*inside, other, page]):
        found = read(tmp_path, packed(made), "p")
        assert sorted(paths(found)) == ["p!a/Korea.html", "p!b/Korea_files/kept.html"]
        message = "p!a/Korea_files: folder passed over: a browser saved it with a/Korea.html"
        assert issues(found) == [("folder_of_page", message)]


@PACKED
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("fish\nice.txt", "fish\\nice.txt"),
        ("fish\x1b[2J.txt", "fish\\x1b[2J.txt"),
        ("fish\u202etxt", "fish\\u202etxt"),
        ("fish\\ice.txt", "fish\\\\ice.txt"),
        ("Wow!.html", "Wow\\!.html"),
        ("Рыба “é” 三.txt", "Рыба “é” 三.txt"),
        ("-rf *", "-rf *"),
        ("a..b/c...txt", "a..b/c...txt"),
        ("con", "con"),
        ("f" * 1024, "f" * 1024),
    ],
)
def test_a_name_that_cannot_be_shown_is_shown_by_escapes(tmp_path, packed, name, shown):
    assert pages(read(tmp_path, packed([Saved(name, b"x")]), "p")) == [(f"p!{shown}", b"x")]


def test_bytes_that_are_no_utf_8_are_shown_by_escapes(tmp_path):
    name = os.fsdecode(b"fish\xff.txt")
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.GNU_FORMAT, encoding="utf-8") as archive:
        archive.addfile(tar_header(name, 1), io.BytesIO(b"x"))
    assert paths(read(tmp_path, data.getvalue(), "p")) == ["p!fish\\xff.txt"]


def test_utf_8_that_a_zip_does_not_declare_is_read_as_such_and_the_rest_as_dos_wrote_it(tmp_path):
    for raw, shown in ((b"\xc3\x85l.tx", "Ål.tx"), (b"\x8fl.txt", "Ål.txt")):
        data = zip_of([Saved("f" * len(raw), b"x")]).replace(b"f" * len(raw), raw)
        assert paths(read(tmp_path, data, "p")) == [f"p!{shown}"]


def test_a_nul_in_a_name_is_shown(tmp_path):
    data = zip_of([Saved("salt.txt.png", b"x")]).replace(b"salt.txt.png", b"salt.txt\0png")
    assert paths(read(tmp_path, data, "p")) == ["p!salt.txt\\x00png"]


ODD = [
    "../salt.txt",
    "../../../../etc/passwd",
    "fish/../../salt.txt",
    "./../salt.txt",
    "..\\..\\salt.txt",
    "fish\\..\\..\\salt.txt",
    "..",
    "/etc/passwd",
    "//server/share/salt.txt",
    "\\\\server\\share",
    "C:\\salt.txt",
    "c:/salt.txt",
    "f" * 1025,
    "fish/" * 20_000 + "salt.txt",
]


@PACKED
@pytest.mark.parametrize("name", ODD, ids=[name[:20] for name in ODD])
def test_a_name_that_leads_elsewhere_or_is_longer_than_any_is_refused_and_the_rest_read(tmp_path, packed, name):
    if len(name) > 65_000 and packed is zip_of:
        pytest.skip("a zip cannot hold such a name")
    found = read(tmp_path, packed([Saved(name, b"x"), SALT]), "p")
    assert pages(found) == [("p!salt.txt", b"Salt\n")]
    ((problem, message),) = issues(found)
    assert problem == "member_name_odd"
    assert len(message) < 250


def test_a_member_without_a_name_is_refused():
    members = Members("p", LIMITS, set)
    assert members.name("").problem == "member_name_odd"
    assert members.name("./").problem == "member_name_odd"


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (tarfile.SYMTYPE, "a link"),
        (tarfile.LNKTYPE, "a link"),
        (tarfile.FIFOTYPE, "a pipe"),
        (tarfile.CHRTYPE, "a device"),
        (tarfile.BLKTYPE, "a device"),
    ],
)
@pytest.mark.parametrize("target", ["/etc/passwd", "../../salt.txt", "odd.txt"])
def test_links_devices_and_pipes_in_a_tar_are_refused(tmp_path, kind, what, target):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        archive.addfile(tar_header("odd.txt", kind=kind, target=target))
        archive.addfile(tar_header("salt.txt", 5), io.BytesIO(b"Salt\n"))
    found = read(tmp_path, data.getvalue(), "p")
    assert pages(found) == [("p!salt.txt", b"Salt\n")]
    assert issues(found) == [("member_not_regular", f"p!odd.txt: member refused: {what}")]


@pytest.mark.parametrize(("mode", "what"), [(stat.S_IFLNK, "a link"), (stat.S_IFIFO, "a device or pipe")])
def test_links_and_pipes_in_a_zip_are_refused(tmp_path, mode, what):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        info = zipfile.ZipInfo("odd.txt")
        info.external_attr = (mode | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    found = read(tmp_path, data.getvalue(), "p")
    assert issues(found) == [("member_not_regular", f"p!odd.txt: member refused: {what}")]


@pytest.mark.parametrize(
    "fields",
    [
        {
            "GNU.sparse.major": "1",
            "GNU.sparse.minor": "0",
            "GNU.sparse.realsize": str(1 << 40),
            "GNU.sparse.name": "odd.txt",
        },
        {"GNU.sparse.size": "99999999999", "GNU.sparse.numblocks": "99999999"},
    ],
)
def test_a_file_with_holes_is_refused(tmp_path, fields):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tar_header("odd.txt", 512)
        info.pax_headers = fields
        archive.addfile(info, io.BytesIO(b"1\n" * 256))
        archive.addfile(tar_header("salt.txt", 5), io.BytesIO(b"Salt\n"))
    found = read(tmp_path, data.getvalue(), "p")
    assert [problem for problem, _ in issues(found)] == ["member_not_regular"]
    assert pages(found) == [("p!salt.txt", b"Salt\n")]


def test_an_old_file_with_holes_is_passed_with_its_further_headers(tmp_path):
    header = bytearray(tar_header("odd.txt", 10, tarfile.GNUTYPE_SPARSE).tobuf(tarfile.GNU_FORMAT))
    header[482] = 1
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    more = bytes(504) + b"\1" + bytes(7) + bytes(512)
    data = bytes(header) + more + bytes(512) + tar_of([SALT])
    found = read(tmp_path, data, "p")
    assert issues(found) == [("member_not_regular", "p!odd.txt: member refused: a file with holes")]
    assert paths(found) == ["p!salt.txt"]


@pytest.mark.parametrize(
    "records",
    [b"x path=a\n", b"0 path=a\n", b"99 path=a\n", b"1 \n", b"\xff", b"9" * 5000, b" path=a\n"],
)
def test_a_damaged_header_of_named_values_is_damage(tmp_path, records):
    data = (
        tar_header("pax", len(records), tarfile.XHDTYPE).tobuf() + records + bytes(-len(records) % 512) + tar_of([SALT])
    )
    found = read(tmp_path, data, "p")
    assert [problem for problem, _ in issues(found)] == ["archive_damaged"]


def test_a_huge_header_of_named_values_is_passed_and_its_member_refused(tmp_path):
    records = b"100000 comment=".ljust(99_999, b"x") + b"\n"
    data = tar_header("pax", len(records), tarfile.XHDTYPE).tobuf() + records + bytes(-len(records) % 512)
    found = read(tmp_path, data + tar_of([SALT, Saved("ice.txt", b"ice")]), "p")
    assert issues(found) == [("member_name_odd", "p!salt.txt: member refused: a header over the limit names it")]
    assert pages(found) == [("p!ice.txt", b"ice")]


def test_a_size_in_named_values_is_followed(tmp_path):
    records = b"10 size=3\n"
    data = tar_header("pax", len(records), tarfile.XHDTYPE).tobuf() + records + bytes(502)
    data += tar_header("a", 5).tobuf() + b"abcde" + bytes(507) + tar_of([SALT])
    assert pages(read(tmp_path, data, "p")) == [("p!a", b"abc"), ("p!salt.txt", b"Salt\n")]


def test_more_members_than_are_read_stop_the_file(tmp_path):
    made = [Saved(f"{number}", b"x") for number in range(5)]
    for packed, before in ((zip_of, []), (tar_of, ["p!0", "p!1", "p!2"])):
        found = read(tmp_path, packed(made), "p", replace(LIMITS, member_count=3))
        assert paths(found) == before
        assert issues(found) == [("archive_bomb", "p: reading stopped: it holds more than 3 members")]


@given(st.lists(st.text(max_size=8, alphabet="a/.#2\\!"), max_size=12))
def test_no_two_members_share_a_name(names):
    members = Members("p", LIMITS, set)
    given_names = [own for name in names if isinstance(own := members.name(name), str)]
    assert len(given_names) == len(set(given_names))


@given(st.text(max_size=40))
def test_any_name_is_shown_on_one_line_and_leads_nowhere(name):
    own = Members("p", LIMITS, set).name(name)
    shown = own.message if isinstance(own, Issue) else own or ""
    assert shown.isprintable()
    if isinstance(own, str):
        assert ".." not in own.removeprefix("p!").split("/")


def test_what_tar_puts_in_front_of_a_name_is_no_part_of_it():
    assert [tidy(name) for name in ("./a", "././/a/b", "a/./b", ".a", "../a")] == ["a", "a/b", "a/./b", ".a", "../a"]


SECRET = b"a secret outside of raw\n"


def link_out(raw: Path, outside: Path) -> None:
    (raw / "odd.txt").symlink_to(outside / "secret.txt")


def link_of_a_folder_out(raw: Path, outside: Path) -> None:
    (raw / "odd").symlink_to(outside, target_is_directory=True)


def link_through_proc(raw: Path, _: Path) -> None:
    (raw / "odd.txt").symlink_to("/proc/self/root/etc/passwd")


def link_to_itself(raw: Path, _: Path) -> None:
    (raw / "odd").symlink_to("odd")


def links_to_each_other(raw: Path, _: Path) -> None:
    (raw / "odd").symlink_to("other")
    (raw / "other").symlink_to("odd")


def link_back(raw: Path, _: Path) -> None:
    (raw / "fish").mkdir()
    (raw / "fish" / "odd").symlink_to("..", target_is_directory=True)


def link_to_a_device(raw: Path, _: Path) -> None:
    (raw / "odd.txt").symlink_to("/dev/zero")


def pipe(raw: Path, _: Path) -> None:
    os.mkfifo(raw / "odd.txt")


def pipe_called_zip(raw: Path, _: Path) -> None:
    os.mkfifo(raw / "odd.zip")


def socket_file(raw: Path, _: Path) -> None:
    before = Path.cwd()
    os.chdir(raw)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("odd.txt")
    os.chdir(before)


def side_file_that_is_a_link(raw: Path, outside: Path) -> None:
    (raw / "pages.csv").symlink_to(outside / "secret.txt")


def saved_folder_that_is_a_link(raw: Path, outside: Path) -> None:
    (raw / "salt.html").write_bytes(b"<p>Salt")
    (raw / "salt_files").symlink_to(outside, target_is_directory=True)


def tar_with(*headers: tarfile.TarInfo):
    def attack(raw: Path, outside: Path) -> None:
        with tarfile.open(raw / "odd.tar", "w") as archive:
            for header in headers:
                header.linkname = header.linkname.replace("OUTSIDE", str(outside))
                header.name = header.name.replace("OUTSIDE", str(outside))
                archive.addfile(header, io.BytesIO(b"x" * header.size))

    return attack


def zip_with(name: str):
    def attack(raw: Path, outside: Path) -> None:
        (raw / "odd.zip").write_bytes(zip_of([Saved(name.replace("OUTSIDE", str(outside)), b"x")]))

    return attack


ATTACKS = {
    "a link out": link_out,
    "a link of a folder out": link_of_a_folder_out,
    "a link through proc": link_through_proc,
    "a link to itself": link_to_itself,
    "links to each other": links_to_each_other,
    "a link back": link_back,
    "a link to a device": link_to_a_device,
    "a pipe": pipe,
    "a pipe called zip": pipe_called_zip,
    "a socket": socket_file,
    "a side file that is a link": side_file_that_is_a_link,
    "a saved folder that is a link": saved_folder_that_is_a_link,
    "tar: ..": tar_with(tar_header("../outside/odd.txt", 1)),
    "tar: absolute": tar_with(tar_header("OUTSIDE/odd.txt", 1)),
    "tar: a link out": tar_with(tar_header("odd.txt", kind=tarfile.SYMTYPE, target="OUTSIDE/secret.txt")),
    "tar: a hard link out": tar_with(tar_header("odd.txt", kind=tarfile.LNKTYPE, target="OUTSIDE/secret.txt")),
    "tar: through a link": tar_with(
        tar_header("way", kind=tarfile.SYMTYPE, target="OUTSIDE"), tar_header("way/odd.txt", 1)
    ),
    "tar: a pipe": tar_with(tar_header("odd.txt", kind=tarfile.FIFOTYPE)),
    "tar: a device": tar_with(tar_header("odd.txt", kind=tarfile.CHRTYPE)),
    "zip: ..": zip_with("../outside/odd.txt"),
    "zip: .. of Windows": zip_with("..\\outside\\odd.txt"),
    "zip: absolute": zip_with("OUTSIDE/odd.txt"),
    "zip: a drive": zip_with("C:\\odd.txt"),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_no_path_reads_or_writes_outside_of_raw(tmp_path, attack):
    raw, outside = tmp_path / "raw", tmp_path / "outside"
    raw.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_bytes(SECRET)
    attack(raw, outside)
    before = sorted(os.walk(tmp_path))
    (raw / "herring.txt").write_bytes(b"Herring\n")
    sources, found = find_sources(raw)
    read_there = [each for source in sources for each in captures_of(source, LIMITS)]
    assert ("herring.txt", b"Herring\n") in pages(read_there)
    assert SECRET not in [data for _, data in pages(read_there)]
    assert issues([*found, *read_there]) != []
    (raw / "herring.txt").unlink()
    assert sorted(os.walk(tmp_path)) == before


def test_a_file_exchanged_for_a_link_after_it_was_found_is_not_followed(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (tmp_path / "raw" / "odd.txt").write_bytes(b"Salt\n")
    (source,), _ = find_sources(tmp_path / "raw")
    (tmp_path / "raw" / "odd.txt").unlink()
    (tmp_path / "raw" / "odd.txt").symlink_to("../secret.txt")
    assert pages(list(captures_of(source, LIMITS))) == []
