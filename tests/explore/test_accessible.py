"""What axe-core finds in the page, in light and dark, wide and narrow: nothing serious."""

import pytest

VIEWS = {
    "list": "", "search": "#q=peral&from=1950&to=1951&collection=c1-none&page=1", "nothing": "#q=nothingofthekind",
    "document": "#document=d1-00000000000000aa", "letters": "#view=letters", "no letters": "#view=letters&genre=report", "no document": "#document=d1-0000000000000000",
}  # fmt: skip


@pytest.mark.parametrize(
    ("view", "scheme"),
    [*((view, "light") for view in VIEWS), ("search", "dark"), ("document", "dark"), ("letters", "dark")],
)
def test_axe_finds_nothing_serious(kept, view, scheme):
    from axe_playwright_python.sync_playwright import Axe

    width = 390 if scheme == "dark" else 1280
    shown = kept(VIEWS[view], color_scheme=scheme, viewport={"width": width, "height": 900})
    for summary in shown.tab.locator("main summary").all():
        summary.click()
    found = Axe().run(shown.tab).response["violations"]
    told = [(fault["id"], fault["impact"], [node["html"][:120] for node in fault["nodes"]][:3]) for fault in found]
    assert [fault for fault in told if fault[1] in ("serious", "critical", "moderate")] == []


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_is_wider_than_a_phone(kept, view):
    shown = kept(VIEWS[view], viewport={"width": 360, "height": 800})
    assert shown.tab.evaluate("document.documentElement.scrollWidth") == 360


def test_the_count_is_announced_and_the_order_of_headings_is_whole(kept):
    shown = kept(viewport={"width": 360, "height": 800})
    assert shown.tab.get_by_role("status").first.inner_text() == "1 - 10 of 25"
    assert shown.tab.locator("h1").count() == 1
    assert shown.tab.locator("main").count() == 1


def test_all_of_it_is_reached_by_the_keyboard(kept):
    shown = kept(color_scheme="light", viewport={"width": 1280, "height": 900})
    reached = []
    for _ in range(80):
        shown.tab.keyboard.press("Tab")
        reached.append(shown.tab.evaluate("document.activeElement.id || document.activeElement.textContent"))
    for wanted in (
        "Skip to the documents",
        "q",
        "timeline-from",
        "timeline-to",
        "view-letters",
        "sort",
        "filter-precision-day",
        "party-role",
        "page-next",
        "export-RIS",
    ):
        assert wanted in reached, wanted
