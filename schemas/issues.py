"""What was refused or doubted."""

import pandera.pandas as pandera

from schemas.columns import SEVERITIES, Int32, String, Table, identifier, text


class Issues(Table):
    """One row per thing that was refused or doubted, with where it stands in raw."""

    issue_id: String = identifier("i", "Id of the issue: from all that it says.", unique=True)
    problem: String = pandera.Field(
        str_matches="^[a-z0-9_]+$", description="Code from the list of problems in docs/problems.md."
    )
    severity: String = pandera.Field(
        isin=SEVERITIES, description="error: refused; warning: doubted; info: worth knowing."
    )
    source_path: String = text("The file in raw.")
    page_id: String = identifier("p", "The page, where the file could be read as one.", nullable=True)
    line_first: Int32 = text("First line concerned, from 1.", ge=1)
    line_last: Int32 = text("Last line concerned, inclusive.", ge=1)
    raw_text: String = text("The lines as they stand in raw; what is left out of a long text is said at its end.")
    table: String = text("The table concerned.")
    column: String = text("The column concerned.")
    value: String = text("The offending value.")
    message: String = pandera.Field(description="What is wrong, as file:line: problem: value.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "issues"
        metadata = {"key": ["issue_id"], "foreign_keys": {"page_id": "pages.page_id"}}  # noqa: RUF012 pandera reads it
