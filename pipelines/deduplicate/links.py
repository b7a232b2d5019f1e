"""Links to documents, as deduplication compares them; what an address says of a document is told in `pipelines.addresses`."""

from pipelines.addresses import are_comparable, document_link

__all__ = ["are_comparable", "document_link"]
