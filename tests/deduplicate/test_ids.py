"""Ids of documents: from what they say, the same wherever they are built, and kept by their document from release to release."""

import string
import time
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.deduplicate import History, Judgement, Said, deduplicate
from pipelines.deduplicate.frame import as_records
from pipelines.deduplicate.ids import assign_ids
from pipelines.deduplicate.texts import distinct_texts
from pipelines.identifiers import identifier
from tests.deduplicate.corpora import (
    CABLE,
    COAL,
    DAY,
    FISH,
    LONG,
    MONTH,
    NEXT_DAY,
    SALT,
    SHORT_FISH,
    Listed,
    frame,
    history_of,
    id_by_entry,
    named,
)


def judged(decision, one, other):
    sides = (Said(entry.date, entry.title, entry.summary) for entry in (one, other))
    return Judgement(decision, *sides, "reader", date(2026, 1, 1), "because", "judgements.toml:1")


def released(entries, history=None, judgements=()):
    """What a release of these entries says, and the history that it leaves."""
    found = deduplicate(frame(entries), judgements=judgements, history=history)
    return found, history_of(entries, found)


def test_an_id_is_of_the_published_form():
    (document_id,) = deduplicate(frame([Listed()])).documents.column("document_id").to_pylist()
    assert document_id[:3] == "d1-"
    assert len(document_id) == 19
    assert set(document_id[3:]) <= set(string.hexdigits.lower())


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        (Listed(), ("1950-05-01", "cable petrov to orlov")),
        (Listed(summary=None), ("1950-05-01", "cable petrov to orlov")),
        (Listed(date="May 01, 1950", title="CABLE: Petrov — to ‘Orlov’"), ("1950-05-01", "cable petrov to orlov")),
        (Listed(date=None, summary="Salt, fish."), ("undated", "", "cable petrov to orlov", "salt fish")),
        (Listed(None, "Salt, fish."), ("untitled", "1950-05-01", "salt fish")),
        (Listed(date=None, summary=None), ("entry", "a")),
    ],
    ids=["whole", "no summary", "typography", "no date", "no title", "title alone"],
)
def test_an_id_follows_from_what_is_there_to_tell_a_document_by(entry, parts):
    assert id_by_entry(deduplicate(frame([entry]))) == {"a": identifier("d", *parts)}


def test_an_id_does_not_depend_on_page_place_and_summary():
    one = deduplicate(frame([Listed()]))
    other = deduplicate(frame([Listed("Note on Salt", SALT, page="p"), Listed(summary=LONG, page="p", name="z")]))
    assert id_by_entry(other)["z"] == id_by_entry(one)["a"]


def test_namesakes_get_an_id_each_and_one_of_them_the_plain_one():
    found = id_by_entry(deduplicate(frame([Listed(), Listed(summary=SALT), Listed(summary=COAL)])))
    assert len(set(found.values())) == 3
    assert identifier("d", "1950-05-01", "cable petrov to orlov") in found.values()


def test_which_namesake_has_the_plain_id_does_not_depend_on_their_order():
    by_summary = [
        {
            entry.summary: id_by_entry(deduplicate(frame(named(order))))[name]
            for name, entry in zip("ab", order, strict=True)
        }
        for order in ([Listed(), Listed(summary=SALT)], [Listed(summary=SALT), Listed()])
    ]
    assert by_summary[0] == by_summary[1]


@pytest.mark.parametrize(("first", "second"), [(FISH, SALT), (SALT, FISH)])
def test_a_twin_that_comes_later_does_not_take_the_published_id(first, second):
    before, history = released([Listed(summary=first)])
    after, _ = released([Listed(summary=first), Listed(summary=second)], history)
    assert id_by_entry(after)["a"] == id_by_entry(before)["a"]
    assert after.redirects == {}


def test_a_page_that_was_saved_again_keeps_the_ids_of_its_documents():
    before, history = released([Listed(summary=SALT, name="a"), Listed(summary=FISH, name="b")])
    after, _ = released([Listed(summary=FISH, name="b, saved again")], history)
    assert id_by_entry(after)["b, saved again"] == id_by_entry(before)["b"]


def test_a_fuller_text_does_not_change_a_published_id():
    before, history = released([Listed(None, LONG)])
    after, _ = released([Listed(None, LONG), Listed("Cable, Mao Zedong to Stalin", LONG)], history)
    assert id_by_entry(after)["b"] == id_by_entry(before)["a"]
    assert after.redirects == {}


def test_a_retitled_copy_does_not_change_a_published_id():
    before, history = released([Listed()])
    after, _ = released([Listed(), Listed("Telegram No. 16715 with a longer heading, Petrov to Orlov")], history)
    assert set(id_by_entry(after).values()) == set(id_by_entry(before).values())


def test_two_published_documents_that_turn_out_to_be_one_leave_a_redirect():
    one, other = Listed(), Listed("Note on Salt", SALT)
    before, history = released([one, other])
    after, _ = released([one, other], history, [judged("same", one, other)])
    (kept,) = set(id_by_entry(after).values())
    (gone,) = set(id_by_entry(before).values()) - {kept}
    assert after.redirects == {gone: kept}


def test_a_redirect_lasts_across_later_releases():
    one, other = Listed(), Listed("Note on Salt", SALT)
    said = [judged("same", one, other)]
    _, history = released([one, other])
    second, history = released([one, other], history, said)
    third, history = released([one, other, Listed("Council Minutes", LONG)], history, said)
    fourth, _ = released([one, other], history, said)
    assert second.redirects == third.redirects == fourth.redirects != {}


def test_redirects_in_a_row_lead_straight_to_the_last():
    entries = [Listed(), Listed("Note on Salt", SALT), Listed("Council Minutes", LONG)]
    first, history = released(entries)
    two = [judged("same", entries[0], entries[1])]
    _, history = released(entries, history, two)
    found, _ = released(entries, history, [*two, judged("same", entries[1], entries[2])])
    (kept,) = set(id_by_entry(found).values())
    assert found.redirects == dict.fromkeys(set(id_by_entry(first).values()) - {kept}, kept)


def test_a_judgement_taken_back_gives_both_documents_their_ids_again():
    one, other = Listed(), Listed("Note on Salt", SALT)
    before, history = released([one, other])
    _, history = released([one, other], history, [judged("same", one, other)])
    after, _ = released([one, other], history)
    assert id_by_entry(after) == id_by_entry(before)
    assert after.redirects == {}


def test_of_a_document_that_became_several_the_one_with_most_of_its_entries_keeps_the_id():
    entries = [Listed(), Listed(summary=None), Listed()]
    before, history = released(entries)
    (published,) = set(id_by_entry(before).values())
    after, _ = released([*entries, Listed(summary=SALT)], history)
    assert [name for name, document_id in id_by_entry(after).items() if document_id == published] == ["a", "c"]
    assert after.redirects == {}


def test_a_document_that_is_gone_leaves_no_redirect():
    _, history = released([Listed(), Listed("Note on Salt", SALT)])
    after, _ = released([Listed()], history)
    assert after.redirects == {}


def test_a_redirect_to_a_document_that_is_gone_is_dropped():
    before, history = released([Listed("Note on Salt", SALT, name="gone")])
    earlier = History(history.entries, {"d1-old": id_by_entry(before)["gone"]})
    assert deduplicate(frame([Listed()]), history=earlier).redirects == {}


def test_a_document_that_comes_back_has_its_id_again():
    first, history = released([Listed(), Listed("Note on Salt", SALT)])
    _, history = released([Listed()], history)
    third, _ = released([Listed(), Listed("Note on Salt", SALT)], history)
    assert id_by_entry(third) == id_by_entry(first)


def test_a_redirect_that_leads_in_a_circle_is_dropped():
    _, history = released([Listed()])
    circle = {"d1-one": "d1-other", "d1-other": "d1-one"}
    assert deduplicate(frame([Listed()]), history=History(history.entries, circle)).redirects == {}


def test_a_history_without_entries_is_none():
    assert not History()
    assert not History(pa.table({"entry_id": pa.array([], pa.string())}))
    assert bool(released([Listed()])[1])


def test_a_thousand_namesakes_get_an_id_each():
    found = deduplicate(frame([Listed(summary=f"{chr(97 + n % 26)}{n}", name=f"e{n}") for n in range(1_000)]))
    assert len(set(found.documents.column("document_id").to_pylist())) == found.documents.num_rows


TITLES = [CABLE, "Cable, Petrof to Orlov", "Cable, Orlov to Petrov", "Telegram No. 7, Petrov to Orlov", "Note", None]


def test_an_id_of_a_document_that_is_not_looked_at_is_not_given_to_another():
    records = as_records(frame([Listed()]))
    alone = np.zeros(1, np.int64), np.zeros(1, np.int64)

    def given(elsewhere):
        return assign_ids(records, distinct_texts(records), alone, History(), elsewhere).ids.to_pylist()

    (plain,) = given(())
    assert given((plain,)) not in ([plain], [None])
    assert given(("d1-0000000000000000",)) == [plain]


ENTRIES = (
    st.tuples(
        st.sampled_from(TITLES),
        st.sampled_from([FISH, SHORT_FISH, SALT, LONG, None]),
        st.sampled_from([DAY, DAY, NEXT_DAY, MONTH, None]),
        st.sampled_from("pqrst"),
    )
    .map(lambda fields: Listed(*fields))
    .filter(lambda entry: entry.title or entry.summary)
)


@st.composite
def growing_raw(draw):
    """Entries, and which of their pages each of several releases holds; a release may lose pages as well."""
    entries = [
        entry._replace(name=f"e{at}") for at, entry in enumerate(draw(st.lists(ENTRIES, min_size=2, max_size=7)))
    ]
    held = draw(st.lists(st.sets(st.sampled_from("pqrst"), min_size=1), min_size=2, max_size=4))
    return entries, [[entry for entry in entries if entry.page in pages] for pages in held]


@settings(max_examples=30, deadline=None)
@given(growing_raw())
def test_every_redirect_leads_from_an_id_out_of_use_to_one_in_use(raw):
    history = None
    for entries in raw[1]:
        found, history = released(entries, history)
        in_use = set(id_by_entry(found).values())
        assert not in_use & found.redirects.keys()
        assert set(found.redirects.values()) <= in_use


@settings(max_examples=30, deadline=None)
@given(growing_raw())
def test_no_two_documents_have_one_id(raw):
    history = None
    for entries in raw[1]:
        found, history = released(entries, history)
        ids = found.documents.column("document_id").to_pylist()
        assert len(set(ids)) == len(ids)


@settings(max_examples=30, deadline=None)
@given(growing_raw(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_id_and_no_redirect(raw, chance):
    history = None
    for entries in raw[1]:
        found, _ = released(entries, history)
        shuffled = chance.sample(entries, len(entries))
        positions = frame(entries).take([entries.index(entry) for entry in shuffled]) if entries else frame(entries)
        turned = deduplicate(positions, history=history)
        assert (id_by_entry(turned), turned.redirects) == (id_by_entry(found), found.redirects)
        history = history_of(entries, found)


@settings(max_examples=60, deadline=None)
@given(
    growing_raw(),
    st.lists(st.tuples(st.sampled_from(["same", "different"]), st.integers(0, 6), st.integers(0, 6)), max_size=3),
)
def test_a_published_id_leads_to_a_document_with_one_of_its_entries(raw, said):
    every, releases = raw
    before, history = {}, None
    for number, entries in enumerate(releases):
        judgements = [
            judged(decision, every[one % len(every)], every[other % len(every)])
            for decision, one, other in said[:number]
        ]
        found, history = released(entries, history, judgements)
        now = id_by_entry(found)
        for document_id in set(before.values()):
            left = [now[entry_id] for entry_id in now if before.get(entry_id) == document_id]
            assert not left or found.redirects.get(document_id, document_id) in left
        before = now


@settings(max_examples=30, deadline=None)
@given(growing_raw())
def test_a_release_of_the_same_raw_changes_nothing(raw):
    history = None
    for entries in raw[1]:
        found, history = released(entries, history)
        again, _ = released(entries, history)
        assert (id_by_entry(again), again.redirects) == (id_by_entry(found), found.redirects)


@settings(max_examples=30, deadline=None)
@given(growing_raw(), st.sets(st.sampled_from("pqrst"), max_size=4))
def test_adding_pages_never_changes_a_published_id_but_by_a_redirect(raw, first):
    entries = raw[0]
    some = [entry for entry in entries if entry.page in first]
    before, history = released(some)
    after, _ = released(entries, history)
    in_use = set(id_by_entry(after).values())
    for document_id in set(id_by_entry(before).values()):
        assert (document_id in in_use) != (document_id in after.redirects)


def test_ids_cost_little_where_nothing_was_published():
    entries = [Listed(f"Note {n} on Salt", SALT, name=f"e{n}") for n in range(2_000)]
    table = frame(entries)
    start = time.process_time()
    deduplicate(table)
    assert time.process_time() - start < 5
