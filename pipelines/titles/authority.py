"""Who and what a name stands for: persons, bodies and states, from the data files of this package and a file of the reader's own."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.errors import AuthorityError
from pipelines.toml_files import TomlFile, read_toml

_SHIPPED = {"person": "authority.toml", "body": "bodies.toml", "state": "states.toml"}
KINDS = tuple(_SHIPPED)
_APOSTROPHES = str.maketrans("’‘ʼ`", "''''")
# What an entry of a reader's file may say; the shipped files say more, which is not used here.
_KEYS = {"name", "variants", "family", "titled", "wikidata", "source"}
_LISTS = ("variants", "family", "titled")


class Known(NamedTuple):
    """What a form stands for: one name for all its spellings, its kind, its id where that is certain."""

    name: str
    kind: str
    wikidata_id: str | None = None


class Authority:
    """Forms of names and what each stands for; letter case counts, shapes of apostrophes and spaces do not."""

    def __init__(
        self,
        forms: Mapping[str, Known],
        titled: Mapping[str, Known],
        organs: Mapping[str, str],
        own: Mapping[str, Any],
    ) -> None:
        """Take forms that stand for themselves, forms that stand only with an office before them, organs of bodies, and the reader's file."""
        self.own = own
        self.forms = forms
        self.titled = titled
        self.organs = organs

    def find(self, name: str, office: str | None = None) -> Known | None:
        """What a printed name stands for; a name that many bear only with the office that tells whose it is.

        >>> shipped().find("Mao Tse-tung").name
        'Mao Zedong'
        >>> shipped().find("CCP CC").name
        'Central Committee of the Chinese Communist Party'
        >>> shipped().find("Petrov") is None
        True
        """
        form = _form(name)
        known = self.forms.get(form)
        if known is None and office:
            known = self.titled.get(f"{_form(office).rsplit(' ', 1)[-1]} {form}")
        return known or self._organ(form)

    def _organ(self, form: str) -> Known | None:
        """An organ of a body that is known: the organ's name before or behind the body's, with or without `of the` between."""
        words = form.split(" ")
        for at in range(1, len(words)):
            before, after = " ".join(words[:at]), " ".join(words[at:])
            for organ, rest in ((before, after.removeprefix("of ").removeprefix("the ")), (after, before)):
                if organ in self.organs and (body := self.forms.get(rest) or self._organ(rest)) and body.kind == "body":
                    return Known(f"{self.organs[organ]} of the {body.name.removeprefix('the ')}", "body")
        return None


def _form(text: str) -> str:
    """A form as it is compared: initials apart or together are the same."""
    text = text.translate(_APOSTROPHES).replace(". ", ".") if "." in text else text.translate(_APOSTROPHES)
    return " ".join(text.replace(".", ". ").split()) if "." in text else " ".join(text.split())


@cache
def shipped() -> Authority:
    """The authority of this package alone."""
    return _authority({})


def read_authority(path: Path) -> Authority:
    """The authority of this package, extended by a file of the reader's own where there is one; what that says goes before.

    Raises:
        AuthorityError: the file cannot be read, is no TOML, or an entry says something unknown, or what another says already.
    """
    file = read_toml(path, AuthorityError)
    if file is None:
        return shipped()
    _check(file)
    return _authority(file.content)


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
            for form in _forms_of(entry):
                if seen.setdefault(_form(form), name) != name:
                    message = f"{place}: {kind}: {name}: {form!r} stands for {seen[_form(form)]} already"
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


def _authority(own: Mapping[str, Any]) -> Authority:
    forms: dict[str, Known] = {}
    titled: dict[str, Known] = {}
    contents = [load(file) for file in dict.fromkeys(_SHIPPED.values())]
    for content in (*contents, own):
        for kind in KINDS:
            for entry in content.get(kind, ()):
                known = Known(entry["name"], kind, entry.get("wikidata"))
                forms.update(dict.fromkeys(map(_form, _forms_of(entry)), known))
                titled.update(dict.fromkeys(map(_form, entry.get("titled", ())), known))
    organs = {_form(form): entry["name"] for entry in load("bodies.toml")["organ"] for form in _forms_of(entry)}
    return Authority(forms, titled, organs, own)


def _forms_of(entry: Mapping[str, Any]) -> Iterator[str]:
    """Every form that names an entry when it stands alone."""
    yield from (entry["name"], *entry.get("variants", ()), *entry.get("family", ()))


@cache
def load(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return tomllib.loads(files("pipelines.titles").joinpath("data", name).read_text(encoding="utf-8"))
