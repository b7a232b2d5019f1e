"""Laws of comparing, over random releases: nothing differs from itself, and the other way round is the same the other way round."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.compare.comparison import compare

NAMES = "abcdefg"
OPPOSITE = {"new": "gone", "gone": "new", "merged": "split", "split": "merged", "joined": "left", "left": "joined"}


@st.composite
def random_releases(draw, side, document):
    """A release whose documents have entries, collections and redirects from few names, so that two of them share many."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=5))
    numbers = st.sampled_from([None, "1", "2"])
    documents = [document(name, number=draw(numbers)) for name in names]
    others = [name for name in NAMES if name not in names]
    entries, members, redirects = [], [], []
    if names:
        entries = [f"{at}{draw(st.sampled_from(names))}" for at in range(9) if draw(st.booleans())]
        members = sorted(
            {f"{draw(st.sampled_from(names))}{draw(st.sampled_from('pq'))}" for _ in range(draw(st.integers(0, 4)))}
        )
        redirects = [f"{old}{draw(st.sampled_from(names))}" for old in others if draw(st.booleans())]
    return side(documents, entries, members, redirects, ["pP", "qQ"])


@pytest.fixture(scope="module")
def releases(make_side, make_document):
    return random_releases(make_side, make_document)


def mirrored(changes):
    """A table of differences as the other way round would give it."""
    rows = []
    for row in changes.to_pylist():
        turned = {**row, "kind": OPPOSITE.get(row["kind"], row["kind"])}
        for name in ("document_id", "value", "title"):
            turned[f"{name}_before"], turned[f"{name}_after"] = row[f"{name}_after"], row[f"{name}_before"]
        rows.append(turned)
    table = pa.Table.from_pylist(rows, changes.schema)
    return table.sort_by([(name, "ascending") for name in changes.schema.names]).to_pylist()


def in_order(changes):
    return changes.sort_by([(name, "ascending") for name in changes.schema.names]).to_pylist()


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_release_does_not_differ_from_itself(releases, data):
    release = data.draw(releases)
    found = compare(release, release)
    assert found.changes.num_rows == 0
    assert found.counts["unchanged"] == release.documents.num_rows


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_comparing_the_other_way_round_gives_the_mirror(releases, data):
    one, other = data.draw(releases), data.draw(releases)
    there, back = compare(one, other), compare(other, one)
    assert in_order(back.changes) == mirrored(there.changes)
    turned = {
        "documents_before": "documents_after", "documents_after": "documents_before", **OPPOSITE,
    }  # fmt: skip
    for counts, opposite in zip([there.counts, *there.collections], [back.counts, *back.collections], strict=True):
        assert opposite == {turned.get(name, name): value for name, value in counts.items()}


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_every_document_of_either_release_has_one_fate_at_least(releases, data):
    one, other = data.draw(releases), data.draw(releases)
    found = compare(one, other)
    rows = found.changes.to_pylist()
    linked = {row["document_id_before"] for row in rows if row["kind"] in ("gone", "split", "merged", "changed")}
    alone = {row["document_id_after"] for row in rows if row["kind"] in ("new", "split", "merged", "changed")}
    for release, told in ((one, linked), (other, alone)):
        ids = set(release.documents.column("document_id").to_pylist())
        assert len(ids - told) == found.counts["unchanged"]
