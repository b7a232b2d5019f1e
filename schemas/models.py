"""Every table, by its name."""

from schemas.collections import CollectionLinks, Collections, DocumentCollections
from schemas.columns import Table
from schemas.differences import Differences
from schemas.document_parties import DocumentParties, TitleEvidence
from schemas.documents import Documents
from schemas.entries import Entries
from schemas.issues import Issues
from schemas.matches import IdRedirects, Matches
from schemas.page_filters import PageFilters
from schemas.pages import Pages
from schemas.quality import Quality

# In an order in which every foreign key leads to a table named before it, or to the table itself.
TABLES: dict[str, type[Table]] = {
    "collections": Collections,
    "pages": Pages,
    "documents": Documents,
    "entries": Entries,
    "page_filters": PageFilters,
    "collection_links": CollectionLinks,
    "document_collections": DocumentCollections,
    "document_parties": DocumentParties,
    "title_evidence": TitleEvidence,
    "matches": Matches,
    "id_redirects": IdRedirects,
    "issues": Issues,
    "quality": Quality,
}

# Tables that are declared in the same way and are no part of a release.
OTHER_TABLES: dict[str, type[Table]] = {"differences": Differences}
