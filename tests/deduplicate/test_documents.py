"""Who is the same document: the cases that real pages show, each in every order of input."""

import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.deduplicate import deduplicate
from tests.deduplicate.corpora import (
    CABLE,
    DAY,
    FISH,
    LONG,
    MONTH,
    NEXT_DAY,
    SALT,
    SHORT_FISH,
    Listed,
    documents_of,
    frame,
    history_of,
    id_by_entry,
    in_every_order,
    told,
)

TELEGRAM = "Telegram, Mao Zedong to Stalin"


def test_identical_texts_are_one_document_and_need_no_match():
    found = in_every_order(Listed(), Listed())
    assert (found.shapes, found.decisions) == ("ab", [])


def test_the_same_date_and_title_in_other_typography_is_one_document():
    found = in_every_order(Listed("Cable,  Petrov to ‘Orlov’"), Listed("Cable, Petrov to 'Orlov'"))
    assert (found.shapes, found.decisions) == ("ab", [("same_text", "same")])


@pytest.mark.parametrize(
    ("old", "new"), [("January 05, 1950", "January 5, 1950"), ("February, 1950", "February 1950"), ("1948", "1948")]
)
def test_a_zero_padded_date_is_the_same_date(old, new):
    found = in_every_order(Listed(date=old), Listed(date=new))
    assert (found.shapes, found.decisions) == ("ab", [])


def test_a_document_that_was_retitled_with_the_identical_summary_is_one():
    found = in_every_order(
        Listed("Cable, Mao Zedong to Filippov [Stalin]"),
        Listed("Ciphered Telegram No. 16715, Mao Zedong to Filippov [Stalin]"),
    )
    assert (found.shapes, found.decisions) == ("ab", [("retitled", "same")])


@pytest.mark.parametrize("name", ["CIA Report, ", "Jawaharlal Nehru, ", "National Security Council: "])
def test_an_agency_or_author_in_front_of_the_same_quoted_subtitle_is_one_document(name):
    found = in_every_order(Listed(f"{name}‘The Port of Gdynia’"), Listed("'The Port of Gdynia'"))
    assert (found.shapes, found.decisions) == ("ab", [("extended_title", "same")])


def test_two_agencies_in_front_of_the_same_subtitle_are_a_question():
    found = in_every_order(Listed("CIA Report, 'The Port of Gdynia'"), Listed("NSC Report, 'The Port of Gdynia'"))
    assert (found.shapes, found.decisions) == ("a b", [("other_title", "review")])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cable, Mao Zedong to Stalin", "Cable, Mao Tse-tung to Stalin"),
        ("Letter, Khrushchev to Ulbricht", "Letter, Khruschev to Ulbricht"),
        ("Letter, Gomułka to Rákosi", "Letter, Gomulka to Rakosi"),
        ("Cable, Vyshinsky to Dej", "Cable, Vyshinskii to Dej"),
        ("Talks with Kim Il Sung", "Talks with Kim Ilsung"),
    ],
)
def test_a_personal_name_spelled_two_ways_is_one_document(one, other):
    found = in_every_order(Listed(one), Listed(other))
    assert (found.shapes, found.decisions) == ("ab", [("respelled_title", "same")])


def test_a_title_lost_in_one_capture_is_found_by_its_date_and_summary():
    found = in_every_order(Listed(), Listed(None))
    assert (found.shapes, found.decisions) == ("ab", [("title_missing", "same")])


def test_an_untitled_capture_that_two_documents_fit_joins_neither():
    found = in_every_order(Listed(), Listed("Cable, Petrov to Ivanov"), Listed(None))
    assert found.shapes == "a b c"
    assert [row for row in found.decisions if row[1] != "different"] == [("several_documents_fit", "review")] * 2


@pytest.mark.parametrize("summaries", [(FISH, FISH), (FISH, SALT), (None, None), (FISH, None), (LONG, LONG)])
def test_sender_and_receiver_swapped_are_two_documents_whatever_is_said_of_them(summaries):
    one, other = summaries
    found = in_every_order(Listed("Cable, Petrov to Orlov", one), Listed("Cable, Orlov to Petrov", other))
    assert found.shapes == "a b"
    assert set(found.decisions) <= {("swapped", "different")}


def test_the_same_title_on_other_days_is_two_documents():
    found = in_every_order(Listed(), Listed(date=NEXT_DAY))
    assert (found.shapes, found.decisions) == ("a b", [("other_date", "different")])


@pytest.mark.parametrize("summary", [FISH, LONG, None])
@pytest.mark.parametrize("numbers", [("No. 53517", "No. 54755"), ("No.1828", "No.1829"), ("#8600", "#8601")])
def test_numbered_telegrams_are_two_documents(numbers, summary):
    one, other = (Listed(f"Ciphered Telegram {number}, Petrov to Orlov", summary) for number in numbers)
    found = in_every_order(one, other)
    assert found.shapes == "a b"
    assert set(found.decisions) <= {("other_number", "different")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("on 16 December 1949", "on 20 December 1949"),
        ("on 16 December 1949", "on December 20, 1949"),
        ("on 16 December", "on 20 December"),
    ],
)
def test_diary_records_of_one_date_about_conversations_on_different_days_are_two_documents(one, other):
    diary = "From the Diary of N. V. Roshchin: Conversation with Mao Zedong"
    found = in_every_order(Listed(f"{diary} {one}"), Listed(f"{diary} {other}"))
    assert (found.shapes, found.decisions) == ("a b", [("other_date_in_title", "different")])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NSC 8/1, The Position on Korea", "NSC 8/2, The Position on Korea"),
        ("NSC 8, The Position on Korea", "NSC 8/2, The Position on Korea"),
        ("Report on the Ports, Part I", "Report on the Ports, Part II"),
        ("Report on the Ports (1)", "Report on the Ports (2)"),
    ],
)
def test_two_report_numbers_with_the_identical_summary_are_two_documents(one, other):
    found = in_every_order(Listed(one, LONG), Listed(other, LONG))
    assert found.shapes == "a b"
    assert set(found.decisions) <= {("other_number", "different")}


def test_summaries_that_share_their_opening_words_under_two_titles_are_two_documents():
    found = in_every_order(
        Listed("Cable, Stalin to Kovalev", "Stalin tells Mao of the loan, and asks for tungsten from the south."),
        Listed("Note on a Visit to the Port", "Stalin tells Mao of the loan, but doubts that Burma will follow."),
    )
    assert found.shapes == "a b"


def test_summaries_that_share_their_opening_words_under_one_title_are_a_question():
    found = in_every_order(
        Listed(TELEGRAM, "Mao tells Stalin of the loan, and asks for tungsten from the southern mines."),
        Listed(TELEGRAM, "Mao tells Stalin of the loan, but doubts that Burma will recognise him soon."),
    )
    assert (found.shapes, found.decisions) == ("a b", [("summaries_differ", "review")])


@pytest.mark.parametrize("date", ["1950", "February 1950"])
def test_two_documents_of_the_same_coarse_date_stay_apart(date):
    found = in_every_order(Listed("Report on Fish", FISH, date), Listed("Report on Salt", SALT, date))
    assert (found.shapes, found.decisions) == ("a b", [])


@pytest.mark.parametrize("date", ["1950", "February 1950"])
def test_the_same_title_of_one_coarse_date_with_other_summaries_is_a_question(date):
    found = in_every_order(Listed("Report on Fish", FISH, date), Listed("Report on Fish", SALT, date))
    assert (found.shapes, found.decisions) == ("a b", [("summaries_differ", "review")])


def test_a_coarser_date_joins_the_only_document_that_it_fits():
    found = in_every_order(Listed(date=DAY), Listed(date=MONTH))
    assert (found.shapes, found.decisions) == ("ab", [("coarser_date", "same")])


def test_a_coarser_date_that_two_documents_fit_joins_neither():
    found = in_every_order(Listed(date=DAY), Listed(date=NEXT_DAY), Listed(date=MONTH))
    assert found.shapes == "a b c"
    assert found.decisions == [("other_date", "different"), *[("several_documents_fit", "review")] * 2]


def test_the_same_title_and_date_with_clearly_different_summaries_are_two_documents_and_a_question():
    found = in_every_order(Listed(), Listed(summary=SALT))
    assert (found.shapes, found.decisions) == ("a b", [("summaries_differ", "review")])
    assert "1950-05-01" in found.evidence[0]
    assert "“Cable, Petrov to Orlov”" in found.evidence[0]


def test_a_shortened_summary_is_the_same_document():
    found = in_every_order(Listed(), Listed(summary=SHORT_FISH))
    assert (found.shapes, found.decisions) == ("ab", [("same_date_and_title", "same")])


def test_an_entry_without_a_summary_joins_the_only_document_of_its_date_and_title():
    found = in_every_order(Listed(), Listed(summary=None))
    assert (found.shapes, found.decisions) == ("ab", [("summary_missing", "same")])


def test_an_entry_without_a_summary_does_not_bridge_two_documents():
    found = in_every_order(Listed(), Listed(summary=SALT), Listed(summary=None))
    assert found.shapes == "a b c"
    assert {decision for _, decision in found.decisions} == {"review"}


def test_two_entries_of_one_page_are_different_documents():
    found = in_every_order(Listed(page="p"), Listed("Cable, Petrof to Orlov", page="p"))
    assert (found.shapes, found.decisions) == ("a b", [("one_page", "different")])


def test_two_entries_that_are_identical_to_the_letter_on_one_page_are_a_question():
    found = in_every_order(Listed(page="p"), Listed(page="p"))
    assert (found.shapes, found.decisions) == ("a b", [("listed_twice_on_a_page", "review")])


def test_a_copy_of_what_a_page_lists_twice_makes_no_third_document():
    found = in_every_order(Listed(page="p"), Listed(page="p"), Listed())
    assert sorted(map(len, found.documents)) == [1, 2]
    assert found.decisions == [("listed_twice_on_a_page", "review")]


def test_without_a_date_title_and_summary_must_both_agree():
    assert in_every_order(Listed(date=None), Listed(date=None)).shapes == "ab"
    assert in_every_order(Listed(date=None), Listed(date=None, summary=SALT)).shapes == "a b"


def test_without_titles_date_and_summary_must_both_agree():
    assert in_every_order(Listed(None), Listed(None)).shapes == "ab"
    assert in_every_order(Listed(None), Listed(None, SALT)).shapes == "a b"
    assert in_every_order(Listed(None), Listed(None, date=NEXT_DAY)).shapes == "a b"


@pytest.mark.parametrize(
    "entry",
    [
        Listed("Letter", None), Listed("Untitled", None), Listed(summary=None, date=None), Listed(None, date=None),
        Listed(None, None), Listed("Untitled", None, None),
    ],
    ids=["a kind and a day", "untitled and a day", "a title", "a summary", "a day", "untitled"],
)  # fmt: skip
def test_one_field_alone_never_makes_two_entries_one(entry):
    assert in_every_order(entry, entry).shapes == "a b"


def test_a_lost_date_is_found_by_title_and_summary():
    found = in_every_order(Listed(), Listed(date=None))
    assert (found.shapes, found.decisions) == ("ab", [("date_missing", "same")])


def test_an_undated_entry_that_two_documents_fit_joins_neither():
    found = in_every_order(Listed(), Listed(date=NEXT_DAY), Listed(date=None))
    assert found.shapes == "a b c"


def test_a_kind_of_document_alone_joins_nothing_without_a_summary():
    found = in_every_order(Listed("Letter"), Listed("Letter", None))
    assert (found.shapes, found.decisions) == ("a b", [("generic_title", "review")])


def test_entries_that_say_other_things_are_documents_without_a_match():
    found = in_every_order(Listed(), Listed("Note on a Visit", SALT), Listed("Minutes of the Council", LONG, NEXT_DAY))
    assert (found.shapes, found.decisions) == ("a b c", [])


def test_nothing_is_found_in_an_empty_frame():
    found = deduplicate(frame([]))
    assert (found.entries.num_rows, found.documents.num_rows, found.matches.num_rows) == (0, 0, 0)
    assert (found.redirects, found.issues) == ({}, ())


def test_typography_alone_is_no_variant():
    found = deduplicate(frame([Listed("Cable, “Petrov” to Orlov"), Listed('Cable, "Petrov" to Orlov')]))
    assert found.documents.column("has_variants").to_pylist() == [False]


def test_other_words_are_a_variant():
    found = deduplicate(frame([Listed(), Listed(summary=SHORT_FISH)]))
    assert found.documents.column("has_variants").to_pylist() == [True]


def test_entries_and_pages_of_a_document_are_counted():
    found = deduplicate(frame([Listed(page="p"), Listed(page="q"), Listed(SALT, SALT, page="p")]))
    counts = found.documents.select(["entry_count", "page_count"]).to_pylist()
    assert sorted(counts, key=str) == [{"entry_count": 1, "page_count": 1}, {"entry_count": 2, "page_count": 2}]


def test_every_table_of_the_outcome_has_the_columns_that_were_promised():
    found = deduplicate(frame([Listed()]))
    assert found.entries.column_names == ["entry_id", "document_id", "is_representative"]
    assert found.documents.column_names == ["document_id", "entry_id", "entry_count", "page_count", "has_variants"]
    assert found.matches.column_names == [
        "left_entry_id", "right_entry_id", "rule", "score", "decision", "decided_by", "evidence",
    ]  # fmt: skip


def old_page(*entries):
    return "\n".join(f"  • {date}\n\n    {title}\n\n    {summary}\n" for date, title, summary in entries)


def new_page(*entries):
    lines = "\n\n".join(f"{date}\n\n{title}\n\n{summary}" for date, title, summary in entries)
    return f"Skip to content\n\n\n1 - {len(entries)} of {len(entries)}\n\n\n{lines}\n"


def listed_documents(tables):
    """Documents as sets of (file, place on its page)."""
    files = {page["page_id"]: page["source_path"].removesuffix(".txt") for page in tables["pages"].to_pylist()}
    members = {}
    for entry in tables["entries"].to_pylist():
        members.setdefault(entry["document_id"], set()).add((files[entry["page_id"]], entry["position"]))
    return sorted(map(sorted, members.values()))


def rules_of(tables):
    return [(match["rule"], match["decision"]) for match in tables["matches"].to_pylist()]


def test_an_old_and_a_new_page_of_one_document_make_one_document(read_pages):
    tables = read_pages(
        old=old_page(("January 05, 1950", "Cable, Mao Zedong to ‘Filippov’ [Stalin]", FISH)),
        new=new_page(("January 5, 1950", "Ciphered Telegram No. 16715, Mao Zedong to 'Filippov' [Stalin]", FISH)),
    )
    assert listed_documents(tables) == [[("new", 1), ("old", 1)]]
    assert rules_of(tables) == [("retitled", "same")]
    assert tables["documents"].column("page_count").to_pylist() == [2]


def test_a_cable_and_its_answer_on_one_page_are_two_documents(read_pages):
    tables = read_pages(
        new=new_page(("January 5, 1950", "Cable, Petrov to Orlov", FISH), ("January 5, 1950", "Cable, Orlov to Petrov", FISH)),
    )  # fmt: skip
    assert listed_documents(tables) == [[("new", 1)], [("new", 2)]]
    assert rules_of(tables) == [("swapped", "different")]


def test_a_cable_and_its_answer_are_found_again_on_another_page(read_pages):
    swapped = [("January 5, 1950", "Cable, Petrov to Orlov", FISH), ("January 5, 1950", "Cable, Orlov to Petrov", FISH)]
    padded = [("January 05, 1950", title, summary) for _, title, summary in reversed(swapped)]
    tables = read_pages(new=new_page(*swapped), old=old_page(*padded))
    assert listed_documents(tables) == [[("new", 1), ("old", 2)], [("new", 2), ("old", 1)]]


def test_an_untitled_copy_of_a_list_joins_its_documents(read_pages):
    listed = [
        ("October 23, 1949", "Cable, Kovalev to Filippov [Stalin]", FISH),
        ("January 12, 1953", "Minutes of the Fishing Council", SALT),
        ("May 17, 1949", "Note on a Visit to the Ports", LONG),
    ]
    untitled = "1893-1976\nEastern Europe\n(3) documents\n-\n" + "\n".join(
        f"{date}\n{summary}" for date, _, summary in listed
    )
    tables = read_pages(new=new_page(*listed), untitled=untitled)
    assert tables["pages"].filter(pc.equal(tables["pages"]["source_path"], "untitled.txt"))["layout"].to_pylist() == [
        "N4"
    ]
    assert listed_documents(tables) == [[("new", at), ("untitled", at)] for at in (1, 2, 3)]
    assert rules_of(tables) == [("title_missing", "same")] * 3
    assert None not in tables["documents"].column("title").to_pylist()


def test_a_page_that_lists_one_entry_twice_is_a_question_and_two_documents(read_pages):
    tables = read_pages(old=old_page(*[("January 05, 1950", CABLE, FISH)] * 2))
    assert listed_documents(tables) == [[("old", 1)], [("old", 2)]]
    assert rules_of(tables) == [("listed_twice_on_a_page", "review")]


def test_the_documents_of_made_up_pages_are_found_as_they_were_made(generated):
    tables, truth = generated
    files = {page["page_id"]: page["source_path"] for page in tables["pages"].to_pylist()}
    found, made = {}, {}
    for entry in tables["entries"].to_pylist():
        place = files[entry["page_id"]], entry["position"]
        found.setdefault(entry["document_id"], set()).add(place)
        made.setdefault(truth[place], set()).add(place)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, made.values()))


ENTRIES = st.tuples(
    st.sampled_from(
        [CABLE, "Cable, “Petrov” to Orlov", "Cable, Orlov to Petrov", "Cable, Petrof to Orlov", "Note", None]
    ),
    st.sampled_from([FISH, FISH, SHORT_FISH, FISH.upper(), SALT, "Something else altogether was said.", None]),
    st.sampled_from([DAY, DAY, MONTH, None]),
    st.sampled_from(["p", "q", "r", None]),
).map(lambda fields: Listed(*fields))
PAGES = st.lists(ENTRIES.filter(lambda entry: entry.title or entry.summary), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(PAGES, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(entries, chance):
    table = frame(entries)
    rows = list(range(len(entries)))
    chance.shuffle(rows)
    assert told(deduplicate(table.take(rows))) == told(deduplicate(table))


@settings(max_examples=40, deadline=None)
@given(PAGES)
def test_every_entry_is_in_one_document_and_a_page_lists_a_document_once(entries):
    table = frame(entries)
    found = deduplicate(table)
    page_of = dict(zip(*(table.column(name).to_pylist() for name in ("entry_id", "page_id")), strict=True))
    assert found.entries.column("entry_id").to_pylist() == table.column("entry_id").to_pylist()
    assert len(set(found.documents.column("document_id").to_pylist())) == found.documents.num_rows
    for document in documents_of(found):
        assert len({page_of[entry_id] for entry_id in document}) == len(document)


@settings(max_examples=40, deadline=None)
@given(PAGES)
def test_building_again_keeps_every_id_and_redirects_nothing(entries):
    first = deduplicate(frame(entries))
    again = deduplicate(frame(entries), history=history_of(entries, first))
    assert id_by_entry(again) == id_by_entry(first)
    assert told(again) == told(first)
