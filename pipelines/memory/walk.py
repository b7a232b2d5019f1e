"""What lies below raw, down to the last folder: its name, its kind, and the stamp by which a change of it is noticed."""

import os
from collections.abc import Iterator
from typing import NamedTuple

# A clock of a file system ticks every 4 to 10 ms, that of FAT every two seconds. What was changed less than this before it
# was looked at may be changed again within the same tick, and look the same.
SETTLED_AFTER_NS = 2_000_000_000


class Stamp(NamedTuple):
    """What the file system says of a file's bytes without reading them.

    `changed_ns` (ctime) is set by the kernel at every change of bytes, name or rights, and no program can set it back: a file
    that was written over under its old size and its old time of modification shows by it.
    """

    size: int
    modified_ns: int
    changed_ns: int
    inode: int
    device: int

    def is_settled(self, now_ns: int) -> bool:
        """Whether it is so long since the last change that a further one would show."""
        return max(self.modified_ns, self.changed_ns) < now_ns - SETTLED_AFTER_NS


class Item(NamedTuple):
    """Something below raw: `name` relative to it; the stamp of a regular file, and of all else what it is instead."""

    name: str
    stamp: Stamp | None
    kind: str


def walk(raw: str) -> list[Item]:
    """Everything below raw that is not hidden, by name. Links are not followed; a folder that cannot be listed is told by its error."""
    return sorted(_items(raw))


def _items(raw: str) -> Iterator[Item]:
    folders = [(raw, "")]
    while folders:
        folder, prefix = folders.pop()
        try:
            with os.scandir(folder) as found:
                for entry in found:
                    if entry.name.startswith("."):
                        continue
                    name = prefix + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append((entry.path, f"{name}/"))
                    else:
                        yield _item(name, entry)
        except OSError as error:
            yield Item(prefix or "./", None, f"error {error.errno}")
            continue
        if prefix:
            yield Item(prefix, None, "folder")


def _item(name: str, entry: os.DirEntry[str]) -> Item:
    if not entry.is_file(follow_symlinks=False):
        return Item(name, None, "other")
    status = entry.stat(follow_symlinks=False)
    return Item(name, stamp_of(status), "file")


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp in what the file system says of a file."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


def look_at(path: str) -> Stamp | None:
    """The stamp of a file now; None where there is none."""
    try:
        return stamp_of(os.lstat(path))
    except OSError:
        return None
