"""The page of a release that holds all of its data: a file of the release, made from its tables alone."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.explore.columns import make_columns
from pipelines.explore.page import FORMAT, make_page
from pipelines.explore.records import PRINTED, records_of
from pipelines.explore.whole import whole_release
from pipelines.release.manifest import inputs_of
from pipelines.settings import EXPLORER_LIMITS

EXPLORER = "explorer.html"
Tables = Mapping[str, pa.Table]


def explorer_files(tables: Tables) -> dict[str, bytes]:
    """What a release holds beside its tables for people to look at, by file name: nothing where it is too large for one page."""
    return {EXPLORER: make_inline(tables)} if fits_in_a_page(tables) else {}


def fits_in_a_page(tables: Tables) -> bool:
    """Whether one page can hold a release."""
    entries = tables["entries"]
    if tables["documents"].num_rows > EXPLORER_LIMITS.documents:
        return False
    return (
        sum(pc.sum(pc.binary_length(entries.column(name))).as_py() or 0 for name in PRINTED)
        <= EXPLORER_LIMITS.text_bytes
    )


def make_inline(tables: Tables) -> bytes:
    """The page with all of a release in it."""
    old, new = (tables["id_redirects"].column(name).to_pylist() for name in ("old_document_id", "new_document_id"))
    return make_page({
        **head(tables["pages"], tables["documents"].num_rows, tables["entries"].num_rows),
        "redirects": dict(zip(old, new, strict=True)),
        "columns": make_columns(tables),
        "records": records_of(whole_release(tables)),
    })  # fmt: skip


def head(pages: pa.Table, documents: int, entries: int) -> dict[str, Any]:
    """What the page says of itself; `inputs` are those of the manifest, for a page cannot know the id of the release that it is in."""
    return {"format": FORMAT, "count": documents, "entry_count": entries, "inputs": inputs_of(pages)}
