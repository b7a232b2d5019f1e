from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.deduplicate import Appearance, History, deduplicate
from pipelines.deduplicate.appearance import content_of
from pipelines.identifiers import identifier
from pipelines.records import DateSpan, Entry

MAY = DateSpan("1950-05-01", date(1950, 5, 1), date(1950, 5, 1), "day")
MONTH = DateSpan("1950-05", date(1950, 5, 1), date(1950, 5, 31), "month")
FISH = "The minister asks for a second icebreaker before the winter sets in."
SALT = "Nobody at the conference would speak about the price of salt again."


def listed(page, position=1, *, when=MAY, title="Cable, A to B", summary=FISH, cut=False):
    page_id = identifier("p", page)
    entry = Entry(position, None, 4 * position, 4 * position + 3, when and when.edtf, title, summary, when, cut)
    return Appearance(identifier("e", page_id, entry.line_first), page_id, entry)


def grouped(found):
    """Documents as sets of entries."""
    return {frozenset(member.entry_id for member in document.members) for document in found.documents}


def history_of(found):
    by_entry = {member.entry_id: document.document_id for document in found.documents for member in document.members}
    by_content = {}
    for document in found.documents:
        for member in document.members:
            by_content.setdefault(content_of(member.entry), set()).add(document.document_id)
    return History(
        by_entry, {content: min(ids) for content, ids in by_content.items() if len(ids) == 1}, found.redirects
    )


def in_every_order(*appearances):
    """The one outcome of all orders of input."""
    outcomes = [deduplicate(order) for order in permutations(appearances)]
    assert all(outcome == outcomes[0] for outcome in outcomes)
    return outcomes[0]


def test_the_same_date_and_title_in_other_typography_is_one_document():
    found = in_every_order(listed("a", title="Cable,  A to ‘B’"), listed("b", title="Cable, A to 'B'"))
    assert len(found.documents) == 1
    assert [(match.rule, match.decision) for match in found.matches] == [("same_date_and_title", "same")]


def test_identical_texts_are_one_and_need_no_match():
    assert in_every_order(listed("a"), listed("b")).matches == ()


def test_an_entry_without_a_summary_joins_the_only_document_of_its_date_and_title():
    assert len(in_every_order(listed("a"), listed("b", summary=None)).documents) == 1


def test_a_shortened_summary_is_the_same_document():
    assert len(in_every_order(listed("a"), listed("b", summary=FISH[:40] + "…")).documents) == 1


def test_clearly_different_summaries_are_two_documents_and_a_question():
    found = in_every_order(listed("a"), listed("b", summary=SALT))
    assert len(found.documents) == 2
    assert [(match.rule, match.decision) for match in found.matches] == [("summaries_differ", "review")]
    assert "icebreaker" in found.matches[0].evidence


def test_an_entry_without_a_summary_does_not_bridge_two_documents():
    found = in_every_order(listed("a"), listed("b", summary=SALT), listed("c", summary=None))
    assert len(found.documents) == 3
    assert {match.decision for match in found.matches} == {"review"}


def test_two_entries_of_one_page_are_two_documents_even_if_identical():
    found = in_every_order(listed("a", 1), listed("a", 2), listed("b"))
    assert sorted(len(document.members) for document in found.documents) == [1, 2]
    assert [(match.rule, match.decision) for match in found.matches] == [("listed_twice_on_a_page", "review")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "Cable, A to B"}, {"title": "Cable, B to A"}),
        ({"title": "Telegram No. 53517, A to B"}, {"title": "Telegram No. 54755, A to B"}),
        ({"title": "NSC 8/1"}, {"title": "NSC 8/2"}),
        ({"when": MAY}, {"when": MONTH}),
        ({"title": "Diary, Talk on 20 October"}, {"title": "Diary, Talk on 16 October"}),
    ],
)
def test_look_alikes_stay_apart(one, other):
    assert len(in_every_order(listed("a", **one), listed("b", **other)).documents) == 2


def test_one_field_alone_never_makes_two_entries_one():
    found = in_every_order(
        listed("a", when=None, summary=None), listed("b", when=None, summary=None),
        listed("c", title=None), listed("d", title=None, when=None),
    )  # fmt: skip
    assert len(found.documents) == 4


def test_without_a_date_title_and_summary_must_both_agree():
    assert len(in_every_order(listed("a", when=None), listed("b", when=None)).documents) == 1
    assert len(in_every_order(listed("a", when=None), listed("b", when=None, summary=SALT)).documents) == 2


def test_without_titles_date_and_summary_must_both_agree():
    assert len(in_every_order(listed("a", title=None), listed("b", title=None)).documents) == 1


def test_the_representative_is_complete_and_has_the_fullest_summary():
    whole = listed("c")
    found = deduplicate(
        [
            listed("a", summary=None),
            listed("b", summary=FISH[:30]),
            whole,
            listed("d", summary=FISH + " More.", cut=True),
        ]
    )
    assert [document.representative for document in found.documents] == [whole]
    assert found.documents[0].has_variants


def test_typography_alone_is_no_variant():
    found = deduplicate([listed("a", title="Cable, “A” to B"), listed("b", title='Cable, "A" to B')])
    assert [document.has_variants for document in found.documents] == [False]


def test_a_twin_that_comes_later_does_not_take_the_published_id():
    for first, second in ((FISH, SALT), (SALT, FISH)):
        before = deduplicate([listed("a", summary=first)])
        after = deduplicate([listed("a", summary=first), listed("b", summary=second)], history_of(before))
        published = before.documents[0].document_id
        holder = next(document for document in after.documents if document.document_id == published)
        assert holder.members[0].entry.summary == first


def test_a_page_that_was_saved_again_keeps_the_ids_of_its_documents():
    before = deduplicate([listed("a", summary=SALT), listed("b", summary=FISH)])
    only = next(document for document in before.documents if document.representative.entry.summary == FISH)
    after = deduplicate([listed("b, saved again", summary=FISH)], history_of(before))
    assert [document.document_id for document in after.documents] == [only.document_id]


def test_two_published_documents_that_turn_out_to_be_one_leave_a_redirect_that_lasts():
    one, other = FISH + " " + SALT, FISH
    apart = deduplicate([listed("a", 1, summary=one), listed("a", 2, summary=other)])
    ids = {document.document_id for document in apart.documents}
    assert len(ids) == 2
    entries = {
        member.entry.summary: document.document_id for document in apart.documents for member in document.members
    }
    history = History({}, {content_of(listed("x", summary=text).entry): entries[text] for text in (one, other)})
    merged = deduplicate([listed("b", summary=one), listed("c", summary=other)], history)
    kept = merged.documents[0].document_id
    assert len(merged.documents) == 1
    assert merged.redirects == {min(ids - {kept}): kept}
    later = deduplicate([listed("b", summary=one), listed("c", summary=other), listed("d")], history_of(merged))
    assert later.redirects == merged.redirects


def test_a_redirect_to_a_document_that_is_gone_is_dropped():
    history = History({"e1-0": "d1-0"}, {}, {"d1-old": "d1-0"})
    assert deduplicate([listed("a")], history).redirects == {}


def test_too_many_summaries_under_one_date_and_title_are_said():
    many = [listed(f"page {n}", summary=f"Number {n} speaks of matter {n * 7} alone.") for n in range(150)]
    found = deduplicate(
        [*many, *(listed(f"again {n}", summary=f"Number {n} speaks of matter {n * 7} alone.") for n in range(150))]
    )
    assert len(found.documents) == 150
    assert [issue.problem for issue in found.issues] == ["group_too_large"]


def test_many_identical_entries_of_one_page_get_an_id_each_without_trying_all_before_it(monkeypatch):
    from pipelines.deduplicate import ids

    made = []
    monkeypatch.setattr(ids, "identifier", lambda *parts: made.append(parts) or identifier(*parts))
    found = deduplicate([listed("a", position) for position in range(1, 1_001)])
    assert len({document.document_id for document in found.documents}) == 1_000
    assert len(made) < 4_000


ENTRIES = st.builds(
    lambda page, position, when, title, summary: listed(page, position, when=when, title=title, summary=summary),
    st.sampled_from("abcdef"),
    st.integers(1, 3),
    st.sampled_from([MAY, MAY, MONTH, None]),
    st.sampled_from(["Cable, A to B", "Cable, “A” to B", "Note", None]),
    st.sampled_from([FISH, FISH, FISH[:35], FISH.upper(), SALT, "Something else altogether was said.", None]),
)
PAGES = st.lists(ENTRIES, max_size=14, unique_by=lambda appearance: appearance.entry_id).map(
    lambda found: [appearance for appearance in found if appearance.entry.title or appearance.entry.summary]
)


@settings(max_examples=200, deadline=None)
@given(PAGES, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(appearances, chance):
    shuffled = list(appearances)
    chance.shuffle(shuffled)
    assert deduplicate(shuffled) == deduplicate(appearances)


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_every_entry_is_in_one_document_and_a_page_lists_a_document_once(appearances):
    found = deduplicate(appearances)
    assert sorted(m.entry_id for d in found.documents for m in d.members) == sorted(a.entry_id for a in appearances)
    assert len({document.document_id for document in found.documents}) == len(found.documents)
    for document in found.documents:
        assert len({member.page_id for member in document.members}) == len(document.members)


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_building_again_keeps_every_id_and_redirects_nothing(appearances):
    first = deduplicate(appearances)
    assert deduplicate(appearances, history_of(first)) == first


@settings(max_examples=300, deadline=None)
@given(PAGES, st.integers(0, 14))
def test_adding_pages_never_changes_a_published_id_but_by_a_redirect(appearances, some):
    pages = sorted({appearance.page_id for appearance in appearances})[:some]
    before = deduplicate([appearance for appearance in appearances if appearance.page_id in pages])
    after = deduplicate(appearances, history_of(before))
    in_use = {document.document_id for document in after.documents}
    for document in before.documents:
        assert (document.document_id in in_use) != (document.document_id in after.redirects)
        now = {
            a.document_id
            for a in after.documents
            if {m.entry_id for m in document.members} & {m.entry_id for m in a.members}
        }
        assert after.redirects.get(document.document_id, document.document_id) in now
