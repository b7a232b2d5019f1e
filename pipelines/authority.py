"""The file of names: what the reader knows of persons, bodies and states beyond what this package knows, in TOML (docs/titles.md)."""

from pathlib import Path
from typing import Any

from pipelines.errors import AuthorityError
from pipelines.titles.authority import KINDS, Authority, authority_with, form_of, forms_of, shipped
from pipelines.toml_files import TomlFile, read_toml

# What an entry of a reader's file may say; the shipped files say more, which is not used here.
_KEYS = {"name", "variants", "family", "titled", "wikidata", "source"}
_LISTS = ("variants", "family", "titled")


def read_authority(path: Path) -> Authority:
    """The authority of this package, extended by a file of the reader's own where there is one; what that says goes before.

    Raises:
        AuthorityError: the file cannot be read, is no TOML, or an entry says something unknown, or what another says already.
    """
    file = read_toml(path, AuthorityError)
    if file is None:
        return shipped()
    _check(file)
    return authority_with(file.content)


def _check(file: TomlFile) -> None:
    """Every entry of a reader's file looked at."""
    seen: dict[str, str] = {}
    for kind, entries in file.content.items():
        if kind not in KINDS or not isinstance(entries, list):
            message = f"{file.place_of(kind)}: only [[person]], [[body]] and [[state]] tables belong here, not {kind}"
            raise AuthorityError(message)
        for entry, place in zip(entries, file.places_of(kind, len(entries)), strict=True):
            name = entry.get("name") if isinstance(entry, dict) else None
            if not isinstance(name, str) or not name.strip():
                message = f"{place}: {kind}: `name` is missing in {entry!r}"
                raise AuthorityError(message)
            _check_entry(entry, f"{place}: {kind}: {name}")
            for form in forms_of(entry):
                if seen.setdefault(form_of(form), name) != name:
                    message = f"{place}: {kind}: {name}: {form!r} stands for {seen[form_of(form)]} already"
                    raise AuthorityError(message)


def _check_entry(entry: dict[str, Any], place: str) -> None:
    if unknown := sorted(entry.keys() - _KEYS):
        message = f"{place}: `{unknown[0]}` is unknown"
        raise AuthorityError(message)
    for key in _LISTS:
        values = entry.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
            message = f"{place}: `{key}` is {values!r}, not a list of names"
            raise AuthorityError(message)
    wikidata = entry.get("wikidata", "Q1")
    if not (isinstance(wikidata, str) and wikidata[:1] == "Q" and wikidata[1:].isascii() and wikidata[1:].isdecimal()):
        message = f"{place}: `wikidata` is {wikidata!r}, not an id such as Q5582"
        raise AuthorityError(message)
