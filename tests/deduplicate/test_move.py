"""Which entries came, went, or say something else than before."""

from pipelines.deduplicate.frame import as_records
from pipelines.deduplicate.move import find_move
from tests.deduplicate.corpora import SALT, Listed, frame

ONE, TWO, THREE = (Listed(name=name) for name in ("one", "two", "three"))


def moved(before, now):
    move = find_move(as_records(frame(now)), as_records(frame(before)))
    return move.before.tolist(), move.is_gone.tolist(), move.new.tolist()


def test_an_entry_that_stayed_is_found_where_it_stood_and_is_not_gone():
    assert moved([ONE, TWO], [ONE, TWO]) == ([0, 1], [False, False], [])
    assert moved([ONE, TWO], [TWO, ONE]) == ([1, 0], [False, False], [])


def test_what_came_is_new_and_what_went_is_gone():
    assert moved([ONE, TWO], [THREE, TWO]) == ([-1, 1], [True, False], [0])


def test_an_entry_that_says_something_else_is_new_and_the_one_before_it_gone():
    assert moved([ONE, TWO], [ONE._replace(summary=SALT), TWO._replace(summary=None)]) == (
        [-1, -1],
        [True, True],
        [0, 1],
    )
