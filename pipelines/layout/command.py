"""The command `layout`: a page tried on all layouts, or the list of layouts."""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from shlex import quote
from typing import Any, NamedTuple

from rich.text import Text

from pipelines.errors import UsageError
from pipelines.extract import read_page
from pipelines.extract.catalogue import LAYOUTS
from pipelines.extract.declared import DeclaredLayout, read_declarations
from pipelines.extract.linked import H1
from pipelines.layout.display import issue_as_json, show_trial, trial_as_json
from pipelines.layout.files import pages_of
from pipelines.layout.trial import try_page
from pipelines.records import Issue, PageText
from pipelines.wording import Sheet, plain

READ, REFUSED = 0, 1
Found = PageText | Issue


class Known(NamedTuple):
    """A layout, what its pages are, and the file that declares it."""

    layout: str
    about: str
    place: str | None

    @property
    def told(self) -> Text:
        """What a person reads beside its name."""
        return Text().append_text(plain(self.about)).append(f"; {self.place or 'built in'}", "dim")


def try_file(name: str, raw: Path, layouts: Path, *, is_json: bool) -> int:
    """Show how the page in a file is read, or list the pages of a file that has several; 0 if all are read, else 1.

    Raises:
        UsageError: there is no such file, or it holds no page at all.
        LayoutError: a declared layout cannot be.
    """
    declared = read_declarations(layouts)
    pages = pages_of(name, raw)
    first = list(islice(pages, 2))
    if not first:
        message = f"{name}: holds no page"
        raise UsageError(message)
    if len(first) > 1:
        return _list_pages(name, chain(first, pages), declared, is_json=is_json)
    return _show_page(first[0], declared, is_json=is_json)


def list_layouts(layouts: Path, *, is_json: bool) -> int:
    """List every layout, built in or declared, with a line each.

    Raises:
        LayoutError: a declared layout cannot be.
    """
    built_in = [Known(each.name, _about(each.generation, each.kind), None) for each in LAYOUTS]
    built_in.append(Known(H1.name, "HTML of either generation, told by its links to documents", None))
    declared = [Known(each.name, each.about or f"kind {each.kind}", each.place) for each in read_declarations(layouts)]
    known = [*built_in, *declared]
    if is_json:
        _print_json({"layouts": [each._asdict() for each in known]})
        return READ
    sheet = Sheet()
    width = max(len(each.layout) for each in known)
    for each in known:
        name = Text().append_text(plain(each.layout, "bold"))
        sheet.line(name.append(" " * (width - len(each.layout) + 2)).append_text(each.told))
    return READ


def _about(generation: str, kind: str | None) -> str:
    return f"{generation} generation of the Digital Archive, {kind or 'kind by heading and description'}"


def _show_page(found: Found, declared: Sequence[DeclaredLayout], *, is_json: bool) -> int:
    if isinstance(found, Issue):
        if is_json:
            _print_json({"status": "refused", "issues": [issue_as_json(found)]})
        else:
            Sheet().line(found.message, "bold red")
        return REFUSED
    trial = try_page(found, declared)
    if is_json:
        _print_json(trial_as_json(trial))
    else:
        show_trial(Sheet(), trial)
    return READ if trial.reading.layout else REFUSED


def _list_pages(name: str, pages: Iterator[Found], declared: Sequence[DeclaredLayout], *, is_json: bool) -> int:
    """One line a page, written as soon as it is read; a page is let go before the next."""
    sheet, code = Sheet(), READ
    told: list[dict[str, Any]] = []
    for found in pages:
        line = _page_line(found, declared)
        code = code if line["layout"] else REFUSED
        if is_json:
            told.append(line)
        else:
            text = plain(line["source_path"] or "").append("  ").append_text(_outcome(line))
            sheet.line(text)
    if is_json:
        _print_json({"status": "listed", "pages": told})
    else:
        sheet.line()
        sheet.line(f"To see one line by line, name what stands behind the mark as well: {quote(f'{name}!…')}", "dim")
    return code


def _page_line(found: Found, declared: Sequence[DeclaredLayout]) -> dict[str, Any]:
    """A page of several: its name, and its layout or why it has none."""
    if isinstance(found, Issue):
        return {"source_path": found.source_path, "layout": None, "entry_count": 0, "reason": found.message}
    reading = read_page(found, declared)
    reason = None if reading.layout else reading.issues[-1].message
    return {
        "source_path": reading.page.source_path,
        "layout": reading.layout,
        "entry_count": len(reading.entries),
        "reason": reason,
    }


def _outcome(line: dict[str, Any]) -> Text:
    if line["layout"]:
        return plain(f"{line['layout']}, {line['entry_count']} entries", "green")
    return plain(line["reason"], "yellow")


def _print_json(content: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(content, indent=2) + "\n")
