"""The folder of declarations: one file a layout."""

from collections.abc import Collection, Iterator
from pathlib import Path

from pipelines.errors import LayoutError
from pipelines.extract.catalogue import LAYOUTS
from pipelines.extract.declared.declaration import DeclaredLayout
from pipelines.extract.declared.reading import read_declaration
from pipelines.extract.linked import H1
from pipelines.settings import LAYOUT_LIMITS
from pipelines.text import one_line


def read_declarations(folder: Path) -> tuple[DeclaredLayout, ...]:
    """Every layout that a folder declares, sorted by name; none where there is no such folder.

    Each `*.toml` in it or below declares one; hidden files are passed over, and whatever else lies there is none.

    Raises:
        LayoutError: a file cannot be read or has faults, or two layouts have one name; all faults of all files are named.
    """
    layouts: list[DeclaredLayout] = []
    faults: list[str] = []
    for path in _files(folder):
        place = one_line((Path(folder.absolute().parent.name) / path.relative_to(folder.parent)).as_posix())
        try:
            layouts.append(read_declaration(_text_of(path, place), place))
        except LayoutError as error:
            faults += error.faults
    faults += _repeated(layouts, {layout.name for layout in (*LAYOUTS, H1)})
    if faults:
        raise LayoutError(faults)
    return tuple(sorted(layouts, key=lambda layout: layout.name))


def _files(folder: Path) -> list[Path]:
    """The declarations of a folder, in the order of their names."""
    found = [
        path for path in folder.rglob("*.toml") if not any(part[0] == "." for part in path.relative_to(folder).parts)
    ]
    if len(found) > LAYOUT_LIMITS.files:
        raise LayoutError([f"{folder}: holds {len(found)} layouts, the limit is {LAYOUT_LIMITS.files}"])
    return sorted(found)


def _text_of(path: Path, place: str) -> str:
    if path.is_symlink() or not path.is_file():
        raise LayoutError([f"{place}: not a regular file; links are not followed"])
    try:
        with path.open("rb") as handle:
            data = handle.read(LAYOUT_LIMITS.file_bytes + 1)
        if len(data) > LAYOUT_LIMITS.file_bytes:
            raise LayoutError([f"{place}: larger than {LAYOUT_LIMITS.file_bytes} bytes, which is the limit"])
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise LayoutError([f"{place}:{line}: not UTF-8: byte 0x{error.object[error.start]:02x}"]) from error
    except OSError as error:
        raise LayoutError([f"{place}: cannot be read: {error.strerror}"]) from error


def _repeated(layouts: list[DeclaredLayout], built_in: Collection[str]) -> Iterator[str]:
    """Names that two layouts have, whatever the case of their letters."""
    first = {name.casefold(): "a layout that is built in" for name in built_in}
    for layout in layouts:
        other = first.setdefault(layout.name.casefold(), layout.place)
        if other is not layout.place:
            yield f"{layout.place}: the name “{one_line(layout.name)}” is that of {other}"
