"""How the two generations of the site call one thing in their addresses: one table, and what says nothing of a listing."""

# The field of `page_filters`, and the names in addresses that mean it, in lower case with underscores. Old numbers of
# subjects and new numbers of topics are numbers of two lists, so the two stay two fields.
_SPELLINGS = {
    "search_text": ("term", "terms", "query", "q", "keys", "keyword", "keywords", "search_api_fulltext", "fulltext"),
    "search_in": (),
    "subject": ("subjects",),
    "coverage": ("coverages",),
    "contributor": ("contributors",),
    "creator": ("creators",),
    "people": ("person", "persons"),
    "places": ("place",),
    "topics": ("topic",),
    "collection": ("collections",),
    "language": ("languages",),
    "record_type": ("recordtype",),
    "date_start": ("date_from", "start_date", "startdate"),
    "date_end": ("date_to", "end_date", "enddate"),
    "page": (),
}
_FIELDS = {name: field for field, names in _SPELLINGS.items() for name in (field, *names)}
# What advertisers and mailers add to an address, and sessions.
_TRACKING = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ttclid", "twclid", "igshid",
    "mc_cid", "mc_eid", "mkt_tok", "_ga", "_gl", "_hsenc", "_hsmi", "hsctatracking", "phpsessid", "jsessionid", "sid",
})  # fmt: skip
_TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "matomo_")


def field_of(name: str) -> str:
    """The one name of a field over both generations; a name that is not known is its own.

    >>> field_of("search-in"), field_of("recordType"), field_of("sort_by")
    ('search_in', 'record_type', 'sort_by')
    """
    return _FIELDS.get(name.lower().replace("-", "_"), name)


def is_tracking(name: str) -> bool:
    """Whether a parameter says nothing of what the page lists."""
    lower = name.lower()
    return lower in _TRACKING or lower.startswith(_TRACKING_PREFIXES)
