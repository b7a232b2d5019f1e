"""Documents: what the archive holds, each once."""

import pandas as pd
import pandera.pandas as pandera

from schemas.columns import (
    EDTF,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    PRECISIONS,
    TIME_OF_DAY,
    Bool,
    Date32,
    Int32,
    String,
    Table,
    count,
    identifier,
    text,
)
from schemas.entries import bounds_in_order


class Documents(Table):
    """One row per distinct document, after deduplication; its text is that of its representative entry."""

    document_id: String = identifier(
        "d", "Id of the document; stays when pages are added, see id_redirects.", unique=True
    )
    title: String = text("Title as printed.", str_length={"max_value": LONGEST_TITLE})
    summary: String = text("Summary as printed.", str_length={"max_value": LONGEST_SUMMARY})
    date_text: String = text("Date as printed.")
    date_edtf: String = text("Date in EDTF (ISO 8601-2), never more precise than printed.", str_matches=EDTF)
    date_start: Date32 = text("First day that the date can mean.")
    date_end: Date32 = text("Last day that the date can mean, inclusive.")
    date_precision: String = text(
        "day, month or year; null for an interval and where no date was read.", isin=PRECISIONS
    )
    year_start: Int32 = text("Year of date_start.")
    year_end: Int32 = text("Year of date_end.")
    genre: String = text("Kind of document that the title names, a code of docs/genres.md; null where it names none.")
    number: String = text(
        "Number that the title gives the document, as printed (59363, NSC 8/1); else the one that a page prints beside an entry of it."
    )
    language_hint: String = text("Language that the title or summary mentions. Not yet read: null.")
    url: String = text(
        "Address of the document, where a page links it: from the representative, else from the first entry that has one."
    )
    entry_count: Int32 = pandera.Field(ge=1, description="Entries that are this document.")
    page_count: Int32 = pandera.Field(ge=1, description="Pages that list it.")
    collection_count: Int32 = count("Collections that list it.")
    has_variants: Bool = pandera.Field(description="Whether its entries differ in more than typography.")
    number_kind: String = text(
        "What the number counts: the kind of document or series that carries it; `listed` where a page prints it beside the entry."
    )
    event_date_text: String = text(
        "The date, or the two ends of a range, that the title prints for what the document is about, from the first character to the last."
    )
    event_date_edtf: String = text("That date in EDTF, a range as an interval.", str_matches=EDTF)
    event_date_start: Date32 = text("First day that it can mean.")
    event_date_end: Date32 = text("Last day that it can mean, inclusive.")
    event_date_precision: String = text(
        "day, month or year; null for a range and where the title prints no date.", isin=PRECISIONS
    )
    event_time: String = text(
        "Time of day that the title prints, HH:MM, or two with a slash between for a span; local, as printed.",
        str_matches=TIME_OF_DAY,
    )

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "documents"
        metadata = {"key": ["document_id"], "foreign_keys": {}}  # noqa: RUF012 pandera reads it

    @pandera.dataframe_check(
        name="date_order", description="Both bounds of a date are there and in order, or neither is."
    )
    @classmethod
    def _date_order(cls, documents: pd.DataFrame) -> "pd.Series[bool]":
        return bounds_in_order(documents)
