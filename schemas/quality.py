"""What was checked."""

import pandera.pandas as pandera

from schemas.columns import SEVERITIES, Bool, Float64, Int64, String, Table, count, text


class Quality(Table):
    """One row per check that was run over this release."""

    check_id: String = pandera.Field(description="Name of the check.")
    table: String = pandera.Field(description="The table checked.")
    column: String = pandera.Field(
        description="The column checked; * where a check looks at whole rows or across tables."
    )
    description: String = pandera.Field(description="What is demanded.")
    severity: String = pandera.Field(
        isin=SEVERITIES,
        description="error: nothing is published while it fails, and what fails only by a threshold of the gate not before a person accepts it; "
        "warning and info: it is reported.",
    )
    rows_checked: Int64 = count("Rows looked at.")
    rows_failed: Int64 = count("Rows that failed; those refused for it are left out and stand in issues.")
    threshold: Float64 = text(
        "Greatest share of failing rows with which it passes.", in_range={"min_value": 0, "max_value": 1}
    )
    passed: Bool = pandera.Field(description="Whether it passed.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "quality"
        metadata = {"key": ["check_id", "table", "column"], "foreign_keys": {}}  # noqa: RUF012 pandera reads it
