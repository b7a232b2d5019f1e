"""What differs between two releases. No table of a release: `archive-listings diff --parquet` writes it."""

import pandera.pandas as pandera

from schemas.columns import String, Table, identifier, text


class Differences(Table):
    """One row per difference between two releases, the one before and the one after."""

    kind: String = pandera.Field(
        isin=["new", "gone", "changed", "merged", "split", "joined", "left", "redirected"],
        description="new, gone: a document that only the one after or before has; changed: a column of a document; merged: a document before that "
        "became part of one after; split: a document after that was part of one before; joined, left: a document, neither new nor gone, "
        "that a collection lists now and did not before, or the other way round; redirected: an id that leads elsewhere than before.",
    )
    document_id_before: String = identifier(
        "d", "The document before; null for new and joined. Of redirected the id that leads elsewhere.", nullable=True
    )
    document_id_after: String = identifier(
        "d", "The document after; null for gone and left. Of redirected the id that leads elsewhere.", nullable=True
    )
    field: String = text("The column that changed; new_document_id for redirected; else null.")
    collection_id: String = identifier("c", "The collection of joined and left; else null.", nullable=True)
    value_before: String = text("The value before, as text; null where there was none.")
    value_after: String = text("The value after, as text; null where there is none.")
    title_before: String = text("Title before, of the document or of the one that the id led to.")
    title_after: String = text("Title after, of the document or of the one that the id leads to.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "differences"
        metadata = {  # noqa: RUF012 pandera reads it
            "key": ["kind", "document_id_before", "document_id_after", "field", "collection_id"],
            "foreign_keys": {},
        }
