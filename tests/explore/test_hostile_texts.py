"""Texts that would like to be more than text: in every field, in both forms of the page, in its address, in Chromium."""

from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipelines.explore.inline import make_inline
from pipelines.explore.shards import write_shards
from tests.explore.conftest import KEY, write_release
from tests.explore.made import tables_of

RUN = "window.ran=(window.ran||0)+1;alert(1)"
PAYLOADS = [
    f"<script>{RUN}</script>", f"</script><script>{RUN}</script>", f"<!--<script>{RUN}</script>-->", f"--><script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">', f"<svg onload={RUN}>", f"<svg><script>{RUN}</script></svg>", f"<body onload={RUN}>",
    f"<iframe src=javascript:{RUN}>", f"<iframe srcdoc='<script>{RUN}</script>'>", f"<object data=javascript:{RUN}>", f"<embed src=javascript:{RUN}>",
    f"<a href=javascript:{RUN} autofocus>x</a>", f"javascript:{RUN}", f"JaVaScRiPt:{RUN}", f"java\tscript:{RUN}", f"\x01javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>", f"vbscript:{RUN}", "file:///etc/passwd", "//evil.example/x", 'http://evil.example/"onmouseover=alert(1)',
    f'" autofocus onfocus="{RUN}', f"' onmouseover='{RUN}", f"`${{{RUN}}}`", f"${{{RUN}}}", f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>", "<style>@import'http://evil.example/a.css'</style>",
    "<link rel=stylesheet href=http://evil.example/a.css>", "<meta http-equiv=refresh content=0;url=http://evil.example/>", "<base href=http://evil.example/>",
    "<form action=http://evil.example/><button autofocus>x</button></form>", f"<details open ontoggle={RUN}>", f"<video><source onerror={RUN}></video>",
    "\u2028alert(1)//\u2029alert(2)", "\\u003cscript>alert(1)</script>", "]]>*/alert(1)//", "\u202etxt.exe\u202c \u0000\x1b[2J", "__proto__",
]  # fmt: skip
TAGS = frozenset(
    [
        "a",
        "article",
        "aside",
        "bdi",
        "button",
        "caption",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "header",
        "input",
        "label",
        "legend",
        "li",
        "main",
        "mark",
        "nav",
        "noscript",
        "ol",
        "option",
        "p",
        "script",
        "section",
        "select",
        "span",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "svg",
        "rect",
        "path",
        "title",
        "figure",
        "figcaption",
        "line",
        "text",
    ]
)


def hostile(payload, at):
    own = dict.fromkeys(
        ["title", "summary", "date_text", "genre", "number", "number_kind", "language_hint", "url", "event_date_text", "event_date_edtf", "event_time"],
        payload,
    )  # fmt: skip
    party = dict.fromkeys(["name", "alias", "name_normalized", "party_kind", "office", "wikidata_id"], payload)
    entry = {"page": f"{payload}/{at}", "page_heading": payload, "page_url": payload, "section": payload}
    return {
        **own, "date_edtf": "1950", "date_start": date(1950, 1, 1), "date_end": date(1950, 12, 31), "date_precision": "year",
        "has_variants": True, "collections": [payload], "parties": [{**party, "role": payload}, {**party, "role": "from"}, {**party, "role": "to"}],
        "readings": [(payload, 1, payload, 1, 2), ("party", 1, payload, 1, len(payload)), ("party", 9, payload, 2, 3)],
        "entries": [entry, {**entry, "title": f"{payload} {payload}", "summary": None, "date_text": f"x {payload}"}],
        "matches": [(0, at, 1, "same", payload), (0, (at + 1) % len(PAYLOADS), 0, "review", payload)],
    }  # fmt: skip


@pytest.fixture(scope="module")
def hostile_tables():
    documents = [hostile(payload, at) for at, payload in enumerate(PAYLOADS)]
    order = sorted(range(len(documents)), key=lambda at: documents[at]["title"])
    for place, at in enumerate(order):  # tables_of puts them in this order, and matches go by it
        documents[at]["matches"] = [
            (0, place, 1, "same", PAYLOADS[at]),
            (0, (place + 1) % len(order), 0, "review", PAYLOADS[at]),
        ]
    return tables_of(documents)


@pytest.fixture(scope="module", params=["inline", "sharded"])
def hostile_page(request, hostile_tables, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "explorer" / KEY).mkdir(parents=True)
    page = (
        make_inline(hostile_tables)
        if request.param == "inline"
        else write_shards(write_release(hostile_tables, folder / "release"), KEY, folder / "explorer" / KEY)
    )
    (folder / "explorer.html").write_bytes(page)
    return folder / "explorer.html"


def test_there_are_forty_of_them():
    assert len(set(PAYLOADS)) == 40


def test_the_page_holds_its_own_elements_and_no_others(hostile_tables):
    parsed = LexborHTMLParser(make_inline(hostile_tables).decode())
    assert [node.tag for node in parsed.css("body *")] == ["noscript", "p", "script", "script"]
    assert [node.tag for node in parsed.css("head *")] == ["meta", "meta", "meta", "meta", "meta", "title", "style"]


ACTIVE = """tags => [...document.querySelectorAll('body *')].flatMap(element => [
    ...(tags.includes(element.localName) ? [] : [element.localName]),
    ...[...element.attributes].filter(({name, value}) => name.startsWith('on') || name === 'style' && !element.closest('.plot')
        || (name === 'href' && !/^(#|https?:)/.test(value)) || name === 'srcdoc' || name === 'src' || name === 'action')
        .map(({name, value}) => `${element.localName} ${name}=${value}`)])"""


def faults(shown):
    folder = shown.path.parent.as_uri()
    left = [url for url in shown.requests if not url.startswith(folder)]
    return [
        *shown.tab.evaluate(ACTIVE, sorted(TAGS)),
        *left,
        *shown.dialogs,
        *shown.faults,
        *([] if shown.tab.evaluate("window.ran === undefined") else ["ran"]),
    ]


def test_nothing_of_them_is_active_in_a_list_or_a_document(hostile_page, opened):
    shown = opened(hostile_page)
    assert shown.found == "1 - 10 of 40"
    addresses = []
    for number in range(1, 5):
        shown.go(f"#page={number}")
        addresses += shown.tab.eval_on_selector_all(".item a", "all => all.map(a => a.hash)")
        assert faults(shown) == []
    assert len(addresses) == 40
    for address in addresses:
        shown.go(address)
        assert "2 appearances" in shown.tab.inner_text("main")
        assert shown.tab.locator(".readings li").count() == 3
        assert faults(shown) == []


def test_nothing_of_them_is_active_in_a_picture_of_who_wrote_to_whom(hostile_page, opened):
    shown = opened(hostile_page, "#view=letters")
    assert shown.found == "40 of 40 documents with a sender and a receiver"
    shown.act(lambda tab: tab.get_by_role("button", name="Draw more names").click())
    assert shown.tab.locator(".flow .to a").count() == 40
    assert shown.tab.locator(".pairs tbody tr").count() == 40
    assert faults(shown) == []
    shown.act(lambda tab: tab.locator(".flow .from a").nth(17).click())
    assert shown.found == "1 of 1 document with a sender and a receiver"
    assert faults(shown) == []


def test_nothing_of_them_is_active_in_an_address(inline_page, opened):
    shown = opened(inline_page)
    for payload in PAYLOADS:
        told = shown.tab.evaluate("text => encodeURIComponent(text)", payload)
        shown.go(
            f"#q={told}&collection={told}&genre={told}&party={told}&precision={told}&from={told}&sort={told}&page={told}&view={told}"
        )
        assert faults(shown) == []
        shown.go(f"#document={told}")
        assert shown.tab.inner_text("h1") == "No such document"
        assert faults(shown) == []


def test_what_cannot_be_seen_and_turns_text_round_is_shown_as_its_number(hostile_page, opened):
    shown = opened(hostile_page)
    shown.act(lambda tab: tab.fill("#q", "txt exe"))
    assert shown.tab.locator(".item h3 .control").all_inner_texts() == ["U+202E", "U+202C", "U+0000", "U+001B"]
