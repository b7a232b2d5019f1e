"""Which terms of Dublin Core and schema.org the tables and columns stand for, and how close they come.

Exact: who knows the term understands every value of the column. Close: the nearest term, and the note says what differs. A column that
is not named here has no term, and none is invented for it. docs/mapping.md is generated from here.
"""

from typing import NamedTuple

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "schema": "https://schema.org/",
}
EXACT, CLOSE = "exact", "close"


class Term(NamedTuple):
    """A term by its prefix, and how close a column comes to it."""

    name: str
    relation: str

    @property
    def url(self) -> str:
        """The address that stands for it."""
        return url_of(self.name)


class Mapping(NamedTuple):
    """What a column stands for; a term that there is none of is empty."""

    dublin_core: str
    schema_org: str
    relation: str = EXACT
    note: str = ""


def url_of(name: str) -> str:
    """The address of a term.

    >>> url_of("dcterms:title")
    'http://purl.org/dc/terms/title'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def terms_of(table: str, column: str) -> list[Term]:
    """The terms that a column stands for, that of Dublin Core first; none where there are none."""
    mapping = COLUMNS.get((table, column))
    if mapping is None:
        return []
    return [Term(name, mapping.relation) for name in (mapping.dublin_core, mapping.schema_org) if name]


def class_of(table: str) -> str | None:
    """The address of the class that a row of a table is of; None where there is none."""
    return url_of(CLASSES[table]) if table in CLASSES else None


# What one row of a table is.
CLASSES = {
    "documents": "schema:ArchiveComponent",
    "collections": "schema:Collection",
    "pages": "schema:CollectionPage",
}

_IDENTIFIER = Mapping("dcterms:identifier", "schema:identifier")
_TITLE = Mapping("dcterms:title", "schema:name")
_SUMMARY = Mapping("dcterms:abstract", "schema:abstract")
_DATE = Mapping(
    "dcterms:date", "schema:dateCreated", CLOSE, "In EDTF, and of what the listing says that it is the date."
)
_END_OF_SPAN = Mapping("dcterms:temporal", "schema:temporalCoverage", CLOSE, "One end of the span.")
_PART_OF = Mapping("dcterms:isPartOf", "schema:isPartOf")

COLUMNS: dict[tuple[str, str], Mapping] = {
    ("documents", "document_id"): _IDENTIFIER,
    ("documents", "title"): _TITLE,
    ("documents", "summary"): _SUMMARY,
    ("documents", "date_edtf"): _DATE,
    ("documents", "genre"): Mapping("dcterms:type", "schema:genre"),
    ("documents", "number"): Mapping(
        "dcterms:identifier", "schema:identifier", CLOSE, "A number that others gave it, not always the only one of its kind."
    ),
    ("documents", "language_hint"): Mapping("dcterms:language", "schema:inLanguage", CLOSE, "A name as printed, no code."),
    ("documents", "url"): Mapping("dcterms:identifier", "schema:url", CLOSE, "Where a page links it, which may lead nowhere now."),
    ("documents", "event_date_edtf"): Mapping(
        "dcterms:temporal", "schema:temporalCoverage", CLOSE, "In EDTF, and of what the title says that the document is about."
    ),
    ("entries", "entry_id"): _IDENTIFIER,
    ("entries", "title"): _TITLE,
    ("entries", "summary"): _SUMMARY,
    ("entries", "date_edtf"): _DATE,
    ("entries", "position"): Mapping("", "schema:position"),
    ("entries", "page_id"): _PART_OF,
    ("entries", "url"): Mapping("", "schema:url", CLOSE, "Where the page links the title to, which may lead nowhere now."),
    ("pages", "page_id"): _IDENTIFIER,
    ("pages", "source_sha256"): Mapping("", "schema:sha256"),
    ("pages", "source_bytes"): Mapping("dcterms:extent", "schema:contentSize", CLOSE, "A number of bytes without its unit."),
    ("pages", "media_type"): Mapping("dcterms:format", "schema:encodingFormat"),
    ("pages", "url"): Mapping("dcterms:source", "schema:url"),
    ("pages", "heading"): Mapping("dcterms:title", "schema:headline"),
    ("pages", "collection_id"): Mapping("dcterms:subject", "schema:about"),
    ("collections", "collection_id"): _IDENTIFIER,
    ("collections", "title"): _TITLE,
    ("collections", "description"): Mapping("dcterms:description", "schema:description"),
    ("collections", "year_start"): _END_OF_SPAN,
    ("collections", "year_end"): _END_OF_SPAN,
    ("collections", "document_count"): Mapping(
        "dcterms:extent", "schema:collectionSize", CLOSE, "As far as pages in raw list them; the collection may hold more."
    ),
    ("collection_links", "target_collection_id"): Mapping("dcterms:relation", "", CLOSE, "As its relation says."),
    ("document_collections", "collection_id"): _PART_OF,
    ("document_parties", "name"): Mapping("", "schema:name"),
    ("document_parties", "alias"): Mapping("dcterms:alternative", "schema:alternateName", CLOSE, "Of whom or what it names, not of the document."),
    ("document_parties", "office"): Mapping("", "schema:jobTitle", CLOSE, "At the time of the document."),
    ("document_parties", "wikidata_id"): Mapping("", "schema:sameAs", CLOSE, "With https://www.wikidata.org/entity/ before it."),
    ("id_redirects", "new_document_id"): Mapping("dcterms:isReplacedBy", "schema:supersededBy"),
}  # fmt: skip

# What a document has to do with a party, by `document_parties.role`.
ROLES = {
    "from": Mapping("dcterms:creator", "schema:sender"),
    "to": Mapping("", "schema:recipient"),
    "with": Mapping("dcterms:contributor", "schema:participant", CLOSE, "Takes part in what the document records."),
    "via": Mapping("dcterms:mediator", "", CLOSE, "Passes the document on."),
    "by": Mapping("dcterms:creator", "schema:author"),
    "about": Mapping("dcterms:subject", "schema:about"),
}
# What a party is, by `document_parties.party_kind`.
KINDS = {
    "person": "schema:Person",
    "body": "schema:Organization",
    "office": "schema:Role",
    "state": "schema:Country",
}
