"""What the address of a search page says that it was searched for."""

import pandera.pandas as pandera

from schemas.columns import String, Table, identifier


class PageFilters(Table):
    """One row per filter in a page's address; empty where no address is known, as for text dumps."""

    page_id: String = identifier("p", "The page whose address it is.")
    field: String = pandera.Field(description="What the filter is on: subject, people, places…")
    value: String = pandera.Field(description="The value it asks for.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "page_filters"
        metadata = {"key": ["page_id", "field", "value"], "foreign_keys": {"page_id": "pages.page_id"}}  # noqa: RUF012 pandera reads it
