"""Whom a title names, and in which role."""

import pandera.pandas as pandera

from schemas.columns import Int32, String, Table, identifier, text


class DocumentParties(Table):
    """One row per person, body or office that a title names, with its role. Not yet read from titles: empty."""

    document_id: String = identifier("d", "The document that is meant.")
    party_index: Int32 = pandera.Field(ge=1, description="Its place among the document's parties, from 1.")
    role: String = pandera.Field(isin=["from", "to", "with", "via", "by", "about"], description="What the party does.")
    name: String = pandera.Field(description="Name as printed.")
    alias: String = text("Name in brackets: Filippov [Stalin].")
    name_normalized: String = text("One spelling for all transliterations of a name.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "document_parties"
        metadata = {  # noqa: RUF012 pandera reads it
            "key": ["document_id", "party_index"],
            "foreign_keys": {"document_id": "documents.document_id"},
        }
