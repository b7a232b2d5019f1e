"""What addresses bring into the tables: filters of pages, addresses of documents, and the questions that can be asked."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipelines.build import Known, make_checked_tables
from pipelines.documentation import processed_page
from pipelines.read.side_file import read_side_file
from pipelines.records import DateSpan, Entry, Frame, Ledger, Page, Pager, PageReading, RawReading

ADDRESSES = (Path(__file__).parents[1] / "docs" / "addresses.md").read_text(encoding="utf-8")
SITE = "https://archive.example"
PLANTS = [
    *("alder", "birch", "cedar", "dates", "elder", "figs", "grapes", "hazel", "iris", "jasmine"),
    *("kelp", "lemons", "maples", "nettles", "olives", "pears", "quinces", "roses", "sage", "thyme"),
]
HERRING = f"{SITE}/search?f[0]=topics:7001"
COD = f"{SITE}/search-results/{{page}}/%7B%22term%22%3A%22cod%22%2C%22subject%22%3A%5B%225%22%2C%226%22%5D%7D"


def day(of_may):
    when = date(1951, 5, of_may)
    return DateSpan(when.isoformat(), when, when, "day")


def page(number, url, first, last, total, *, links=(), kind="search", note=None):
    """A page that lists plants `first` to `last`."""
    known = Page(
        f"p1-{number:016x}", f"{number:02}.html", f"{number:064x}", 1, "utf-8", "text/html", url,
        datetime(2019, 3, 1, tzinfo=UTC) if url else None, note,
    )  # fmt: skip
    entries = tuple(
        Entry(
            at - first + 1, None, at - first + 1, at - first + 1, f"May {at}, 1951", f"Letter on {PLANTS[at - 1]}",
            f"All that is known of {PLANTS[at - 1]}.", day(at), url=links[at - first] if links else None,
        )
        for at in range(first, last + 1)
    )  # fmt: skip
    pager = Pager(first, last, total) if total else None
    lines = len(entries)
    return PageReading(known, "N1", Frame(kind, pager=pager), entries, (), (), Ledger(lines, lines, 0, 0, 0))


PAGES = (
    page(1, f"{HERRING}&fo[0]=7001&page=0&utm_source=x", 1, 3, 11, note="by hand"),
    page(2, f"{HERRING}&page=3", 10, 11, 11),
    page(3, COD.format(page=2), 4, 5, 5),
    page(4, COD.format(page=7), 19, 19, 20),
    page(5, f"{SITE}/topics/herring", 1, 2, None, kind="unknown"),
    page(6, None, 1, 2, 4),
    page(7, f"{SITE}/search?page=1", 11, 12, 12),
)


@pytest.fixture(scope="module")
def tables():
    return make_checked_tables(RawReading(PAGES), Known()).tables


@pytest.fixture
def ask(tables, tmp_path, monkeypatch):
    """Runs a query of the documentation where a release lies."""
    (tmp_path / "processed" / "current").mkdir(parents=True)
    for name, table in tables.items():
        pq.write_table(table, tmp_path / "processed" / "current" / f"{name}.parquet")
    monkeypatch.chdir(tmp_path)
    return lambda query: duckdb.sql(query).fetchall()


def test_each_filter_of_an_address_is_a_row_and_the_page_counts_from_1(tables):
    rows = [tuple(row.values()) for row in tables["page_filters"].to_pylist()]
    assert [(int(page_id[3:], 16), field, value) for page_id, field, value in rows] == [
        (1, "page", "1"), (1, "topics", "7001"),
        (2, "page", "4"), (2, "topics", "7001"),
        (3, "page", "2"), (3, "search_text", "cod"), (3, "subject", "5"), (3, "subject", "6"),
        (4, "page", "7"), (4, "search_text", "cod"), (4, "subject", "5"), (4, "subject", "6"),
        (5, "topics", "herring"),
        (7, "page", "2"),
    ]  # fmt: skip


def test_a_page_has_its_address_its_time_and_its_note(tables):
    found = {row["source_path"]: row for row in tables["pages"].to_pylist()}
    assert [found["01.html"][name] for name in ("url", "captured_at", "note")] == [
        PAGES[0].page.url, datetime(2019, 3, 1, tzinfo=UTC), "by hand",
    ]  # fmt: skip
    assert [found["06.html"][name] for name in ("url", "captured_at", "note")] == [None, None, None]
    assert found["05.html"]["kind"] == "topic"


def test_the_documents_of_a_search_can_be_asked(ask):
    documents, _ = re.findall(r"```sql\n(.*?)```", ADDRESSES, flags=re.DOTALL)
    found = [(search, first_page, title) for search, first_page, _, title, _ in ask(documents)]
    assert found == [
        ("search_text=cod subject=5 subject=6", 2, "Letter on dates"),
        ("search_text=cod subject=5 subject=6", 2, "Letter on elder"),
        ("search_text=cod subject=5 subject=6", 7, "Letter on sage"),
        ("topics=7001", 1, "Letter on alder"),
        ("topics=7001", 1, "Letter on birch"),
        ("topics=7001", 1, "Letter on cedar"),
        ("topics=7001", 4, "Letter on jasmine"),
        ("topics=7001", 4, "Letter on kelp"),
        ("topics=herring", None, "Letter on alder"),
        ("topics=herring", None, "Letter on birch"),
    ]


def test_the_pages_of_a_search_that_are_missing_can_be_asked(ask):
    _, missing = re.findall(r"```sql\n(.*?)```", ADDRESSES, flags=re.DOTALL)
    cod = "search_text=cod subject=5 subject=6"
    assert ask(missing) == [
        (cod, 1, 1, 3), (cod, 3, 7, 9), (cod, 4, 10, 12), (cod, 5, 13, 15), (cod, 6, 16, 18),
        ("topics=7001", 2, 4, 6), ("topics=7001", 3, 7, 9),
        (None, 1, 1, 10),
    ]  # fmt: skip


def test_a_document_has_the_address_of_its_representative_or_else_of_another_entry():
    one = page(1, HERRING, 1, 3, None, links=(f"{SITE}/document/7", None, None))
    other = page(2, f"{HERRING}&page=1", 1, 3, None, links=(f"{SITE}/document/letter", f"{SITE}/document/8", None))
    tables = make_checked_tables(RawReading((one, other)), Known()).tables
    assert {row["title"]: row["url"] for row in tables["documents"].to_pylist()} == {
        "Letter on alder": f"{SITE}/document/7",
        "Letter on birch": f"{SITE}/document/8",
        "Letter on cedar": None,
    }
    urls = [row["url"] for row in tables["entries"].to_pylist()]
    assert urls == [f"{SITE}/document/7", None, None, f"{SITE}/document/letter", f"{SITE}/document/8", None]


def test_a_document_has_the_number_that_a_page_prints():
    reading = page(1, None, 1, 2, None)
    numbered = tuple(entry._replace(number=number) for entry, number in zip(reading.entries, ("12", None), strict=True))
    reading = PageReading(reading.page, "N1", reading.frame, numbered, (), (), reading.ledger)
    tables = make_checked_tables(RawReading((reading,)), Known()).tables
    assert {row["title"]: row["number"] for row in tables["documents"].to_pylist()} == {
        "Letter on alder": "12",
        "Letter on birch": None,
    }
    assert tables["entries"]["number"].to_pylist() == ["12", None]


def test_the_side_file_that_is_shown_can_be_read(tmp_path):
    (example,) = re.findall(r"```csv\n(.*?)```", ADDRESSES, flags=re.DOTALL)
    (tmp_path / "pages.csv").write_text(example, encoding="utf-8")
    side_file, issues = read_side_file(tmp_path)
    assert issues == []
    assert list(side_file.rows) == ["my-pages/search-page-2.txt", "pack.zip!inner/page.txt"]


def test_the_page_about_tables_names_the_fields_that_can_be_asked_for():
    shown = processed_page()
    assert all(field in shown for field in ("search_text", "subject", "coverage", "page_unread", "docs/addresses.md"))
