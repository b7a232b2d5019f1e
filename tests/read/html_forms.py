"""How a list of documents is marked up: one function a form. Each takes the page under construction and its items, and
returns the nodes of the list. `before` and `after` are what a site prints with an entry that is no part of it.
"""

from __future__ import annotations

from tests.read.html_tree import comment, e


def old_items(make, items):
    """The old site as public scrapers know it: `.search-res li`, `.lnk-res`, `.itm-title`."""
    return [e("ul", [e("li", make.before(item), make.dated(item, "div"),
                       make.link(item, e(make.title_tag, make.title(item), cls=make.name("title")), cls="link"),
                       make.summed(item, "p"), make.after(item)) for item in items], cls=make.name("list"))]  # fmt: skip


def one_link(make, items):
    """A whole entry is one link around blocks, as HTML 5 allows."""
    return [e("ul", [e("li", make.link(item, make.dated(item, "div"), e("h3", make.title(item), cls=make.name("title")),
                                       make.summed(item, "p"), cls="link")) for item in items], cls=make.name("list"))]  # fmt: skip


def table_cells(make, items):
    """The new site's `table.table-hover td.document`: one cell a document."""
    rows = [e("tr", e("td", make.before(item), make.dated(item, "p"), e("h4", make.link(item, make.title(item))),
                      make.summed(item, "p"), make.after(item), cls=make.name("document"))) for item in items]  # fmt: skip
    return [e("table", e("tbody", rows), cls=make.name("table"))]


def table_cell_link(make, items):
    """As table_cells, and all that is in the cell is one link."""
    rows = [e("tr", e("td", make.link(item, make.dated(item, "div"), e("div", make.title(item), cls=make.name("title")),
                                      make.summed(item, "div")), cls=make.name("document"))) for item in items]  # fmt: skip
    return [e("table", e("tbody", rows), cls=make.name("table"))]


def table_columns(make, items):
    """A date column and a document column."""
    rows = [e("tr", make.dated(item, "td") or e("td"),
              e("td", make.before(item), e("div", make.link(item, make.title(item))), make.summed(item, "div"), make.after(item)))
            for item in items]  # fmt: skip
    return [e("table", e("tbody", rows), cls=make.name("table"))]


def table_headed(make, items):
    """Three columns below a row of headings."""
    head = e("thead", e("tr", [e("th", word, scope="col") for word in ("Date", "Title", "Description")]))
    rows = [e("tr", make.dated(item, "td") or e("td"), e("td", make.link(item, make.title(item))),
              make.summed(item, "td") or e("td")) for item in items]  # fmt: skip
    return [e("table", head, e("tbody", rows), cls=make.name("table"))]


def views_rows(make, items):
    """Drupal Views: a row of fields, each with its wrapper."""
    rows = [e("div",
              e("div", make.before(item)) if make.before(item) else None,
              e("div", e("span", make.date(item), cls="field-content"), cls="views-field views-field-field-date") if item.date_text or make.has("empty_date") else None,
              e("div", e("span", make.link(item, make.title(item)), cls="field-content"), cls="views-field views-field-title"),
              e("div", e("div", e("p", item.summary), cls="field-content"), cls="views-field views-field-body") if item.summary else None,
              make.after(item),
              cls="views-row") for item in items]  # fmt: skip
    return [e("div", e("div", rows, cls="view-content"), cls="view view-documents view-id-documents")]


def article_cards(make, items):
    """An article a document, with a header and `<time>`."""
    return [e("section", [e("article", make.before(item), e("header", make.dated(item, "p"), e("h3", make.link(item, make.title(item)))),
                            make.summed(item, "p"), make.after(item), cls=make.name("card")) for item in items])]  # fmt: skip


def definitions(make, items):
    """A definition list: a date defines."""
    pairs = [[make.dated(item, "dt") or e("dt"), e("dd", make.before(item), make.link(item, make.title(item))), make.summed(item, "dd"),
              e("dd", make.after(item)) if make.after(item) else None] for item in items]  # fmt: skip
    return [e("dl", pairs, cls=make.name("list"))]


def broken_lines(make, items):
    """A paragraph a document, its parts on lines divided by `<br>`."""

    def lines(item):
        if item.date_text:
            yield from (*make.date(item), e("br"))
        yield make.link(item, make.title(item))
        if item.summary:
            yield from (e("br"), item.summary)

    return [e("div", [[e("p", list(lines(item)), cls=make.name("item")), make.after(item)] for item in items])]  # fmt: skip


def doubly_broken(make, items):
    """No element a document at all: text, links and `<br><br>` one after the other."""
    nodes = []
    for item in items:
        if item.date_text:
            nodes += [*make.date(item), e("br"), "\n"]
        nodes += [make.link(item, e("b", make.title(item))), e("br"), "\n"]
        if item.summary:
            nodes += [item.summary, e("br"), "\n"]
        nodes += [e("br"), "\n"]
    return [e("div", nodes, cls=make.name("list"))]


def paragraphs(make, items):
    """A paragraph a part, and no element that holds an entry together."""
    parts = [
        [make.dated(item, "p"), e("p", make.link(item, make.title(item))), make.summed(item, "p"), make.after(item)]
        for item in items
    ]
    return [e("div", parts, cls=make.name("list"))]


def headings(make, items):
    """A heading with the title, the date above it, the text below it; a rule between documents."""
    parts = [
        [
            make.dated(item, "div"),
            e("h3", make.link(item, make.title(item))),
            make.summed(item, "p"),
            make.after(item),
            e("hr"),
        ]
        for item in items
    ]
    return [e("div", parts, cls=make.name("list"))]


def spans_in_link(make, items):
    """Only spans, as HTML 4 asks of what is in a link; a style sheet makes each a line."""
    gap = make.chance.choice((" ", None, "\n    "))
    rows = [e("li", make.link(item,
                              [e("span", make.date(item), cls="date"), gap] if item.date_text else None,
                              e("span", make.title(item), cls="title"), gap,
                              e("span", item.summary, cls="summary") if item.summary else None, cls="link")) for item in items]  # fmt: skip
    return [e("style", ".listing a span { display: block }"), e("ul", rows, cls="listing")]


def styled_spans(make, items):
    """Spans that are blocks by their style attribute."""
    block = "display: block; margin: 0 0 4px"
    rows = [e("div", e("span", make.date(item), style=block) if item.date_text else None,
              e("span", make.link(item, make.title(item)), style=block),
              e("span", item.summary, style=block) if item.summary else None) for item in items]  # fmt: skip
    return [e("div", rows, cls=make.name("list"))]


def grid_columns(make, items):
    """Bootstrap's rows and columns."""
    rows = [e("div", e("div", make.before(item), make.date(item), cls="col-md-3 col-12"),
              e("div", e("h5", make.link(item, make.title(item)), cls="mb-1"), make.summed(item, "p"), make.after(item), cls="col-md-9 col-12"),
              cls="row border-bottom py-3") for item in items]  # fmt: skip
    return [e("div", rows, cls="container-fluid")]


def nested_boxes(make, items):
    """Many boxes in boxes, as page builders make them."""

    def deep(*children):
        node = e("div", *children, cls=make.name("cell"))
        for depth in range(5):
            node = e("div", node, cls=make.name(f"box{depth}"))
        return node

    rows = [
        deep(
            e(
                "div",
                make.dated(item, "div"),
                deep(make.link(item, make.title(item))),
                make.summed(item, "div"),
                make.after(item),
            )
        )
        for item in items
    ]
    return [e("div", rows, data_builder="listing")]  # fmt: skip


def title_first(make, items):
    """The date stands below the title."""
    rows = [
        e(
            "li",
            make.before(item),
            e("h3", make.link(item, make.title(item))),
            make.dated(item, "p"),
            make.summed(item, "p"),
            make.after(item),
        )
        for item in items
    ]
    return [e("ul", rows, cls=make.name("list"))]


def date_last(make, items):
    """The date closes the entry, below the summary."""
    rows = [
        e(
            "article",
            e("h3", make.link(item, make.title(item))),
            make.summed(item, "p"),
            e("footer", make.dated(item, "div")),
            cls=make.name("card"),
        )
        for item in items
    ]
    return [e("div", rows, cls=make.name("list"))]


def definitions_title_first(make, items):
    """A definition list in which the title is what is defined."""
    pairs = [
        [e("dt", make.link(item, make.title(item))), make.dated(item, "dd"), make.summed(item, "dd")] for item in items
    ]
    return [e("dl", pairs)]


def field(label, value, *, is_hidden):
    if not value:
        return None
    return e(
        "div",
        e("div", label, cls="field__label visually-hidden" if is_hidden else "field__label"),
        e("div", value, cls="field__item"),
        cls="field",
    )


def hidden_labels(make, items):
    """Drupal fields whose labels are for screen readers only."""
    rows = [e("div", field("Date", make.date(item), is_hidden=True), e("h3", make.link(item, make.title(item))),
              field("Description", item.summary, is_hidden=True), cls="node node--type-document node--view-mode-teaser") for item in items]  # fmt: skip
    return [e("div", rows, cls="view-content")]


def printed_labels(make, items):
    """Drupal fields with labels that everybody sees."""
    rows = [e("div", field("Date", make.date(item), is_hidden=False), field("Title", make.link(item, make.title(item)), is_hidden=False),
              field("Description", item.summary, is_hidden=False), cls="views-row") for item in items]  # fmt: skip
    return [e("div", rows, cls="view-content")]


def inline_labels(make, items):
    """`Date: January 5, 1950` on one line, as library catalogues print it."""
    rows = [e("li", e("div", make.link(item, make.title(item))), e("div", e("b", "Date:"), " ", make.date(item)) if item.date_text else None,
              make.summed(item, "div")) for item in items]  # fmt: skip
    return [e("ol", rows)]


def layout_tables(make, items):
    """Tables for the looks of it, `<font>` and spacers: sites of about 2000, and what was carried over from them."""
    spacer = e("img", src=make.image("spacer.gif"), width="1", height="8", alt="")
    rows = [
        e("tr", e("td", e("img", src=make.image("bullet.gif"), alt="", border="0"), width="12", valign="top"),
          e("td", e("font", e("b", make.date(item)), size="-1") if item.date_text else None, e("br"),
            make.link(item, e("font", make.title(item), color="#003366")), e("br"),
            e("font", item.summary, size="-1") if item.summary else None, e("br"), spacer))
        for item in items
    ]  # fmt: skip
    return [e("table", e("tbody", rows), cellpadding="2", cellspacing="0", border="0", width="100%")]


def stretched_links(make, items):
    """The title is no link; an empty link with a label lies over the whole card."""
    rows = [e("div", make.dated(item, "div"), e("h3", make.title(item)), make.summed(item, "p"),
              make.link(item, cls="stretched-link", aria_label=f"Open {item.title}"), cls=make.name("card") or "card") for item in items]  # fmt: skip
    return [e("div", rows, cls="cards")]


def folded_summaries(make, items):
    """The summary can be folded away."""
    rows = [e("li", make.dated(item, "div"), e("h3", make.link(item, make.title(item))),
              e("details", e("summary", "Show description"), e("p", item.summary), open=make.chance.random() < 0.3) if item.summary else None)
            for item in items]  # fmt: skip
    return [e("ul", rows)]


def custom_elements(make, items):
    """Web components whose slotted content stands in the page."""
    rows = [e("archive-card", e("div", make.date(item), slot="date") if item.date_text else None,
              e("h3", make.link(item, make.title(item)), slot="title"),
              e("p", item.summary, slot="text") if item.summary else None, role="listitem") for item in items]  # fmt: skip
    return [e("archive-list", rows, role="list")]


def numbered(make, items):
    """Ranks are printed before the entries."""
    rows = [e("div", e("div", f"{rank}.", cls="rank"), e("div", make.dated(item, "div"), e("h3", make.link(item, make.title(item))), make.summed(item, "p")), cls="result")
            for rank, item in enumerate(items, 1)]  # fmt: skip
    return [e("div", rows)]


def twice_for_widths(make, items):
    """A table for wide screens and cards for narrow ones; classes of a style sheet hide one of the two."""
    cards = e(
        "div",
        [
            e(
                "div",
                make.dated(item, "div"),
                e("h5", make.link(item, make.title(item))),
                make.summed(item, "p"),
                cls="card",
            )
            for item in items
        ],
        cls="d-md-none",
    )
    return [e("div", table_cells(make, items), cls="d-none d-md-block"), cards]


def commented(make, items):
    """Theme debugging was left on: comments around every field."""
    rows = [
        [comment(" THEME DEBUG "), comment(" BEGIN OUTPUT from 'themes/archive/templates/node--document--teaser.html.twig' "),
         e("div", make.dated(item, "div"), comment(f" FILE NAME SUGGESTIONS: * node--{number}--teaser.html.twig x node.html.twig "),
           e("h2", make.link(item, make.title(item))), make.summed(item, "div")),
         comment(" END OUTPUT from 'themes/archive/templates/node--document--teaser.html.twig' ")]
        for number, item in enumerate(items)
    ]  # fmt: skip
    return [e("div", rows, cls="view-content")]


def by_decade(make, items):
    """Headings between the entries, here the decade of what follows (a page that is in order of time)."""
    nodes, last = [], None
    for item in items:
        decade = f"{item.date_text[-4:-1]}0s" if item.date_text else last
        if decade != last and decade:
            nodes.append(e("h3", decade))
            last = decade
        nodes.append(
            e(
                "div",
                make.dated(item, "div"),
                e("h4", make.link(item, make.title(item))),
                make.summed(item, "p"),
                cls=make.name("item"),
            )
        )
    return [e("div", nodes)]


def office(make, items):
    """Pasted into a word processor and saved as a filtered web page."""

    def line(*children, kind="MsoNormal"):
        return e("p", e("span", children, lang="EN-US", style="font-size:11.0pt"), cls=kind)

    bullet = e(
        "span",
        "·",
        e("span", "\N{NO-BREAK SPACE}" * 8, " ", style='font:7.0pt "Times New Roman"'),
        style="font-family:Symbol",
    )
    nodes = []
    for item in items:
        if item.date_text:
            nodes.append(
                line(bullet, make.date(item), kind="MsoListParagraph")
                if make.generation == "old"
                else line(make.date(item))
            )
        nodes += [line(make.link(item, make.title(item)))]
        nodes += [line(item.summary)] if item.summary else []
        nodes.append(e("p", e("span", "\N{NO-BREAK SPACE}"), cls="MsoNormal"))
    return [e("div", nodes, cls="WordSection1")]  # fmt: skip
