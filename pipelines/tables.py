"""From values to the frames of a release: one function a table, each returns an Arrow table of the declared schema.

Rows are in a fixed order that follows from their content: documents by date, everything else by its key.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.addresses import read_address
from pipelines.collection_pages import kind_of
from pipelines.deduplicate import Deduplication
from pipelines.holdings import Collection, by_heading
from pipelines.identifiers import identifier
from pipelines.listed import COLUMNS, gather
from pipelines.problems import PROBLEMS
from pipelines.records import Issue, PageReading
from pipelines.text import fold
from pipelines.title_tables import LISTED, ReadBefore, Said, read_titles
from pipelines.titles.authority import Authority
from schemas.declared import table_names
from schemas.derive import arrow_schema, key

Tables = dict[str, pa.Table]


class Findings(NamedTuple):
    """All that a build found out, before it becomes tables."""

    readings: Sequence[PageReading]
    entries: pa.Table
    collections: Sequence[Collection]
    deduplication: Deduplication
    issues: Sequence[Issue]


def entries_table(readings: Iterable[PageReading]) -> pa.Table:
    """Every entry as printed, by page and place; which document it is about is not known yet.

    An entry's id follows from its page and its first line.
    """
    found = gather(readings)
    fields = [field for field in arrow_schema("entries") if field.name in COLUMNS]
    return pa.table([found.column(field.name) for field in fields], schema=pa.schema(fields))


def make_tables(findings: Findings, authority: Authority | None = None, before: ReadBefore | None = None) -> Tables:
    """Every table but `quality`, which is about the others; `authority` says what names in titles stand for, by default that of this package."""
    collection_of = {
        page_id: collection.collection_id for collection in findings.collections for page_id in collection.page_ids
    }
    entries = _entries(findings)
    memberships = _memberships(entries, collection_of)
    documents, said = _documents(entries, findings.deduplication, memberships, (authority, before))
    tables = {
        "collections": _collections(findings.collections, memberships),
        "pages": _pages(findings.readings, collection_of),
        "documents": documents,
        "entries": entries,
        "page_filters": _page_filters(findings.readings),
        "collection_links": _collection_links(findings.collections),
        "document_collections": _document_collections(memberships),
        "document_parties": said.parties,
        "title_evidence": said.evidence,
        "matches": table_of("matches", _columns_of(findings.deduplication.matches)),
        "id_redirects": _id_redirects(findings.deduplication.redirects),
        "issues": issues_table(findings.issues),
    }
    return {
        name: tables[name] if name in tables else arrow_schema(name).empty_table()
        for name in table_names()
        if name != "quality"
    }


def table_of(name: str, columns: Mapping[str, Any], order: Sequence[tuple[str, str]] = ()) -> pa.Table:
    """Columns as a table of the declared schema, in an order, or in that of its key."""
    schema = arrow_schema(name)
    table = pa.Table.from_arrays([_array(columns[field.name], field.type) for field in schema], schema=schema)
    return table.sort_by(list(order) or [(column, "ascending") for column in key(name)])


def _rows(name: str, rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Rows as a table of the declared schema, in the order of its key."""
    names = arrow_schema(name).names
    return table_of(name, dict(zip(names, _columns(rows, len(names)), strict=True)))


def _columns(rows: Iterable[Sequence[Any]], width: int) -> list[Sequence[Any]]:
    """Rows turned into columns in one pass; as many empty ones where there is no row."""
    return [*zip(*rows, strict=True)] or [()] * width


def _columns_of(table: pa.Table) -> dict[str, pa.ChunkedArray]:
    return dict(zip(table.column_names, table.columns, strict=True))


def _memberships(entries: pa.Table, collection_of: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """Entries by document and collection."""
    pages = pa.array(collection_of.keys(), pa.string())
    about = entries.filter(pc.is_in(entries.column("page_id"), value_set=pages)).select(["document_id", "page_id"])
    return Counter(
        (document_id, collection_of[page_id])
        for document_id, page_id in zip(*(column.to_pylist() for column in about.columns), strict=True)
    )


def _pages(readings: Sequence[PageReading], collection_of: Mapping[str, str]) -> pa.Table:
    return _rows("pages", [_page_row(reading, collection_of.get(reading.page.page_id)) for reading in readings])


def _page_row(reading: PageReading, collection_id: str | None) -> tuple[Any, ...]:
    page, frame, ledger = reading.page, reading.frame, reading.ledger
    pager = frame.pager or (None, None, None)
    return (
        page.page_id, page.source_path, page.source_sha256, page.source_bytes, page.media_type, page.encoding,
        reading.layout, "collection" if collection_id else kind_of(reading), page.url, page.captured_at, frame.heading,
        collection_id, *pager,
        ledger.line_count, ledger.entry_line_count, ledger.furniture_line_count, ledger.issue_line_count,
        ledger.blank_line_count, len(reading.entries), reading.is_cut, page.note,
    )  # fmt: skip


def _page_filters(readings: Iterable[PageReading]) -> pa.Table:
    """What each page's address asks for, where it is known; the page's number stands among it."""
    return _rows("page_filters", [
        (reading.page.page_id, *found)
        for reading in readings
        if reading.page.url
        for found in read_address(reading.page.url).rows
    ])  # fmt: skip


def _entries(findings: Findings) -> pa.Table:
    """Entries with the document that each is about."""
    columns = {**_columns_of(findings.entries), **_columns_of(findings.deduplication.entries)}
    schema = arrow_schema("entries")
    return pa.table([columns[field.name] for field in schema], schema=schema)


def _array(values: Any, kind: pa.DataType) -> pa.Array:  # noqa: ANN401 a list, or what is an array already
    return values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values, kind)


def _documents(
    entries: pa.Table,
    deduplication: Deduplication,
    memberships: Mapping[tuple[str, str], int],
    reading: tuple[Authority | None, ReadBefore | None],
) -> tuple[pa.Table, Said]:
    """Documents by date, each with the text of its representative; and what their titles say."""
    order = [("date_start", "ascending"), ("date_end", "ascending"), ("document_id", "ascending")]
    found = deduplication.documents
    chosen = entries.select([name for name in entries.column_names if name in arrow_schema("documents").names])
    chosen = chosen.take(pc.index_in(found.column("entry_id"), value_set=entries.column("entry_id")))
    collection_counts = Counter(document_id for document_id, _ in memberships)
    said = read_titles(found.column("document_id"), chosen.column("title"), *reading)
    columns: dict[str, Any] = {
        **{field.name: pa.nulls(found.num_rows, field.type) for field in arrow_schema("documents") if field.nullable},
        **_columns_of(chosen),
        **_columns_of(found),
        "year_start": pc.year(chosen.column("date_start")).cast(pa.int32()),
        "year_end": pc.year(chosen.column("date_end")).cast(pa.int32()),
        "url": _said_by_any("url", found, chosen, entries),
        **said.columns,
        **_numbers(said, _said_by_any("number", found, chosen, entries)),
        "collection_count": [collection_counts[document_id] for document_id in found.column("document_id").to_pylist()],
    }
    return table_of("documents", columns, order), said


def _numbers(said: Said, listed: pa.ChunkedArray) -> dict[str, Any]:
    """The number that the title gives, else the one that a page prints beside the entry, and what it counts."""
    number, kind = said.columns["number"], said.columns["number_kind"]
    is_listed = pc.and_(pc.is_null(number), pc.is_valid(listed))
    return {"number": pc.coalesce(number, listed), "number_kind": pc.if_else(is_listed, LISTED, kind)}


def _said_by_any(name: str, documents: pa.Table, chosen: pa.Table, entries: pa.Table) -> pa.ChunkedArray:
    """A column of each document's representative; where that has nothing, of its first entry that has something."""
    filled = entries.select(["document_id", name]).filter(pc.field(name).is_valid())
    first = filled.group_by("document_id", use_threads=False).aggregate([(name, "first")])
    at = pc.index_in(documents.column("document_id"), value_set=first.column("document_id"))
    return pc.coalesce(chosen.column(name), first.column(f"{name}_first").take(at))


def _collections(collections: Sequence[Collection], memberships: Mapping[tuple[str, str], int]) -> pa.Table:
    document_counts = Counter(collection_id for _, collection_id in memberships)
    return _rows("collections", [
        (
            found.collection_id, found.title, found.year_start, found.year_end, found.description, found.image_caption,
            len(found.page_ids), document_counts[found.collection_id],
        )
        for found in collections
    ])  # fmt: skip


def _collection_links(collections: Sequence[Collection]) -> pa.Table:
    by_title = by_heading(collections)
    return _rows("collection_links", [
        (found.collection_id, link.relation, link.title, by_title.get(fold(link.title)) if link.relation == "related" else None)
        for found in collections
        for link in found.links
    ])  # fmt: skip


def _document_collections(memberships: Mapping[tuple[str, str], int]) -> pa.Table:
    return _rows("document_collections", [(*pair, count) for pair, count in memberships.items()])


def _id_redirects(redirects: Mapping[str, str]) -> pa.Table:
    return _rows("id_redirects", list(redirects.items()))


def issues_table(issues: Iterable[Issue]) -> pa.Table:
    """Issues by id; two that say the same to the letter are numbered, so that neither is lost."""
    seen: dict[tuple[Any, ...], int] = defaultdict(int)
    rows = []
    for issue in issues:
        said = (
            issue.problem, PROBLEMS[issue.problem].severity, issue.source_path, issue.page_id, issue.line_first, issue.line_last,
            issue.raw_text, issue.table, issue.column, issue.value, issue.message,
        )  # fmt: skip
        seen[said] += 1
        rows.append((identifier("i", *said, seen[said]), *said))
    return _rows("issues", rows)
