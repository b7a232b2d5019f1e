"""What every descriptor says of a release as a whole."""

from collections.abc import Iterator, Mapping
from typing import Any

NAME = "archive-listings"
TITLE = "Documents found in saved listing pages"
# No licence is named and no author: the words are those of the archives whose pages were saved, and it is theirs to say.
DESCRIPTION = (
    "What saved listing pages of document archives list: every appearance of a document on a page, as printed; the documents, each once; "
    "the collections that hold them; and why two entries are one document. Dates are never more precise than printed. Titles, summaries and "
    "descriptions are those of the archives whose pages were saved; this descriptor states no licence for them."
)
KEYWORDS = (
    "archives",
    "finding aids",
    "historical documents",
    "document listings",
    "deduplication",
    "EDTF",
    "provenance",
)


def tables_of(files: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The name, the file and the file's facts of each table among the files of a release."""
    for file_name, facts in files.items():
        name, _, kind = file_name.partition(".")
        if kind == "parquet":
            yield name, file_name, facts
