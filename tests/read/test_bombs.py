"""Files that unpack to more than a machine holds are stopped soon, in a process whose time and memory are measured."""

import bz2
import json
import lzma
import struct
import subprocess
import sys
import tarfile
import zlib
from pathlib import Path

import pytest
import zstandard

from tests.read.archives import Saved, gz, http, record, tar_header, warc_of, zip_of

MOST_SECONDS, MOST_MB = 5, 200
GB = 1 << 30
ZEROS = bytes(1 << 20)
MEASURED = """
import json, sys, time
from pipelines.read.capture import Capture
from pipelines.read.containers import captures_of
from pipelines.read.sources import Source
from pipelines.settings import LIMITS
start = time.process_time()
pages, problems = 0, []
for found in captures_of(Source(sys.argv[1], "bomb"), LIMITS):
    if isinstance(found, Capture):
        pages += 1
    else:
        problems.append(found.problem)
(peak,) = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(json.dumps([time.process_time() - start, int(peak) / 1024, pages, sorted(set(problems))]))
"""


def gz_of_zeros(start: bytes, megabytes: int, between: bytes = b"") -> bytes:
    """gzip of a beginning and zeros, without being as long in making: one MB packed is the same as the next."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(between + ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * megabytes


def tar_start(size: int) -> bytes:
    return tar_header("zeros", size).tobuf()


def record_start(size: int) -> bytes:
    return warc_of([]) + record(b"", "conversion", content_type="text/plain").replace(
        b"Content-Length: 0", b"Content-Length: %d" % size
    ).removesuffix(b"\r\n\r\n")


def noise(size: int) -> bytes:
    made, seed = bytearray(), 1
    while len(made) < size:
        seed = seed * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        made += seed.to_bytes(8, "big")[:5]
    return bytes(made[:size])


def zip_of_one_place(count: int) -> bytes:
    """A zip of many members that are all the same bytes."""
    data = zip_of([Saved("a", ZEROS)])
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    return with_directory(data[:directory], data[directory:end], count)


def with_directory(members: bytes, entry: bytes, count: int) -> bytes:
    least = min(count, 65_535)
    if count <= 65_535:
        return (
            members
            + entry * count
            + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, least, least, len(entry) * count, len(members), 0)
        )
    size, at = len(entry) * count, len(members)
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, at)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at + size, 1)
    return (
        members
        + entry * count
        + end
        + locator
        + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65_535, 65_535, 2**32 - 1, 2**32 - 1, 0)
    )


def zip_of_entries(count: int, name: bytes) -> bytes:
    member = zip_of([Saved("a", b"")])
    directory = member.index(b"PK\x01\x02")
    entry = bytearray(member[directory : directory + 46])
    entry[28:30] = struct.pack("<H", len(name))
    entry[30:32] = bytes(2)
    return with_directory(member[:directory], bytes(entry) + name, count)


def xz_with_dictionary_of_4_gb() -> bytes:
    packed = bytearray(lzma.compress(b"Salt\n", lzma.FORMAT_XZ))
    size = (packed[12] + 1) * 4
    packed[packed.index(b"\x21\x01", 12) + 2] = 40
    packed[12 + size - 4 : 12 + size] = struct.pack("<L", zlib.crc32(packed[12 : 12 + size - 4]))
    return bytes(packed)


def zstd_with_window(log: int) -> bytes:
    block = (1 << 1 | (100_000 << 3)).to_bytes(3, "little") + b"x"
    last = (1 | 1 << 1 | (100_000 << 3)).to_bytes(3, "little") + b"x"
    return b"\x28\xb5\x2f\xfd" + bytes([0, (log - 10) << 3]) + block * 20_000 + last


def pax(size: int) -> bytes:
    return tar_header("pax", size, tarfile.XHDTYPE).tobuf()


def chunk_start(size: int) -> bytes:
    block = http(b"", more=["Transfer-Encoding: chunked"]) + b"7fffffff\r\n"
    return record(block).replace(b"Length: %d\r" % len(block), b"Length: %d\r" % size).removesuffix(b"\r\n\r\n")


TEN_GB = 10 * GB

BOMBS = {
    "gz of zeros": (lambda: gz_of_zeros(b"", 10_000), 0, ["file_too_large"]),
    "tar.gz of zeros": (lambda: gz_of_zeros(tar_start(TEN_GB // 2), 10_000), 0, ["archive_bomb", "member_too_large"]),
    "tar.gz of zeros behind its end": (lambda: gz_of_zeros(tar_header("a", 1).tobuf(), 2000), 1, ["archive_bomb"]),
    "tar.bz2": (
        lambda: bz2.compress(tar_start(TEN_GB // 2)) + bz2.compress(ZEROS * 32) * 200, 0, ["archive_bomb", "member_too_large"],
    ),
    "tar.xz": (
        lambda: lzma.compress(tar_start(TEN_GB // 2)) + lzma.compress(ZEROS * 16) * 300, 0, ["archive_bomb", "member_too_large"],
    ),
    "tar.zst": (
        lambda: zstandard.compress(tar_start(TEN_GB // 2)) + zstandard.compress(ZEROS * 16) * 300,
        0, ["archive_bomb", "member_too_large"],
    ),
    "tar.gz just under the ratio": (
        lambda: gz_of_zeros(tar_start(TEN_GB // 2), 2100, noise(4700)), 0, ["archive_bomb", "member_too_large"],
    ),
    "warc.gz of one record": (lambda: gz_of_zeros(record_start(TEN_GB), 10_000), 0, ["archive_bomb"]),
    "warc.gz of one chunk": (lambda: gz_of_zeros(chunk_start(TEN_GB), 3000), 0, ["archive_bomb"]),
    "warc.gz of one chunk in a small block": (lambda: gz_of_zeros(chunk_start(8_000_000), 3000), 0, ["archive_damaged"]),
    "warc.gz of a head without end": (lambda: gz_of_zeros(b"WARC/1.0\r\nA: ", 3000), 0, ["archive_damaged"]),
    "warc.gz of an HTTP head without end": (
        lambda: gz_of_zeros(record_start(GB).replace(b"conversion", b"response  ") + b"HTTP/1.1 200 OK\r\n", 3000), 0, ["archive_bomb"],
    ),
    "warc.gz of line ends": (
        lambda: gz(warc_of([])) + gz(b"\r\n" * (1 << 20)) * 500, 0, ["archive_damaged"],
    ),
    "zip of one member of zeros": (lambda: zip_of([Saved("a", ZEROS * 500)]), 0, ["member_too_large"]),
    "zip of many pages of zeros": (lambda: zip_of(Saved(f"{n}", ZEROS * 4) for n in range(100)), 8, ["archive_bomb"]),
    "zip of a web archive of zeros": (lambda: zip_of([Saved("a.warc", record_start(GB) + ZEROS * 300)]), 0, ["archive_bomb"]),
    "zip of one place": (lambda: zip_of_one_place(60_000), 0, ["archive_bomb"]),
    "zip with a huge directory": (lambda: zip_of_entries(400_000, b"a"), 0, ["archive_bomb"]),
    "zip with very many members": (lambda: zip_of_entries(340_000, b"a"), 0, ["archive_bomb"]),
    "zip with as many members as are read": (lambda: zip_of_entries(100_000, b"./" + b"f" * 100 + b"/"), 0, ["archive_empty"]),
    "gz with a long name": (lambda: b"\x1f\x8b\x08\x08" + bytes(6) + b"f" * 300_000_000, 0, ["archive_cut"]),
    "xz with a dictionary of 4 GB": (xz_with_dictionary_of_4_gb, 0, ["archive_damaged"]),
    "zstd with a window of 2 GB": (lambda: zstd_with_window(31), 0, ["archive_damaged"]),
    "zstd with the largest window": (lambda: zstd_with_window(27), 0, ["file_too_large"]),
    "tar.zst with the largest window": (
        lambda: zstandard.compress(tar_start(TEN_GB // 2)) + zstd_with_window(27), 0, ["archive_bomb", "member_too_large"],
    ),
    "tar with a huge header": (lambda: pax(500_000_000) + bytes(500_000_256) + tar_header("a", 1).tobuf(), 0, ["archive_cut", "member_name_odd"]),
    "tar with headers of digits": (lambda: (pax(60_000) + (b"9" * 60_000).ljust(60_416, b"\0")) * 100, 0, ["archive_damaged"]),
    "tar with headers ahead of headers": (
        lambda: (tar_header("l", 100, tarfile.GNUTYPE_LONGNAME).tobuf() + bytes(512)) * 50_000, 0, ["archive_cut"],
    ),
    "tar of very many members": (lambda: tar_header("../a", 0).tobuf() * 101_000, 0, ["archive_bomb", "member_name_odd"]),
    "plain file of zeros": (lambda: None, 0, ["file_too_large"]),
}  # fmt: skip


@pytest.mark.parametrize(("make", "pages", "problems"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_stopped_in_five_seconds_and_200_mb(tmp_path, make, pages, problems):
    bomb = tmp_path / "bomb"
    data = make()
    if data is None:
        with bomb.open("wb") as file:
            file.truncate(1 << 40)
    else:
        bomb.write_bytes(data)
        del data
    command = [sys.executable, "-c", MEASURED, str(bomb)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    seconds, megabytes, found, named = json.loads(done.stdout)
    print(f"{seconds:.2f} s, {megabytes:.0f} MB")  # noqa: T201 - figures, with -s
    assert (found, named) == (pages, problems)
    assert seconds < MOST_SECONDS
    assert megabytes < MOST_MB
    assert done.stderr == ""
