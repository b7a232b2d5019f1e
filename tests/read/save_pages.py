"""Writes made pages, and what Chromium saves of them, to a folder for looking at.

python -m tests.read.save_pages --out DIR --styles html_only table_cells --ways dom mhtml complete
"""

import argparse
import dataclasses
import json
import random
from pathlib import Path

from tests.read.browser import HEADLESS_WAYS, WINDOW_WAYS, no_browser, no_window, save_by_chromium, truth_of_saved
from tests.read.html_pages import KINDS, STYLES, make_html, styles_of


def write_page(page, folder, ways):
    """The page, its truth, and each way's file with the truth that it has."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / page.name).write_bytes(page.html)
    saved = save_by_chromium(page, folder, ways) if ways else {}
    for way in ("made", *saved):
        truth = page.truth if way == "made" else truth_of_saved(page, way)
        told = json.dumps(dataclasses.asdict(truth), ensure_ascii=False, indent=1)
        (folder / f"truth.{way}.json").write_text(told + "\n", encoding="utf-8")
        if isinstance(saved.get(way), bytes):
            (folder / f"saved.{'html' if way == 'dom' else way}").write_bytes(saved[way])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--styles", nargs="+", choices=tuple(STYLES), default=["html_only"])
    parser.add_argument("--ways", nargs="*", choices=(*HEADLESS_WAYS, *WINDOW_WAYS), default=[])
    options = parser.parse_args()
    lacking = no_window() if set(options.ways) & set(WINDOW_WAYS) else no_browser() if options.ways else None
    if lacking:
        parser.error(lacking)
    for style in options.styles:
        for generation, kind in ((generation, kind) for generation, kinds in KINDS.items() for kind in kinds):
            if style in styles_of(generation, kind):
                chance = random.Random(f"{options.seed}/{generation}/{kind}/{style}")
                page = make_html(chance, generation=generation, kind=kind, style=style, scheme="http")
                write_page(page, options.out / f"{generation}-{kind}-{style}", options.ways)


if __name__ == "__main__":
    main()
