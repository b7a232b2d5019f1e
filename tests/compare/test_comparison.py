"""Each kind of difference, with the rows that it gives."""

import pandas as pd
import pytest

from pipelines.compare.comparison import compare
from schemas import OTHER_TABLES
from schemas.derive import arrow_schema

D = "d1-{:0>16}".format
C = "c1-{:0>16}".format


def rows(found, kind):
    """Without what is null, and without titles."""
    return [
        {
            name: value
            for name, value in row.items()
            if value is not None and not name.startswith("title") and name != "kind"
        }
        for row in found.changes.to_pylist()
        if row["kind"] == kind
    ]


def kinds(found):
    return sorted(set(found.changes.column("kind").to_pylist()))


def test_a_document_that_only_the_one_after_has_is_new(make_side, make_document):
    found = compare(
        make_side([make_document("a")], ["1a"]), make_side([make_document("a"), make_document("b")], ["1a", "2b"])
    )
    assert rows(found, "new") == [{"document_id_after": D("b")}]
    assert kinds(found) == ["new"]


def test_a_document_that_only_the_one_before_has_is_gone(make_side, make_document):
    found = compare(
        make_side([make_document("a"), make_document("b")], ["1a", "2b"]), make_side([make_document("b")], ["2b"])
    )
    assert rows(found, "gone") == [{"document_id_before": D("a")}]
    assert kinds(found) == ["gone"]


def test_each_column_that_differs_is_a_row_with_both_values(make_side, make_document):
    before = make_document("a", title="Cable, Mao to Stalin", date_edtf="1950", number=None)
    after = make_document("a", title="Cable, Mao to Stalin", date_edtf="1950-01-05", number="7", has_variants=True)
    found = compare(make_side([before], ["1a"]), make_side([after], ["1a"]))
    ids = {"document_id_before": D("a"), "document_id_after": D("a")}
    assert rows(found, "changed") == [
        {**ids, "field": "date_edtf", "value_before": "1950", "value_after": "1950-01-05"},
        {**ids, "field": "has_variants", "value_before": "false", "value_after": "true"},
        {**ids, "field": "number", "value_after": "7"},
    ]
    assert found.counts["changed"] == 1


def test_documents_whose_entries_are_one_document_now_are_merged(make_side, make_document):
    before = make_side([make_document("a"), make_document("b")], ["1a", "2b"])
    after = make_side([make_document("a", entries=2)], ["1a", "2a"], redirects=["ba"])
    found = compare(before, after)
    assert rows(found, "merged") == [
        {"document_id_before": D("a"), "document_id_after": D("a")},
        {"document_id_before": D("b"), "document_id_after": D("a")},
    ]
    assert rows(found, "redirected") == [
        {"document_id_before": D("b"), "document_id_after": D("b"), "field": "new_document_id", "value_after": D("a")}
    ]
    assert [row["field"] for row in rows(found, "changed")] == ["entry_count", "page_count"]
    assert kinds(found) == ["changed", "merged", "redirected"]


def test_a_redirect_alone_tells_of_a_merge_whose_pages_were_saved_again(make_side, make_document):
    before = make_side([make_document("a"), make_document("b")], ["1a", "2b"])
    after = make_side([make_document("a")], ["3a"], redirects=["ba"])
    assert [row["document_id_before"] for row in rows(compare(before, after), "merged")] == [D("a"), D("b")]


def test_a_document_whose_entries_are_several_now_is_split(make_side, make_document):
    before = make_side([make_document("a", entries=2)], ["1a", "2a"])
    after = make_side([make_document("a"), make_document("b")], ["1a", "2b"])
    found = compare(before, after)
    assert rows(found, "split") == [
        {"document_id_before": D("a"), "document_id_after": D("a")},
        {"document_id_before": D("a"), "document_id_after": D("b")},
    ]
    assert (found.counts["split"], found.counts["new"], found.counts["gone"]) == (1, 0, 0)


def test_an_entry_that_moved_between_two_documents_splits_the_one_and_is_merged_into_the_other(
    make_side, make_document
):
    before = make_side([make_document("a", entries=2), make_document("b")], ["1a", "2a", "3b"])
    after = make_side([make_document("a"), make_document("b", entries=2)], ["1a", "2b", "3b"])
    found = compare(before, after)
    assert [row["document_id_after"] for row in rows(found, "split")] == [D("a"), D("b")]
    assert [row["document_id_before"] for row in rows(found, "merged")] == [D("a"), D("b")]


def test_a_document_of_another_id_with_the_same_entries_is_changed_in_its_id(make_side, make_document):
    found = compare(
        make_side([make_document("a", title="T")], ["1a"]), make_side([make_document("b", title="T")], ["1b"])
    )
    assert rows(found, "changed") == [
        {
            "document_id_before": D("a"),
            "document_id_after": D("b"),
            "field": "document_id",
            "value_before": D("a"),
            "value_after": D("b"),
        }
    ]


def test_a_redirect_that_leads_elsewhere_or_is_dropped_is_told(make_side, make_document):
    documents = [make_document("a"), make_document("b")]
    before = make_side(documents, ["1a", "2b"], redirects=["xa", "ya", "zb"])
    after = make_side(documents, ["1a", "2b"], redirects=["xa", "yb"])
    assert rows(compare(before, after), "redirected") == [
        {"document_id_before": D("y"), "document_id_after": D("y"), "field": "new_document_id", "value_before": D("a"), "value_after": D("b")},
        {"document_id_before": D("z"), "document_id_after": D("z"), "field": "new_document_id", "value_before": D("b")},
    ]  # fmt: skip


def test_a_document_that_another_collection_lists_joined_it_and_left_the_first(make_side, make_document):
    before = make_side([make_document("a")], ["1a"], ["ap"], collections=["pP", "qQ"])
    after = make_side([make_document("a")], ["1a"], ["aq"], collections=["pP", "qQ"])
    found = compare(before, after)
    assert rows(found, "joined") == [{"document_id_after": D("a"), "collection_id": C("q")}]
    assert rows(found, "left") == [{"document_id_before": D("a"), "collection_id": C("p")}]


def test_a_merged_document_stays_in_the_collections_of_its_parts(make_side, make_document):
    before = make_side([make_document("a"), make_document("b")], ["1a", "2b"], ["ap", "bq"], collections=["pP", "qQ"])
    after = make_side([make_document("a", entries=2)], ["1a", "2a"], ["ap", "aq"], ["ba"], collections=["pP", "qQ"])
    found = compare(before, after)
    assert rows(found, "joined") == rows(found, "left") == []


def test_every_collection_has_its_counts_and_so_have_documents_in_none(make_side, make_document):
    before = make_side(
        [make_document(name) for name in "abcde"],
        ["1a", "2b", "3c", "4d", "5e"],
        ["ap", "bp", "cp", "cq"],
        collections=["pP", "qQ"],
    )
    changed = make_document("c", summary="New.")
    after = make_side(
        [make_document("a", entries=2), changed, make_document("d"), make_document("f")],
        ["1a", "2a", "3c", "4d", "6f"],
        ["ap", "cq", "dq", "fq"],
        ["ba"],
        collections=["qQ", "pP"],
    )
    nothing = dict.fromkeys(["new", "gone", "changed", "merged", "split", "joined", "left"], 0)
    assert compare(before, after).collections == [
        {"collection_id": C("p"), "title": "P", "documents_before": 3, "documents_after": 1, **nothing, "changed": 2, "merged": 1, "left": 1},
        {"collection_id": C("q"), "title": "Q", "documents_before": 1, "documents_after": 3, **nothing, "new": 1, "changed": 1, "joined": 1},
        {"collection_id": None, "title": None, "documents_before": 2, "documents_after": 0, **nothing, "gone": 1},
    ]  # fmt: skip


def test_the_counts_of_a_comparison_tell_what_became_of_every_document(make_side, make_document):
    before = make_side([make_document(name) for name in "abcd"], ["1a", "2b", "3c", "4d"])
    after = make_side(
        [make_document("a", entries=2), make_document("c", number="5"), make_document("e")],
        ["1a", "2a", "3c", "6e"],
        redirects=["ba"],
    )
    assert compare(before, after).counts == {
        "documents_before": 4, "documents_after": 3, "unchanged": 0, "new": 1, "gone": 1, "changed": 2, "merged": 1, "split": 0,
        "joined": 0, "left": 0, "redirected": 1,
    }  # fmt: skip


def test_a_column_that_the_one_before_did_not_publish_is_not_compared(make_side, make_document):
    before, after = make_side([make_document("a")], ["1a"]), make_side([make_document("a", number="7")], ["1a"])
    older = before._replace(documents=before.documents.drop_columns(["number"]))
    assert compare(older, after).changes.num_rows == 0
    assert compare(before, after).changes.num_rows == 1


@pytest.mark.parametrize("count", [0, 3])
def test_two_equal_releases_do_not_differ(make_side, make_document, count):
    names = "abc"[:count]
    one = make_side([make_document(name) for name in names], [f"{at}{name}" for at, name in enumerate(names)])
    found = compare(one, one)
    assert found.changes.num_rows == 0
    assert found.counts["unchanged"] == count


def test_what_is_found_is_the_table_that_is_declared(make_side, make_document):
    before = make_side([make_document(name) for name in "abcd"], ["1a", "2b", "3c", "4d"], ["a1", "b1"], ["9a"], ["1P"])
    after = make_side(
        [make_document("a"), make_document("c", number="5"), make_document("e")],
        ["1a", "2a", "3c", "6e"],
        ["c1"],
        ["ba"],
        ["1P"],
    )
    found = compare(before, after)
    assert len(kinds(found)) >= 6
    assert found.changes.schema.equals(arrow_schema("differences"), check_metadata=True)
    OTHER_TABLES["differences"].validate(found.changes.to_pandas(types_mapper=pd.ArrowDtype))
