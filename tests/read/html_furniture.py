"""What surrounds a listing on a page: menus, facets, banners, footers, scripts, hidden things, an archive's toolbar.

Every function takes the page under construction (`make`: chance, name, language, path) and returns nodes. None of it is an
entry, whatever dates and numbers it holds.
"""

from __future__ import annotations

import json

from benchmarks.pages import COLLECTIONS, MATTERS, MONTHS, PERSONS, PLACES
from tests.read.html_tree import Raw, comment, e

MENU = {
    "en": ("Home", "Browse", "Topics", "Collections", "People", "Places", "About", "For Teachers", "Blog", "Contact"),
    "ru": ("Главная", "Обзор", "Темы", "Коллекции", "Лица", "Места", "О нас", "Учителям", "Блог", "Контакты"),
}
LANGUAGES = ("English", "Русский", "中文", "한국어", "Deutsch", "العربية", "Español", "Français")
FACETS = {
    "en": ("People", "Places", "Topics", "Language", "Archive", "Date"),
    "ru": ("Лица", "Места", "Темы", "Язык", "Архив", "Дата"),
}
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SVG = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="
PRIVACY = "We use cookies to improve your visit. By continuing to use this site you agree to our privacy notice of May 25, 2018."


def skip_link(make):
    attributes = make.chance.choice(({"cls": "visually-hidden focusable skip-link"}, {"cls": make.name("skip")}))
    return e("a", "Skip to content", href="#main-content", **attributes)


def box(make, landmark, name, *children, role=None):
    """A landmark on a page that has landmarks, a division with an arbitrary class on one that has not."""
    if make.has_landmarks:
        return e(landmark, *children, cls=make.name(name), role=role)
    return e("div", *children, cls=make.name(name), id=make.chance.choice((None, None, f"block-{name}")))


def menu(make):
    """The main menu, at times with every topic, place and person below it."""
    chance = make.chance
    words = MENU[make.language]
    items = [
        e("li", e("a", word, href=make.path(f"/{number}")), cls=make.name("menu-item"))
        for number, word in enumerate(words)
    ]
    if make.has("mega_menu"):
        people = [f"{person} {chance.randint(1860, 1910)}-{chance.randint(1911, 1999)}" for person in PERSONS]
        below = [*PLACES, *people, *COLLECTIONS, *(f"{place}: {matter}" for place in PLACES for matter in MATTERS)]
        below += [f"{decade}s" for decade in range(1920, 2020, 10)]
        for number, some in enumerate((below[::2], below[1::2])):
            nested = e("ul", [e("li", e("a", word, href=make.path(f"/topics/{n}"))) for n, word in enumerate(some)])
            items[number] = e("li", e("a", words[number], href="#", aria_expanded="false"), nested)
    return box(
        make, "nav", "menu", e("ul", items, cls=make.name("menu")), role=make.chance.choice((None, "navigation"))
    )


def header(make):
    """Site name, menu, language switch, search form."""
    chance = make.chance
    logo = e("a", e("img", src=make.image("logo.png"), alt="Digital Archive"), href=make.path("/"), rel="home")
    parts = [e("div", logo, e("span", "International History Declassified", cls=make.name("slogan")))]
    if make.has("languages"):
        parts.append(e("ul", [e("li", e("a", word, href=make.path(f"/l{n}"))) for n, word in enumerate(LANGUAGES)]))
    if make.has("search_form"):
        parts.append(
            e(
                "form",
                e("label", "Search", for_="q", cls="visually-hidden"),
                e("input", type="search", name="q", id="q", placeholder="Search documents", value="herring"),
                e(
                    "select",
                    [e("option", year, value=year) for year in range(1922, chance.randint(1930, 2020), 7)],
                    name="year",
                ),
                e("button", "Search", type="submit"),
                action=make.path("/search"),
            )
        )
    parts.append(menu(make))
    return box(make, "header", "site-header", *parts, role=chance.choice((None, "banner")))


def old_header(make, *, has_filter, has_results):
    """What the text dumps of old pages begin with: `Search in`, the filter's buttons, the site's name."""
    chance = make.chance
    search_in = chance.choice((e("label", "Search in", for_="in"), e("div", "Search in", cls=make.name("search-in"))))
    fields = [search_in, e("input", type="text", name="term", id="term", value="")]
    if has_filter:
        buttons = ("ADD SEARCH FILTER", "CANCEL SEARCH FILTER")
        fields.append(
            e("div", e("a", buttons[0], href="#", cls="add"), " ", e("a", buttons[1], href="#", cls="cancel"))
        )
    form = e(
        "form", e("div", fields, cls=make.name("search-fields")), action=make.path("/search-results"), method="get"
    )
    name = e(
        "h1",
        e(
            "a",
            e("span", "Digital Archive"),
            " ",
            e("small", "International History Declassified"),
            href=make.path("/"),
        ),
        cls=make.name("site-name"),
    )
    parts = [form, name]
    if make.has("header"):
        parts.insert(chance.choice((0, 1, 2)), menu(make))
    if make.has("languages"):
        parts.append(e("p", [[e("a", word, href=f"?lang={n}"), " | "] for n, word in enumerate(LANGUAGES[:3])]))
    results = e("h2", "SEARCH RESULTS", cls=make.name("results-heading")) if has_results else None
    return [box(make, "header", "top", *parts), results]


def breadcrumbs(make, heading):
    crumbs = [e("li", e("a", word, href=make.path(f"/{n}"))) for n, word in enumerate(MENU[make.language][:2])]
    crumbs.append(e("li", heading or "Search", aria_current="page"))
    return box(make, "nav", "breadcrumb", e("ol", crumbs, cls=make.name("breadcrumb")))


def facets(make):
    """A sidebar that narrows a search: names with life spans, counts such as `(372) documents`."""
    chance = make.chance
    groups = []
    for group in chance.sample(FACETS[make.language], chance.randint(2, 5)):
        lines = [
            chance.choice((
                [chance.choice(PERSONS), " ", e("span", f"{chance.randint(1870, 1912)}- {chance.randint(1913, 1999)}")],
                [chance.choice(PLACES)],
                [chance.choice(MATTERS).capitalize()],
                [f"{chance.randint(1870, 1912)}-{chance.randint(1913, 1999)}"],
            ))
            for _ in range(chance.randint(2, 9))
        ]  # fmt: skip
        items = [
            e(
                "li",
                e(
                    "a",
                    line,
                    href=make.path(f"/search?f%5B0%5D=topics:{chance.randint(80_000, 90_000)}"),
                    rel="nofollow",
                ),
                " ",
                e("span", f"({chance.randint(1, 900)}) documents", cls=make.name("count")),
            )
            for line in lines
        ]
        groups.append(e("div", e("h3", group), e("ul", items, cls=make.name("facet"))))
    return box(make, "aside", "sidebar", e("h2", chance.choice(("Filter", "Refine your search"))), groups)


def cookie_banner(make):
    text = e("p", PRIVACY, " ", e("a", "Learn more", href=make.path("/privacy")), ".")
    return e("div", text, e("button", "Accept"), e("button", "Decline"), id="cookie-banner", role="dialog")


def social(make):
    places = ("Facebook", "Twitter", "E-mail", "Print")
    return e(
        "ul", [e("li", e("a", f"Share on {place}", href="#", title=place)) for place in places], cls=make.name("social")
    )


def news(make):
    """Dated headlines of a site's own news; they lead to /news, not to documents."""
    chance = make.chance
    items = [
        e(
            "li",
            e("div", f"{chance.choice(MONTHS)} {chance.randint(1, 28)}, {chance.randint(2015, 2021)}"),
            e(
                "a",
                f"New Collection on {chance.choice(MATTERS).removeprefix('the ').title()}",
                href=make.path(f"/news/{n}"),
            ),
        )
        for n in range(chance.randint(1, 3))
    ]
    return box(make, "aside", "news", e("h3", "News"), e("ul", items))


def footer(make):
    chance = make.chance
    parts = [
        e("p", "One Harbour Plaza", e("br"), "1300 Breakwater Avenue NW", e("br"), "Port Ansel 20004-3027"),
        e("p", f"© {chance.randint(2011, 2017)}–{chance.randint(2018, 2024)} Harbour Institute. All rights reserved."),
    ]
    if chance.random() < 0.4:
        parts.append(e("p", "Last updated ", e("time", f"June {chance.randint(1, 30)}, 2021", datetime="2021-06-02")))
    if chance.random() < 0.4:
        parts.append(
            e("ul", [e("li", e("a", word, href=make.path(f"/{n}"))) for n, word in enumerate(MENU[make.language])])
        )
    if make.has("social"):
        parts.append(social(make))
    return box(make, "footer", "footer", *parts, role=chance.choice((None, "contentinfo")))


def scripts(make):
    """Scripts, a style sheet, and what is for those who run no scripts."""
    listing = {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": [
        {"@type": "ListItem", "position": 1, "url": make.path("/document/1"), "name": "January 5, 1950"}]}  # fmt: skip
    return [
        e("script", "\nwindow.dataLayer = window.dataLayer || []; if (1 < 2 && 3 > 2) { document.write('<li>January 5, 1950</li>'); }\n"),
        e("script", json.dumps(listing), type="application/ld+json"),
        e("noscript", e("iframe", src="https://tags.example/ns.html?id=GTM-0000", height="0", width="0", style="display:none;visibility:hidden")),
    ]  # fmt: skip


def hidden(make):
    """What is on a page and nobody sees: a template, a dialog, an off-screen menu, a spinner."""
    chance = make.chance
    template = e(
        "template", e("li", e("div", "January 1, 1970"), e("a", "Title", href="/document/0"), e("p", "Summary"))
    )
    kinds = (
        template,
        e("div", e("p", "Loading…"), hidden=True),
        e("div", e("p", "No results were found."), style="display: none"),
        e("div", e("p", "Session expired on January 1, 1970"), style="display:none;", aria_hidden="true"),
        e("div", "Page loaded", cls="visually-hidden", aria_live="polite"),
        comment(" <li>December 31, 1999</li> "),
    )
    return chance.sample(kinds, chance.randint(2, len(kinds)))


def sorting(make):
    chance = make.chance
    return e(
        "form",
        e("label", "Sort by", for_="sort"),
        e(
            "select",
            [e("option", word, value=word.lower()) for word in ("Relevance", "Date", "Title")],
            id="sort",
            name="sort",
        ),
        e("label", "Items per page", for_="count"),
        e("select", [e("option", count, value=count) for count in ("10", "20", "50")], id="count", name="count"),
        e("input", type="submit", value="Apply") if chance.random() < 0.5 else None,
        cls=make.name("sort"),
    )


def page_links(make):
    """The links to a listing's other pages, below it."""
    numbers = [
        e("li", e("a", e("span", "Page", cls="visually-hidden"), " ", n, href=f"?page={n}")) for n in "123456789"
    ]
    ends = [
        e("li", e("a", word, href=f"?page={n}", rel=rel))
        for n, (word, rel) in enumerate((("‹ Previous", "prev"), ("Next ›", "next")))
    ]
    items = [ends[0], *numbers, e("li", "…"), ends[1]]
    return box(make, "nav", "pager", e("ul", items, cls=make.name("pager")))


def related(make):
    """Links beside a list that lead to documents too: titles alone, nobody's search result."""
    chance = make.chance
    links = [
        e("li", e("a", f"Letter, {chance.choice(PERSONS)} to the Harbour Master", href=make.document_path(900 + n)))
        for n in range(3)
    ]
    return box(make, "aside", "related", e("h3", "Most Viewed This Week"), e("ul", links))


def featured(make):
    """One document praised on every page of a site, with its date and a picture."""
    link = e(
        "a", e("img", src=make.image("f.jpg"), alt=""), e("span", "The Harbour Charter"), href=make.document_path(999)
    )
    return e("div", e("h3", "Featured Document"), e("p", make.example_date()), link, cls=make.name("featured"))


def wayback_toolbar(make, archived):
    """What the Wayback Machine puts on top of a page it replays."""
    stamp = archived.split("/")[4]
    rows = e(
        "table",
        e(
            "tbody",
            e("tr", e("td", "May"), e("td", "JUN"), e("td", "Jul")),
            e("tr", e("td", "2018"), e("td", "2019"), e("td", "2020")),
        ),
    )
    return [
        Raw("<!-- BEGIN WAYBACK TOOLBAR INSERT -->"),
        e("div",
          e("div", e("a", e("img", src="https://web.archive.org/_static/images/toolbar/wayback-toolbar-logo-200.png", alt="Wayback Machine"), href="https://web.archive.org/web/")),
          e("form", e("input", type="text", name="url", value=make.page_url), e("input", type="submit", value="Go"), action="https://web.archive.org/form-submit.jsp"),
          e("div", e("a", "37 captures", href=f"https://web.archive.org/web/{stamp}*/{make.page_url}"), e("div", "12 Mar 2016 - 03 Jun 2021")),
          rows,
          e("p", "success"), e("p", "fail"), e("div", e("a", "About this capture", href="#")),
          id="wm-ipp-base", lang="en", style="display:none;direction:ltr;" if make.chance.random() < 0.5 else None),
        e("div", "The Wayback Machine - ", archived, id="wm-ipp-print"),
        Raw("<!-- END WAYBACK TOOLBAR INSERT -->"),
    ]  # fmt: skip
