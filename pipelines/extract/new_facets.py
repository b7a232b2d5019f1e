"""N4, the new generation through another extractor: the leavings of facets, then dates and summaries, no titles.

    1893-1976
    (372) documents
    -
    December 20, 1965
    One summary line.

The run before the first date must hold a life span, a count, or a dash with two dated entries after it: a list of dates
and texts with nothing of the site about it is not claimed.
"""

from pipelines.extract.layout import Layout, entry_grammar, grammar

N4 = Layout(
    name="N4",
    generation="new",
    page=grammar(r"""
        b*+ (?= [^dyc]*+ [yc] | [^d-]*+ - [^d]*+ d [^d-]++ d [ti] )
        (?P<facets> [tiyc-] [tiycb-]*+ )
        (?P<body> d [dtiyc]*+ f? b*+ )
    """),
    entry=entry_grammar(r"(?P<date> d ) (?P<summary> [ti]++ )"),
)
