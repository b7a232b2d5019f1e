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
_SEARCH_IN = "b*+ (?P<search_in> S )"
# The lines between: site name, buttons and heading of the results, in any order, each once at most.
_HEAD = {"t": "site_name", "A": "filter_buttons", "R": "results_heading"}
_EACH_ONCE = "(?! [^DA]*+ A [^DA]*+ A ) (?! [^DR]*+ R [^DR]*+ R )"

O1 = Layout(
    name="O1",
    generation="old",
    kind="search",
    head=_HEAD,
    page=grammar(rf"{_SEARCH_IN} (?P<head> b*+ t b*+ ) {_BODY}"),
    entry=_ENTRY,
)

O2 = Layout(
    name="O2",
    generation="old",
    kind="search",
    head=_HEAD,
    page=grammar(rf"{_SEARCH_IN} (?P<head> (?= [tb]*+ [AR] ) {_EACH_ONCE} [ARb]*+ (?: t [ARb]*+ )? ) {_BODY}"),
    entry=_ENTRY,
)

O3 = Layout(
    name="O3",
    generation="old",
    kind="collection",
    head=_HEAD,
    page=grammar(rf"""
        {_SEARCH_IN} {_EACH_ONCE}
        (?: (?P<head> [ARb]*+ (?: t [ARb]*+ )? ) (?P<no_image> N ) b*+ (?P<region> [tid]++ (?: b++ [tid]++ )*+ )
          | (?P<head_> [ARb]*+ t [ARb]*+ ) (?P<region_> [tid]++ (?: b++ [tid]++ )++ ) )  # an image: its caption, or nothing
        b*+ {_BODY}
    """),
    entry=_ENTRY,
)

O4 = Layout(name="O4", generation="old", page=grammar(rf"b*+ (?P<body> {_LIST} )"), entry=_ENTRY)
