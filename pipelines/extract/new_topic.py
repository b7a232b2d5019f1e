"""N6, a topic page of the new generation: heading, a description in paragraphs, `Timeline`, and no entries, rightly."""

from pipelines.extract.layout import Layout, entry_grammar, grammar

N6 = Layout(
    name="N6",
    generation="new",
    kind="topic",
    page=grammar(r"b*+ (?P<skip_link> K ) (?P<region> [tiycbH]++ ) (?P<timeline_heading> T ) (?P<body> [bdtiyc-]* )"),
    entry=entry_grammar(r"(?!)"),
    may_be_empty=True,
)
