"""The traces of the last deduplication, kept for the release that it led to."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.deduplicate import Before, Traces
from pipelines.deduplicate.traces import Blocks, Forms
from pipelines.memory.digests import digest_of_file
from pipelines.memory.record import read_record
from pipelines.memory.store import folder_of, load, save
from pipelines.parquet import read_table
from pipelines.release.places import CURRENT, MANIFEST, RELEASES, current_release
from pipelines.title_tables import ReadBefore

_NAME = "traces"
_TABLES = ("entries", "documents", "matches")


def save_traces(processed: Path, release: Path, code: str, traces: Traces) -> None:
    """Keep traces for the release that is in this folder.

    Raises:
        OSError: they cannot be written.
    """
    head = {"code": code, "release_id": release.name, "manifest": digest_of_file(release / MANIFEST)}
    sink = pa.BufferOutputStream()
    for table in _as_tables(traces):
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
    save(folder_of(processed) / _NAME, json.dumps(head).encode("ascii") + b"\n" + sink.getvalue().to_pybytes())


def load_before(processed: Path, code: str) -> Before | None:
    """What was published and how it was found; None where the traces are not of this code and the current release, or it is not whole."""
    content = load(folder_of(processed) / _NAME)
    if content is None:
        return None
    head, _, rest = bytes(content).partition(b"\n")
    said = json.loads(head)
    release = processed / CURRENT
    if said["code"] != code or said["release_id"] != current_release(processed):
        return None
    try:
        if digest_of_file(release / MANIFEST) != said["manifest"]:
            return None
        files = json.loads((release / MANIFEST).read_bytes())["files"]
        paths = {name: release / f"{name}.parquet" for name in _TABLES}
        if any(digest_of_file(path) != files[path.name]["sha256"] for path in paths.values()):
            return None
        entries, documents, matches = (_plain(read_table(path)) for path in paths.values())
    except (OSError, pa.ArrowException):
        return None  # who needs the release will say what is wrong with it
    return Before(entries, documents, matches, _from_tables(pa.py_buffer(rest), entries.column("entry_id")))


def load_titles(processed: Path, authority: str | None, documents: pa.Table) -> ReadBefore | None:
    """What the release before says of titles, given its documents; None where names stood for others then, or it is not whole.

    It is of the code that reads it, or its documents had not been loaded.
    """
    record = read_record(processed)
    if record is None or record.settings.get("authority", "") != authority:
        return None
    release = processed / RELEASES / record.release_id
    if record.release_id != current_release(processed):
        return None
    try:
        files = json.loads((release / MANIFEST).read_bytes())["files"]
        paths = [release / f"{name}.parquet" for name in ("document_parties", "title_evidence")]
        if any(digest_of_file(path) != files[path.name]["sha256"] for path in paths):
            return None
        return ReadBefore(documents, *map(read_table, paths))
    except (OSError, pa.ArrowException):
        return None  # as above


def _plain(table: pa.Table) -> pa.Table:
    """A table without what its columns say of themselves."""
    return pa.table(dict(zip(table.column_names, table.columns, strict=True)))


def _as_tables(traces: Traces) -> Iterator[pa.Table]:
    """Entries, texts, pairs and judged texts as tables; the ids of entries are in the release."""
    yield pa.table({
        "text": traces.text,
        "title": traces.titles.hashes, "is_first_title": traces.titles.is_first,
        "summary": traces.summaries.hashes, "is_first_summary": traces.summaries.is_first,
    })  # fmt: skip
    hashes = {f"block_{key}": column for key, column in enumerate(traces.blocks.hashes)}
    wanted = {f"wanted_{key}": column for key, column in enumerate(traces.blocks.wanted)}
    yield pa.table({"part": traces.part, **hashes, **wanted})
    yield pa.table({"left": traces.pairs[:, 0], "right": traces.pairs[:, 1]})
    yield pa.table({"text": traces.judged})


def _from_tables(data: pa.Buffer, entry_ids: pa.ChunkedArray) -> Traces:
    reader = pa.BufferReader(data)
    entries, texts, pairs, judged = (_columns(pa.ipc.open_stream(reader).read_all()) for _ in range(4))
    hashes, wanted = (
        tuple(column for name, column in texts.items() if name.startswith(kind)) for kind in ("block_", "wanted_")
    )
    return Traces(
        entry_ids.combine_chunks(),
        entries["text"],
        Forms(entries["title"], entries["is_first_title"]),
        Forms(entries["summary"], entries["is_first_summary"]),
        Blocks(hashes, wanted),
        texts["part"],
        np.stack((pairs["left"], pairs["right"]), axis=1),
        judged["text"],
    )


def _columns(table: pa.Table) -> dict[str, Any]:
    return {name: table.column(name).to_numpy() for name in table.column_names}
