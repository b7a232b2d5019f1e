"""The old generation's bulleted list: O1 to O4.

    • January 05, 1950

      Telegram, Mao Zedong to CCP Central Committee

      What it says, in one paragraph.

A bullet opens an entry, so a line that looks like a date may be a title here.
"""

from pipelines.extract.layout import Layout, entry_grammar, grammar

_ENTRY = entry_grammar(r"""
    (?P<date> D ) b*+
    (?: (?P<title> i++ ) (?: b++ (?P<summary> i [it]*+ (?: b++ i [it]*+ )*+ ) )?   # indented, as the site's list is dumped
      | (?P<title_> [tdyc]++ ) (?: b++ (?P<summary_> [tdyc]++ ) )? )               # by a tool that trims lines
""")
_LIST = "D [bDFitudycfTOQp-]*"
_BODY = f"(?P<body> {_LIST} | F b*+ | $ )"
_SEARCH_IN = "b*+ (?P<search_in> S ) b*+"

O1 = Layout(
    name="O1",
    generation="old",
    kind="search",
    page=grammar(rf"{_SEARCH_IN} (?P<site_name> t ) b*+ {_BODY}"),
    entry=_ENTRY,
)

O2 = Layout(
    name="O2",
    generation="old",
    kind="search",
    page=grammar(rf"""
        {_SEARCH_IN}
        (?: (?P<filter_buttons> A ) b*+ (?: (?P<site_name> t ) b*+ )? (?: (?P<results_heading> R ) b*+ )?
          | (?: (?P<site_name_> t ) b*+ )? (?P<results_heading_> R ) b*+ )
        {_BODY}
    """),
    entry=_ENTRY,
)

O3 = Layout(
    name="O3",
    generation="old",
    kind="collection",
    page=grammar(rf"""
        {_SEARCH_IN} (?: (?P<filter_buttons> A ) b*+ )? (?P<site_name> t ) b*+ (?: (?P<results_heading> R ) b*+ )?
        (?: (?P<no_image> N ) b*+ (?P<region> [ti]++ (?: b++ [ti]++ )*+ )
          | (?P<region_> [ti]++ (?: b++ [ti]++ )++ ) )    # with an image: nothing tells but heading and description
        b*+ {_BODY}
    """),
    entry=_ENTRY,
)

O4 = Layout(name="O4", generation="old", page=grammar(rf"b*+ (?P<body> {_LIST} )"), entry=_ENTRY)
