"""Collections, and what their descriptions point to."""

import pandera.pandas as pandera

from schemas.columns import Int32, String, Table, count, identifier, text


class Collections(Table):
    """One row per collection that a page in raw is about."""

    collection_id: String = identifier("c", "Id of the collection: from its title, typography aside.", unique=True)
    title: String = pandera.Field(description="Title as printed, years included.")
    year_start: Int32 = text("First year of the span in its title.")
    year_end: Int32 = text("Last year of the span in its title.")
    description: String = text("Description as printed.")
    image_caption: String = text("Caption of its image, as printed.")
    page_count: Int32 = pandera.Field(ge=1, description="Pages about it in raw.")
    document_count: Int32 = count("Documents that those pages list.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "collections"
        metadata = {"key": ["collection_id"], "foreign_keys": {}}  # noqa: RUF012 pandera reads it


class CollectionLinks(Table):
    """One row per other collection or guide that a collection's description points to."""

    collection_id: String = identifier("c", "The collection whose description it is.")
    relation: String = pandera.Field(
        isin=["related", "guide"], description="related: another collection; guide: a resource guide."
    )
    target_title: String = pandera.Field(description="Title of the target, as printed.")
    target_collection_id: String = identifier("c", "The target, where a page about it is in raw.", nullable=True)

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "collection_links"
        metadata = {  # noqa: RUF012 pandera reads it
            "key": ["collection_id", "relation", "target_title"],
            "foreign_keys": {
                "collection_id": "collections.collection_id",
                "target_collection_id": "collections.collection_id",
            },
        }


class DocumentCollections(Table):
    """One row per document in a collection, as far as pages in raw list it there."""

    document_id: String = identifier("d", "The document that is meant.")
    collection_id: String = identifier("c", "The collection that lists it.")
    entry_count: Int32 = pandera.Field(ge=1, description="Entries of the document on pages of the collection.")

    class Config(Table.Config):
        """Key and place among the tables."""

        name = "document_collections"
        metadata = {  # noqa: RUF012 pandera reads it
            "key": ["document_id", "collection_id"],
            "foreign_keys": {"document_id": "documents.document_id", "collection_id": "collections.collection_id"},
        }
