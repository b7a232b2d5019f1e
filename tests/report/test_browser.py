"""The page in Chromium: nothing runs or is asked for, axe-core finds nothing grave, and nothing is wider than a telephone."""

import json

import pytest

from pipelines.release.durable import json_text
from pipelines.report import make_report
from pipelines.report.rendering import render_report
from tests.report.browser import Watched, chromium, needs_browser
from tests.report.conftest import tables_of
from tests.report.hostile import hostile_context, hostile_tables
from tests.report.pruned import pruned

pytestmark = needs_browser
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true })"
# Elements that stick out at the right, apart from those that scroll within their box or are cut off there.
WIDER = """() => [...document.querySelectorAll('body *')].filter(element =>
    element.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    && !element.closest('.scroll') && !element.closest('.flow li') && !element.closest('svg'))
    .map(element => `${element.tagName}.${element.className}`)"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def hostile(sample, tmp_path_factory):
    """The full report of a release of payloads, as a file."""
    report = json.loads(json_text(make_report(hostile_tables(tables_of(sample)))))
    path = tmp_path_factory.mktemp("hostile") / "report.html"
    path.write_text(render_report(report | hostile_context(sample)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def short(generated, tmp_path_factory):
    """A full report with every section, and three items at most in each."""
    report = json.loads((generated / "report.json").read_bytes()) | hostile_context(generated)
    path = tmp_path_factory.mktemp("short") / "report.html"
    path.write_text(render_report(pruned(report)), encoding="utf-8")
    return path


@pytest.fixture(params=["sample", "generated", "topic", "hostile"])
def path(request):
    found = request.getfixturevalue(request.param)
    return found if found.is_file() else found / "report.html"


def test_nothing_is_run_asked_for_or_complained_of(browser, path):
    watched = Watched(browser, path)
    watched.page.evaluate(OPEN_ALL)
    watched.page.mouse.move(200, 300)
    for _ in range(12):
        watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("document.scripts.length") == 0
    assert watched.done == []


def test_a_script_that_came_into_the_page_all_the_same_would_not_run(browser, sample, tmp_path):
    broken = (sample / "report.html").read_text(encoding="utf-8").replace("</main>", "<img src=x onerror=alert(1)><script>alert(2)</script><p style='color:red'>x</p></main>")  # fmt: skip
    (tmp_path / "broken.html").write_text(broken, encoding="utf-8")
    done = Watched(browser, tmp_path / "broken.html").done
    blocked = [text for kind, text in done if kind == "console" and "Content Security Policy" in text]
    assert all(
        any(what in text for text in blocked) for what in ("event handler", "inline script", "inline style", "image")
    )
    assert "dialog" not in {kind for kind, _ in done}


@pytest.mark.parametrize(("scheme", "rules"), [("light", {}), ("dark", {"runOnly": ["color-contrast"]})])
def test_axe_finds_no_serious_and_no_critical_fault(browser, short, scheme, rules):
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(color_scheme=scheme, bypass_csp=True)
    page.goto(short.absolute().as_uri())
    page.evaluate(OPEN_ALL)
    result = Axe().run(page, options=rules).response
    assert result["passes"]
    found = result["violations"]
    grave = {fault["id"]: [node["html"][:160] for node in fault["nodes"][:3]] for fault in found if fault["impact"] in ("serious", "critical")}  # fmt: skip
    assert grave == {}


def test_nothing_is_wider_than_a_telephone(browser, path):
    page = browser.new_page(**PHONE)
    page.goto(path.absolute().as_uri())
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(WIDER) == []


def test_every_section_is_reached_by_the_keyboard(browser, sample):
    page = browser.new_page()
    page.goto((sample / "report.html").absolute().as_uri())
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached == ["#trust", "#trust", "#changes", "#contents", "#wrong", "#merged", "#missing"]
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#missing"


def test_on_paper_what_is_folded_is_told_and_the_contents_are_not(browser, sample):
    page = browser.new_page()
    page.goto((sample / "report.html").absolute().as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
    folded = "document.querySelector('.merges details:not([open]) .places').getBoundingClientRect().height > 10"
    assert page.evaluate(folded)
