"""Who wrote to whom, and when, as far as titles say so: read from `document_parties`."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.report.counting import Row, Tables, rows_with, tally
from pipelines.report.periods import by_period

MOST_PAIRS = 60
MOST_NAMES = 30


def describe_parties(tables: Tables) -> dict[str, Any]:
    """Parties by role and kind; pairs of sender and receiver; names; and documents that have both a sender and a receiver, by year.

    A name is the one that stands for all spellings, where it is known, else the printed one.
    """
    parties = tables["document_parties"]
    named = parties.append_column("party", pc.coalesce(parties.column("name_normalized"), parties.column("name")))
    wrote, received = (
        rows_with(named, "role", role).select(["document_id", "party"]).group_by(["document_id", "party"]).aggregate([])
        for role in ("from", "to")
    )
    letters = wrote.rename_columns(["document_id", "from"]).join(
        received.rename_columns(["document_id", "to"]), "document_id", join_type="inner"
    )
    documents = tables["documents"].select(["document_id", "year_start", "date_precision"])
    sent = documents.filter(pc.is_in(documents.column("document_id"), value_set=letters.column("document_id")))
    pairs = _counted(letters, ["from", "to"])
    return {
        "document_count": pc.count_distinct(parties.column("document_id")).as_py(),
        "normalized_party_count": parties.num_rows - parties.column("name_normalized").null_count,
        "by_role": tally(parties, "role"),
        "by_kind": tally(parties, "party_kind"),
        "name_count": pc.count_distinct(named.column("party")).as_py(),
        "names": _counted(named.select(["document_id", "party"]).group_by(["document_id", "party"]).aggregate([]), ["party"])[:MOST_NAMES],
        "letter_count": sent.num_rows,
        "pair_count": len(pairs),
        "pairs": pairs[:MOST_PAIRS],
        "undated_letter_count": sent.column("year_start").null_count,
        **by_period(sent),
    }  # fmt: skip


def _counted(rows: pa.Table, columns: list[str]) -> list[Row]:
    """How many documents have each value, the most frequent first."""
    counted = rows.select(columns).group_by(columns).aggregate([([], "count_all")])
    order = [("count_all", "descending"), *((column, "ascending") for column in columns)]
    found: list[Row] = counted.sort_by(order).rename_columns([*columns, "document_count"]).to_pylist()
    return found
