"""Packs of readings: what was read in one build, in one file; a file of raw is found in it by a key of all that its reading follows from."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from pipelines.listed import ListedEntries, in_order
from pipelines.memory.encoding import decode, encode
from pipelines.memory.store import folder_of, load, save
from pipelines.records import RawReading

_ENDING = ".pack"
# Each build adds a pack. So many are opened at once; one more, or more dead readings than live ones, and all live ones
# are written into one.
MOST_PACKS = 8


class _Kept(NamedTuple):
    """Where a reading is kept: its line, and its first entry in the table of its pack."""

    pack: str
    line: bytes
    entries: pa.Table
    first: int


class Packs:
    """The readings that are kept beside the releases, by key."""

    def __init__(self, processed: Path) -> None:
        """Open every pack that is what was saved; what is not is as if it were not there, and is swept."""
        self._folder = folder_of(processed)
        self._kept: dict[str, _Kept] = {}
        self._sizes: dict[str, int] = {}
        for path in sorted(self._folder.glob(f"*{_ENDING}")):
            self._open(path)

    def _open(self, path: Path) -> None:
        content = load(path)
        if content is None:
            return
        head = bytes(content[:20]).partition(b"\n")[0]
        size = int(head)
        start = len(head) + 1
        lines = bytes(content[start : start + size]).split(b"\n") if size else []
        entries = pa.ipc.open_stream(pa.py_buffer(content[start + size :])).read_all()
        for line in lines:
            key, first, reading = line.split(b" ", 2)
            self._kept[key.decode("ascii")] = _Kept(path.name, reading, entries, int(first))
        self._sizes[path.name] = len(lines)

    def __bool__(self) -> bool:
        """Whether anything is kept."""
        return bool(self._kept)

    def get(self, key: str) -> RawReading | None:
        """The reading under a key."""
        kept = self._kept.get(key)
        return None if kept is None else decode(kept.line, kept.entries, kept.first)

    def keep(self, new: Mapping[str, RawReading], live: Mapping[str, RawReading]) -> None:
        """Keep what was read, and sweep what no file of raw has any more; `live` are those kept before that are still asked for.

        Raises:
            OSError: it cannot be written.
        """
        of_pack: dict[str, int] = dict.fromkeys(self._sizes, 0)
        for key in live:
            of_pack[self._kept[key].pack] += 1
        packs = {name for name, count in of_pack.items() if count}
        is_worn = len(packs) + bool(new) > MOST_PACKS or 2 * len(live) < sum(self._sizes[name] for name in packs)
        written = {**live, **new} if is_worn else dict(new)
        if is_worn:
            packs = set()
        if written:
            packs.add(self._write(written))
        for path in self._folder.glob(f"*{_ENDING}"):
            if path.name not in packs:
                path.unlink(missing_ok=True)

    def _write(self, readings: Mapping[str, RawReading]) -> str:
        """Write a pack, named by what it holds."""
        lines, pages, first = [], [], 0
        for key, reading in readings.items():
            lines.append(b"%s %d %s" % (key.encode("ascii"), first, encode(reading)))
            pages += [entries for page in reading.pages if isinstance(entries := page.entries, ListedEntries)]
            first += sum(len(page.entries) for page in reading.pages)
        listing = b"\n".join(lines)
        sink = pa.BufferOutputStream()
        table = in_order(pages)
        with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
            writer.write_table(table)
        content = b"%d\n%s%s" % (len(listing), listing, sink.getvalue().to_pybytes())
        name = f"{sha256(listing).hexdigest()[:32]}{_ENDING}"
        save(self._folder / name, content)
        return name
