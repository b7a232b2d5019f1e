"""What was compared, and what was decided; and where ids that were given up lead."""

import pandera.pandas as pandera

from schemas.columns import Float64, String, Table, identifier


class Matches(Table):
    """One row per pair of distinct entry texts that was compared and decided, or left open."""

    left_entry_id: String = identifier("e", "The pair's entry with the smaller id.")
    right_entry_id: String = identifier("e", "The pair's other entry.")
    rule: String = pandera.Field(str_matches="^[a-z_]+$", description="Name of the rule that spoke.")
    score: Float64 = pandera.Field(
        in_range={"min_value": 0, "max_value": 1}, description="How much the two agree, 0 to 1."
    )
    decision: String = pandera.Field(
        isin=["same", "different", "review"],
        description="same: one document; different: two that look alike; review: two for now, a person should look.",
    )
    decided_by: String = pandera.Field(isin=["rule", "person"], description="Who decided.")
    evidence: String = pandera.Field(description="One sentence that says why, with the values.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "matches"
        metadata = {  # noqa: RUF012 pandera reads it
            "key": ["left_entry_id", "right_entry_id"],
            "foreign_keys": {"left_entry_id": "entries.entry_id", "right_entry_id": "entries.entry_id"},
        }


class IdRedirects(Table):
    """One row per document id of an earlier release that is no longer in use because its document was merged."""

    old_document_id: String = identifier("d", "The id given up.", unique=True)
    new_document_id: String = identifier("d", "The document that it is now.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "id_redirects"
        metadata = {  # noqa: RUF012 pandera reads it
            "key": ["old_document_id"],
            "foreign_keys": {"new_document_id": "documents.document_id"},
        }
