"""The five real pages that the project was written for. They are not ours to publish, so they lie where this says."""

import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.build import BuildSettings, build
from pipelines.engine import LocalEngine

REAL_PAGES = os.environ.get("ARCHIVE_LISTINGS_REAL_PAGES")
pytestmark = pytest.mark.skipif(
    not REAL_PAGES, reason="ARCHIVE_LISTINGS_REAL_PAGES names no folder with the five real pages"
)


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    processed = tmp_path_factory.mktemp("processed")
    path = build(BuildSettings(Path(REAL_PAGES), processed), LocalEngine()).published.path
    return {name: pq.read_table(path / f"{name}.parquet").to_pylist() for name in (
        "pages", "entries", "documents", "collections", "collection_links", "document_collections", "issues", "matches",
    )}  # fmt: skip


def test_five_pages_give_sixty_entries(release):
    counts = [page["entry_count"] for page in sorted(release["pages"], key=lambda page: page["source_path"])]
    assert counts == [20, 5, 10, 20, 5]
    assert len(release["entries"]) == 60


def test_fifty_seven_documents_of_which_three_stand_on_two_pages(release):
    assert len(release["documents"]) == 57
    assert sorted(document["page_count"] for document in release["documents"])[-4:] == [1, 2, 2, 2]


def test_two_collections_hold_twenty_five_and_five_documents(release):
    assert {found["title"]: found["document_count"] for found in release["collections"]} == {
        "Making of the Sino-Soviet Alliance, 1945-1950": 25,
        "Sino-Soviet Alliance, 1950-1959": 5,
    }
    assert len(release["document_collections"]) == 30


def test_eight_related_links_and_two_guides_of_which_two_lead_to_a_collection_in_raw(release):
    links = release["collection_links"]
    assert [sum(link["relation"] == relation for link in links) for relation in ("related", "guide")] == [8, 2]
    assert sorted(link["target_title"] for link in links if link["target_collection_id"]) == [
        "Making of the Sino-Soviet Alliance, 1945-1950",
        "Sino-Soviet Alliance, 1950-1959",
    ]


def test_the_pager_is_61_to_70_of_120(release):
    pagers = [(p["pager_first"], p["pager_last"], p["pager_total"]) for p in release["pages"] if p["pager_first"]]
    assert pagers == [(61, 70, 120)]


def test_one_entry_has_no_summary_and_one_date_is_a_month(release):
    assert sum(entry["summary"] is None for entry in release["entries"]) == 1
    precise = [entry["date_precision"] for entry in release["entries"]]
    assert (precise.count("month"), precise.count("day")) == (1, 59)
    assert [entry["date_edtf"] for entry in release["entries"] if entry["date_precision"] == "month"] == ["1950-02"]


def test_nothing_is_refused(release):
    assert [issue for issue in release["issues"] if issue["severity"] == "error"] == []
