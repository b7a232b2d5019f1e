"""Listing pages."""

import pandas as pd
import pandera.pandas as pandera

from schemas.columns import Bool, Int32, Int64, String, Table, Timestamp, count, identifier, text


class Pages(Table):
    """One row per listing page in raw; of several captures of one page one counts, and issues name the others."""

    page_id: String = identifier("p", "Id of the page: the first digits of the SHA-256 of its bytes.", unique=True)
    source_path: String = pandera.Field(description="Path of the file below raw, with forward slashes.", unique=True)
    source_sha256: String = pandera.Field(str_matches="^[0-9a-f]{64}$", description="SHA-256 of the page's bytes.")
    source_bytes: Int64 = count("Length of the page in bytes.")
    media_type: String = pandera.Field(isin=["text/plain", "text/html"], description="What the bytes are.")
    encoding: String = pandera.Field(
        description="How the bytes were decoded; utf-8-sig is UTF-8 with a byte order mark."
    )
    layout: String = text(
        "Name of the grammar that read the page (docs/layouts.md); null where the page was refused whole."
    )
    kind: String = pandera.Field(
        isin=["collection", "search", "topic", "place", "person", "unknown"],
        description="What the page is about, where its layout, heading or description tell, and otherwise where its address does.",
    )
    url: String = text(
        "Address of the page, where its container, the page itself or pages.csv tells it; page_filters says what it asks for."
    )
    captured_at: Timestamp = text(
        "When the page was captured, in UTC, where that is known; a day without a time in pages.csv is its midnight."
    )
    heading: String = text("Heading of the page, as printed.")
    collection_id: String = identifier("c", "The collection that the page is about.", nullable=True)
    pager_first: Int32 = text("First number of `A - B of N`.")
    pager_last: Int32 = text("Second number of `A - B of N`.")
    pager_total: Int32 = text("Third number of `A - B of N`: how long the whole result is.")
    line_count: Int32 = count("Lines of the page; the four counts that follow add up to it.")
    entry_line_count: Int32 = count("Lines that belong to entries.")
    furniture_line_count: Int32 = count("Lines that belong to the page itself: site name, heading, description, pager.")
    issue_line_count: Int32 = count("Lines that no entry and no furniture rule takes; each stands in `issues`.")
    blank_line_count: Int32 = count("Lines that hold nothing but white space.")
    entry_count: Int32 = count("Entries read from the page.")
    is_cut: Bool = pandera.Field(
        description="The page shows that its end was lost: a fragment of a date, or fewer entries than its pager says."
    )
    note: String = text("What pages.csv notes about the page.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "pages"
        metadata = {"key": ["page_id"], "foreign_keys": {"collection_id": "collections.collection_id"}}  # noqa: RUF012 pandera reads it

    @pandera.dataframe_check(name="ledger", description="Entry, furniture, issue and blank lines add up to all lines.")
    @classmethod
    def _ledger(cls, pages: pd.DataFrame) -> "pd.Series[bool]":
        fates = (
            pages["entry_line_count"]
            + pages["furniture_line_count"]
            + pages["issue_line_count"]
            + pages["blank_line_count"]
        )
        return fates == pages["line_count"]
