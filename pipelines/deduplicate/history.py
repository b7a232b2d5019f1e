"""What was published before, so that a published id stays with its document.

An id follows from what the document says (`ids`), so building the same raw anywhere gives the same ids. What no such rule can
settle, history does: where a document's text changed because a page was added, where two documents share date and title
and one of them was published first, and where two published documents turn out to be one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

COLUMNS = ("entry_id", "document_id", "date_edtf", "date_text", "title", "summary")


@dataclass(frozen=True, slots=True)
class History:
    """The entries of the release before, with the columns of `COLUMNS` (None: there is none), and the redirects so far."""

    entries: pa.Table | None = None
    redirects: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.entries is not None and self.entries.num_rows > 0
