"""What a file holds, by its form: a page, pages of a web archive, or members that are either.

One level of packing: what is within a packed file is a page or a web archive (which may be packed itself), else refused.
"""

import io
import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipelines.read.capture import Capture
from pipelines.read.containers.forms import LOOK_BYTES, Packing, begins_as_html, form_of, packing_of
from pipelines.read.containers.issues import damaged, refused
from pipelines.read.containers.members import Members, tidy
from pipelines.read.containers.mhtml import read_mhtml
from pipelines.read.containers.safari import read_webarchive
from pipelines.read.containers.streams import CutError, DamageError, FileBytes, Meter, buffered, pieces
from pipelines.read.containers.tars import tar_members
from pipelines.read.containers.unpacking import Unpacked
from pipelines.read.containers.web_archive import read_web_archive
from pipelines.read.containers.zips import Zip
from pipelines.read.raw_file import RawFile, read_whole
from pipelines.read.sources import is_saved_page, refused_file
from pipelines.records import Issue
from pipelines.settings import ReadLimits

Found = Iterator[Capture | Issue]


class Bounds(NamedTuple):
    """The limits, and what was used of them for one file of raw."""

    limits: ReadLimits
    meter: Meter


def read_raw(file: RawFile, name: str, limits: ReadLimits) -> Found:
    """The pages of an open file of raw, in its order.

    Raises:
        RefusedFileError: it is a page that is not read. BombError: more comes out than is read. OSError: it cannot be read.
    """
    look = os.pread(file.descriptor, LOOK_BYTES, 0)
    bounds = Bounds(limits, Meter(limits))
    form = form_of(look)
    packing = packing_of(form)
    try:
        if form == "page":
            yield Capture(name, read_whole(file, _most(look, limits)))
        elif form == "zip":
            yield from _zip(file, name, bounds)
        elif form == "webarchive":
            yield read_webarchive(buffered(FileBytes(file)), file.size, name, limits)
        else:
            yield from _content(
                _opened(file, packing, bounds), name, bounds, lambda: _opened_again(file, packing, limits)
            )
    except DamageError as damage:
        yield damaged(name, damage)


def _opened(file: RawFile, packing: Packing | None, bounds: Bounds) -> io.BufferedReader:
    stream = buffered(FileBytes(file, bounds.meter))
    return stream if packing is None else _unpacked(stream, packing, bounds)


def _opened_again(file: RawFile, packing: Packing | None, limits: ReadLimits) -> io.BufferedReader:
    return _opened(file, packing, Bounds(limits, Meter(limits)))


def _unpacked(stream: io.BufferedReader, packing: Packing, bounds: Bounds) -> io.BufferedReader:
    return buffered(Unpacked(stream, packing, bounds.meter, bounds.limits.window_bytes))


def _most(look: bytes, limits: ReadLimits) -> int:
    """HTML may carry its pictures within it, which are left out before it is parsed."""
    return limits.saved_page_bytes if begins_as_html(look) else limits.page_bytes


def _content(
    stream: io.BufferedReader, name: str, bounds: Bounds, reopen: Callable[[], io.BufferedReader] | None = None
) -> Found:
    """What a stream holds; one that can be reopened is a file of raw, unpacked where it was packed, the others are members.

    Raises:
        DamageError: it cannot be read, or not to its end.
    """
    limits = bounds.limits
    look = _look(stream)
    form = form_of(look)
    match form:
        case "warc" | "arc":
            yield from read_web_archive(stream, name, limits, bounds.meter, is_arc=form == "arc")
        case "tar" if reopen is not None:
            yield from _tar(stream, name, bounds, reopen)
        case "tar" | "zip":
            yield _nested(name, form)
        case "gzip" | "bzip2" | "xz" | "zstd":
            yield from _packed_again(stream, name, form, bounds)
        case "mhtml":
            yield from read_mhtml(stream, name, limits)
        case "webarchive":
            yield from _safari(stream, name, limits)
        case "page" if reopen is not None:
            yield from _packed_page(stream, name, _most(look, limits))
        case "page":
            yield _member_page(stream, name, _most(look, limits))


def _look(stream: io.BufferedReader) -> bytes:
    """How a stream begins; small parts that are packed one by one are looked at together."""
    beginning = stream.peek(LOOK_BYTES)
    return stream.raw.look if isinstance(stream.raw, Unpacked) else beginning


def _nested(name: str, form: str) -> Issue:
    return refused("archive_nested", name, f"member refused: {form} within a packed file", form)


def _packed_again(stream: io.BufferedReader, name: str, packing: Packing, bounds: Bounds) -> Found:
    """Something packed within a packed file, which is read if it is a web archive."""
    inner = _unpacked(stream, packing, bounds)
    form = form_of(_look(inner))
    if form in ("warc", "arc"):
        yield from read_web_archive(inner, name, bounds.limits, bounds.meter, is_arc=form == "arc")
    else:
        yield _nested(name, packing)


def _safari(stream: io.BufferedReader, name: str, limits: ReadLimits) -> Found:
    """A Safari web archive is looked up at many places, and a stream has none: it is held."""
    data = b"".join(pieces(stream, limits.saved_page_bytes))
    if len(data) > limits.saved_page_bytes:
        yield _too_large("member_too_large", name, limits.saved_page_bytes)
    else:
        yield read_webarchive(io.BytesIO(data), len(data), name, limits)


def _packed_page(stream: io.BufferedReader, name: str, most: int) -> Found:
    """One page, packed. What comes before a cut is read: it is a page that is cut."""
    parts: list[bytes] = []
    cut: CutError | None = None
    try:
        parts.extend(pieces(stream, most))
    except CutError as error:
        cut = error
    data = b"".join(parts)
    if len(data) > most:
        yield _too_large("file_too_large", name, most)
        return
    if data or cut is None:
        yield Capture(name, data)
    if cut is not None:
        yield damaged(name, cut)


def _member_page(stream: io.BufferedReader, name: str, most: int) -> Capture | Issue:
    data = b"".join(pieces(stream, most))
    return Capture(name, data) if len(data) <= most else _too_large("member_too_large", name, most)


def _too_large(problem: str, name: str, most: int) -> Issue:
    return refused_file(problem, name, f"over {most} bytes unpacked")


def _refused_member(name: str, obstacle: tuple[str, str]) -> Issue:
    problem, reason = obstacle
    return refused(problem, name, f"member refused: {reason}")


def _tar(stream: io.BufferedReader, name: str, bounds: Bounds, reopen: Callable[[], io.BufferedReader]) -> Found:
    names = Members(name, bounds.limits, lambda: _saved_pages(reopen(), bounds.limits))
    place = ""
    try:
        for member in tar_members(stream, bounds.limits):
            own = names.name(member.name, is_whole=member.is_named)
            if isinstance(own, Issue):
                yield own
            elif own is not None and member.obstacle is not None:
                yield _refused_member(own, member.obstacle)
            elif own is not None:
                place = f" in {own.removeprefix(name)}"
                yield from _content(buffered(member.content), own, bounds)
                place = f" behind {own.removeprefix(name)}"
    except DamageError as damage:
        yield damaged(name, damage, place)


def _saved_pages(stream: io.BufferedReader, limits: ReadLimits) -> set[str]:
    """The names beside which a browser may have saved a folder, as far as the tar can be read."""
    found: set[str] = set()
    try:
        for member in tar_members(stream, limits):
            if is_saved_page(member.name):
                found.add(tidy(member.name))
    except DamageError:
        return found  # it is named where the members are read
    return found


def _zip(file: RawFile, name: str, bounds: Bounds) -> Found:
    archive = Zip(file, bounds.limits, bounds.meter)
    all_names = {tidy(member.name) for member in archive.members()}
    names = Members(name, bounds.limits, lambda: all_names)
    is_wacz = "datapackage.json" in all_names and any(each.startswith("archive/") for each in all_names)
    for member in archive.members():
        if is_wacz and not tidy(member.name).startswith("archive/"):
            continue  # its index, logs and description
        own = names.name(member.name)
        if isinstance(own, Issue):
            yield own
        elif own is not None and member.obstacle is not None:
            yield _refused_member(own, member.obstacle)
        elif own is not None:
            try:
                yield from _content(archive.open(member), own, bounds)
            except DamageError as damage:
                yield refused("member_unreadable", own, f"member refused: {damage}")
