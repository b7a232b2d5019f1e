"""The tables of a declaration: values of the kind that is due, or a complaint with the line."""

from collections.abc import Sequence
from typing import Any

from pipelines.extract.declared.template import PAGER_FIELDS, Template
from pipelines.extract.declared.toml_places import Places
from pipelines.extract.declared.writing import TemplateError, nearest, read_template
from pipelines.settings import LAYOUT_LIMITS
from pipelines.text import one_line

PAGER_OR_ANYTHING = frozenset({*PAGER_FIELDS, "_"})
FRAME_FIELDS = PAGER_OR_ANYTHING | {"heading", "description"}
ENTRY_FIELDS = frozenset({"date", "title", "summary", "number", "_"})


class Complaints:
    """All that is wrong with a file, each with its line."""

    def __init__(self, place: str, places: Places) -> None:
        """Take the file's name and where its keys stand."""
        self.place = place
        self.found: list[tuple[int, str]] = []
        self._places = places

    def add(self, table: str, reason: str, *, number: int = 0, key: str = "", value: str | None = None) -> None:
        """Set down one fault of a key, of one of its values, or of a table."""
        line = self._places.line(table, number, key, value)
        if (line, reason) not in self.found:
            self.found.append((line, reason))

    def sorted(self) -> list[str]:
        """The complaints as `file:line: what`, in the order of the lines."""
        return [f"{self.place}:{line}: {reason}" for line, reason in sorted(self.found)]


class Table:
    """One table of a file; `known` are the keys that it may have, None where they are names of rules."""

    def __init__(
        self, content: dict[str, Any], told: Complaints, name: str, number: int, known: Sequence[str] | None
    ) -> None:
        """Take its content, and complain of unknown keys."""
        self._content, self._told, self._name, self._number = content, told, name, number
        for key in content:
            if known is not None and key not in known:
                self._complain(key, f"unknown key `{one_line(key, 60)}`{nearest(key, list(known))}")

    def text(self, key: str, most: int, *, is_needed: bool = False) -> str | None:
        """A text on one line."""
        value = self._content.get(key)
        if value is None:
            if is_needed:
                self._complain(key, f"`{key}` is missing")
            return None
        if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > most:
            self._complain(key, f"`{key}` is {_shown(value)}, not a text of one line with at most {most} characters")
            return None
        return value.strip()

    def word(self, key: str, words: Sequence[str]) -> Any:  # noqa: ANN401 one of the words, whatever literals they are
        """One of a few words; None where nothing is said."""
        value = self._content.get(key)
        if value is None or (isinstance(value, str) and value in words):
            return value
        self._complain(key, f"`{key}` is {_shown(value)}, not one of {', '.join(words)}")
        return None

    def flag(self, key: str) -> bool:
        """True or false; false where nothing is said."""
        value = self._content.get(key, False)
        if not isinstance(value, bool):
            self._complain(key, f"`{key}` is {_shown(value)}, neither true nor false")
        return value is True

    def count(self, key: str, most: int) -> int:
        """A whole number from 1; 0 where nothing is said."""
        value = self._content.get(key, 0)
        if type(value) is not int or not (key not in self._content or 1 <= value <= most):
            self._complain(key, f"`{key}` is {_shown(value)}, not a whole number from 1 to {most}")
            return 0
        return value

    def table(self, key: str) -> dict[str, Any]:
        """A table within this one; empty where there is none."""
        value = self._content.get(key, {})
        if isinstance(value, dict):
            return value
        self._complain(key, f"`{key}` is {_shown(value)}, not a table; it is written [{key}]")
        return {}

    def tables(self, key: str) -> list[dict[str, Any]]:
        """Several tables of one name."""
        value = self._content.get(key)
        if value is None:
            self._complain(key, f"no [[{key}]] says what an entry is made of")
            return []
        if isinstance(value, list) and value and all(isinstance(table, dict) for table in value):
            return value
        self._complain(key, f"`{key}` is {_shown(value)}, not tables; each is written [[{key}]]")
        return []

    def rule_names(self) -> list[str]:
        """The keys of a table of rules, those that can be names of rules."""
        names = []
        for key in self._content:
            is_name = key.replace("_", "").isalnum() and key.isascii() and key == key.lower() and key[:1].isalpha()
            if is_name and len(key) <= LAYOUT_LIMITS.name_characters:
                names.append(key)
            else:
                self._complain(key, f"`{one_line(key, 60)}` is no name of a rule; small letters, digits and _ make one")
        return names

    def templates(
        self, key: str, fields: frozenset[str], *, bare: Sequence[str] = (), is_needed: bool = False
    ) -> tuple[Template, ...]:
        """A template or several; `bare` are the fields that may stand alone, where any line would match."""
        value = self._content.get(key)
        if value is None:
            if is_needed:
                self._complain(key, f"`{key}` is missing")
            return ()
        written = value if isinstance(value, list) else [value]
        if not written or not all(isinstance(item, str) for item in written):
            self._complain(key, f"`{key}` is {_shown(value)}, not a template or a list of templates")
            return ()
        found = [self._template(key, item, fields, bare) for item in written]
        return tuple(template for template in found if template is not None)

    def _template(self, key: str, written: str, fields: frozenset[str], bare: Sequence[str]) -> Template | None:
        try:
            template = read_template(written)
        except TemplateError as error:
            self._complain(key, f"template {_shown(written)} {error}", written)
            return None
        for name in template.fields:
            if name not in fields:
                known = ", ".join(f"{{{field}}}" for field in sorted(fields))
                self._complain(key, f"template {_shown(written)} has {{{name}}}, and here stand {known} alone", written)
        if template.is_bare and template.fields[0] in fields and template.fields[0] not in bare:
            self._complain(
                key, f"template {_shown(written)} would match any line; it needs a text that is always there", written
            )
        if 0 < len({*PAGER_FIELDS} & {*template.fields}) < len(PAGER_FIELDS):
            self._complain(key, f"template {_shown(written)} needs all of {{first}}, {{last}} and {{total}}", written)
        return template

    def _complain(self, key: str, reason: str, value: str | None = None) -> None:
        self._told.add(self._name, reason, number=self._number, key=key, value=value)


def _shown(value: object) -> str:
    """A value of the file, for a message."""
    return f"“{one_line(value, 80)}”" if isinstance(value, str) else one_line(repr(value), 80)
