"""Saved HTML pages of listings, made up, with the truth beside them.

    page = make_html(random.Random("7"), generation="new", kind="search")
    page.html, page.encoding, page.truth.entries
    differences = compare(page.truth, entries)

The writer knows what the pages print (docs/layouts.md) and how servers, browsers and archives write HTML; it knows nothing of
how they are read. A style names one habit of the real world and fixes what makes it; everything else is drawn. Deterministic
for its chance.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urljoin

from benchmarks.pages import COLLECTIONS, ENTRIES_A_PAGE, MATTERS, MONTHS, PERSONS, PLACES, make_document, printed
from tests.read import html_forms as forms
from tests.read import html_furniture as furniture
from tests.read.html_savers import DATED, SAVERS
from tests.read.html_tree import Node, Raw, Writing, changed, e, written

KINDS = {"old": ("search", "collection"), "new": ("search", "collection", "topic", "place", "person")}
OLD, NEW = ("old",), ("new",)
UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
COLLAPSED = re.compile(r"[ \t\r\n\f]+")
FIELDS = ("date_text", "title", "summary", "url", "section")


@dataclass(frozen=True)
class HtmlEntry:
    """What a reader of the page sees of one document; `url` is None where the page has no link to it."""

    date_text: str | None
    title: str
    summary: str | None
    url: str | None
    section: str | None


@dataclass(frozen=True)
class Truth:
    """`page_url` is None where the file does not tell it; then links that are relative stay as they are printed. On a page that
    an archive replays, every address is the site's own, and `replay_url` the archive's."""

    generation: str
    kind: str
    heading: str | None
    description: tuple[str, ...]
    image_caption: str | None
    pager: str | None
    page_url: str | None
    replay_url: str | None
    entries: tuple[HtmlEntry, ...]


@dataclass(frozen=True)
class HtmlPage:
    """`address` is where the page was, whether or not the file tells it; `has_relative_links`: its links follow the address."""

    name: str
    html: bytes
    encoding: str
    truth: Truth
    style: str
    is_arguable: bool
    address: str
    has_relative_links: bool


@dataclass(frozen=True)
class Item:
    date_text: str | None
    title: str
    summary: str | None
    path: str


@dataclass(frozen=True)
class Listing:
    """An abstract listing: what is printed, in no markup. `text` is the page as text, where one is at hand."""

    generation: str
    kind: str
    heading: str | None
    description: tuple[str, ...]
    image_caption: str | None
    pager: str | None
    section: str | None
    items: tuple[Item, ...]
    path: str
    has_labels: bool = False  # N2: `Results:` and `Documents`; O2: the filter's buttons and `SEARCH RESULTS`
    text: str | None = None


@dataclass(frozen=True)
class Style:
    """A structural variant; None is drawn for each page."""

    habit: str
    form: Callable[[Making, tuple[Item, ...]], list[Node]] | None = None
    generations: tuple[str, ...] = ("old", "new")
    kinds: tuple[str, ...] = ("search", "collection", "topic", "place", "person")
    frame: str = "site"  # site, bare, print, office, reader, text
    saver: str | None = None
    vocabulary: str | None = None
    title: str = "plain"
    path: Callable[[str], str] | None = None
    after: Callable[[Node], Node] | None = None
    extras: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    charset: str | None = None
    writing: dict[str, object] = field(default_factory=dict)
    is_arguable: bool = False


# How often a page has what its style does not decide.
EXTRAS = {
    "header": 0.8, "mega_menu": 0.2, "languages": 0.3, "search_form": 0.6, "breadcrumbs": 0.4, "facets": 0.4, "cookie_banner": 0.3,
    "social": 0.4, "footer": 0.8, "scripts": 0.6, "hidden": 0.4, "news": 0.15, "sorting": 0.3, "page_links": 0.7, "skip_link": 0.8,
    "empty_date": 0.5, "time": 0.5, "canonical": 0.6, "og_url": 0.4, "thumbnails": 0.12, "read_more": 0.1, "collect": 0.1,
    "tags": 0.05,
}  # fmt: skip
FURNITURE = frozenset(EXTRAS) - {
    "empty_date",
    "time",
    "canonical",
    "og_url",
    "thumbnails",
    "read_more",
    "collect",
    "tags",
}
LINKED_APART = frozenset({"thumbnails", "read_more", "tags"})  # would be links in a link, or lines of another order
OWN_NAMES = {
    "old": {"list": "search-res", "link": "lnk-res", "title": "itm-title"},
    "new": {"table": "table table-hover", "document": "document"},
}
UTILITIES = (
    "mt-4 text-lg",
    "flex gap-2",
    "text-sm leading-6",
    "p-2 rounded",
    "block",
    "font-bold",
    "w-full lg:w-1/2",
    "mb-0",
)


class Making:
    """A page under construction: what forms and furniture ask of it."""

    def __init__(self, chance, listing, style, scheme):
        self.chance = chance
        self.listing = listing
        self.style = style
        self.generation = listing.generation
        host = chance.choice(
            ("digitalarchive.harbour.example", "www.harbour-archive.example", "staging-archive.harbour.example")
        )
        self.origin = f"{scheme or chance.choice(('http', 'https'))}://{host}"
        self.page_url = self.origin + listing.path
        self.language = "ru" if style.charset == "windows-1251" else "en"
        self.has_landmarks = chance.random() < 0.5
        self.vocabulary = style.vocabulary or chance.choice(("own", "own", "bem", "hashed", "utility", "none"))
        self.title_tag = chance.choice(("div", "h3", "p"))
        drawn = {name for name, share in EXTRAS.items() if chance.random() < share}
        self.extras = (drawn | style.extras) - style.without

    def has(self, extra):
        return extra in self.extras

    def name(self, role):
        if self.vocabulary == "own":
            return OWN_NAMES[self.generation].get(role, role)
        digest = hashlib.md5(f"{self.page_url}/{role}".encode(), usedforsecurity=False).hexdigest()
        return {
            "bem": f"da-listing__{role}",
            "hashed": f"css-{digest[:7]}",
            "utility": UTILITIES[int(digest, 16) % 8],
            "none": None,
        }[self.vocabulary]

    def path(self, path):
        return path

    def document_path(self, number):
        return f"/document/{110_000 + number}" if self.generation == "old" else f"/document/harbour-paper-{number}"

    def image(self, name):
        return f"/sites/default/files/{name}"

    def example_date(self):
        return "March 05, 1931" if self.generation == "old" else "March 5, 1931"

    def date(self, item):
        if item.date_text is None:
            return []
        if self.has("time"):
            return [e("time", item.date_text, datetime=machine_date(item.date_text))]
        return [item.date_text]

    def dated(self, item, tag):
        """The date's element; where there is no date, an empty one or none."""
        if item.date_text is None and not self.has("empty_date"):
            return None
        return e(tag, self.date(item), cls=self.name("date"))

    def title(self, item):
        return TITLES[self.style.title](self.chance, item.title)

    def link(self, item, *children, cls=None, **attributes):
        return e("a", *children, href=item.path, cls=self.name(cls) if cls else None, **attributes)

    def summed(self, item, tag):
        return e(tag, item.summary, cls=self.name("summary")) if item.summary else None

    def before(self, item):
        if self.has("thumbnails"):
            return self.link(
                item,
                e("img", src=self.image(f"{len(item.title)}.jpg"), alt="", loading="lazy", width="80"),
                tabindex="-1",
            )
        return None

    def after(self, item):
        """`Read more`, a button, keywords: printed with an entry, and no part of its summary."""
        nodes = []
        if self.has("read_more"):
            more = e("span", f" about {item.title}", cls="visually-hidden") if len(item.title) % 2 else None
            nodes.append(e("div", self.link(item, "Read more", more), cls=self.name("more")))
        if self.has("collect"):
            nodes.append(e("button", "Add to my collection", type="button", cls=self.name("collect")))
        if self.has("tags"):
            tags = [
                e("li", e("a", word, href=f"/topics/{n}"))
                for n, word in enumerate(("Herring", "Fisheries", "Harbour dues"))
            ]
            nodes.append(e("ul", tags, cls=self.name("tags")))
        return nodes or None


def machine_date(text):
    words = text.replace(",", "").split()
    month = f"-{MONTHS.index(words[0]) + 1:02d}" if len(words) > 1 else ""
    return words[-1] + month + (f"-{int(words[1]):02d}T12:00:00Z" if len(words) == 3 else "")


def marked_title(chance, title):
    """A search engine marks the words that were searched for."""
    words = title.split(" ")
    hit = chance.randrange(len(words))
    tag = chance.choice(("mark", "em", "strong", "b"))
    return [
        [e(tag, word) if n in (hit, hit + 2) else word, " " if n < len(words) - 1 else None]
        for n, word in enumerate(words)
    ]


def hyphenated_title(chance, title):
    """Soft hyphens in long words, a chance to break after a slash."""
    hyphen = chance.choice(("\u00ad", "\u200b", "wbr"))
    nodes = []
    for part in re.split(r"(?<=[a-z]{4})(?=[a-z]{4})", title):
        nodes += [part, e("wbr") if hyphen == "wbr" else hyphen]
    return nodes[:-1]


def spaced_title(_chance, title):
    """A typesetter's no-break spaces after short words and in names."""
    return [re.sub(r"\b(No\.|of|in|to|and) ", "\\1\N{NO-BREAK SPACE}", title)]


def emphasised_title(_chance, title):
    """Part of a title in italics, as of a work that is named in it."""
    first, separator, rest = title.partition(", ")
    return [first, separator, e("i", rest)] if rest else [e("i", first)]


TITLES = {
    "plain": lambda _chance, title: [title],
    "marked": marked_title,
    "hyphenated": hyphenated_title,
    "spaced": spaced_title,
    "emphasised": emphasised_title,
}


def translated(tree):
    """Chrome's translation wraps every text in two <font>."""

    def wrap(node):
        if node.tag in ("script", "style", "title", "option", "head", "noscript", "template"):
            return node
        style = "vertical-align: inherit;"
        children = [e("font", e("font", child, style=style), style=style)
                    if isinstance(child, str) and not isinstance(child, Raw) and child.strip() else child for child in node.children]  # fmt: skip
        return (
            Node(node.tag, node.attributes, tuple(children))
            if node.tag != "font" or "size" in node.attributes
            else node
        )

    return changed(tree, wrap)  # fmt: skip


STYLES: dict[str, Style] = {
    "old_items": Style("The old site's own markup, as its scrapers know it.", forms.old_items, OLD, vocabulary="own"),
    "old_unknown_names": Style("The same list after a redesign: no known class name.", forms.old_items, vocabulary="hashed"),
    "one_link": Style("The whole entry is one link around blocks (HTML 5).", forms.one_link, without=LINKED_APART),
    "table_cells": Style("The new site's table.table-hover td.document.", forms.table_cells, NEW, vocabulary="own"),
    "table_cell_link": Style("A cell holds one link around everything.", forms.table_cell_link, NEW, without=LINKED_APART),
    "table_columns": Style("Date column, document column.", forms.table_columns),
    "table_headed": Style("A table with a row of column headings, as Drupal's table view prints.", forms.table_headed),
    "views_rows": Style("Drupal Views, unformatted list.", forms.views_rows, NEW),
    "article_cards": Style("Semantic HTML 5: article, header, time.", forms.article_cards, extras=frozenset({"time"})),
    "definitions": Style("A definition list, date as the term: finding aids, older sites.", forms.definitions),
    "broken_lines": Style("A hand-written page: paragraphs with <br>.", forms.broken_lines),
    "doubly_broken": Style("A hand-written page: nothing but text, links and <br><br>.", forms.doubly_broken, without=LINKED_APART | {"collect"}),
    "paragraphs": Style("A paragraph a part: what an editor in a CMS types.", forms.paragraphs),
    "headings": Style("Headings and rules, no box around an entry.", forms.headings),
    "spans_in_link": Style("Spans in one link, made lines by a style sheet (XHTML 1 allowed no blocks there).", forms.spans_in_link, without=LINKED_APART),
    "styled_spans": Style("Spans that a style attribute makes blocks.", forms.styled_spans),
    "grid_columns": Style("Bootstrap grid.", forms.grid_columns),
    "nested_boxes": Style("A page builder's boxes, six deep.", forms.nested_boxes, vocabulary="utility"),
    "title_first": Style("Date below the title, as blogs and newspapers do.", forms.title_first),
    "date_last": Style("Date in the footer of a card.", forms.date_last),
    "definitions_title_first": Style("A definition list with the title as the term.", forms.definitions_title_first),
    "hidden_labels": Style("Drupal field labels for screen readers (visually-hidden).", forms.hidden_labels, NEW),
    "printed_labels": Style("Drupal field labels above the fields.", forms.printed_labels, NEW),
    "inline_labels": Style("Library catalogue: `Date: …` in one line.", forms.inline_labels, is_arguable=True),
    "layout_tables": Style("About 2000: layout tables, <font>, upper case.", forms.layout_tables, OLD, writing={"is_uppercase": True}, saver="server"),
    "stretched_links": Style("Bootstrap's stretched-link: an empty link over the card.", forms.stretched_links, NEW),
    "folded_summaries": Style("Summaries in <details>.", forms.folded_summaries),
    "custom_elements": Style("Web components in light DOM.", forms.custom_elements, NEW),
    "numbered": Style("Search results with printed ranks.", forms.numbered, kinds=("search",)),
    "commented": Style("Drupal's theme debugging left on.", forms.commented, NEW),
    "twice_for_widths": Style("Wide and narrow form both in the page; a style sheet hides one.", forms.twice_for_widths, is_arguable=True),
    "by_decade": Style("Decade headings between the entries.", forms.by_decade, OLD, is_arguable=True),
    "mega_menu": Style("A header with every topic, person and place of the site.", extras=frozenset({"header", "mega_menu", "footer"})),
    "facets": Style("A search with its facets beside the list.", extras=frozenset({"facets", "header"}), kinds=("search",)),
    "divs_only": Style("No landmark, no class that says anything, everything around it.", vocabulary="none", extras=FURNITURE - {"mega_menu"}),
    "everything": Style("Every banner, widget and menu at once.", extras=FURNITURE),
    "news_beside": Style("Dated headlines of the site's own news beside the list.", extras=frozenset({"news"})),
    "hidden_parts": Style("Templates, dialogs, off-screen text.", extras=frozenset({"hidden", "cookie_banner", "scripts"})),
    "bare": Style("A theme's bare content region, as an export or a frame holds it.", frame="bare", without=FURNITURE),
    "print_view": Style("The printer's view of a page.", frame="print", without=FURNITURE),
    "reader_mode": Style("Firefox's reader view, saved.", forms.paragraphs, frame="reader", saver="firefox_complete", without=FURNITURE | LINKED_APART | {"collect"}),
    "office_paste": Style("Copied into a word processor, saved as a filtered web page.", forms.office, frame="office", saver="office", without=FURNITURE, charset="windows-1252"),
    "text_viewer": Style("A text file shown by a browser and saved: one <pre>.", frame="text", saver="text_viewer", without=FURNITURE, charset="utf-8"),
    "thumbnails": Style("A picture of the first page links to the document too.", extras=frozenset({"thumbnails"})),
    "read_more": Style("`Read more` below each entry links to the document too.", extras=frozenset({"read_more"})),
    "collect_buttons": Style("A button `Add to my collection` with each entry.", extras=frozenset({"collect"})),
    "tags": Style("Keywords below each entry, linked to topics.", extras=frozenset({"tags"})),
    "marked_words": Style("Searched words are marked in titles.", title="marked", kinds=("search",)),
    "soft_hyphens": Style("Soft hyphens, zero-width spaces or <wbr> in titles.", title="hyphenated"),
    "no_break_spaces": Style("A typesetter's no-break spaces in titles.", title="spaced"),
    "italic_titles": Style("Part of a title in italics.", title="emphasised"),
    "minified": Style("A minifier took out every space and quote it could.", writing={"layout": "minified", "is_unquoted": True, "omits_end_tags": True}, saver="server"),
    "unclosed": Style("HTML 4 by hand: <li>, <p>, <td> without end tags.", writing={"layout": "lines", "omits_end_tags": True}, saver="server"),
    "uppercase": Style("Upper-case tags.", generations=OLD, writing={"is_uppercase": True, "layout": "lines"}, saver="server"),
    "xhtml": Style("XHTML 1.0 as web servers of 2008 sent it.", generations=OLD, writing={"is_xhtml": True, "entities": "decimal"}, saver="server"),
    "template_output": Style("Twig's or PHP's output: text on lines of its own, blank lines everywhere.", writing={"layout": "template", "indent": "      "}, saver="server"),
    "wrapped": Style("Source wrapped at 60 columns, in the middle of titles.", writing={"layout": "indented", "wraps_at": 60}, saver="server"),
    "crlf": Style("Edited on Windows: CRLF.", writing={"newline": "\r\n"}, saver="server"),
    "named_entities": Style("Everything beyond ASCII as named entities.", writing={"entities": "named"}, saver="server"),
    "numeric_entities": Style("Everything beyond ASCII as numbers.", writing={"entities": "decimal"}, saver="server"),
    "windows_1252": Style("An old server's charset.", charset="windows-1252"),
    "windows_1251": Style("A Russian interface in windows-1251.", charset="windows-1251", extras=frozenset({"header", "facets"})),
    "undeclared": Style("UTF-8 that says nowhere that it is.", charset="none", saver="server"),
    "byte_order_mark": Style("UTF-8 with a byte order mark.", charset="utf-8-sig"),
    "utf_16": Style("Saved as `Unicode` by Internet Explorer.", saver="internet_explorer", charset="utf-16", generations=OLD),
    "html_only": Style("Saved as HTML only: the server's bytes, relative links.", saver="server"),
    "address_unknown": Style("As html_only, from a site that states no address of a page.", saver="server", without=frozenset({"canonical", "og_url"})),
    "base_href": Style("Links relative to <base>.", saver="base"),
    "chrome_complete": Style("Chrome's `web page, complete`.", saver="chrome_complete"),
    "firefox_complete": Style("Firefox's `web page, complete`.", saver="firefox_complete"),
    "internet_explorer": Style("Internet Explorer's `web page, complete`.", saver="internet_explorer", generations=OLD),
    "single_file": Style("The SingleFile extension.", saver="single_file"),
    "web_scrap_book": Style("The WebScrapBook extension.", saver="web_scrap_book"),
    "wayback": Style("The Wayback Machine's replay, saved.", saver="wayback"),
    "wget": Style("wget --convert-links.", saver="wget"),
    "httrack": Style("HTTrack's mirror: links lead to files of the mirror, the address is in a comment.", saver="httrack", is_arguable=True),
    "translated": Style("Chrome's translation: <font> around every text.", saver="chrome_complete", after=translated),
    "language_prefix": Style("A site in several languages: /en/document/….", path=lambda path: f"/en{path}", generations=NEW),
    "tracked_links": Style("Links carry what was searched for.", path=lambda path: f"{path}?search=herring&from=list", is_arguable=True, kinds=("search",)),
    "related_documents": Style("Most viewed documents beside the list: links, no dates.", extras=frozenset({"related"}), is_arguable=True),
    "featured_document": Style("A featured document in the header, with its date.", extras=frozenset({"header", "featured"}), is_arguable=True),
    "timeline_events": Style("A timeline of dated events that are no documents.", extras=frozenset({"timeline"}), kinds=("topic",), generations=NEW, is_arguable=True),
}  # fmt: skip
COMMON_FORMS = {
    "old": (forms.old_items, forms.one_link, forms.paragraphs, forms.table_columns, forms.broken_lines),
    "new": (
        forms.table_cells,
        forms.table_cell_link,
        forms.views_rows,
        forms.article_cards,
        forms.grid_columns,
        forms.one_link,
    ),
}
WHOLE_LINKS = frozenset({forms.one_link, forms.table_cell_link, forms.spans_in_link})


def styles_of(generation, kind):
    """The names of the styles that a generation's pages of a kind can have."""
    return tuple(name for name, style in STYLES.items() if generation in style.generations and kind in style.kinds)


def make_html(chance, *, generation, kind, style=None, scheme=None):
    """A saved page with its truth; a style that the generation or kind cannot have is a ValueError."""
    return html_of(chance, make_listing(chance, generation, kind, style), style, scheme)


def html_of(chance, listing, style=None, scheme=None):
    """A listing as a saved page."""
    possible = styles_of(listing.generation, listing.kind)
    name = style or chance.choice(possible)
    if name not in possible:
        message = f"no page of the {listing.generation} site that lists a {listing.kind} is {name!r}"
        raise ValueError(message)
    chosen = STYLES[name]
    form = chosen.form or chance.choice(
        [
            form
            for form in COMMON_FORMS[listing.generation]
            if not (form in WHOLE_LINKS and chosen.extras & LINKED_APART)
        ]
    )
    if form in WHOLE_LINKS:
        chosen = replace(chosen, without=chosen.without | LINKED_APART | {"collect"})
    if chosen.path:
        listing = replace(listing, items=tuple(replace(item, path=chosen.path(item.path)) for item in listing.items))
    make = Making(chance, listing, chosen, scheme)
    savers = ("server", "server", "chrome_complete", "firefox_complete", *(() if chosen.charset else ("single_file",)))
    saver = SAVERS[chosen.saver or chance.choice(savers)]
    body = FRAMES[chosen.frame](make, form)
    tree = e("body", body, cls=make.name("page"))
    tree = chosen.after(tree) if chosen.after else tree
    saved = saver(make, tree, charset_of(chance, chosen, saver))
    html = encoded(written_page(saved, writing_of(chance, chosen, saved)), saved.charset)
    truth = truth_of(listing, make, saved, has_links=chosen.frame != "text")
    digest = hashlib.sha256(html).hexdigest()[:8]
    is_relative = not saved.is_absolute and chosen.frame != "text"
    return HtmlPage(f"{listing.generation}-{listing.kind}-{name}-{digest}.html", html, CODECS[saved.charset], truth, name,
                    chosen.is_arguable, make.page_url, is_relative)  # fmt: skip


def html_of_text_page(layout, made, style=None, chance=None, *, scheme=None):
    """A page of benchmarks/pages.py in its generation's markup. O1 to O3, N1 to N3, N5 and N6."""
    chance = chance or random.Random(f"{layout}/{made.text}")
    generation = {"O": "old", "N": "new"}[layout[0]]
    kind = {"O3": "collection", "N3": "collection", "N5": "collection", "N6": "topic"}.get(layout, "search")
    heading, description, pager = head_of(layout, made.lines)
    items, taken = [], set()
    for document, entry in zip(made.documents, made.entries, strict=True):
        path = f"/document/{110_000 + document}" if generation == "old" else slugged(entry["title"], taken)
        items.append(
            Item(
                printed_edtf(entry["date_edtf"], is_old=generation == "old"),
                shown(entry["title"]),
                shown(entry["summary"]),
                path,
            )
        )
    section = "Popular Documents" if layout in ("N3", "N5") else None
    listing = Listing(generation, kind, heading, description, None, pager, section, tuple(items), path_of(chance, generation, kind, heading),
                      has_labels=layout == "N2" or "ADD SEARCH FILTER CANCEL SEARCH FILTER" in made.lines, text=made.text)  # fmt: skip
    return html_of(chance, listing, style, scheme)


def head_of(layout, lines):
    """Heading, description and pager of a made text page."""
    pager = next((line for line in lines if re.match(r"\d+ - \d+ of ", line)), None)
    if layout not in ("O3", "N3", "N5", "N6"):
        return None, (), pager
    first = lines.index("No image found.") + 1 if layout == "O3" else 0
    stop = next(
        (n for n, line in enumerate(lines) if line.startswith("  •") or line in ("Popular Documents", "Timeline")),
        len(lines),
    )
    filled = [line.strip() for line in lines[first:stop] if line.strip() and line != "Skip to content"]
    return (filled[0], tuple(filled[1:]), None) if filled else (None, (), None)


def printed_edtf(edtf, *, is_old):
    if edtf is None:
        return None
    year, month, day = ([int(part) for part in edtf.split("-")] + [None, None])[:3]
    return printed((year, month, day), old=is_old)


QUIRKS = (
    "Letter, Brenn & Sons to the Harbour Board", "Axen[Excerpts]", "‘Notes on “Salt”’", "Telegram No. 31/1.", "Aide-mémoire [Draft] (1)",
    "Minutes <Annex B>: 17/4/95-12/5/95", "Résumé of a Conversation between Þóra Ægisdóttir and Łucja Dąbek, 4 May 1949",
    "Письмо Марии Орловой", "Is the Cod War Over?", "Speech at a Meeting of the Sixty-four Harbour Workers' Parties!",
)  # fmt: skip
SUMMARIES = (
    "1931 was a bad year for herring; Brenn says so in six lines.", "ND -- Orsk asks for ice, salt & two boats.",
    "A “short” note about 5 < 6 boats.", "Also see the letter of January 5, 1950.", "Vint's reply:  yes, with conditions.",
)  # fmt: skip


def make_listing(chance, generation, kind, style=None):
    """A listing of documents that are different, as full as its kind is or less."""
    if kind not in KINDS[generation]:
        message = f"the {generation} site has no listing of kind {kind!r}"
        raise ValueError(message)
    full = ENTRIES_A_PAGE["O1" if generation == "old" else "N1" if kind == "search" else "N3"]
    count = full if chance.random() < 0.6 else chance.randint(1, full)
    if style == "timeline_events" or (kind == "topic" and style is None and chance.random() < 0.1):
        count = 0
    made = [make_document(chance, chance.randrange(10**5)) for _ in range(count)]
    if generation == "old":
        made.sort(key=lambda listed: (listed.date[0], listed.date[1] or 0, listed.date[2] or 0))
    items, taken = [], set()
    for place, listed in enumerate(made):
        title = chance.choice(QUIRKS) if chance.random() < 0.08 else listed.title
        summary = chance.choice(SUMMARIES) if chance.random() < 0.08 else listed.summary
        summary = None if chance.random() < 0.04 and 0 < place < count - 1 else summary
        undated = generation == "new" and chance.random() < 0.04
        path = (
            f"/document/{chance.randrange(10, 99) * 10_000 + place * 37}"
            if generation == "old"
            else slugged(title, taken)
        )
        items.append(
            Item(None if undated else printed(listed.date, old=generation == "old"), shown(title), shown(summary), path)
        )
    heading, description, caption, pager = head_made(chance, kind, generation, count)
    section = "Popular Documents" if kind != "search" and generation == "new" and items else None
    return Listing(generation, kind, heading, description, caption, pager, section, tuple(items),
                   path_of(chance, generation, kind, heading), has_labels=chance.random() < 0.5)  # fmt: skip


GUIDE = "For a collections resource guide see Reading the Harbour, A Beginner's Guide."


def head_made(chance, kind, generation, count):
    """Heading, description, caption and pager of a listing."""
    if kind == "search":
        first = 10 * chance.randrange(12)
        return (
            None,
            (),
            None,
            f"{first + 1} - {first + count} of {first + count + chance.randrange(1_500):,}"
            if generation == "new"
            else None,
        )
    one, other = chance.sample(COLLECTIONS, 2)
    description = [
        f"Papers on {chance.choice(MATTERS)}. For other collections on harbours, see {one}; and {other}. {GUIDE}"
    ]
    if kind != "collection" or chance.random() < 0.2:
        description = [
            f"What was said about {matter} & by whom." for matter in chance.sample(MATTERS, chance.randint(1, 3))
        ]
    heading = {"collection": chance.choice(COLLECTIONS), "topic": chance.choice(MATTERS).removeprefix("the ").title(),
               "place": chance.choice(PLACES), "person": f"{chance.choice(PERSONS)} {chance.randint(1860, 1912)}- {chance.randint(1930, 1999)}"}[kind]  # fmt: skip
    caption = None
    if generation == "new" and chance.random() < 0.5:
        caption = (
            "Placeholder image for when a portrait image is not available"
            if kind == "person"
            else f"Photograph of {chance.choice(PLACES)}"
        )
    return heading, tuple(description), caption, None


def slugged(title, taken):
    """The new site's address of a document: its title, and `-0`, `-1` where another has it."""
    words = [
        word
        for word in re.split(r"[^a-z0-9]+", title.lower())
        if word and word not in ("the", "of", "and", "in", "on", "to")
    ]
    base = slug = "-".join(words)[:90].strip("-") or "untitled"
    number = 0
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return f"/document/{slug}"


def path_of(chance, generation, kind, heading):
    """The page's own address on its site."""
    slug = "-".join(re.findall(r"[a-z0-9]+", (heading or "").lower())) or "untitled"
    if generation == "old":
        if kind == "collection":
            page = chance.choice(("", "", "/2", "/3"))
            return f"/collection/{chance.randint(1, 300)}/{slug}{page}"
        asked = json.dumps({"search-in": "all", "term": "herring", "year": 1931}, separators=(",", ":"))
        return f"/search-results/{chance.randint(1, 9)}/{quote(asked, safe='')}"
    if kind == "search":
        facet = chance.choice(("f%5B0%5D", "f%255B0%255D", "f[0]"))
        return f"/search?{facet}=topics:{chance.randint(80_000, 90_000)}&page={chance.randrange(12)}"
    return f"/{ {'person': 'people', 'place': 'places'}.get(kind, 'topics') }/{slug}".replace(" ", "")


def shown(text):
    """A text as a browser shows it: spaces collapse, what has no width is not seen; a no-break space stays."""
    return None if text is None else COLLAPSED.sub(" ", UNSEEN.sub("", text)).strip(" ")


# Frames: what a page is apart from its list.
def main_of(make, form):
    listing = make.listing
    parts = old_main(make, form) if listing.generation == "old" else new_main(make, form)
    if make.has("page_links") and listing.kind == "search":
        parts.append(furniture.page_links(make))
    return parts


def described(make):
    """A description; the collections it names are linked."""
    paragraphs = []
    for text in make.listing.description:
        nodes, rest = [], text
        for number, name in enumerate(sorted(COLLECTIONS, key=text.find)):
            before, found, after = rest.partition(name)
            if found:
                nodes += [before, e("a", name, href=f"/collection/{number + 40}/{number}")]
                rest = after
        paragraphs.append(e("p", nodes, rest))
    return e("div", paragraphs, cls=make.name("description")) if paragraphs else None


def old_main(make, form):
    listing = make.listing
    parts = []
    if listing.kind == "collection":
        image = e("div", "No image found.", cls=make.name("image"))
        parts += [
            image,
            e("h2", listing.heading, cls=make.name("heading")) if listing.heading else None,
            described(make),
        ]
    return [*[part for part in parts if part], *form(make, listing.items)]


def heading_nodes(listing):
    """A person's life span stands in a span of its own."""
    if listing.kind == "person" and " " in listing.heading:
        name, _, life = listing.heading.rpartition(" ")
        name, _, birth = name.rpartition(" ")
        return [name, " ", e("span", f"{birth} {life}", cls="life")]
    return [listing.heading]


def new_main(make, form):
    chance, listing = make.chance, make.listing
    if listing.kind == "search":
        counted = e("div", listing.pager, cls=make.name("count"))
        if chance.random() < 0.3:
            first, _, rest = listing.pager.partition(" of ")
            counted = e("p", e("strong", first), " of ", e("strong", rest))
        top = [e("h2", "Results:"), counted, e("h2", "Documents")] if listing.has_labels else [counted]
        top += [furniture.sorting(make)] if make.has("sorting") else []
        return [*top, *form(make, listing.items)]
    picture = (
        e("figure", e("img", src=make.image("top.jpg"), alt=listing.image_caption)) if listing.image_caption else None
    )
    parts = [picture, e("h1", heading_nodes(listing)) if listing.heading else None, described(make), picture]
    if listing.items:
        parts += [
            e("h2", listing.section),
            *form(make, listing.items),
            e("p", e("a", "View More Documents", href="/search")),
        ]
    else:
        parts += [e("h2", "Timeline"), *timeline(make)]
    return [part for part in parts if part]


def timeline(make):
    """Empty until a script fills it; in one style the filled one."""
    if not make.has("timeline"):
        return [e("div", id="timeline", data_source="/timeline.json")]
    events = [
        e("li", e("div", f"{month} {n}, 19{n}0"), e("p", f"The talks about {MATTERS[n]} begin."))
        for n, month in enumerate(MONTHS[:6], 1)
    ]
    return [e("ul", events, id="timeline")]


def site(make, form):
    """The whole page: header, list, everything else that the page has."""
    chance, listing = make.chance, make.listing
    top = []
    if make.has("skip_link") and listing.generation == "new":
        top.append(furniture.skip_link(make))
    if make.has("cookie_banner"):
        top.append(furniture.cookie_banner(make))
    if listing.generation == "old":
        has_results = listing.has_labels and listing.kind == "search"
        top += [
            part for part in furniture.old_header(make, has_filter=listing.has_labels, has_results=has_results) if part
        ]
    elif make.has("header"):
        top.append(furniture.header(make))
    if make.has("featured"):
        top.append(furniture.featured(make))
    if make.has("breadcrumbs"):
        top.append(furniture.breadcrumbs(make, listing.heading))
    sides = [
        (name, part)
        for name, part in (("facets", furniture.facets), ("news", furniture.news), ("related", furniture.related))
        if make.has(name)
    ]
    sides = [part(make) for name, part in sides if name != "facets" or listing.kind == "search"]
    chance.shuffle(sides)
    cut = chance.randint(0, len(sides))
    main = furniture.box(make, "main", "content", *main_of(make, form), role=chance.choice((None, "main")))
    main = Node(main.tag, {**main.attributes, "id": "main-content"}, main.children)
    bottom = [furniture.footer(make)] if make.has("footer") else []
    bottom += furniture.hidden(make) if make.has("hidden") else []
    bottom += furniture.scripts(make) if make.has("scripts") else []
    return [*top, e("div", *sides[:cut], main, *sides[cut:], cls=make.name("layout")), *bottom]


def bare(make, form):
    return main_of(make, form)


def print_view(make, form):
    printed_on = e("p", "Printed from ", e("span", make.page_url), cls="print-source")
    return [*main_of(make, form), e("hr"), printed_on]


def reader(make, form):
    """Firefox's reader view: the site's host, the title, how long it takes to read."""
    listing = make.listing
    host = make.origin.partition("//")[2]
    top = e("div", e("a", host, cls="domain reader-domain", href=make.page_url), e("div", cls="domain-border"),
            e("h1", listing.heading or "Search", cls="reader-title"), e("div", cls="credits reader-credits"),
            e("div", e("div", "2–3 minutes", cls="reader-estimated-time", dir="ltr"), cls="meta-data"), cls="header reader-header")  # fmt: skip
    plain = replace(listing, heading=None)
    make.listing, parts = plain, []
    parts = main_of(make, form)
    make.listing = listing
    page = e("div", e("div", parts, cls="page", id="readability-page-1"), cls="moz-reader-content reader-show-element")
    return e("div", top, e("hr"), e("div", page, cls="content"), cls="container", dir="ltr")


def text_of(make, _form):
    """The listing as a text file, in the viewer's <pre>."""
    listing = make.listing
    if listing.text is not None:
        return e("pre", listing.text, style="word-wrap: break-word; white-space: pre-wrap;")
    lines, is_old = [], listing.generation == "old"
    if is_old:
        lines += ["Search in", *(["ADD SEARCH FILTER CANCEL SEARCH FILTER"] if listing.has_labels else []), ""]
        lines += ["Digital Archive International History Declassified", ""]
        if listing.kind == "collection":
            lines += [
                "No image found.",
                "",
                listing.heading,
                "",
                *(line for text in listing.description for line in (text, "")),
            ]
        else:
            lines += ["SEARCH RESULTS", ""] if listing.has_labels else [""]
    else:
        lines += ["Skip to content", ""]
        if listing.kind == "search":
            lines += ["", listing.pager, "", ""]
        else:
            caption = [listing.image_caption, ""] if listing.image_caption else []
            described_lines = [line for paragraph in listing.description for line in (paragraph, "")]
            lines = [
                lines[0],
                *(caption or [""]),
                listing.heading,
                "",
                *described_lines,
                *caption,
                listing.section or "Timeline",
                "",
            ]
    for item in listing.items:
        parts = [item.title, *([item.summary] if item.summary else [])]
        date = [f"  • {item.date_text}"] if is_old else [item.date_text or ""]
        for part in [*date, *(f"    {part}" if is_old else part for part in parts)]:
            lines += [part, ""] if part else [""]
    return e("pre", "\n".join(lines), style="word-wrap: break-word; white-space: pre-wrap;")


FRAMES = {"site": site, "bare": bare, "print": print_view, "office": bare, "reader": reader, "text": text_of}
CODECS = {
    "utf-8": "utf-8",
    "none": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "windows-1252": "cp1252",
    "windows-1251": "cp1251",
    "utf-16": "utf-16",
}


def charset_of(chance, style, saver):
    if style.charset:
        return style.charset
    if saver in (SAVERS["single_file"], SAVERS["web_scrap_book"]):
        return "utf-8"
    return chance.choices(("utf-8", "windows-1252", "none"), (0.85, 0.1, 0.05))[0]


def writing_of(chance, style, saved):
    """How the page is written: what the style says, what the saver does, and chance for the rest."""
    drawn = {
        "layout": chance.choice(("indented", "indented", "template", "lines", "minified")),
        "indent": chance.choice(("  ", "    ", "\t")),
        "entities": chance.choice(("raw", "raw", "raw", "named", "decimal", "hexadecimal")),
    }
    options = {**drawn, **saved.writing, **style.writing}
    newline = options.pop("newline", "\n")
    return Writing(**options), newline


def written_page(saved, writing_and_newline):
    writing, newline = writing_and_newline
    doctype = saved.doctype
    if writing.is_xhtml:
        doctype = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
        doctype = doctype if saved.charset == "utf-8" else doctype.partition("\n")[2]
    text = doctype + saved.before + written(saved.tree, writing) + saved.below + "\n"
    return text.replace("\n", newline)


def encoded(text, charset):
    return text.encode(CODECS[charset], errors="xmlcharrefreplace")


def truth_of(listing, make, saved, *, has_links):
    """What the file tells a careful reader."""
    base = make.page_url if saved.is_told or saved.is_absolute else ""
    entries = tuple(
        HtmlEntry(
            item.date_text,
            item.title,
            item.summary,
            urljoin(base, saved.linked(item.path)) if has_links else None,
            listing.section,
        )
        for item in listing.items
    )
    return Truth(listing.generation, listing.kind, listing.heading, tuple(shown(text) for text in listing.description), listing.image_caption,
                 listing.pager, make.page_url if saved.is_told else None, saved.replay_url, entries)  # fmt: skip


def folded(text):
    """A text with every space alike and nothing invisible."""
    return None if text is None else " ".join(UNSEEN.sub("", str(text)).split())


def value_of(entry, name):
    return entry.get(name) if isinstance(entry, dict) else getattr(entry, name)


def compare(truth, entries, fields=FIELDS, *, is_strict=False):
    """What differs between the truth and entries that were read, in words; an empty list where nothing does.

    An entry is a mapping or an object with the named fields. Unless strict, kinds of spaces and invisible characters do not count.
    """
    entries = list(entries)
    alike = (lambda text: text) if is_strict else folded
    told = []
    if len(entries) != len(truth.entries):
        told.append(f"{len(entries)} entries were read of {len(truth.entries)}")
    for number, (expected, entry) in enumerate(zip(truth.entries, entries, strict=False), 1):
        for name in fields:
            value, right = value_of(entry, name), getattr(expected, name)
            if alike(value) != alike(right):
                told.append(f"entry {number}: {name} is {value!r}, the page has {right!r}")
    read = [alike(value_of(entry, "title")) for entry in entries]
    printed_titles = [alike(entry.title) for entry in truth.entries]
    told += [f"not read: {title!r}" for title in printed_titles if title not in read]
    told += [f"read, but no entry of the page: {title!r}" for title in read if title not in printed_titles]
    return told


__all__ = [
    "DATED", "KINDS", "STYLES", "HtmlEntry", "HtmlPage", "Item", "Listing", "Truth", "compare", "html_of", "html_of_text_page",
    "make_html", "make_listing", "styles_of",
]  # fmt: skip
