"""Which texts a change touches."""

import numpy as np
import pytest

from pipelines.deduplicate.frame import as_records
from pipelines.deduplicate.texts import distinct_texts
from pipelines.deduplicate.touched import Change, regrouped
from pipelines.deduplicate.traces import blocks_of
from tests.deduplicate.corpora import Listed, frame


def blocks(first, end):
    """Blocks of texts of one date and title, each with a summary of its own."""
    listed = [
        Listed(summary=f"Number {number} speaks of matter {number * 7} alone.", name=f"e{number:02}")
        for number in range(first, end)
    ]
    return blocks_of(distinct_texts(as_records(frame(listed))))


@pytest.mark.parametrize(
    ("count", "more", "is_regrouped"), [(10, 1, False), (11, 1, False), (12, 1, True), (10, 3, True), (13, 1, False)]
)
def test_a_block_that_grows_beyond_twelve_texts_pairs_all_of_them_otherwise(count, more, is_regrouped):
    change = Change(blocks(0, count), np.zeros(count, bool), blocks(count, count + more))
    assert set(regrouped(change).tolist()) == {is_regrouped}


@pytest.mark.parametrize(
    ("count", "gone", "is_regrouped"), [(12, 1, False), (13, 1, True), (14, 1, False), (14, 2, True)]
)
def test_a_block_that_shrinks_to_twelve_texts_pairs_those_that_stay_otherwise(count, gone, is_regrouped):
    change = Change(blocks(0, count), np.arange(count) < gone, blocks(0, 0))
    assert regrouped(change)[gone:].tolist() == [is_regrouped] * (count - gone)
