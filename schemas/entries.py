"""Entries: what pages list."""

import pandas as pd
import pandera.pandas as pandera

from schemas.columns import (
    EDTF,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    PRECISIONS,
    Bool,
    Date32,
    Int32,
    String,
    Table,
    identifier,
    text,
)


class Entries(Table):
    """One row per appearance of a document on a page, as printed."""

    entry_id: String = identifier("e", "Id of the entry: from its page and its first line.", unique=True)
    page_id: String = identifier("p", "The page that lists it.")
    position: Int32 = pandera.Field(ge=1, description="Its place on the page, from 1.")
    section: String = text("Heading of the page's section that lists it, such as Popular Documents.")
    line_first: Int32 = pandera.Field(ge=1, description="Its first line on the page, from 1.")
    line_last: Int32 = pandera.Field(ge=1, description="Its last line on the page, inclusive.")
    date_text: String = text("Date as printed.")
    title: String = text("Title as printed; null in layouts that print none.", str_length={"max_value": LONGEST_TITLE})
    summary: String = text("Summary as printed; null where there is none.", str_length={"max_value": LONGEST_SUMMARY})
    date_edtf: String = text("Date in EDTF (ISO 8601-2), never more precise than printed.", str_matches=EDTF)
    date_start: Date32 = text("First day that the date can mean.")
    date_end: Date32 = text("Last day that the date can mean, inclusive.")
    date_precision: String = text(
        "day, month or year; null for an interval and where no date was read.", isin=PRECISIONS
    )
    url: String = text("Where the page links the title to.")
    document_id: String = identifier("d", "The document that this is an appearance of.")
    is_representative: Bool = pandera.Field(description="Whether the document takes its text from this entry.")
    is_possibly_cut: Bool = pandera.Field(description="Last on its page, and what follows its title may be lost.")
    number: String = text("Number that the page prints for the entry, in layouts that print one.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "entries"
        metadata = {  # noqa: RUF012 pandera reads it
            "key": ["entry_id"],
            "foreign_keys": {"page_id": "pages.page_id", "document_id": "documents.document_id"},
        }

    @pandera.dataframe_check(name="line_order", description="The first line is not after the last.")
    @classmethod
    def _line_order(cls, entries: pd.DataFrame) -> "pd.Series[bool]":
        return entries["line_first"] <= entries["line_last"]

    @pandera.dataframe_check(
        name="date_order", description="Both bounds of a date are there and in order, or neither is."
    )
    @classmethod
    def _date_order(cls, entries: pd.DataFrame) -> "pd.Series[bool]":
        return bounds_in_order(entries)

    @pandera.dataframe_check(name="has_text", description="There is a title or a summary.")
    @classmethod
    def _has_text(cls, entries: pd.DataFrame) -> "pd.Series[bool]":
        return entries["title"].notna() | entries["summary"].notna()


def bounds_in_order(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each row has no date at all, or an EDTF date whose bounds are in order."""
    start, end = frame["date_start"], frame["date_end"]
    is_dated = frame["date_edtf"].notna()
    return (start.notna() == is_dated) & (end.notna() == is_dated) & (~is_dated | (start <= end).fillna(value=True))
