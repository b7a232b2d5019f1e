"""What a layout is: a small grammar over the letters of `kinds`."""

import re
from dataclasses import dataclass, field
from typing import Literal

from pipelines.records import PageKind


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout of the catalogue.

    `page` matches a whole page of this layout, and nothing else does. Its named groups are the page's parts: `region`
    (heading, description and captions), `body` (the list of entries), and furniture, under the name of its rule.
    `entry` is sought within the body; its groups are `date`, `title` and `summary`, each a run of lines.
    """

    name: str
    generation: Literal["old", "new"]
    page: re.Pattern[str]
    entry: re.Pattern[str]
    # What the page is about where the layout tells; otherwise its heading and description are asked.
    kind: PageKind | None = None
    # The same for a layout whose pages have a heading only when they are about something.
    kind_with_region: PageKind | None = None
    # Furniture in the group `head`, which may stand in any order: letter to rule.
    head: dict[str, str] = field(default_factory=dict)
    # Furniture that may stand between entries: letter to rule.
    between: dict[str, str] = field(default_factory=dict)
    # Whether a page of this layout without a single entry is right.
    may_be_empty: bool = False

    @property
    def entry_groups(self) -> tuple[int, int, int, int, int]:
        """The numbers of the groups date, title, title_, summary and summary_; of one that never matches where it is not named.

        `title_` and `summary_` are the same parts in another spelling of the grammar.
        """
        number = self.entry.groupindex.get
        none = self.entry.groupindex["none"]
        date, title, summary = number("date", none), number("title", none), number("summary", none)
        return date, title, number("title_", title), summary, number("summary_", summary)


def grammar(pattern: str) -> re.Pattern[str]:
    """A pattern over letters, written with spaces and comments.

    Grammars use possessive and atomic groups where a run could be split in two ways, so that matching stays linear.
    """
    return re.compile(pattern, re.VERBOSE)


def entry_grammar(pattern: str) -> re.Pattern[str]:
    """As `grammar`, with one more group, `none`, that never matches and stands for every part that is not named."""
    return grammar(f"(?: {pattern} | (?P<none> (?!) ) )")
