"""What the page filters and counts by: a number or two for each document, for the whole release at once.

Documents go by their number: their row in `documents`, from 0. Rows are in the order of dates, so that numbers are as well.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.explore.genres import genre_label
from pipelines.explore.packing import Numbers, lengths, packed, packed_smallest

Tables = Mapping[str, pa.Table]

# What the columns are made of: columns of each table.
COLUMNS: dict[str, list[str]] = {
    "documents": [
        "document_id", "date_edtf", "date_precision", "year_start", "year_end", "genre", "collection_count", "has_variants",
    ],
    "collections": ["collection_id", "title"],
    "document_collections": ["document_id", "collection_id"],
    "document_parties": ["document_id", "party_index", "role", "name", "alias", "name_normalized"],
}  # fmt: skip
# Codes of how precise a date is, in the lowest three bits of `flags`; an interval has no one precision.
UNDATED, INTERVAL = 0, 4
PRECISIONS = {"day": 1, "month": 2, "year": 3}
HAS_VARIANTS, IN_SEVERAL = 8, 16
NO_YEAR = -32768
# Spellings told of each party, the most frequent first.
MOST_FORMS = 6


def make_columns(tables: Tables) -> dict[str, Any]:
    """The columns of a release, packed, and the names that their codes stand for."""
    documents = tables["documents"]
    ids = documents.column("document_id")
    genre_names, genre_codes = _coded(documents.column("genre"))
    collections = tables["collections"]
    in_collections = tables["document_collections"]
    return {
        "year_start": packed(_years(documents.column("year_start")), "i16"),
        "year_end": packed(_years(documents.column("year_end")), "i16"),
        "flags": packed(_flags(documents), "u8"),
        "genres": {"names": genre_names, "labels": [genre_label(code) for code in genre_names], "codes": packed_smallest(genre_codes)},
        "collections": {
            "ids": collections.column("collection_id").to_pylist(),
            "titles": collections.column("title").to_pylist(),
            **_listed(ids, in_collections, places_of(in_collections.column("collection_id"), collections.column("collection_id"))),
        },
        "parties": _parties(ids, tables["document_parties"]),
    }  # fmt: skip


def places_of(wanted: pa.ChunkedArray, values: pa.ChunkedArray) -> Numbers:
    """The place of each of these among the values; -1 where it is not among them, which no release of a sound build has."""
    found: Numbers = pc.index_in(wanted, value_set=values).fill_null(-1).to_numpy()
    return found


def _years(column: pa.ChunkedArray) -> Numbers:
    years: Numbers = column.fill_null(NO_YEAR).to_numpy()
    return years


def _flags(documents: pa.Table) -> Numbers:
    precision, edtf = documents.column("date_precision"), documents.column("date_edtf")
    flags = np.where(pc.is_valid(edtf).to_numpy(), INTERVAL, UNDATED)
    for name, code in PRECISIONS.items():
        flags[pc.fill_null(pc.equal(precision, name), fill_value=False).to_numpy()] = code
    flags = flags + HAS_VARIANTS * documents.column("has_variants").to_numpy()
    result: Numbers = flags + IN_SEVERAL * (documents.column("collection_count").to_numpy() > 1)
    return result


def _coded(column: pa.ChunkedArray) -> tuple[list[str], Numbers]:
    """The distinct values in order, and for each row which it is, from 1; 0 is none."""
    names = sorted(set(column.drop_null().unique().to_pylist()))
    codes = pc.index_in(column, value_set=pa.array(names, pa.string())).fill_null(-1).to_numpy() + 1
    return names, codes


def _listed(ids: pa.ChunkedArray, rows: pa.Table, values: Numbers) -> dict[str, Any]:
    """Values by document: how many each has, and the values one after the other."""
    owners = places_of(rows.column("document_id"), ids)
    order = np.lexsort((values, owners))
    order = order[(owners[order] >= 0) & (values[order] >= 0)]
    return {"lengths": lengths(owners[order], len(ids)), "values": packed_smallest(values[order])}


def _parties(ids: pa.ChunkedArray, parties: pa.Table) -> dict[str, Any]:
    """Parties by document, under the one name for all spellings where it is known."""
    called = pc.coalesce(parties.column("name_normalized"), parties.column("name"))
    names, codes = _coded(called)
    owners = places_of(parties.column("document_id"), ids)
    order = np.lexsort((parties.column("party_index").to_numpy(), owners))
    order = order[owners[order] >= 0]
    roles, role_codes = _coded(parties.column("role"))
    return {
        "names": names,
        "lengths": lengths(owners[order], len(ids)),
        "values": packed_smallest(codes[order] - 1),
        "role_names": roles,
        "roles": packed_smallest(role_codes[order] - 1),
        "forms": _forms(codes - 1, called, parties),
    }


def _forms(codes: Numbers, called: pa.ChunkedArray, parties: pa.Table) -> dict[str, Any]:
    """How titles print the parties, where otherwise than the party is called: for each form the place of its party, the name, the alias."""
    rows = parties.select(["name", "alias"]).append_column("party", pa.array(codes, pa.int64()))
    differs = pc.or_(pc.not_equal(called, parties.column("name")), pc.is_valid(parties.column("alias")))
    counted = rows.filter(differs).group_by(["party", "name", "alias"]).aggregate([([], "count_all")])
    order = [("party", "ascending"), ("count_all", "descending"), ("name", "ascending"), ("alias", "ascending")]
    forms = counted.sort_by(order)
    _, starts, sizes = np.unique(forms.column("party").to_numpy(), return_index=True, return_counts=True)
    place = np.arange(forms.num_rows) - np.repeat(starts, sizes)
    kept = forms.filter(pa.array(place < MOST_FORMS))
    return {
        "parties": packed_smallest(kept.column("party").to_numpy()),
        "names": kept.column("name").to_pylist(),
        "aliases": kept.column("alias").to_pylist(),
    }
