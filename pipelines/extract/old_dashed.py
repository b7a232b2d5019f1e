"""O5, the old generation through another extractor: single line ends, a dash alone on a line between entries.

    -
    December 10, 1945
    Minutes of the Fishing Council
    One summary line.

What follows a date is the title, whatever it looks like. A collection has its heading and description before the first dash.
"""

from pipelines.extract.layout import Layout, entry_grammar, grammar

O5 = Layout(
    name="O5",
    generation="old",
    kind="search",
    kind_with_region="collection",
    page=grammar(r"""
        b*+ (?: (?P<region> t [tb]*+ ) (?=-) )?
        (?=[^d]*+d)
        (?P<body> (?: d [tiyc]++ f? b*+ )? (?: - b*+ (?: d d? [tiyc]*+ d? | [tiyc]*+ ) f? b*+ )++ )
    """),
    entry=entry_grammar(r"(?: ^ | (?<=-) | (?<=-b) ) (?P<date> d ) (?P<title> [tiycd] ) (?P<summary> [tiycd]++ )?"),
    between={"-": "separator"},
)
