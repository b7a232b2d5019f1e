"""What a page says of its place in a longer result."""

import pytest

from pipelines.extract.pager import read_pager


@pytest.mark.parametrize(
    ("line", "pager"),
    [
        ("1 - 1 of 1", (1, 1, 1)),
        ("1 - 10 of 2147483647", (1, 10, 2_147_483_647)),
        ("1 - 10 of 2147483648", None),
        ("11 - 10 of 20", None),
        ("11 - 21 of 20", None),
    ],
)
def test_a_pager_counts_forwards_and_no_further_than_a_column_of_32_bits(line, pager):
    assert read_pager(line) == pager
