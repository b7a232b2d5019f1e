"""Pages of other archives beside what their declared layouts read from them."""

import json

import pytest

from pipelines.extract import read_page
from tests.extract.declared.pages import HERE, all_layouts, page
from tests.test_golden import described

PAGES = sorted((HERE / "pages").glob("*.txt"))
LAYOUTS = all_layouts()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_of_another_archive_is_read_as_expected(path, update_golden):
    found = described(read_page(page(path.read_text(encoding="utf-8")), LAYOUTS))
    expected = path.with_suffix(".expected.json")
    if update_golden:
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert expected.exists(), "no expectation; write it with --update-golden and read it"
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_every_layout_has_a_page():
    read = {json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))["layout"] for path in PAGES}
    assert read == {layout.name for layout in LAYOUTS}
