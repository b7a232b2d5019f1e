"""How two summaries compare."""

import pytest

from pipelines.deduplicate.summaries import compare_summaries


@pytest.mark.parametrize(("words_before", "relation"), [(398, "contrary"), (399, "contrary"), (400, "close")])
def test_of_a_summary_no_more_than_its_first_400_words_are_looked_at(words_before, relation):
    said = " ".join(f"word{number}" for number in range(words_before))
    assert compare_summaries(f"{said} 500 tons", f"{said} 900 tons").relation == relation
