"""HTML to lines: what is printed, what is not, and what the markup tells of each line."""

import time
from datetime import UTC, datetime

import pytest

from pipelines.collector import collector_paused
from pipelines.extract import read_page
from pipelines.read.markup import read_html
from pipelines.read.markup.events import _stream_events, _tree_events, events
from pipelines.read.markup.own_address import absolute, own_address
from pipelines.read.markup.rendering import render
from pipelines.read.markup.tameness import is_tame
from pipelines.read.text_page import page_of
from pipelines.records import Issue

SITE = "https://archive.example"


def lines(html):
    return list(read_html(html).lines)


def filled(html):
    return [line for line in lines(html) if line]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One<p>Two", ["One", "", "Two"]),
        ("<div><div><div>One</div></div></div><div></div><div>Two</div>", ["One", "", "Two"]),
        ("One<br>Two<br/>Three", ["One", "Two", "Three"]),
        ("One<br><br><br>Two", ["One", "", "Two"]),
        ("<ul><li>One<p>more</p><li>Two</ul>after", ["  • One", "", "    more", "", "  • Two", "", "after"]),
        ("<ol><li><a href='/x'></a><li>Two</ol>", ["  • Two"]),
        ("<table><tr><th>Date<td>Title<tr><td>1950<td>Cable</table>", ["Date", "", "Title", "", "1950", "", "Cable"]),
        ("<dl><dt>1950<dd>Cable</dl>", ["1950", "", "Cable"]),
        ("  a \n\t b  <b> c</b>d <i></i> e ", ["a b cd e"]),
        ("<pre>  one\n\n    two\n</pre>three", ["  one", "", "    two", "", "three"]),
        ("Fish &amp; &lt;chips&gt; &#8220;x&#8221; &rsquo; &eacute;", ["Fish & <chips> “x” ’ é"]),
        ("January&nbsp;5,&nbsp;1950", ["January 5, 1950"]),
        ("Tele&shy;gram<wbr>s and zero\u200bwidth", ["Telegrams and zerowidth"]),
        ("He said <q>no</q>.", ["He said “no”."]),
        ("<span style='display:block'>One</span><span style='display: flex'>Two</span>", ["One", "", "Two"]),
        ("E=mc<sup>2</sup>, H<sub>2</sub>O", ["E=mc2, H2O"]),
        ("", []),
        ("   \n  ", []),
    ],
)
def test_a_page_is_rendered_as_a_text_browser_prints_it(html, expected):
    assert lines(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>", "<style>x</style>", "<template>x</template>", "<noscript>x</noscript>", "<p hidden>x</p>", "<!-- x -->",
        "<p style='display: none'>x</p>", "<p style='VISIBILITY:hidden'>x</p>", "<dialog>x</dialog>", "<select><option>x</select>",
        "<span class='visually-hidden'>x</span>", "<textarea>x</textarea>", "<svg><text>x</text></svg>", "<title>x</title>", "<p popover>x</p>",
        "<iframe>x</iframe>", "<object>x</object>", "<div hidden><p>x<br>x</p></div>", "<input value=x>", "<img alt=''>",
    ],
)  # fmt: skip
def test_what_a_page_hides_is_not_printed(html):
    assert lines(f"before {html} after") == ["before after"] or filled(f"before {html} after") == ["before", "after"]


def test_a_skip_link_is_printed_though_it_is_hidden_until_it_is_reached():
    assert lines("<a class='visually-hidden focusable' href='#main'>Skip to content</a>") == ["Skip to content"]


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<nav>x</nav>", "navigation"), ("<div role=navigation>x</div>", "navigation"), ("<header>x</header>", "banner"),
        ("<footer>x</footer>", "page_footer"), ("<aside>x</aside>", "complementary"), ("<button>x</button>", None),
        ("<div role='dialog'>x</div>", "dialog"), ("<form role=search>x</form>", "search_form"), ("<thead><tr><td>x</thead>", "column_heading"),
        ("<main><header>x</header></main>", None), ("<article><footer>x</footer></article>", None), ("<p>x</p>", None),
    ],
)  # fmt: skip
def test_a_landmark_beside_the_content_sets_its_lines_aside(html, rule):
    html = f"<table>{html}</table>" if "thead" in html else html
    assert read_html(html).marks.aside.get(0) == (rule if "button" not in html else None)


def test_the_text_of_an_image_is_told_and_is_no_text():
    page = read_html("<p>One<img alt='Photograph of the Port'>Two</p>")
    assert [line for line in page.lines if line] == ["One", "Photograph of the Port", "Two"]
    assert page.marks.aside == {2: "image"}


RECORD = "<div><p>{date}<h3><a href='/document/{n}'>Cable {n}</a></h3><p>What it says.</div>"


def test_links_headings_and_records_are_told_by_their_lines():
    page = read_html("<h1>Road</h1>" + "".join(RECORD.format(date="January 5, 1950", n=n) for n in (7, 8)))
    assert page.marks.links == {4: "/document/7", 10: "/document/8"}
    assert page.marks.headings == {0: 1, 4: 3, 10: 3}
    assert page.marks.records == {4: (1, 7), 10: (7, 13)}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("January 5, 1950 <a href='/document/7'>Cable</a>", ["January 5, 1950", "Cable"]),
        ("<a href='/document/7'>Cable</a> (January 5, 1950)", ["Cable", "January 5, 1950"]),
        ("<a href='/document/7'>Cable</a> – What it says, at some length.", ["Cable", "What it says, at some length."]),
        ("<a href='/document/7'>Cable of May</a> [Excerpt]", ["Cable of May [Excerpt]"]),
        ("<a href='/document/7'><span>January 5, 1950</span><span>Cable</span><span>It says.</span></a>", ["January 5, 1950", "Cable", "It says."]),
        ("<a href='/document/7'>Cable of <mark>Mao</mark> to Stalin</a>", ["Cable of Mao to Stalin"]),
        ("The <a href='/document/7'>treaty</a> was signed on January 5, 1950", ["The treaty was signed on January 5, 1950"]),
        ("January 5, 1950 <a href='/document/7'>Cable of May</a> It says.", ["January 5, 1950", "Cable of May", "It says."]),
        ("<time>January 5, 1950</time> Cable", ["January 5, 1950", "Cable"]),
        ("On <b>January 5, 1950</b> he wrote", ["On January 5, 1950 he wrote"]),
        ("January 5, 1950 <a href='/about'>About</a>", ["January 5, 1950 About"]),
    ],
)  # fmt: skip
def test_a_line_is_parted_where_a_title_and_its_date_share_it(html, expected):
    assert filled(html) == expected


def test_one_link_around_a_whole_entry_is_the_link_of_its_title():
    page = read_html("<a href='/document/7'><p>January 5, 1950</p><h3>Cable</h3><p>What it says.</p></a>")
    assert page.marks.links == {2: "/document/7"}


def test_a_link_that_lies_over_an_entry_is_the_link_of_its_title():
    card = (
        "<div><p>May {n}, 1950</p><h3>Cable {n}</h3><p>It says.</p><a href='/document/{n}' class=stretched></a></div>"
    )
    page = read_html(card.format(n=7) + card.format(n=8))
    assert page.marks.links == {2: "/document/7", 8: "/document/8"}


@pytest.mark.parametrize(
    ("html", "known", "expected"),
    [
        ("<!-- saved from url=(0031)https://archive.example/topics/x -->", None, f"{SITE}/topics/x"),
        (f"<link rel=canonical href='{SITE}/a'>", None, f"{SITE}/a"),
        (f"<meta property='og:url' content='{SITE}/a?b=1&amp;c=2'>", None, f"{SITE}/a?b=1&c=2"),
        (f"<link rel=canonical href='{SITE}/a'>", f"{SITE}/known", f"{SITE}/known"),
        (f"<!-- saved from url=(0031){SITE}/s --><link rel=canonical href='{SITE}/a'>", None, f"{SITE}/s"),
        (f"<!--\n Page saved with SingleFile \n url: {SITE}/single \n saved date: x-->", None, f"{SITE}/single"),
        (f'<html data-scrapbook-source="{SITE}/book">', None, f"{SITE}/book"),
        ("<link rel=canonical href='/relative'>", None, None),
        ("<link rel=canonical href='javascript:alert(1)'>", None, None),
        ("<link rel=stylesheet href='https://archive.example/a.css'>", None, None),
        ("", f"https://web.archive.org/web/20190102030405/{SITE}/kept", f"{SITE}/kept"),
    ],
)  # fmt: skip
def test_a_page_says_its_address(html, known, expected):
    assert own_address(html, known).url == expected


@pytest.mark.parametrize(
    ("html", "known", "expected"),
    [
        (f"<!--\n Page saved with SingleFile \n url: {SITE}/ \n saved date: Sat Nov 21 2026 10:00:00 GMT+0100 (CET)\n-->", None,
         datetime(2026, 11, 21, 9, tzinfo=UTC)),
        (f"<!--\n Page saved with SingleFile \n url: {SITE}/ \n saved date: Sat Nov 31 2026 10:00:00 GMT+0100\n-->", None, None),
        ("", f"https://web.archive.org/web/20190102030405if_/{SITE}/kept", datetime(2019, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("", f"https://web.archive.org/web/20191302030405/{SITE}/kept", None),
        ("<!-- FILE ARCHIVED ON 10:11:12 Nov 24, 2019 AND RETRIEVED", SITE, datetime(2019, 11, 24, 10, 11, 12, tzinfo=UTC)),
        ("", SITE, None),
    ],
)  # fmt: skip
def test_a_page_says_when_it_was_saved(html, known, expected):
    assert own_address(html, known).captured_at == expected


def test_links_are_relative_to_the_base_that_a_page_declares():
    page = read_html(f"<base href='{SITE}/en/'><a href='document/7'>Cable</a>")
    assert page.marks.links == {0: f"{SITE}/en/document/7"}
    assert page.address.url is None


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@b.example",
        "vbscript:x",
        "a\x00b",
        "x" * 5000,
        "http://[oops",
    ],
)
def test_what_leads_nowhere_on_the_web_is_no_link(href):
    assert absolute(href, f"{SITE}/") is None


BOMBS = {
    "divs": "<div>" * 100_000, "spans": "<span>" * 100_000, "options": "<select>" + "<option>a" * 60_000, "closed options": "<select>" + "<option>a</option>" * 60_000,
    "option groups": "<optgroup>a" * 60_000, "formatting": "".join(f"<b id={n}>" for n in range(3_000)) + "<p>x" * 30_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x", "quoted attributes": '<p a" ' + " ".join(f"b{n}" for n in range(100_000)) + '">x',
    "misnested": "<b>" * 3_000 + "</i></p>" * 30_000, "tables": "<table>" * 20_000, "unclosed comments": "<!--" * 200_000, "less than": "<" * 400_000,
    "ends": "</" * 200_000, "quotes": '<a b="' * 100_000, "entities": "&amp;" * 500_000, "links of one document": "<div>" * 200 + "<a href=/document/1>a</a><br>" * 20_000,
    "one list": "".join(f"<p>May 5, 1950<p><a href=/document/{n}>a</a>" for n in range(15_000)),
    "one list without dates": "<ul>" + "".join(f"<li><a href=/document/{n}>a</a><p>s" for n in range(12_000)),
    "headings": "<h1>a</h1>" * 20_000 + "<a href=/document/1>a</a>",
    "links of many": "".join(f"<div><a href=/document/{n}>a</a>" for n in range(15_000)), "deep links": "<div><a href=/document/1>x</a>" * 15_000 + "<a href=/document/2>y</a>",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
@collector_paused()  # as a build reads: the collector would walk over what other tests have left
def test_a_page_that_would_explode_is_read_in_a_second_or_two(name):
    start = time.process_time()
    text = page_of(BOMBS[name].encode(), "bomb.html")
    if not isinstance(text, Issue):
        read_page(text)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "html",
    ["<div>" * 257, "<b>" * 33, '<p a" b c>', "<p a='1'b='2'>" + "<p " + "a " * 500 + ">", "<script>x", "<p <b>"],
)
def test_such_a_page_is_told_from_others(html):
    assert not is_tame(html)


@pytest.mark.parametrize(
    "html",
    ["", "text", "<p>One<p>Two", "<p>" * 5_000, "<li>a" * 5_000, "<br>" * 5_000, "<a href='x>y' title=\"a'b\">x</a>", "<!-- <div><div> -->" * 500,
     "<script>if (a < b) { '<div>' }</script>" * 300, "<!doctype html><?xml version='1.0'?><p>x", "<div></div>" * 5_000],
)  # fmt: skip
def test_an_ordinary_page_is_parsed_as_browsers_do(html):
    assert is_tame(html)


@pytest.mark.parametrize(
    "html",
    ["<p>One<b>two</b><br>three<img alt=x><ul><li>a<li>b</ul>", "<table><tr><td>a<td>b</table>", "<div hidden><p>x</div>y", "a<script>b</script>c",
     "<a href=/document/1>One</a><p>Two"],
)  # fmt: skip
def test_both_ways_of_parsing_give_the_same_lines(html):
    assert render(_tree_events(html)) == render(_stream_events(html))


def test_every_element_that_begins_ends():
    balance = 0
    for event in events("<div><p>x<br><b>y</div>z</p><li>"):
        balance += {"start": 1, "end": -1, "text": 0}[event.kind]
        assert balance >= 0
    assert balance == 0
