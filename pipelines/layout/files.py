"""The file that is tried: found where it is named, also a page within a packed file or a web archive."""

from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import UsageError
from pipelines.read.reader import read_source
from pipelines.read.sources import Source, readable_name
from pipelines.records import Issue, PageText
from pipelines.settings import LIMITS


def pages_of(name: str, raw: Path) -> Iterator[PageText | Issue]:
    """The pages of a file, or the one page that is named `file!member`; what cannot be read is an issue.

    Raises:
        UsageError: there is no such file, or no such page in it.
    """
    path, member = _split(name)
    source = Source(str(path), _source_path(path, raw))
    if member is None:
        yield from read_source(source, LIMITS)
        return
    sought = f"{source.source_path}!{member}"
    for found in read_source(source, LIMITS):
        if (found.page.source_path if isinstance(found, PageText) else found.source_path) == sought:
            yield found
            return
    message = f"{name}: {path} holds no page {member}; without it, all its pages are listed"
    raise UsageError(message)


def _split(name: str) -> tuple[Path, str | None]:
    """The file, and what stands after the mark behind its name; a file's own name may hold the mark."""
    marks = [at for at, character in enumerate(name) if character == "!"]
    for end in (len(name), *reversed(marks)):
        path = Path(name[:end])
        if path.is_file():
            return path, name[end + 1 :] or None
    message = f"{name}: no such file"
    raise UsageError(message)


def _source_path(path: Path, raw: Path) -> str:
    """The file's name in `pages.source_path` if it lies in raw, else as it is named."""
    inside = path.resolve().is_relative_to(raw.resolve())
    return readable_name(path.resolve().relative_to(raw.resolve()).as_posix() if inside else path.as_posix())
