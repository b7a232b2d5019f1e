"""The new generation's list: N1, N2, N3 and N5.

    January 5, 1950

    Telegram, Mao Zedong to CCP Central Committee

    What it says, in one paragraph.

One blank line stands between any two of these. Where a date is missing, its line is blank: two blank lines in a row
open an entry without a date. The blank lines that a head always has belong to the head.
"""

import re

from pipelines.extract.layout import Layout, entry_grammar, grammar

# A line of text: anything but a date with blank lines around it. What a page prints elsewhere as furniture may be text here.
_TEXT = "[tiuTOQcRNH-]"
_JOINED = "[tiuTOQcRNHdy-]"  # a line right under another is text even if it looks like a date
_PARAGRAPH = f"(?: {_TEXT} {_JOINED}*+ | [dy] {_JOINED}++ )"


def _entry(at_the_start: str) -> re.Pattern[str]:
    """An entry; `at_the_start` is what stands where the first entry's date is missing."""
    return entry_grammar(rf"""
        (?: (?: ^ | (?<=b) ) (?P<date> [dy] ) b++ | (?: ^ {at_the_start} | (?<=[^b]b) b++ ) )
        (?: (?P<title> {_PARAGRAPH} )
          # Two dates and one text: no title is ever missing, so the second date is the title.
          | (?(date) (?P<title_> [dy] ) (?= b {_PARAGRAPH} (?! b {_TEXT} ) ) | (?!) ) )
        (?: b (?P<summary> {_PARAGRAPH} ) )?
    """)


_ENTRY = _entry("b++")
_BODY = "(?P<body> (?! [^d]*+ (?: (?<!-) d [^d]*+ )*+ (?<=-) d ) [bdytiuTOQcRNHfp-]* )"
_REGION = "[tiycbHd]"
_BETWEEN = {"p": "pager_repeated"}

N1 = Layout(
    name="N1",
    generation="new",
    kind="search",
    page=grammar(rf"b*+ (?P<skip_link> K ) b*+ (?P<pager> p ) (?! b*+ O ) b{{0,2}} {_BODY}"),
    entry=_ENTRY,
    between=_BETWEEN,
)

N2 = Layout(
    name="N2",
    generation="new",
    kind="search",
    page=grammar(rf"""
        b*+ (?P<skip_link> K ) b*+ (?: (?P<results_label> Q ) b*+ (?: (?P<pager> p ) b*+ )? | (?P<pager_> p ) b*+ )
        (?P<documents_heading> O ) (?: (?<=bO) b )? {_BODY}
    """),
    entry=_entry("b*+"),  # nothing but an entry can follow its heading
    between=_BETWEEN,
)

N3 = Layout(
    name="N3",
    generation="new",
    page=grammar(rf"b*+ (?P<skip_link> K ) (?P<region> {_REGION}*+ ) (?P<section> P ) b? {_BODY}"),
    entry=_ENTRY,
)

N5 = Layout(
    name="N5",
    generation="new",
    page=grammar(rf"(?P<region> {_REGION}*+ ) (?P<section> P ) b? {_BODY}"),
    entry=_ENTRY,
)
