"""What is mutated: every page in the repository, saved in every form that is read."""

import random
from pathlib import Path

from tests.read.archives import (
    Saved,
    gz,
    mhtml_of,
    tar_of,
    wacz_of,
    warc_gz_of,
    warc_of,
    webarchive_of,
    wet_of,
    zip_of,
    zst,
)
from tests.read.bad_files import bad_files
from tests.read.html_pages import KINDS, make_html

HOUSE = Path(__file__).parents[2]
PAGES = (
    "raw/sample/*.txt",
    "tests/golden/*/*.txt",
    "tests/extract/declared/pages/*.txt",
    "tests/extract/declared/pages/*.html",
)
# Longer files take more time and show no more.
MOST_BYTES = 20_000


def html_pages() -> list[Saved]:
    """Pages as sites write them and browsers save them, of every kind."""
    kinds = [(generation, kind) for generation, names in KINDS.items() for kind in names]
    made = [
        make_html(random.Random(f"{generation}/{kind}/{number}"), generation=generation, kind=kind)
        for generation, kind in kinds
        for number in range(12)
    ]
    return [Saved(page.name, page.html) for page in made]


def corpus() -> list[Saved]:
    """All files to begin from, in an order that is always the same."""
    pages = [Saved(path.name, path.read_bytes()) for pattern in PAGES for path in sorted(HOUSE.glob(pattern))]
    pages = [page for page in (*pages, *html_pages()) if len(page.data) <= MOST_BYTES]
    bad = [Saved(file.name, data) for file in bad_files() if len(data := file.make()) <= MOST_BYTES]
    return [*pages, *_packed(pages), *bad]


def _packed(pages: list[Saved]) -> list[Saved]:
    """Some of the pages in every container."""
    few = pages[:: max(1, len(pages) // 12)]
    html = next(page for page in pages if page.name.endswith(".html"))
    packed = [Saved(f"{page.name}.gz", gz(page.data)) for page in few]
    packed += [Saved(f"{page.name}.zst", zst(page.data)) for page in few]
    groups = [few[start : start + 3] for start in range(0, len(few), 3)]
    for number, group in enumerate(groups):
        for ending, make in (
            ("zip", zip_of), ("tar", tar_of), ("warc", warc_of), ("warc.gz", warc_gz_of), ("wet", wet_of), ("wacz", wacz_of)
        ):  # fmt: skip
            packed.append(Saved(f"{number}.{ending}", make(group)))
    return [*packed, Saved("page.mhtml", mhtml_of(html)), Saved("page.webarchive", webarchive_of(html))]
