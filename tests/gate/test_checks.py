"""Each check of the gate: when it passes, when it does not, and the row that says so."""

from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.build import BuildSettings, build
from pipelines.engine import LocalEngine
from pipelines.gate.content import check_refusals
from pipelines.gate.succession import check_succession
from pipelines.gate.thresholds import Thresholds
from pipelines.published import Release

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"
PAGE = "Skip to content\n\n\n{first} - {last} of 90\n\n\n{entries}"
ENTRY = "January {day}, 1950\n\nCable, Mao Zedong to Stalin, No. {page}{day}\n\nMao asks for loan {page} of {day} rubles.\n\n\n"


def page(number, entries, promised=None):
    """A page of some entries whose pager promises as many, or another number."""
    listed = "".join(ENTRY.format(day=day, page=number) for day in range(1, entries + 1))
    return PAGE.format(first=1, last=entries if promised is None else promised, entries=listed)


def rows(checks):
    return {check.check_id: (check.rows_checked, check.rows_failed, check.threshold, check.passed) for check in checks}


def pages_table(promises, refused=0):
    """Pages with a pager and entries, as pairs of both; and pages that no grammar reads."""
    promised = [promise for promise, _ in promises] + [None] * refused
    return pa.table(
        {
            "layout": pa.array(["N1"] * len(promises) + [None] * refused, pa.string()),
            "pager_first": pa.array([None if last is None else 1 for last in promised], pa.int32()),
            "pager_last": pa.array(promised, pa.int32()),
            "entry_count": pa.array([found for _, found in promises] + [0] * refused, pa.int32()),
        }
    )


@pytest.mark.parametrize(
    ("read", "refused", "row"),
    [
        (9, 3, (12, 3, 0.25, True)),
        (9, 4, (13, 4, 0.25, False)),
        (6, 3, (9, 3, None, True)),
        (0, 10, (10, 10, 0.25, False)),
    ],
)
def test_a_quarter_of_the_pages_may_be_refused(read, refused, row):
    tables = {"pages": pages_table([(None, 1)] * read, refused)}
    assert rows(check_refusals(tables, Thresholds()))["few_pages_refused"] == row


@pytest.mark.parametrize(
    ("promises", "row"),
    [
        ([(10, 10)] * 10, (100, 0, 0.1, True)),
        ([(10, 9)] * 10, (100, 10, 0.1, True)),
        ([(10, 9)] * 9 + [(10, 8)], (100, 11, 0.1, False)),
        ([(10, 12)] * 5 + [(10, 8)] * 5, (100, 10, 0.1, True)),
        ([(10, 5)] * 9, (90, 45, None, True)),
        ([(10, 10)] * 10 + [(None, 7)], (100, 0, 0.1, True)),
    ],
)
def test_a_tenth_of_the_entries_that_pagers_promise_may_be_missing(promises, row):
    assert rows(check_refusals({"pages": pages_table(promises)}, Thresholds()))["few_entries_lost"] == row


def test_a_pager_that_promises_millions_counts_as_one_long_page():
    tables = {"pages": pages_table([(20, 20)] * 200 + [(2_000_000_000, 20), (500, 500)])}
    assert rows(check_refusals(tables, Thresholds()))["few_entries_lost"] == (4_700, 180, 0.1, True)


def test_a_share_that_is_exactly_the_threshold_passes():
    tables = {"pages": pages_table([(None, 1)] * 71, refused=29)}
    assert rows(check_refusals(tables, Thresholds(refused_pages=0.29)))["few_pages_refused"] == (100, 29, 0.29, True)


def released(folder, pages, judgements=None):
    """The folder and the tables of a release of pages, published without a gate."""
    raw = folder / "raw"
    raw.mkdir(parents=True)
    for name, text in pages.items():
        (raw / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = BuildSettings(raw, folder / "processed", judgements or Path("judgements.toml"), accepts=True)
    path = build(settings, LocalEngine()).published.path
    release = Release(path)
    names = [file.stem for file in path.glob("*.parquet")]
    return path, {name: release.table(name) for name in names}


@pytest.fixture(scope="module")
def twenty(tmp_path_factory):
    return released(tmp_path_factory.mktemp("twenty"), {"one": page(1, 10), "two": page(2, 10)})


def test_nothing_is_lost_beside_itself(twenty):
    path, tables = twenty
    assert rows(check_succession(path, tables, Thresholds())) == {
        "documents_not_fewer": (20, 0, 0.1, True),
        "documents_stay": (20, 0, 0.1, True),
        "collections_keep_documents": (0, 0, 0.5, True),
        "few_new_review_pairs": (20, 0, 0.1, True),
    }


@pytest.mark.parametrize(("left", "passes"), [(8, True), (7, False)])
def test_a_tenth_of_the_documents_may_be_gone(twenty, tmp_path, left, passes):
    _, tables = released(tmp_path, {"one": page(1, 10), "two": page(2, left)})
    found = rows(check_succession(twenty[0], tables, Thresholds()))
    assert found["documents_not_fewer"] == found["documents_stay"] == (20, 10 - left, 0.1, passes)


def test_new_documents_do_not_hide_those_that_are_gone(twenty, tmp_path):
    _, tables = released(tmp_path, {"one": page(1, 10), "three": page(3, 30)})
    found = rows(check_succession(twenty[0], tables, Thresholds()))
    assert found["documents_not_fewer"] == (20, 0, 0.1, True)
    assert found["documents_stay"] == (20, 10, 0.1, False)


def test_documents_that_are_merged_are_fewer_and_not_gone(twenty):
    path, tables = twenty
    ids = tables["documents"].column("document_id")
    leads = dict.fromkeys(ids.to_pylist()[1:], ids[0].as_py())
    entries = tables["entries"]
    at = entries.schema.get_field_index("document_id")
    joined = pa.array([ids[0].as_py()] * entries.num_rows, pa.string())
    redirects = pa.table([list(leads), list(leads.values())], schema=tables["id_redirects"].schema)
    merged = {
        **tables,
        "documents": tables["documents"].slice(0, 1),
        "entries": entries.set_column(at, entries.schema.field(at), joined),
        "id_redirects": redirects,
    }
    found = rows(check_succession(path, merged, Thresholds()))
    assert found["documents_not_fewer"] == (20, 19, 0.1, False)
    assert found["documents_stay"] == (20, 0, 0.1, True)


def test_the_collection_that_lost_most_is_judged_and_named(tmp_path):
    path, _ = released(tmp_path / "all", {file.stem: file.read_text(encoding="utf-8") for file in SAMPLE.iterdir()})
    new = {file.stem: file.read_text(encoding="utf-8") for file in SAMPLE.glob("new-*")}
    _, tables = released(tmp_path / "new", new)
    (found,) = [
        check
        for check in check_succession(path, tables, Thresholds())
        if check.check_id == "collections_keep_documents"
    ]
    assert (found.rows_checked, found.rows_failed, found.threshold, found.passed) == (16, 11, 0.5, False)
    assert found.description.endswith(
        "(threshold collection_documents_gone): Making of the Sino-Soviet Alliance, 1945-1950 lost 11 of 16, "
        "Sino-Soviet Alliance, 1950-1959 lost 9 of 14."
    )
    low = [check.passed for check in check_succession(path, tables, Thresholds(collection_documents_gone=0.7))]
    assert low == [False, False, True, True]


def two_summaries(number, saved=""):
    """Two pages that describe one cable in other words: a pair for a person."""
    told = ("Mao agrees that the barracks be taken over.", "Nothing here is like that at all, it rains.")
    frame = f"Skip to content\n\n\n1 - 1 of 1\n\n\nJanuary {number}, 1950\n\nCable, Mao Zedong to Liu Shaoqi\n\n"
    return {f"pair{number}{side}": f"{frame}{summary}\n{saved}" for side, summary in zip("ab", told, strict=True)}


def test_pairs_that_wait_and_did_not_before_are_counted_for_each_document(twenty, tmp_path):
    pages = {"one": page(1, 10), "two": page(2, 10)}
    pairs = {name: text for number in (11, 12, 13) for name, text in two_summaries(number).items()}
    before, tables = released(tmp_path / "three", {**pages, **pairs})
    assert rows(check_succession(twenty[0], tables, Thresholds()))["few_new_review_pairs"] == (26, 3, 0.1, False)
    assert rows(check_succession(before, tables, Thresholds()))["few_new_review_pairs"] == (26, 0, 0.1, True)


def test_a_pair_whose_pages_were_saved_again_is_not_new(tmp_path):
    pages = {"one": page(1, 10), **two_summaries(11)}
    again = {"one": page(1, 10), **two_summaries(11, saved="\n\n")}
    before, old = released(tmp_path / "before", pages)
    _, new = released(tmp_path / "after", again)
    assert set(old["entries"]["entry_id"].to_pylist()) != set(new["entries"]["entry_id"].to_pylist())
    assert rows(check_succession(before, new, Thresholds()))["few_new_review_pairs"] == (12, 0, 0.1, True)
