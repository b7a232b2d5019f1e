"""Who wrote to whom, in Chromium: in what a search leaves, by year, as a picture and as a table; and what a title says, word by word."""

import pytest

from pipelines.explore.genres import genre_label
from pipelines.explore.inline import make_inline
from pipelines.explore.shards import write_shards
from tests.explore.conftest import KEY, Shown, write_release
from tests.explore.made import dated, tables_of


def letter(title, year, *parties, **further):
    day = f"{year}-03-04"
    return {
        "title": title, "summary": "A word on the quota.", **dated(f"March 4, {year}", day, day, day, "day"),
        "parties": [{"role": role, "name": name, **of_party} for role, name, of_party in parties], **further,
    }  # fmt: skip


def venn(role, alias="Peral"):
    return role, "Venn", {"alias": alias, "name_normalized": "Peral, Óscar"}


def bag():
    """Five documents with a sender and a receiver, and three without both."""
    marek, zofia = ("to", "Marek Dułka", {}), ("to", "Zofia Krąg", {})
    return [
        letter("One", 1950, venn("from"), marek, genre="treaty", collections=["Salt"]),
        letter("Two", 1950, ("from", "Óscar Peral", {"name_normalized": "Peral, Óscar"}), marek, collections=["Salt"]),
        letter("Three", 1951, venn("from"), ("from", "Ivar Solheim", {"alias": "Ice"}), marek, zofia),
        letter("Four", 1952, ("from", "Marek Dułka", {}), venn("to", None)),
        letter("Five", 1953, ("from", "Zofia Krąg", {}), ("to", "Zofia Krąg", {})),
        letter("Six", 1953, ("from", "Zofia Krąg", {})),
        letter("Seven", 1953, ("about", "Zofia Krąg", {}), marek),
        letter("Sail 𝒜 to Zofia", 1954, zofia, readings=[("party", 1, "receiver", 11, 15)]),
    ]


@pytest.fixture(scope="module", params=["inline", "sharded"])
def post(request, browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("post")
    (folder / "explorer" / KEY).mkdir(parents=True)
    tables = tables_of(bag())
    page = (
        make_inline(tables)
        if request.param == "inline"
        else write_shards(write_release(tables, folder / "release"), KEY, folder / "explorer" / KEY)
    )
    (folder / "explorer.html").write_bytes(page)
    tab = browser.new_page()
    yield Shown(tab, folder / "explorer.html")
    tab.close()


@pytest.fixture
def letters(post):
    post.tab.goto("about:blank")
    return post.go("#view=letters")


def side(page, role):
    return page.tab.eval_on_selector_all(
        f".flow .{role} li",
        "all => all.map(li => [li.querySelector('a').textContent, li.querySelector('.count').textContent])",
    )


def pairs(page):
    return [tuple(row) for row in page.tab.eval_on_selector_all(
        ".pairs tbody tr", "all => all.map(tr => [...tr.children].map(td => td.firstChild.textContent))"
    )]  # fmt: skip


def test_senders_and_receivers_stand_by_how_many_documents_they_have(letters):
    assert letters.found == "5 of 8 documents with a sender and a receiver"
    assert side(letters, "from") == [
        ["Peral, Óscar", "3"],
        ["Ivar Solheim", "1"],
        ["Marek Dułka", "1"],
        ["Zofia Krąg", "1"],
    ]
    assert side(letters, "to") == [["Marek Dułka", "3"], ["Zofia Krąg", "2"], ["Peral, Óscar", "1"]]
    assert letters.faults == []


def test_a_document_of_two_senders_and_two_receivers_counts_for_each_pair(letters):
    assert pairs(letters) == [
        ("Peral, Óscar", "Marek Dułka", "3"), ("Ivar Solheim", "Marek Dułka", "1"), ("Ivar Solheim", "Zofia Krąg", "1"),
        ("Marek Dułka", "Peral, Óscar", "1"), ("Peral, Óscar", "Zofia Krąg", "1"), ("Zofia Krąg", "Zofia Krąg", "1"),
    ]  # fmt: skip
    assert letters.tab.locator(".ribbons path").count() == 6


def test_spellings_and_aliases_stand_beside_the_one_name(letters):
    assert letters.tab.locator(".flow .from li").first.locator(".alias").inner_text() == "Venn [Peral]"
    assert letters.tab.locator(".flow .from .alias").all_inner_texts()[1] == "Ivar Solheim [Ice]"
    assert letters.tab.locator(".pairs .note").first.text_content() == "printed Venn [Peral], Venn, Óscar Peral"


def test_a_spelling_finds_its_party_among_the_filters(letters):
    letters.act(lambda tab: tab.fill("#party-names", "venn"))
    assert letters.tab.locator("fieldset.party .label").all_inner_texts() == ["Peral, Óscar"]
    letters.act(lambda tab: tab.fill("#party-names", ""))


def test_the_years_are_those_of_documents_with_a_sender_and_a_receiver(letters):
    assert (
        letters.tab.inner_text("#timeline-told")
        == "5 documents with a sender and a receiver by the first year of their dates"
    )
    rows = letters.tab.eval_on_selector_all(".timeline tbody tr", "all => all.map(tr => tr.textContent)")
    assert rows == ["19502", "19511", "19521", "19531"]


def test_a_search_and_filters_leave_the_letters_that_they_leave_documents(letters):
    letters.go("#view=letters&from=1950&to=1950&q=quota")
    assert pairs(letters) == [("Peral, Óscar", "Marek Dułka", "2")]
    letters.go("#view=letters&q=six")
    assert letters.found == "0 of 1 document with a sender and a receiver"
    assert "No title among these documents names both" in letters.tab.inner_text(".results")


def test_a_name_filters_and_cancels_again_with_the_keyboard(letters):
    letters.act(lambda tab: (tab.locator(".flow .to a").first.focus(), tab.keyboard.press("Enter")))
    assert letters.address == "#party=to%3AMarek+Du%C5%82ka&view=letters"
    assert letters.tab.evaluate("document.activeElement.textContent") == "Marek Dułka"
    assert side(letters, "from") == [["Peral, Óscar", "3"], ["Ivar Solheim", "1"]]
    letters.act(lambda tab: tab.keyboard.press("Enter"))
    assert letters.address == "#view=letters"


def test_a_pair_leads_to_its_documents(letters):
    letters.act(lambda tab: (tab.click("#pairs"), tab.locator(".pairs td a").first.click()))
    assert letters.address == "#party=from%3APeral%2C+%C3%93scar&party=to%3AMarek+Du%C5%82ka"
    assert letters.titles == ["One", "Two", "Three"]
    letters.act(lambda tab: tab.go_back())
    assert letters.found == "5 of 8 documents with a sender and a receiver"


def test_a_line_leads_to_its_documents(letters):
    letters.act(lambda tab: tab.locator(".ribbons path").last.dispatch_event("click"))
    assert letters.titles == ["One", "Two", "Three"]


def test_what_is_pointed_at_stands_out_with_its_lines(letters):
    letters.tab.locator(".flow .from a").first.hover()
    assert letters.tab.locator(".ribbons path.lit").count() == 2
    letters.tab.mouse.move(2, 2)
    assert letters.tab.locator(".ribbons path.lit").count() == 0


def test_the_list_and_the_picture_are_one_search(letters):
    letters.act(lambda tab: tab.fill("#q", "three"))
    letters.act(lambda tab: tab.get_by_role("link", name="List", exact=True).click())
    assert (letters.address, letters.titles) == ("#q=three", ["Three"])
    letters.act(lambda tab: tab.get_by_role("link", name="Who wrote to whom").click())
    assert letters.address == "#q=three&view=letters"


def test_a_kind_has_its_name_in_filters_list_and_document(letters):
    letters.go("#q=one")
    assert "Treaty or agreement" in letters.tab.inner_text(".item .facts")
    assert letters.tab.locator("fieldset.genre .label").all_inner_texts() == ["Treaty or agreement"]
    letters.act(lambda tab: tab.locator(".item a").first.click())
    assert "Treaty or agreement" in letters.tab.inner_text(".about")


def test_a_kind_without_a_name_is_its_code_in_words():
    assert (genre_label("ship_log"), genre_label("plan"), genre_label("")) == ("Ship log", "Plan or proposal", "")


def test_a_reading_marks_its_characters_also_behind_one_of_two_halves(letters):
    letters.go("#q=sail")
    letters.act(lambda tab: tab.locator(".item a").first.click())
    letters.tab.click(".readings summary")
    assert letters.tab.locator(".readings li").all_inner_texts() == [
        "To Zofia Krąg by the rule receiver\n\nSail 𝒜 to Zofia"
    ]
    assert letters.tab.locator(".readings mark").all_inner_texts() == ["Zofia"]
