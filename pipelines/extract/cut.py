"""Where a page was cut: at its end something is missing, or may be."""

import re

from pipelines.extract.kinds import BLANK, BULLET_DATE, CUT_BULLET, CUT_DATE, DATE
from pipelines.records import Entry, Issue, PageText

# What ends a sentence; a last summary that ends otherwise may have been cut.
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*$""")
# Files that end within a character or a tag.
_CUT_FILES = frozenset(("cut_character", "cut_markup"))


def is_cut_file(text: PageText) -> bool:
    """Whether the bytes of a page end where no page ends."""
    return any(issue.problem in _CUT_FILES for issue in text.issues)


def ends_in_cut(issue: Issue, kinds: str) -> bool:
    """Whether the page's last text is a fragment, or a date with nothing after it."""
    is_last = issue.line_last == len(kinds.rstrip(BLANK))
    return is_last and issue.problem in ("cut_fragment", "date_without_title")


def with_cut_mark(entry: Entry, kinds: str) -> Entry:
    """The page's last entry, marked where what follows its title may be lost: a missing summary looks the same."""
    is_followed_by_text = any(
        kind not in (BLANK, CUT_DATE, CUT_BULLET, DATE, BULLET_DATE) for kind in kinds[entry.line_last :]
    )
    is_complete = entry.summary is not None and _SENTENCE_END.search(entry.summary)
    return entry if is_complete or is_followed_by_text else entry._replace(is_possibly_cut=True)
