"""Files in TOML that a person writes beside raw: read as text, and where in them what stands."""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.errors import ListingsError


class TomlFile(NamedTuple):
    """A file of TOML: where it is, its text, and what it says."""

    path: Path
    text: str
    content: dict[str, Any]

    def places_of(self, table: str, count: int) -> list[str]:
        """Where each of the `[[table]]`s of a name begins, as `file:line`; numbered where they are written in another way."""
        head = f"[[{table}]]"
        lines = [
            number for number, line in enumerate(self.text.splitlines(), 1) if line.replace(" ", "").startswith(head)
        ]
        if len(lines) == count:
            return [f"{self.path}:{line}" for line in lines]
        return [f"{self.path}: number {number}" for number in range(1, count + 1)]

    def place_of(self, name: str) -> str:
        """Where a name is set or a table of it opened, as `file:line`; line 1 where it is written in a way that is not found."""
        for number, line in enumerate(self.text.splitlines(), 1):
            words = line.strip().lstrip("[").replace("]", "=").partition("=")[0].partition(".")[0]
            if words.strip(" \t\"'") == name:
                return f"{self.path}:{number}"
        return f"{self.path}:1"


def read_toml(path: Path, error_kind: type[ListingsError]) -> TomlFile | None:
    """What a file says; None where there is no such file.

    Raises:
        ListingsError: of the kind that is given; the file cannot be read, or is no TOML.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}"
        raise error_kind(message) from error
    try:
        return TomlFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        message = f"{path}: not TOML: {error}"
        raise error_kind(message) from error
    except RecursionError as error:
        message = f"{path}: not TOML that can be read: nested too deeply"
        raise error_kind(message) from error
