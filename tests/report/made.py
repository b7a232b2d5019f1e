"""Made pages, and tables with other values."""

import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa

PAGES = Path(__file__).parents[2] / "benchmarks" / "pages.py"
PAGER = re.compile(r"^[0-9]+ - [0-9]+ of [0-9,]+$", re.MULTILINE)
ADDRESSES = "path,url\n{}"
SEARCH = "https://digitalarchive.wilsoncenter.org/search?search_api_fulltext=herring&page={page}"


def made_pages(raw, entries):
    """Write listing pages of every layout into a folder, with addresses of one search for two of them."""
    subprocess.run([sys.executable, PAGES, "--entries", str(entries), "--seed", "3", "--out", raw.parent / "made"], check=True, capture_output=True)  # fmt: skip
    (raw.parent / "made" / "raw").rename(raw)
    paged = [path for path in sorted(raw.rglob("*.txt")) if PAGER.search(path.read_text("utf-8"))][:2]
    lines = [f"{path.relative_to(raw)},{SEARCH.format(page=page)}" for page, path in enumerate(paged)]
    (raw / "pages.csv").write_text(ADDRESSES.format("\n".join(lines)) + "\n", encoding="utf-8")


def with_column(table, column, values):
    at = table.schema.get_field_index(column)
    return table.set_column(at, table.schema.field(at), pa.array(values, table.schema.field(at).type))
