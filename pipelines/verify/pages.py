"""The pages for people against the tables: made again, and compared.

What is around the data may be that of the program's version that published it; that a page is as it was published its hash has told.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from lxml import html

from pipelines.explore.page import data_of
from pipelines.release.contents import EXPLORER_PAGE, REPORT_PAGE, make_pages
from pipelines.release.places import exists
from pipelines.verify.faults import REPORT, Fault


def check_pages(release: Path, tables: Mapping[str, pa.Table], report: Mapping[str, Any]) -> Iterator[Fault]:
    """What a page does not say as the tables do, and the report that they give.

    Raises:
        OSError: one cannot be read.
    """
    expected = make_pages(tables, report)
    for name in (REPORT_PAGE, EXPLORER_PAGE):
        said = (release / name).read_bytes() if exists(release / name) else None
        if said is None and name in expected:
            yield Fault(name, "missing, though the tables give one", REPORT)
        elif said is not None and name not in expected:
            yield Fault(name, "there, though the release is too large for one page", REPORT)
        elif said is not None and said != expected[name] and not _AGREES[name](said, expected[name], report):
            yield Fault(name, "not the page that the tables give", REPORT)


def _has_the_numbers(said: bytes, _expected: bytes, report: Mapping[str, Any]) -> bool:
    """Whether a report's page runs nothing, and every number in it is the one that stands in the report at the place that it names."""
    try:
        page = html.document_fromstring(said.decode("utf-8"))
        if page.xpath("//script") or not page.xpath(_RUNS_NOTHING):
            return False
        marked = page.xpath("//data[@data-of]")
        return bool(marked) and all(float(mark.get("value")) == _at(report, mark.get("data-of")) for mark in marked)
    except (ValueError, TypeError, LookupError):  # no page, or it names places that no report of this version has
        return False


def _at(report: Any, pointer: str) -> float:  # noqa: ANN401 whatever JSON holds on the way
    """The number at a place (a JSON Pointer, RFC 6901)."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        report = report[int(name)] if isinstance(report, list) else report[name]
    return float(report)


def _has_the_data(said: bytes, expected: bytes, _report: Mapping[str, Any]) -> bool:
    """Whether an explorer's data is the same, or of another format, which this version does not make."""
    theirs, ours = data_of(said), data_of(expected)
    return theirs is not None and (theirs == ours or theirs.partition(b",")[0] != (ours or b"").partition(b",")[0])


# The policy of the page lets nothing but its style be used.
_RUNS_NOTHING = "boolean(//meta[@http-equiv='Content-Security-Policy' and starts-with(@content, \"default-src 'none'\") and not(contains(@content, 'script'))])"
_AGREES = {REPORT_PAGE: _has_the_numbers, EXPLORER_PAGE: _has_the_data}
