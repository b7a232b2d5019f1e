"""Whom a title names, and in which role; and where in the title each value that was read from it stands."""

import pandera.pandas as pandera

from schemas.columns import Int32, String, Table, identifier, text

PARTY_ROLES = ["from", "to", "with", "via", "by", "about"]
PARTY_KINDS = ["person", "body", "office", "state"]
TITLE_FIELDS = ["genre", "number", "event_date", "event_time", "party"]


class DocumentParties(Table):
    """One row per person, body, office or state that a document's title names, with its role."""

    document_id: String = identifier("d", "The document that is meant.")
    party_index: Int32 = pandera.Field(ge=1, description="Its place among the document's parties, from 1.")
    role: String = pandera.Field(
        isin=PARTY_ROLES,
        description="What the party does: wrote (from), receives (to), takes part (with), passes on (via), is the author (by), is written of (about).",
    )
    name: String = pandera.Field(
        description="Name as printed, without the office and forms of address that stand before it."
    )
    alias: String = text("Name in brackets: Filippov [Stalin].")
    name_normalized: String = text(
        "One name for all spellings of whom or what it names, where the authority file knows it; null where it does not."
    )
    party_kind: String = text("person, body, office or state; null where the title does not tell.", isin=PARTY_KINDS)
    office: String = text("Office or rank that the title prints for the party, as printed: Deputy Foreign Minister.")
    wikidata_id: String = text(
        "Of whom or what the name stands for, where the authority file knows it.", str_matches=r"^Q\d+$"
    )

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "document_parties"
        metadata = {  # noqa: RUF012 pandera reads it
            "key": ["document_id", "party_index"],
            "foreign_keys": {"document_id": "documents.document_id"},
        }


class TitleEvidence(Table):
    """One row per value that was read from a document's title, with the rule that read it and the characters that it was read from."""

    document_id: String = identifier("d", "The document whose title it is.")
    field: String = pandera.Field(
        isin=TITLE_FIELDS, description="What was read: a column of documents, or party for a row of document_parties."
    )
    value_index: Int32 = pandera.Field(ge=1, description="1; of a party, its party_index.")
    rule: String = pandera.Field(
        str_matches="^[a-z_]+$", description="Name of the rule that read it, from docs/titles.md."
    )
    character_first: Int32 = pandera.Field(ge=1, description="First character in documents.title, from 1.")
    character_last: Int32 = pandera.Field(ge=1, description="Last character, inclusive.")
    matched_text: String = pandera.Field(description="Those characters.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "title_evidence"
        metadata = {  # noqa: RUF012 pandera reads it
            "key": ["document_id", "field", "value_index"],
            "foreign_keys": {"document_id": "documents.document_id"},
        }
