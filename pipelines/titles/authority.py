"""Who and what a name stands for: persons, bodies and states, from the data files of this package and a file of the reader's own."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

_SHIPPED = {"person": "authority.toml", "body": "bodies.toml", "state": "states.toml"}
KINDS = tuple(_SHIPPED)
_APOSTROPHES = str.maketrans("’‘ʼ`", "''''")


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
        form = form_of(name)
        known = self.forms.get(form)
        if known is None and office:
            known = self.titled.get(f"{form_of(office).rsplit(' ', 1)[-1]} {form}")
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


def form_of(text: str) -> str:
    """A form as it is compared: initials apart or together are the same."""
    text = text.translate(_APOSTROPHES).replace(". ", ".") if "." in text else text.translate(_APOSTROPHES)
    return " ".join(text.replace(".", ". ").split()) if "." in text else " ".join(text.split())


@cache
def shipped() -> Authority:
    """The authority of this package alone."""
    return authority_with({})


def authority_with(own: Mapping[str, Any]) -> Authority:
    """The authority of this package, extended by entries of the reader's own, which go before."""
    forms: dict[str, Known] = {}
    titled: dict[str, Known] = {}
    contents = [load(file) for file in dict.fromkeys(_SHIPPED.values())]
    for content in (*contents, own):
        for kind in KINDS:
            for entry in content.get(kind, ()):
                known = Known(entry["name"], kind, entry.get("wikidata"))
                forms.update(dict.fromkeys(map(form_of, forms_of(entry)), known))
                titled.update(dict.fromkeys(map(form_of, entry.get("titled", ())), known))
    organs = {form_of(form): entry["name"] for entry in load("bodies.toml")["organ"] for form in forms_of(entry)}
    return Authority(forms, titled, organs, own)


def forms_of(entry: Mapping[str, Any]) -> Iterator[str]:
    """Every form that names an entry when it stands alone."""
    yield from (entry["name"], *entry.get("variants", ()), *entry.get("family", ()))


@cache
def load(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return tomllib.loads(files("pipelines.titles").joinpath("data", name).read_text(encoding="utf-8"))
