"""Hashes of what a release follows from beside raw: the code, the libraries that are installed, files that settings name."""

import errno
import os
import stat
import sys
from hashlib import sha256
from pathlib import Path

PACKAGES = ("pipelines", "schemas")
# Modules, and what they read beside themselves: declarations, and of pages the templates, styles and scripts.
_SOURCES = frozenset({".py", ".json", ".toml", ".j2", ".css", ".js"})
_PIECE = 1024 * 1024


def digest_of_code() -> str:
    """One hash of our own modules and what they read, of every installed package's name and version, and of Python itself.

    It is not asked which module or library shapes which byte: to read anew after any change of them costs little, to miss
    one would publish what the code no longer says.
    """
    house = Path(__file__).parents[2]
    parts = [sys.version, *installed()]
    for package in PACKAGES:
        parts += [
            f"{path.relative_to(house).as_posix()} {sha256(path.read_bytes()).hexdigest()}"
            for path in sorted((house / package).rglob("*"))
            if path.suffix in _SOURCES
        ]
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def installed() -> list[str]:
    """Name and version of every installed package, as its folder is called; found without the 30 ms that importing metadata takes."""
    found: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        try:
            found.update(name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208 names alone are wanted
        except OSError:
            continue  # a path that is no folder, as the archive of the standard library
    return sorted(found)


def digest_of_file(path: str | Path, flags: int = 0) -> str | None:
    """The SHA-256 of a file's bytes; None where there is no such file. `flags` are further ones of `os.open`.

    Raises:
        OSError: it is there and cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | flags)
    except FileNotFoundError:
        return None
    try:
        return _digest_of(descriptor)
    finally:
        os.close(descriptor)


def digest_of_raw(path: str | Path) -> str | None:
    """The SHA-256 of a regular file of raw; None where it cannot be read. No link is followed, and no pipe waited for."""
    try:
        return digest_of_file(path, os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None


def _digest_of(descriptor: int) -> str:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise OSError(errno.EINVAL, "not a regular file")
    digest = sha256()
    while data := os.read(descriptor, _PIECE):
        digest.update(data)
    return digest.hexdigest()


def digests_of_settings(judgements: Path, gate: Path, keep: int, authority: Path) -> dict[str, str | None]:
    """What tells the settings of a build: hashes of the files that they name, None where there is none, and how many releases are kept."""
    named = {"judgements": judgements, "gate": gate, "authority": authority}
    return {**{name: _digest_or_error(path) for name, path in named.items()}, "keep": str(keep)}


def _digest_or_error(path: Path) -> str | None:
    """A file that cannot be read has no hash; who needs it will say so."""
    try:
        return digest_of_file(path)
    except OSError as error:
        return f"error {error.errno}"
