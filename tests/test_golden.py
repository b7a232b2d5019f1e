"""Pages of every layout beside what is read from them, line by line. A missing expectation fails."""

import json
from pathlib import Path

import pytest

from pipelines.extract import read_page
from pipelines.extract.catalogue import LAYOUTS
from pipelines.read.text_page import page_of

GOLDEN = Path(__file__).parent / "golden"
PAGES = sorted(GOLDEN.glob("*/*.txt"))


def described(reading):
    frame = reading.frame
    return {
        "layout": reading.layout,
        "kind": frame.kind,
        "heading": frame.heading,
        "description": frame.description,
        "image_caption": frame.image_caption,
        "pager": list(frame.pager) if frame.pager else None,
        "encoding": reading.page.encoding,
        "is_cut": reading.is_cut,
        "lines": {
            "all": reading.ledger.line_count,
            "entry": reading.ledger.entry_line_count,
            "furniture": reading.ledger.furniture_line_count,
            "issue": reading.ledger.issue_line_count,
            "blank": reading.ledger.blank_line_count,
        },
        "furniture": [list(span) for span in sorted(reading.furniture, key=lambda span: span.line_first)],
        "issues": [[issue.problem, issue.line_first, issue.line_last, issue.message] for issue in reading.issues],
        "entries": [described_entry(entry) for entry in reading.entries],
    }  # fmt: skip


def described_entry(entry):
    told = {**entry._asdict(), "date": entry.date.edtf if entry.date else None}
    # What only HTML and declared layouts know is told where it is known.
    return {name: value for name, value in told.items() if value is not None or name not in ("url", "number")}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_is_read_as_expected(path, update_golden):
    found = described(read_page(page_of(path.read_bytes(), path.name)))
    expected = path.with_suffix(".expected.json")
    if update_golden:
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert expected.exists(), "no expectation; write it with --update-golden and read it"
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_every_layout_has_two_golden_pages():
    assert {layout.name for layout in LAYOUTS} | {"refused"} == {path.parent.name for path in PAGES}
    assert all(len(list((GOLDEN / layout.name).glob("*.txt"))) >= 2 for layout in LAYOUTS)


def test_every_golden_page_is_read_by_the_layout_it_lies_under():
    for path in PAGES:
        layout = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))["layout"]
        assert layout == (None if path.parent.name == "refused" else path.parent.name), path
