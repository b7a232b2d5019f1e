"""The page in Chromium, opened from a disk: searched, filtered, turned, brushed, read, shared and taken away."""

import csv
import io
import itertools
import re
import shutil

import pytest


def text_of(page, selector):
    return page.tab.locator(selector).all_inner_texts()


def test_it_lists_documents_by_date_ten_a_page(page):
    assert page.found == "1 - 10 of 25"
    assert page.titles[:3] == [
        "Cable, Óscar Peral to Marek Dułka",
        "Cable, Óscar Peral to Marek Dułka (second)",
        'Report on "50% & more": {braces} $x_1 #2 \\ ~^',
    ]
    assert page.faults == []


def test_a_search_folds_accents_and_capitals_and_takes_the_last_word_for_a_beginning(page):
    page.act(lambda tab: tab.fill("#q", "OSCAR dul"))
    assert page.found == "1 - 2 of 2"
    assert text_of(page, ".item h3 mark")[:2] == ["Óscar", "Dułka"]


def test_quotes_ask_for_words_one_after_the_other(page):
    assert page.act(lambda tab: tab.fill("#q", '"peral to marek"')).found == "1 - 2 of 2"
    assert page.act(lambda tab: tab.fill("#q", '"marek peral"')).found == "No documents"


def test_a_word_before_the_last_is_a_whole_word(page):
    assert page.act(lambda tab: tab.fill("#q", "quot harbour")).found == "No documents"
    assert page.act(lambda tab: tab.fill("#q", "harbour quot")).found == "1 - 10 of 20"


def test_titles_come_before_summaries(page):
    page.act(lambda tab: tab.fill("#q", "loan"))
    assert page.found == "1 - 1 of 1"
    page.act(lambda tab: tab.fill("#q", "report"))
    assert page.titles[0].startswith("Report on")


def test_a_form_that_another_page_prints_is_found_as_well(page):
    assert page.act(lambda tab: tab.fill("#q", "trawlers")).titles == ["Cable, Óscar Peral to Marek Dułka"]


def test_no_phrase_reaches_from_one_form_into_the_next(page):
    assert page.act(lambda tab: tab.fill("#q", '"icebreakers peral"')).found == "No documents"


def test_filters_are_added_and_cancelled(page):
    page.act(lambda tab: tab.get_by_label(re.compile("^The Salt Question")).check())
    assert page.found == "1 - 2 of 2"
    page.act(lambda tab: tab.get_by_label(re.compile("^to the month")).check())
    assert page.found == "1 - 1 of 1"
    assert text_of(page, ".chip") == ["Collection: The Salt Question×", "Date is known: to the month×"]
    page.act(lambda tab: tab.get_by_role("button", name="Cancel filter Collection: The Salt Question").click())
    assert page.address == "#precision=month"
    page.act(lambda tab: tab.get_by_role("button", name="Cancel filter Date is known: to the month").click())
    assert page.found == "1 - 10 of 25"


def test_a_filter_keeps_the_focus(page):
    page.act(lambda tab: (tab.locator("#filter-precision-month").focus(), tab.keyboard.press("Space")))
    assert page.tab.evaluate("document.activeElement.id") == "filter-precision-month"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("genre=telegram", 2), ("genre=telegram&genre=report", 3), ("several=1", 1), ("variants=1", 1), ("precision=undated", 1),
        ("precision=interval", 1), ("from=1950&to=1950", 2), ("from=1953", 21), ("to=1951", 3), ("from=1953&to=1953", 1),
        ("party=:Dułka, Marek", 2), ("party=to:Dułka, Marek", 1), ("party=about:Dułka, Marek", 1), ("party=from:Óscar Peral", 2),
        ("party=from:Óscar Peral&party=to:Dułka, Marek", 1), ("party=:nobody", 0), ("collection=c1-none", 0), ("q=herring&from=1955", 20),
    ],
)  # fmt: skip
def test_each_filter_of_an_address_gives_what_it_says(tabs, address, found):
    page = tabs("inline").go(f"#{address}")
    assert page.found == (f"1 - {min(10, found)} of {found}" if found else "No documents")


def test_a_role_is_chosen_with_a_party(page):
    page.act(lambda tab: tab.select_option("#party-role", "to"))
    page.act(lambda tab: tab.locator("fieldset.party").get_by_label(re.compile("^Dułka, Marek")).check())
    assert page.found == "1 - 1 of 1"
    assert text_of(page, ".chip") == ["Party: To Dułka, Marek×"]


def test_pages_are_turned_as_in_the_archive(page):
    page.act(lambda tab: tab.get_by_role("link", name="Page 3").click())
    assert page.found == "21 - 25 of 25"
    assert page.titles[-1] == "=HYPERLINK(1)"
    assert page.tab.evaluate("document.activeElement.id") == "found"
    page.act(lambda tab: tab.get_by_role("link", name="Previous").click())
    assert page.found == "11 - 20 of 25"


def test_the_order_is_chosen_and_what_has_no_date_stays_last(page):
    page.act(lambda tab: tab.select_option("#sort", "down"))
    assert page.titles[0] == "Note 20 on herring"
    page.act(lambda tab: tab.get_by_role("link", name="Page 3").click())
    assert page.titles[-1] == "=HYPERLINK(1)"


def bar(page, year, first=1950, last=1955):
    box = page.tab.locator("svg.bars").bounding_box()
    return box["x"] + box["width"] * (year - first + 0.5) / (last - first + 1), box["y"] + 30


def test_years_are_brushed_with_the_mouse(page):
    page.tab.mouse.move(*bar(page, 1951))
    page.tab.mouse.down()
    page.tab.mouse.move(*bar(page, 1950), steps=4)
    page.act(lambda tab: tab.mouse.up())
    assert page.address == "#from=1950&to=1951"
    assert page.found == "1 - 3 of 3"
    page.act(lambda tab: tab.get_by_role("button", name="All years").click())
    assert page.found == "1 - 10 of 25"


def test_a_brush_that_is_broken_off_changes_nothing(page):
    page.tab.mouse.move(*bar(page, 1951))
    page.tab.mouse.down()
    page.act(lambda tab: (tab.keyboard.press("Escape"), tab.mouse.up()))
    assert page.found == "1 - 10 of 25"


def test_years_are_chosen_with_the_keyboard(page):
    first = page.tab.get_by_role("slider", name="First year")
    page.act(lambda _: (first.focus(), page.tab.keyboard.press("ArrowRight")))
    assert page.address == "#from=1951&to=1955"
    page.act(lambda tab: (tab.get_by_role("slider", name="Last year").focus(), tab.keyboard.press("ArrowLeft")))
    assert page.address == "#from=1951&to=1954"
    assert first.get_attribute("aria-valuenow") == "1951"
    page.act(lambda tab: (first.focus(), tab.keyboard.press("End")))
    assert page.address == "#from=1954&to=1954"


def type_in(field, text):
    """What is in a field is replaced key by key, as a hand does it."""

    def act(tab):
        tab.locator(field).click()
        tab.keyboard.press("Control+a")
        tab.keyboard.type(text)

    return act


def focused(page):
    return page.tab.evaluate("document.activeElement.id")


def test_years_are_written_and_the_field_keeps_the_focus(page):
    page.act(lambda tab: (type_in("#year-from", "1951")(tab), tab.keyboard.press("Enter")))
    assert (page.address, focused(page)) == ("#from=1951", "year-from")
    page.act(lambda tab: (type_in("#year-to", "1953")(tab), tab.keyboard.press("Tab")))
    assert page.address == "#from=1951&to=1953"


@pytest.mark.parametrize(
    ("years", "fault"), [(("", "19x"), "A year is up to four figures."), (("1955", "1950"), "1955 is after 1950.")]
)
def test_years_that_are_none_are_said_and_change_nothing(page, years, fault):
    if years[0]:
        page.act(lambda tab: (type_in("#year-from", years[0])(tab), tab.keyboard.press("Enter")))
    before = page.address
    page.act(lambda tab: (type_in("#year-to", years[1])(tab), tab.keyboard.press("Enter")))
    assert page.tab.inner_text("#years-fault") == fault
    assert page.tab.locator("#year-to").get_attribute("aria-invalid") == "true"
    assert page.address == before
    page.act(lambda tab: (type_in("#year-to", "1956")(tab), tab.keyboard.press("Enter")))
    assert page.tab.inner_text("#years-fault") == ""
    assert page.tab.locator("#year-to").get_attribute("aria-invalid") == "false"
    assert page.address.endswith("to=1956")


def test_a_party_is_looked_for_key_by_key(page):
    page.act(type_in("#party-names", "dulka"))
    assert page.tab.input_value("#party-names") == "dulka"
    assert focused(page) == "party-names"
    assert page.tab.locator("fieldset.party .option .label").all_inner_texts() == ["Dułka, Marek"]


def test_years_are_brushed_with_a_finger(inline_page, opened):
    page = opened(inline_page, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    x, y = bar(page, 1950)
    over, _ = bar(page, 1951)
    session = page.tab.context.new_cdp_session(page.tab)
    touch = lambda kind, *points: session.send(  # noqa: E731 three of a kind
        "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at, "y": y} for at in points]}
    )
    touch("touchStart", x)
    for step in range(1, 6):
        touch("touchMove", x + (over - x) * step / 5)
    page.act(lambda _: touch("touchEnd"))
    assert page.found == "1 - 3 of 3"


def test_a_document_says_all_of_itself(page):
    page.act(lambda tab: tab.get_by_role("link", name="Cable, Óscar Peral to Marek Dułka", exact=True).click())
    assert page.tab.evaluate("document.activeElement.id") == "title"
    told = page.tab.inner_text("main")
    for part in (
        "January 05, 1950", "1950-01-05 known to the day", "59363 (telegram)", "3 January 1950", "14:30", "Harbour Papers, 1921-1959",
        "https://archive.example/document/1", "d1-00000000000000aa", "Consul", "[Venn]", "Dułka, Marek", "2 appearances", "a/first.txt",
        "b/second.txt", "1–3", "11–13", "under Popular Documents", "Both are dated 1950-01-05.", "Appearances 1, 2; rule made",
    ):  # fmt: skip
        assert part in told, part
    assert text_of(page, ".side .differs") == ["two icebreakers.", "three trawlers."]
    assert text_of(page, "#others ~ ol .other") == [
        'Report on "50% & more": {braces} $x_1 #2 \\ ~^',
        "Cable, Óscar Peral to Marek Dułka (second)",
    ]
    assert "kept apart (made). The numbers differ: 59363 / 59364." in told
    assert "open: a person should look (made). Too little tells." in told


def test_links_lead_out_only_to_the_web(page):
    page.go("#document=d1-00000000000000aa")
    links = page.tab.eval_on_selector_all("a", "all => all.map(a => [a.getAttribute('href'), a.rel])")
    outward = [link for link in links if not link[0].startswith("#")]
    assert [address for address, _ in outward] == [
        "https://archive.example/document/1", "https://www.wikidata.org/wiki/Q42", "https://archive.example/list",
    ]  # fmt: skip
    assert {rel for _, rel in outward} == {"noopener noreferrer nofollow"}


def test_an_id_that_was_given_up_leads_to_its_document(page):
    assert page.go("#document=d1-00000000000000bb").tab.inner_text("h1") == "Cable, Óscar Peral to Marek Dułka"


@pytest.mark.parametrize("asked", ["d1-0000000000000000", "../../etc/passwd", "<b>"])
def test_an_id_of_no_document_is_told(page, asked):
    page.go(f"#document={asked}")
    assert page.tab.inner_text("h1") == "No such document"
    assert asked in page.tab.inner_text("main")


def test_an_address_that_is_shared_shows_the_same_view(page, opened):
    page.act(lambda tab: tab.fill("#q", "herring quota"))
    page.act(lambda tab: tab.select_option("#sort", "down"))
    page.act(lambda tab: tab.get_by_role("link", name="Next").click())
    other = opened(page.path, page.address)
    assert other.tab.input_value("#q") == "herring quota"
    assert (other.found, other.titles) == (page.found, page.titles) == ("11 - 20 of 20", page.titles)


def test_back_and_forward_lead_through_views(page):
    page.act(lambda tab: tab.locator("#q").press_sequentially("herring"))
    page.act(lambda tab: tab.get_by_role("link", name="Page 2").click())
    page.act(lambda tab: tab.get_by_role("link", name="Note 11 on herring").click())
    assert page.tab.inner_text("h1") == "Note 11 on herring"
    page.act(lambda tab: tab.go_back())
    assert page.found == "11 - 20 of 20"
    assert page.tab.evaluate("document.activeElement.textContent") == "Note 11 on herring"
    page.act(lambda tab: tab.go_back())
    assert page.found == "1 - 10 of 20"
    page.act(lambda tab: tab.go_back())
    assert (page.found, page.tab.input_value("#q")) == ("1 - 10 of 25", "")
    for _ in range(3):
        page.act(lambda tab: tab.go_forward())
    assert page.tab.inner_text("h1") == "Note 11 on herring"


def test_documents_of_a_result_are_read_one_after_the_other(page):
    page.go("#q=herring&document=" + page.tab.evaluate("document.querySelectorAll('.item a')[4].hash.slice(10)"))
    assert page.tab.inner_text("h1") == "Note 1 on herring"
    page.act(lambda tab: tab.get_by_role("link", name="Next document").click())
    assert page.tab.inner_text("h1") == "Note 2 on herring"


def taken(page, form):
    with page.tab.expect_download() as waiting:
        page.tab.click(f"#export-{form}")
    return waiting.value


def test_the_result_is_taken_as_csv_in_which_nothing_is_a_formula(page):
    download = taken(page, "CSV")
    assert download.suggested_filename == "documents.csv"
    rows = list(csv.DictReader(io.StringIO(download.path().read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == 25
    assert rows[0]["parties"] == "from: Óscar Peral; to: Marek Dułka"
    assert rows[0]["places"] == "a/first.txt:1-3; b/second.txt:11-13"
    assert rows[2]["title"] == 'Report on "50% & more": {braces} $x_1 #2 \\ ~^'
    assert rows[2]["summary"] == "'=SUM(A1:A9) is no formula, \u202eand nothing turns round."
    assert rows[24]["title"] == "'=HYPERLINK(1)"
    assert [row["date_edtf"] for row in rows[:4]] == ["1950-01-05", "1950-02", "1951", "1952/1953"]


def fields_of_bibtex(text):
    """Entries with their fields, one a line; braces are counted as BibTeX does, which knows no escaped ones."""
    entries = {}
    for entry in re.split(r"^@misc\{", text, flags=re.MULTILINE)[1:]:
        key, _, body = entry.partition(",\n")
        entries[key] = dict(re.findall(r"^  (\w+) = (.*?),?$", body, flags=re.MULTILINE))
        for value in entries[key].values():
            depths = list(itertools.accumulate({"{": 1, "}": -1}.get(letter, 0) for letter in value))
            assert min(depths) >= 0 == depths[-1], value
    return entries


def test_the_result_is_taken_as_bibtex(page):
    entries = fields_of_bibtex(taken(page, "BibTeX").path().read_text(encoding="utf-8"))
    assert len(entries) == 25
    first = entries["d1-00000000000000aa"]
    assert first["title"] == "{{Cable, Óscar Peral to Marek Dułka}}"
    assert first["author"] == "{{Óscar Peral}}"
    assert (first["date"], first["year"], first["month"]) == ("{1950-01-05}", "{1950}", "jan")
    assert first["url"] == "{https://archive.example/document/1}"
    by_title = {fields["title"]: fields for fields in entries.values()}
    month = by_title["{{Cable, Óscar Peral to Marek Dułka (second)}}"]
    assert (month["date"], month["year"], month["month"]) == ("{1950-02}", "{1950}", "feb")
    year = by_title[
        '{{Report on "50\\% \\& more": \\textbraceleft{}braces\\textbraceright{} \\$x\\_1 \\#2 \\textbackslash{} '
        "\\textasciitilde{}\\textasciicircum{}}}"
    ]
    assert (year["date"], year["year"], "month" in year) == ("{1951}", "{1951}", False)
    assert by_title["{{Minutes of two years}}"]["date"] == "{1952/1953}"
    assert "date" not in by_title["{{=HYPERLINK(1)}}"]


def records_of_ris(text):
    records, record = [], []
    for line in filter(None, text.split("\r\n")):
        tag, value = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups()
        if tag == "ER":
            records.append(record)
            record = []
        else:
            record.append((tag, value))
    assert record == []
    return records


def test_the_result_is_taken_as_ris(page):
    records = records_of_ris(taken(page, "RIS").path().read_bytes().decode("utf-8"))
    assert len(records) == 25
    assert records[0][0] == ("TY", "MANSCPT")
    assert ("AU", "Óscar Peral") in records[0]
    assert ("UR", "https://archive.example/document/1") in records[0]
    assert [dict(record).get("DA") for record in records[:4]] == [
        "1950/01/05/",
        "1950/02//",
        "1951///",
        "1952///until 1953",
    ]
    assert "DA" not in dict(records[24])


def test_nothing_is_asked_of_anybody(page):
    page.act(lambda tab: tab.fill("#q", "herring"))
    page.act(lambda tab: tab.get_by_role("link", name="Note 1 on herring").click())
    folder = page.path.parent.as_uri()
    assert [url for url in page.requests if not url.startswith(folder)] == []
    assert page.faults == []


def test_what_cannot_be_read_beside_the_page_is_told(sharded_page, browser, tmp_path):
    (tmp_path / "explorer.html").write_bytes(sharded_page.read_bytes())
    tab = browser.new_page()
    tab.goto((tmp_path / "explorer.html").as_uri())
    assert "columns.js stands beside this page and could not be read" in tab.inner_text("[role=alert]")
    tab.close()


def test_files_of_another_release_are_not_taken(sharded_page, browser, tmp_path):
    shutil.copytree(sharded_page.parent / "explorer", tmp_path / "explorer")
    (tmp_path / "explorer.html").write_bytes(sharded_page.read_bytes())
    columns = next(tmp_path.glob("explorer/*/columns.js"))
    columns.write_bytes(columns.read_bytes().replace(b"r1-0123456789abcdef", b"r1-fedcba9876543210"))
    tab = browser.new_page()
    tab.goto((tmp_path / "explorer.html").as_uri())
    assert "is of another release" in tab.inner_text("[role=alert]")
    tab.close()
