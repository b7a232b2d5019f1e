"""What was published before, so that a published id stays with its document.

An id follows from what the document says (`ids`), so building the same raw anywhere gives the same ids. One case no such
rule can settle: two documents share date and title, and which of them was published first under the plain id is known
only to the release before. There, and where two published documents turn out to be one, history decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.deduplicate.appearance import Appearance, ContentKey, content_of


@dataclass(frozen=True, slots=True)
class History:
    """Published ids by entry and, for a page that was saved again, by what the entry says; and the redirects so far."""

    by_entry: Mapping[str, str] = field(default_factory=dict)
    by_content: Mapping[ContentKey, str] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.by_entry or self.by_content)

    def published_id(self, appearance: Appearance) -> str | None:
        """The document id under which this entry, or one that says the same, was published."""
        return self.by_entry.get(appearance.entry_id) or self.by_content.get(content_of(appearance.entry))
