"""Texts from raw are text on the page: nothing runs, nothing is loaded, no link leads anywhere but to the web."""

import json

import pytest
from lxml import html

from pipelines.release.durable import json_text
from pipelines.report import make_report, markdown_summary
from pipelines.report.rendering import render_report
from pipelines.report.shown import is_web_address, plain, raw
from tests.report.conftest import tables_of
from tests.report.hostile import hostile_context, hostile_tables
from tests.report.payloads import PAYLOADS

ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "a", "abbr", "bdi", "br", "caption", "code", "data", "dd", "del", "desc", "details", "div",
    "dl", "dt", "figcaption", "figure", "footer", "g", "h1", "h2", "h3", "h4", "header", "ins", "li", "line", "main", "nav", "ol", "p", "path",
    "pre", "rect", "section", "span", "strong", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "tr", "ul", "wbr", "circle",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "rel", "title", "value", "scope", "open", "tabindex", "role",
    "aria-label", "aria-labelledby", "aria-hidden", "focusable", "data-of", "data-value", "data-part", "data-whole", "data-length-of", "width",
    "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "dy", "text-anchor", "viewbox", "preserveaspectratio", "overflow",
    "stroke-width", "vector-effect",
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(sample):
    """The page of a release of payloads, and its full report."""
    report = json.loads(json_text(make_report(hostile_tables(tables_of(sample)))))
    return [render_report(report), render_report(report | hostile_context(sample))]


def test_every_payload_is_on_the_pages_as_text(pages):
    shown = [html.document_fromstring(page).text_content() for page in pages]
    for payload in PAYLOADS:
        if payload.isprintable():
            assert payload in shown[0], payload
            assert payload in shown[1], payload


def test_no_element_and_no_attribute_is_there_that_the_templates_do_not_write(pages):
    for page in pages:
        for element in html.document_fromstring(page).iter():
            assert element.tag in ELEMENTS
            assert set(element.attrib) <= ATTRIBUTES


def test_links_lead_within_the_page_or_to_the_web_and_tell_nothing(pages):
    for page in pages:
        links = html.document_fromstring(page).xpath("//a")
        assert len(links) > 6
        for link in links:
            href = link.get("href")
            assert href.startswith("#") or (is_web_address(href) and link.get("rel") == "noopener noreferrer nofollow")


def test_an_address_of_the_web_is_linked_and_any_other_is_text(sample):
    tables = tables_of(sample)
    for address, is_linked in (
        ("https://archive.example/?a=1&b='2", True),
        ("file:///etc/passwd", False),
        ("//evil.example", False),
    ):
        report = json.loads(json_text(make_report(tables)))
        report["missing"]["listings"][0]["url"] = address
        page = html.document_fromstring(render_report(report))
        assert [link.get("href") for link in page.xpath("//a[not(starts-with(@href, '#'))]")] == [address] * is_linked
        assert address in page.text_content()


@pytest.mark.parametrize("text", [payload for payload in PAYLOADS if not payload.startswith("http")])
def test_no_payload_is_an_address_of_the_web(text):
    assert not is_web_address(text)


@pytest.mark.parametrize("address", ["HTTPS://archive.example/", "http://archive.example:8080/a"])
def test_addresses_of_the_web_are_linked(address):
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    ["https://", "https:evil", "http://[", "https://a.example/\u202egpj.exe", "https://a b.example/", "", None],
)
def test_what_is_no_whole_address_is_not_linked(address):
    assert not is_web_address(address)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\u202eb", "aU+202Eb"), ("\u200bMao", "U+200BMao"), ("x\x1b[2J", "xU+001B[2J"), ("two\nlines\tof", "two\nlines\tof"), ("Kim Il Sŏng 김일성", "Kim Il Sŏng 김일성"), ("قرارداد", "قرارداد")],
)  # fmt: skip
def test_characters_that_mislead_are_written_as_their_number(text, shown):
    assert html.fragment_fromstring(str(raw(text))).text_content() == shown
    assert "\u202e" not in plain(text)


def test_of_a_long_text_the_rest_is_said_and_nothing_is_a_word():
    assert (
        html.fragment_fromstring(f"<p>{raw('a' * 1000, 10)}</p>").text_content() == "aaaaaaaaaa [990 more characters]"
    )
    assert html.fragment_fromstring(str(raw(None))).text_content() == "none"


def test_the_policy_of_the_page_allows_its_own_style_and_nothing_else(pages):
    from base64 import b64encode
    from hashlib import sha256

    for page in pages:
        tree = html.document_fromstring(page)
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        (style,) = tree.xpath("//style/text()")
        digest = b64encode(sha256(style.encode()).digest()).decode()
        assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_short_form_holds_texts_in_code_spans(sample):
    report = json.loads(json_text(make_report(hostile_tables(tables_of(sample)))))
    for line in markdown_summary(report, "r1-0").splitlines():
        outside = "".join(line.split("`")[::2])
        assert "<" not in outside
        assert line.count("`") % 2 == 0
