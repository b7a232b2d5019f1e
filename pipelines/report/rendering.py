"""The report as one page for people: a file that needs no network and no script, and the same bytes for the same report.

Jinja2 is imported with this module, and so only where a page is made.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from pipelines.look.styles import base_style
from pipelines.report import pictures
from pipelines.report.shown import is_web_address, name, plain, raw
from pipelines.report.standing import standing_of

if TYPE_CHECKING:
    from pipelines.report.sides import Sides

_SPACE = re.compile(r"\s++")


def render_report(report: Mapping[str, Any]) -> str:
    """The page of a report: of `make_report`, or of `full_report`, which also tells of the gate, of changes and of history."""
    numbers = _Numbers(report)
    style = _style()
    return _environment().get_template("report.html.j2").render(
        report=report, standing=standing_of(report), is_full="release" in report, n=numbers.number, year=numbers.year, length=numbers.length, share=numbers.share, of=numbers.mark,
        style=Markup(style), style_hash=b64encode(sha256(style.encode()).digest()).decode(), pictures=pictures,  # noqa: S704 our own file
    )  # fmt: skip


@cache
def _environment() -> Environment:
    # To fold constants takes longer than it saves on a page that is made twice.
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, loader=FunctionLoader(_read), optimized=False,
    )  # fmt: skip
    environment.filters |= {"raw": raw, "plain": plain, "name": name, "against": _against}
    environment.tests["web_address"] = is_web_address
    return environment


def _against(before: str | None, after: str | None) -> "Sides":
    from pipelines.report.sides import against  # noqa: PLC0415 only a page that tells of changes compares words

    return against(before, after)


def _read(name: str) -> str:
    return (files("pipelines.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def _style() -> str:
    """The style sheet on one line; the policy of the page names its hash."""
    return _SPACE.sub(" ", base_style() + _read("report.css")).strip()


class _Numbers:
    """Numbers of a report in its page, each marked with where in the report it stands (a JSON Pointer, RFC 6901)."""

    def __init__(self, report: Mapping[str, Any]) -> None:
        self.report = report

    def value(self, steps: tuple[Any, ...]) -> Any:  # noqa: ANN401 whatever stands there
        found: Any = self.report
        for step in steps:
            found = found[step]
        return found

    def number(self, *steps: str | int) -> Markup:
        """The number at a place, with separators between thousands; nothing at all is a dash."""
        value = self.value(steps)
        if value is None:
            return Markup('<span class="none">–</span>')
        text = f"{value:,}" if isinstance(value, int) else f"{value:.2f}"
        return _data(value, f'data-of="{escape(pointer(steps))}"', text)

    def year(self, *steps: str | int) -> Markup:
        """A year at a place, as years are written."""
        value = self.value(steps)
        return _data(value, f'data-of="{escape(pointer(steps))}"', str(value))

    def length(self, *steps: str | int) -> Markup:
        """How many items the list at a place has."""
        count = len(self.value(steps))
        return _data(count, f'data-length-of="{escape(pointer(steps))}"', f"{count:,}")

    def share(self, part: list[Any], whole: list[Any]) -> Markup:
        """What part of the one number the other is, in percent; 100 only where it is all, 0 only where it is nothing."""
        text = percent(self.value(tuple(part)), self.value(tuple(whole)))
        marks = f'data-part="{escape(pointer(part))}" data-whole="{escape(pointer(whole))}"'
        return _data(escape(text), marks, f"{escape(text)}&nbsp;%")

    def mark(self, *steps: str | int) -> Markup:
        """The attribute that says which number a shape stands for."""
        return Markup(f'data-of="{escape(pointer(steps))}" data-value="{self.value(steps)}"')  # noqa: S704 a number, and escaped


def _data(value: object, marks: str, text: str) -> Markup:
    """A number of ours as an element; `Markup.format` takes ten times as long, and a page has thousands."""
    return Markup(f'<data value="{value}" {marks}>{text}</data>')  # noqa: S704 numbers, and marks that are escaped


def pointer(steps: tuple[Any, ...] | list[Any]) -> str:
    """A place in JSON as RFC 6901 writes it.

    >>> pointer(("pages", "by_layout", "a/b", 0))
    '/pages/by_layout/a~1b/0'
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def percent(part: int, whole: int) -> str:
    """A share in percent, never rounded to all or nothing.

    >>> percent(1, 3), percent(999, 1000), percent(1, 1000), percent(0, 0)
    ('33', '>99', '<1', '0')
    """
    if not part or part == whole:
        return "100" if part else "0"
    rounded = round(100 * part / whole)
    return "<1" if rounded == 0 else ">99" if rounded == 100 else str(rounded)  # noqa: PLR2004 percent
