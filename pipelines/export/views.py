"""Views of an exported database: questions that are asked again and again, each with the tables that it needs."""

from typing import NamedTuple


class View(NamedTuple):
    """What a view shows, of which tables, and how."""

    comment: str
    tables: frozenset[str]
    query: str


VIEWS = {
    "documents_with_collections": View(
        "One row per document, with the titles of its collections in one text; null where none lists it.",
        frozenset({"documents", "document_collections", "collections"}),
        """
        SELECT documents.*, listing.collections
        FROM documents LEFT JOIN (
            SELECT document_id, string_agg(collections.title, '; ' ORDER BY collections.title) AS collections
            FROM document_collections JOIN collections USING (collection_id)
            GROUP BY document_id
        ) AS listing USING (document_id)
        """,
    ),
    "correspondence": View(
        "One row per pair of who wrote and who receives, as a document's title names them; under one name for all spellings where that is known.",
        frozenset({"documents", "document_parties"}),
        """
        SELECT document_id, documents.date_edtf, documents.date_start, documents.date_end,
            coalesce(sender.name_normalized, sender.alias, sender.name) AS sender,
            coalesce(receiver.name_normalized, receiver.alias, receiver.name) AS receiver,
            documents.title
        FROM document_parties AS sender
        JOIN document_parties AS receiver USING (document_id)
        JOIN documents USING (document_id)
        WHERE sender.role = 'from' AND receiver.role = 'to'
        """,
    ),
    "document_lines": View(
        "One row per appearance of a document, with the file, its hash and the lines that it was read from.",
        frozenset({"documents", "entries", "pages"}),
        """
        SELECT document_id, documents.title AS document_title, entries.title AS printed_title, pages.source_path,
            entries.line_first, entries.line_last, pages.source_sha256, entries.is_representative
        FROM entries JOIN documents USING (document_id) JOIN pages USING (page_id)
        """,
    ),
    "issues_by_file": View(
        "One row per file, severity and problem, with how often it was found and where first.",
        frozenset({"issues"}),
        """
        SELECT source_path, severity, problem, count(*) AS issue_count, min(line_first) AS line_first, min(message) AS an_example
        FROM issues GROUP BY source_path, severity, problem
        """,
    ),
}
