"""Where in a TOML file a key or a value stands; the parser of the standard library does not tell."""

from dataclasses import dataclass

Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Places:
    """The lines (from 1) of tables and keys: (table, number of the table among those of its name, key), `` for the table itself."""

    lines: tuple[str, ...]
    known: dict[Key, int]

    def line(self, table: str, number: int = 0, key: str = "", value: str | None = None) -> int:
        """The line of a key, of the value among several that it has, or else of the table; 1 where neither is found."""
        named = (key, 0, "") if key and not table else (table, number, "")
        for sought in ((table, number, key), named, ("", 0, table)):
            if sought in self.known:
                first = self.known[sought]
                return first if value is None else self._line_of_value(first, value)
        return 1

    def _line_of_value(self, first: int, value: str) -> int:
        """The first line from that of the key on, before that of the next, that holds the value as it stands."""
        end = min((line for line in self.known.values() if line > first), default=len(self.lines) + 1)
        return next((line for line in range(first, end) if value in self.lines[line - 1]), first)


def find_places(text: str) -> Places:
    r"""The places of all tables and keys, each written on a line of its own.

    >>> find_places('name = "x"\n\n[[entry]]\nline = "{title}"\n').line("entry", 0, "line")
    4
    """
    lines = tuple(text.splitlines())
    known: dict[Key, int] = {}
    table, number = "", 0
    for at, line in enumerate(lines, 1):
        stripped = line.strip()
        if stripped.startswith("["):
            table = stripped.lstrip("[ ").partition("]")[0].strip("\"' ")
            number = sum(1 for name, _, key in known if name == table and not key) if stripped.startswith("[[") else 0
            known.setdefault((table, number, ""), at)
        elif "=" in stripped and not stripped.startswith("#"):
            path = [part.strip("\"' ") for part in stripped.partition("=")[0].split(".")]
            if len(path) == 1:
                known.setdefault((table, number, path[0]), at)
            elif not table:
                known.setdefault((path[0], 0, path[1]), at)
    return Places(lines, known)
