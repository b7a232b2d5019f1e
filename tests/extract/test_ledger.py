"""The law of every page: each line that holds something has one fate."""

import pytest

from pipelines.errors import LedgerError
from pipelines.extract.ledger import balance
from pipelines.records import Ledger


def test_lines_are_counted_by_their_fates_and_blank_ones_apart():
    assert balance("tbtbdb", [(1, 3)], [(5, 5)], []) == Ledger(6, 2, 1, 0, 3)


@pytest.mark.parametrize(
    ("entries", "furniture"),
    [([(1, 2)], [(2, 3)]), ([(1, 3)], [(2, 2)]), ([(1, 3), (1, 3)], []), ([(1, 2)], []), ([(1, 4)], []), ([], [])],
)
def test_a_line_with_two_fates_or_none_is_an_error(entries, furniture):
    with pytest.raises(LedgerError):
        balance("ttt", entries, furniture, [])


def test_a_line_that_counts_twice_makes_not_up_for_one_that_is_lost():
    with pytest.raises(LedgerError, match="line 2 is counted twice"):
        balance("tttt", [(1, 2)], [(2, 3)], [])
