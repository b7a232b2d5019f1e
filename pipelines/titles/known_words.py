"""The lexicon of the grammar of titles, with the words of the data files: states and capitals, bodies, offices, names, kinds."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipelines.titles.authority import load
from pipelines.titles.lexicon import (
    CITIES,
    CITIES_OF_TWO_WORDS,
    COMMON,
    GENRE_LETTERS,
    Letters,
    Lexicon,
    Pairs,
    base_letters,
)
from pipelines.titles.phrases import KINDS

# Words of names that are words of titles as well, or letters of the alphabet: they tell nothing of a person by themselves.
_NO_NAMES = frozenset(["Le", "La", "De", "Van", "Von", "Bin", "Al", "El", "Da", "Di", "Du", "Der", "Den", "Ben", "Ibn"])
# Words of kinds that are too often something else: they name one in phrases alone.
_NO_KINDS = frozenset(
    {
        "law",
        "will",
        "film",
        "file",
        "index",
        "command",
        "project",
        "projects",
        "table",
        "tables",
        "concept",
        "abstract",
        "register",
    }
)
# CIA Intelligence Information Cable: the first word belongs to the kind.
_OF_INTELLIGENCE = ("Information", "Cable", "Telegram")
_SHORTEST_NAME = 2
# Second words of pairs that are no body: Plenary Session, Foreign Minister.
_NO_PAIRS = frozenset({"Congress", "Mission"})
_SAID = frozenset("LGVKHO")


def make_lexicon(own: Mapping[str, Any] | None = None) -> Lexicon:
    """The letters of all words that are known; `own` is what a reader's file of names adds."""
    letters = base_letters()
    pairs: Pairs = {
        ("Consulate ", "General"): "E",
        ("State ", "Security"): "B",
        ("Military ", "Intelligence"): "B",
        ("Army ", "Faction"): "B",
        ("of ", "Understanding"): "X",
        ("Peace ", "and"): "C",
        ("Friendship ", "and"): "C",
    }
    pairs |= {("Intelligence ", kind): "K" for kind in _OF_INTELLIGENCE}
    _add_kinds(letters)
    for state in load("states.toml")["state"]:
        _add(letters, pairs, "J", state.get("adjectives", ()))
        _add(letters, pairs, "U", state.get("capitals", ()))
        _add(
            letters,
            pairs,
            "S",
            (form for form in (state["name"], *state.get("variants", ())) if "Government" not in form),
        )
    _add(letters, pairs, "U", (*sorted(CITIES), *CITIES_OF_TWO_WORDS))
    for kind in ("body", "organ"):
        for body in load("bodies.toml")[kind]:
            _add(letters, pairs, "R", (body["name"], *body.get("variants", ())))
    for office in load("offices.toml")["office"]:
        _add(letters, {}, "O", (office["name"], *office.get("variants", ())))
    persons = [*load("authority.toml")["person"], *(own or {}).get("person", ())]
    _add_names(letters, persons)
    _add_pairs_of_names(letters, pairs, persons)
    for body in (own or {}).get("body", ()):
        _add(letters, pairs, "R", (body["name"], *body.get("variants", ())))
    return Lexicon(Letters(letters), pairs)


def _add(letters: dict[str, str], pairs: Pairs, letter: str, forms: Iterable[str]) -> None:
    """Forms of one word that has no letter yet, and forms of two."""
    for form in forms:
        words = form.replace("’", "'").split()
        if len(words) == 1 and words[0] not in COMMON and letters.get(words[0].lower()) not in KINDS:
            letters.setdefault(words[0], letter)
        elif len(words) == 2 and letters.get(words[1].lower()) not in _SAID and words[1] not in _NO_PAIRS:  # noqa: PLR2004 a pair
            pairs.setdefault((f"{words[0]} ", words[1]), letter)


def _add_kinds(letters: dict[str, str]) -> None:
    for genre in load("genres.toml")["genre"]:
        for word in genre["words"]:
            if " " not in word and word not in _NO_KINDS:
                letters.pop(word.capitalize(), None)
                letters.setdefault(word, GENRE_LETTERS.get(genre["code"], "K"))


def _add_names(letters: dict[str, str], persons: Iterable[Mapping[str, Any]]) -> None:
    for word in _words_of_names(persons):
        if len(word) >= _SHORTEST_NAME and word[0].isupper() and word not in _NO_NAMES and word.lower() not in letters:
            letters.setdefault(word, "P")


def _add_pairs_of_names(letters: dict[str, str], pairs: Pairs, persons: Iterable[Mapping[str, Any]]) -> None:
    """Names of two words of which one is a word of another kind: Santiago Carrillo."""
    for person in persons:
        for form in (person["name"], *person.get("variants", ())):
            words = form.split()
            if len(words) == 2 and {letters.get(word) for word in words} & set("USC") and "." not in form:  # noqa: PLR2004 a pair
                pairs.setdefault((f"{words[0]} ", words[1]), "P")


def _words_of_names(persons: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for person in persons:
        for form in (person["name"], *person.get("variants", ()), *person.get("family", ())):
            yield from (word for word in form.replace(".", ". ").split() if word[-1] != ".")
