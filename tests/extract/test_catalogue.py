"""The layouts that are read, and the page that tells of them."""

import re
from pathlib import Path

from pipelines.extract.catalogue import LAYOUTS

_ROW = re.compile(r"\| ([NO]\d) \| (old|new) \| .*`(.+)` \|")


def test_the_documentation_names_every_layout_with_its_generation():
    page = (Path(__file__).parents[2] / "docs" / "layouts.md").read_text(encoding="utf-8")
    rows = [match for line in page.split("\n") if (match := _ROW.fullmatch(line))]
    assert [row.group(1, 2) for row in rows] == [(layout.name, layout.generation) for layout in LAYOUTS]
