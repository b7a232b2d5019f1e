"""What must hold between rows and between tables: keys, foreign keys, and counts that two tables must agree on.

Each law is one function from the tables to what it looked at and how many rows break it. They are written anew from the
tables' meaning and share nothing with the code that makes the tables.
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.validate import WHOLE_ROWS, CheckResult
from schemas.derive import foreign_keys, key

Tables = Mapping[str, pa.Table]
Law = Callable[[Tables], tuple[int, int]]


def check_foreign_keys(tables: Tables) -> Iterator[CheckResult]:
    """Every declared foreign key: each value that is there is a key of the other table."""
    for name, table in tables.items():
        for link in foreign_keys(name):
            values = table.column(link.column).drop_null()
            known = pc.is_in(values, value_set=tables[link.table].column(link.target))
            description = f"Each value is a {link.target} of {link.table}."
            yield CheckResult("foreign_key", name, link.column, description, "error", len(values), _false(known), 0.0)


def check_keys(tables: Tables) -> Iterator[CheckResult]:
    """Every declared key of several columns; a key of one column is a check of its column."""
    for name in tables:
        columns = key(name)
        if len(columns) > 1:
            checked, failed = _unique_keys(name, *columns)(tables)
            description = f"No two rows share {', '.join(columns)}."
            yield CheckResult("key_unique", name, WHOLE_ROWS, description, "error", checked, failed, 0.0)


def check_laws(tables: Tables) -> Iterator[CheckResult]:
    """Every law below."""
    for (check_id, table, column), (law, description) in LAWS.items():
        checked, failed = law(tables)
        yield CheckResult(check_id, table, column, description, "error", checked, failed, 0.0)


def _unique_keys(table: str, *columns: str) -> Law:
    """No two rows share these columns."""

    def law(tables: Tables) -> tuple[int, int]:
        rows = tables[table]
        return rows.num_rows, rows.num_rows - rows.group_by(list(columns)).aggregate([]).num_rows

    return law


def _counts(counted: str, key_column: str, of: str, by: str, distinct: str | None = None) -> Law:
    """A column `table.column` holds the number of rows of `of` (or of distinct values in them) whose `by` is the row's `key_column`."""
    table, column = counted.split(".")

    def law(tables: Tables) -> tuple[int, int]:
        rows = tables[of].select([by, distinct] if distinct else [by]).filter(pc.field(by).is_valid())
        if distinct:  # by numbers, for which groups are found three times faster than for texts
            pairs = pa.table([_numbers(rows.column(name)) for name in (by, distinct)], names=["by", "distinct"])
            first = pairs.append_column("row", pa.array(np.arange(rows.num_rows))).group_by(["by", "distinct"])
            rows = rows.take(first.aggregate([("row", "min")]).column("row_min"))
        found = rows.group_by(by).aggregate([([], "count_all")])
        at = pc.index_in(tables[table].column(key_column), value_set=found.column(by))
        actual = pc.fill_null(found.column("count_all").take(at), 0)
        return tables[table].num_rows, _false(pc.equal(tables[table].column(column).cast(pa.int64()), actual))

    return law


def _numbers(values: pa.ChunkedArray) -> pa.Array:
    """A number for each distinct value."""
    return values.combine_chunks().dictionary_encode().indices


def _one_representative(tables: Tables) -> tuple[int, int]:
    entries = tables["entries"]
    chosen = entries.filter(entries.column("is_representative")).group_by("document_id").aggregate([([], "count_all")])
    once = chosen.filter(pc.equal(chosen.column("count_all"), 1)).column("document_id")
    documents = tables["documents"].column("document_id")
    return len(documents), _false(pc.is_in(documents, value_set=once))


def _listed_once(tables: Tables) -> tuple[int, int]:
    entries, matches = tables["entries"].select(["entry_id", "page_id", "document_id"]), tables["matches"]
    judged = matches.filter((pc.field("decided_by") == "person") & (pc.field("decision") == "same"))
    named = pa.chunked_array(
        [*judged.column("left_entry_id").chunks, *judged.column("right_entry_id").chunks], pa.string()
    )
    excused = entries.filter(pc.is_in(entries.column("entry_id"), value_set=named)).column("document_id")
    bound = entries.filter(pc.invert(pc.is_in(entries.column("document_id"), value_set=excused)))
    return entries.num_rows, bound.num_rows - bound.group_by(["page_id", "document_id"]).aggregate([]).num_rows


def _lines_in_order(tables: Tables) -> tuple[int, int]:
    """Entries stand on their page one after another, and within its lines."""
    entries = tables["entries"].select(["page_id", "position", "line_first", "line_last"])
    entries = entries.sort_by([("page_id", "ascending"), ("position", "ascending")])
    if entries.num_rows == 0:
        return 0, 0
    pages = tables["pages"]
    line_counts = pages.column("line_count").take(
        pc.index_in(entries.column("page_id"), value_set=pages.column("page_id"))
    )
    failed = _false(pc.less_equal(entries.column("line_last"), line_counts))
    before, after = entries.slice(0, entries.num_rows - 1), entries.slice(1)
    is_same_page = pc.equal(before.column("page_id"), after.column("page_id"))
    is_after = pc.greater(after.column("line_first"), before.column("line_last"))
    return entries.num_rows, failed + _false(pc.or_(pc.invert(is_same_page), is_after))


def _out_of_use(tables: Tables) -> tuple[int, int]:
    old = tables["id_redirects"].column("old_document_id")
    return len(old), len(old) - _false(pc.is_in(old, value_set=tables["documents"].column("document_id")))


def _text_of_representative(tables: Tables) -> tuple[int, int]:
    columns = ["document_id", "title", "summary", "date_text", "date_edtf"]
    entries = tables["entries"]
    chosen = entries.filter(entries.column("is_representative")).select(columns)
    documents = tables["documents"]
    at = pc.index_in(documents.column("document_id"), value_set=chosen.column("document_id"))
    failed = 0
    for column in columns[1:]:
        one, other = documents.column(column), chosen.column(column).take(at)
        equal = pc.fill_null(pc.equal(one, other), pc.and_(one.is_null(), other.is_null()))
        failed += _false(equal)
    return documents.num_rows, failed


def _memberships(tables: Tables) -> tuple[int, int]:
    """`document_collections` holds the pairs that entries and pages imply, no more and no fewer."""
    pages = tables["pages"].select(["page_id", "collection_id"]).filter(pc.field("collection_id").is_valid())
    pairs = tables["entries"].select(["page_id", "document_id"]).join(pages, "page_id", join_type="inner")
    implied = pairs.group_by(["document_id", "collection_id"]).aggregate([([], "count_all")])
    published = tables["document_collections"]
    both = published.join(implied, ["document_id", "collection_id"], join_type="inner")
    agree = both.num_rows - _false(pc.equal(both.column("entry_count").cast(pa.int64()), both.column("count_all")))
    return max(published.num_rows, implied.num_rows), published.num_rows + implied.num_rows - 2 * agree


def _characters_of_titles(tables: Tables) -> tuple[int, int]:
    """`matched_text` is what stands in the title between the two characters."""
    documents, evidence = tables["documents"].select(["document_id", "title"]), tables["title_evidence"]
    at = pc.index_in(evidence.column("document_id"), value_set=documents.column("document_id"))
    title = pc.fill_null(at, 0).to_numpy()
    titles, _ = _bytes(documents.column("title"))
    texts, ends = _bytes(evidence.column("matched_text"))
    # Where each character begins, and those of the first title are the first; behind the last there is one more.
    starts = np.append(np.flatnonzero((titles & 0xC0) != 0x80), len(titles))  # noqa: PLR2004 of UTF-8: no byte within a character
    counts = pc.fill_null(pc.utf8_length(documents.column("title")), 0).to_numpy().astype(np.int64)
    first, last = (evidence.column(name).to_numpy().astype(np.int64) for name in ("character_first", "character_last"))
    is_right = pc.is_valid(at).to_numpy() & (first >= 1) & (first <= last) & (last <= np.append(counts, 0)[title])
    before = np.append(np.cumsum(counts) - counts, 0)[title]
    begin, end = (starts[np.where(is_right, before + place, 0)] for place in (first - 1, last))
    lengths = np.diff(ends, prepend=0)
    is_right &= end - begin == lengths
    compared = np.repeat(is_right, lengths)
    places = np.repeat(begin - ends + lengths, lengths)[compared] + np.flatnonzero(compared)
    wrong = np.flatnonzero(compared)[titles[places] != texts[compared]]
    is_right[np.searchsorted(ends, wrong, side="right")] = False
    return evidence.num_rows, int((~is_right).sum())


def _bytes(texts: pa.ChunkedArray) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """All texts one after another, and where each ends; null is empty."""
    binary = pc.fill_null(texts, "").combine_chunks()
    binary = binary if isinstance(binary, pa.Array) else pa.concat_arrays(binary.chunks)
    data = np.frombuffer(binary.buffers()[2] or b"", np.uint8)
    offsets = np.frombuffer(binary.buffers()[1], np.int32)[binary.offset : binary.offset + len(binary) + 1]
    return data[offsets[0] : offsets[-1]], (offsets[1:] - offsets[0]).astype(np.int64)


def _evidence_of_parties(tables: Tables) -> tuple[int, int]:
    """Every party has its evidence, and every evidence of a party its party."""
    evidence = tables["title_evidence"].filter(pc.field("field") == "party")
    told = evidence.select(["document_id", "value_index"]).rename_columns(["document_id", "party_index"])
    parties = tables["document_parties"].select(["document_id", "party_index"])
    if all(told.column(name).equals(parties.column(name)) for name in parties.column_names):
        return parties.num_rows, 0
    both = parties.join(told, ["document_id", "party_index"], join_type="inner").num_rows
    return parties.num_rows, max(parties.num_rows, told.num_rows) - both


def _evidence_of_values(field: str, column: str, listed: str | None = None) -> Law:
    """A column of `documents` has a value where `title_evidence` says which characters it was read from, and nowhere else.

    Rows whose `listed` column says that a page told the value are left out.
    """

    def law(tables: Tables) -> tuple[int, int]:
        documents = tables["documents"]
        is_told = pc.is_valid(documents.column(column))
        if listed:
            is_told = pc.and_(is_told, pc.fill_null(pc.not_equal(documents.column(listed), "listed"), fill_value=True))
        evidence = tables["title_evidence"].filter(pc.field("field") == field)
        has_evidence = pc.is_in(documents.column("document_id"), value_set=evidence.column("document_id"))
        return documents.num_rows, _false(pc.equal(is_told, has_evidence))

    return law


def _false(values: pa.ChunkedArray) -> int:
    """How many are false; null counts as false."""
    return len(values) - (pc.sum(values).as_py() or 0)


LAWS: dict[tuple[str, str, str], tuple[Law, str]] = {
    ("entry_count", "pages", "entry_count"): (
        _counts("pages.entry_count", "page_id", "entries", "page_id"),
        "The number of its rows in entries.",
    ),
    ("position_unique", "entries", "position"): (
        _unique_keys("entries", "page_id", "position"),
        "No two entries of a page share a place.",
    ),
    ("lines_in_order", "entries", "line_first"): (
        _lines_in_order,
        "Entries of a page do not overlap and lie within its lines.",
    ),
    ("listed_once", "entries", "document_id"): (
        _listed_once,
        "A page lists a document once, unless a person judged otherwise.",
    ),
    ("one_representative", "documents", "document_id"): (
        _one_representative,
        "Exactly one entry speaks for each document.",
    ),
    ("text_of_representative", "documents", WHOLE_ROWS): (
        _text_of_representative,
        "Title, summary and date are the representative's.",
    ),
    ("entry_count", "documents", "entry_count"): (
        _counts("documents.entry_count", "document_id", "entries", "document_id"),
        "The number of its rows in entries.",
    ),
    ("page_count", "documents", "page_count"): (
        _counts("documents.page_count", "document_id", "entries", "document_id", "page_id"),
        "The number of pages that list it.",
    ),
    ("collection_count", "documents", "collection_count"): (
        _counts("documents.collection_count", "document_id", "document_collections", "document_id"),
        "The number of its rows in document_collections.",
    ),
    ("page_count", "collections", "page_count"): (
        _counts("collections.page_count", "collection_id", "pages", "collection_id"),
        "The number of pages about it.",
    ),
    ("document_count", "collections", "document_count"): (
        _counts("collections.document_count", "collection_id", "document_collections", "collection_id"),
        "The number of its rows in document_collections.",
    ),
    ("memberships", "document_collections", WHOLE_ROWS): (
        _memberships,
        "Exactly the pairs that entries and pages imply.",
    ),
    ("out_of_use", "id_redirects", "old_document_id"): (_out_of_use, "No id that is given up is in use."),
    ("characters_of_title", "title_evidence", "matched_text"): (
        _characters_of_titles,
        "Exactly the characters of the title that it names.",
    ),
    ("has_evidence", "document_parties", "party_index"): (
        _evidence_of_parties,
        "Each party has its row in title_evidence, and each such row its party.",
    ),
    ("has_evidence", "documents", "genre"): (
        _evidence_of_values("genre", "genre"),
        "A genre is there exactly where title_evidence tells from which characters it was read.",
    ),
    ("has_evidence", "documents", "number"): (
        _evidence_of_values("number", "number", "number_kind"),
        "A number is there exactly where title_evidence tells from which characters it was read, or a page lists it.",
    ),
    ("has_evidence", "documents", "event_date_edtf"): (
        _evidence_of_values("event_date", "event_date_edtf"),
        "A date is there exactly where title_evidence tells from which characters it was read.",
    ),
}
