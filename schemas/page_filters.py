"""What the address of a listing page asks for."""

import pandera.pandas as pandera

from schemas.columns import String, Table, identifier


class PageFilters(Table):
    """One row per filter in a page's address; none where no address is known. Pages with the same filters but for `page` are pages of one search."""

    page_id: String = identifier("p", "The page whose address it is.")
    field: String = pandera.Field(
        description="What the filter is on, by one name for both generations: search_text, search_in, subject, coverage, contributor, people, places, topics, collection…; "
        "page is the number of the page, from 1; page_unread what stands in its place and is none; what else an address asks is under its own name."
    )
    value: String = pandera.Field(
        description="The value it asks for: a number or a name of the site, or words. What can be asked with them: docs/addresses.md."
    )

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "page_filters"
        metadata = {"key": ["page_id", "field", "value"], "foreign_keys": {"page_id": "pages.page_id"}}  # noqa: RUF012 pandera reads it
