"""The thresholds of the gate, and the file that sets them: `gate.toml`, read, never written."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipelines.errors import SettingsError
from pipelines.text import one_line
from pipelines.toml_files import read_toml

GATE = Path("gate.toml")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The greatest shares with which a release is published unseen; `judged_from` is a count."""

    # Of the example pages one in fourteen is a note that somebody left there. Where a quarter is refused, the site has a new layout or
    # the folder is the wrong one.
    refused_pages: float = 0.25
    # A page that was cut when it was copied loses about half of its entries, and such pages are few. A grammar that stops too early
    # loses entries on all of them.
    lost_entries: float = 0.10
    # Pages are added, seldom taken away; better rules join a few documents in a hundred, never one in ten.
    fewer_documents: float = 0.10
    # As for fewer documents; told apart from it since new ones can hide what is gone.
    gone_documents: float = 0.10
    # A collection is a page or a few, so one page that was lost shows; half of it is no revision.
    collection_documents_gone: float = 0.50
    # Per document. A person decides a few hundred pairs, not thousands; of generated pages with hard noise a pair waits for 3 in 100 documents.
    new_review_pairs: float = 0.10
    # Of fewer pages or documents one or two are a large share, and whoever builds so few sees them in the summary.
    judged_from: int = 10


def read_thresholds(path: Path) -> Thresholds:
    """The thresholds that a file sets, and the values built in for the others; all of these where there is no such file.

    Raises:
        SettingsError: the file is no TOML, or sets something unknown or impossible; `file:line: name: value` is named.
    """
    file = read_toml(path, SettingsError)
    if file is None:
        return Thresholds()
    for name, value in file.content.items():
        if fault := _fault(name, value):
            message = f"{file.place_of(name)}: {one_line(name)}: {one_line(repr(value))}: {fault}"
            raise SettingsError(message)
    return Thresholds(**file.content)


def _fault(name: str, value: Any) -> str | None:  # noqa: ANN401 whatever TOML holds
    """What is wrong with a setting."""
    known = {field.name for field in fields(Thresholds)}
    if name not in known:
        return f"no threshold; there are {', '.join(sorted(known))}"
    if name == "judged_from":
        return None if type(value) is int and value >= 1 else "not a whole number from 1 on"
    is_number = type(value) in (int, float)
    return None if is_number and 0 <= value <= 1 else "not a share from 0 to 1"
