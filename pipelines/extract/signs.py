"""Whether a page that no layout claims looks like a listing all the same: of a crawl's many pages, which to ask about."""

from pipelines.addresses import document_link, is_document
from pipelines.records import PageText

# What only listing pages print.
_LINES = frozenset(("Popular Documents", "SEARCH RESULTS", "ADD SEARCH FILTER CANCEL SEARCH FILTER"))
# The page of a document links to its copies and to the next ones; a list links to more.
_FEWEST_DOCUMENTS = 3


def resembles_listing(text: PageText) -> bool:
    """Whether a page links to several documents, or prints what only listings print; not the page of a document itself."""
    if text.page.url and is_document(text.page.url):
        return False
    links = text.marks.links.values() if text.marks else ()
    documents = {document_link(url) for url in links} - {None}
    return len(documents) >= _FEWEST_DOCUMENTS or not _LINES.isdisjoint(line.strip() for line in text.lines)
