"""What lies in raw: every regular file, in an order that does not depend on the file system."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from pipelines.records import Issue
from pipelines.text import one_line

# The file that speaks about raw rather than being raw.
_ABOUT_RAW = "readme.md"
# What is said of the pages, at the top of raw, and the folder there in which layouts are declared.
_SIDE_FILE = "pages.csv"
_DECLARATIONS = "layouts/"
# Browsers save `X.html` with a folder of its pictures and frames. Chrome and Firefox call it `X_files` or put the word into
# their own language; Windows' shell has the list (Connected Files) in 20 of them.
_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".HTML", ".HTM")
_FOLDER_ENDINGS = (
    "_files", ".files", "-Dateien", "_archivos", "_arquivos", "_bestanden", "_bylos", "_dosyalar", "_elemei", "_failid",
    "_fails", "_fajlovi", "_ficheiros", "_fichiers", "_file", "-filer", "_fitxategiak", "_fitxers", "_pliki", "_soubory",
    "_tiedostot", "_datoteke",
)  # fmt: skip


class Source(NamedTuple):
    """A file of raw: where it is, and its name in `source_path` (relative to raw, forward slashes)."""

    path: str
    source_path: str


def find_sources(raw: Path) -> tuple[list[Source], list[Issue]]:
    """Every file under raw that may be a page or hold pages, sorted by `source_path`; and what else is there, as issues.

    Hidden files, README.md, `pages.csv` at the top and `layouts/…toml` are no pages and are passed over. So is the folder
    that a browser saved with a page, which is named in an issue. Links are never followed, so nothing outside raw is read;
    a link, pipe, device or socket is named in an issue.
    """
    sources: list[Source] = []
    issues: list[Issue] = []
    folders = [(os.fspath(raw), "")]
    while folders:
        folder, prefix = folders.pop()
        items = list(_scan(folder, prefix, issues))
        files = {item.name for item in items if item.is_file(follow_symlinks=False)}
        for item in items:
            name = prefix + readable_name(item.name)
            if item.name.startswith("."):
                continue
            if item.is_dir(follow_symlinks=False):
                if page := page_beside(item.name, files):
                    issues.append(folder_of_page(name, prefix + readable_name(page)))
                else:
                    folders.append((item.path, f"{name}/"))
            elif item.name not in files:
                issues.append(refused_file("file_not_regular", name, "not a regular file; links are not followed"))
            elif not _is_no_page(item.name, prefix):
                sources.append(Source(item.path, name))
    return sorted(_told_from_members(sources), key=_path), sorted(issues, key=lambda issue: issue.message)


def _path(source: Source) -> str:
    return source.source_path


def _is_no_page(name: str, prefix: str) -> bool:
    if name.lower() == _ABOUT_RAW or (not prefix and name == _SIDE_FILE):
        return True
    return prefix.startswith(_DECLARATIONS) and name.endswith(".toml")


def _told_from_members(sources: list[Source]) -> Iterator[Source]:
    r"""A file `pack.zip!page` beside a file `pack.zip` is shown as `pack.zip\!page`, which no member of the latter is."""
    paths = {source.source_path for source in sources}
    for source in sources:
        before, *after = source.source_path.split("!")
        while after and before not in paths:
            before = f"{before}!{after.pop(0)}"
        yield source._replace(source_path=source.source_path.replace("!", r"\!")) if after else source


def page_beside(folder: str, names: Collection[str]) -> str | None:
    """The page with which a browser saved a folder of this name, if it is one of the names beside the folder.

    >>> page_beside("Korean War_files", {"Korean War.html"}), page_beside("Korean War_files", {"Other.html"})
    ('Korean War.html', None)
    """
    for ending in _FOLDER_ENDINGS:
        if folder.endswith(ending):
            for page in _PAGE_ENDINGS:
                if (name := folder.removesuffix(ending) + page) in names:
                    return name
    return None


def is_saved_page(name: str) -> bool:
    """Whether a file's name is one beside which a browser may have saved a folder."""
    return name.endswith(_PAGE_ENDINGS)


def may_be_saved_folder(folder: str) -> bool:
    """Whether a folder's name is one that browsers give."""
    return folder.endswith(_FOLDER_ENDINGS)


def folder_of_page(folder: str, page: str) -> Issue:
    """The issue that names a folder which is not read because a browser saved it with a page."""
    message = f"{folder}: folder passed over: a browser saved it with {page}"
    return Issue("folder_of_page", message, source_path=folder, value=page)


def readable_name(name: str) -> str:
    """A file name as text: bytes that are not UTF-8, control characters and backslashes are shown by escapes."""
    return _printable(os.fsencode(name.replace("\\", "\\\\")))


def readable_member(name: str) -> str:
    r"""The name of a packed file's member in the same way; `!` is escaped as well, for it stands before the name.

    >>> print(readable_member("pages/Wow!.html"))
    pages/Wow\!.html
    """
    return _printable(name.replace("\\", "\\\\").encode("utf-8", "surrogateescape")).replace("!", "\\!")


def _printable(name: bytes) -> str:
    text = name.decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    r"""`\n` and `\x1b` for ASCII, `\u00ad` beyond it, where `\xad` stands for a byte."""
    ascii_only = character.encode("unicode_escape").decode("ascii")
    return ascii_only if character.isascii() else f"\\u{ord(character):04x}"


def refused_file(problem: str, source_path: str, reason: str, value: str | None = None) -> Issue:
    """The issue that says why a file was not read."""
    shown = f": {one_line(value)}" if value else ""
    return Issue(problem, f"{source_path}: file refused: {reason}{shown}", source_path=source_path, value=value)


def _scan(folder: str, prefix: str, issues: list[Issue]) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as items:
            yield from items
    except OSError as error:
        issues.append(refused_file("file_unreadable", prefix.rstrip("/") or ".", error.strerror or "cannot be listed"))
