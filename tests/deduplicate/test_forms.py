"""Which printed form stands for a text, told from the one before."""

import random

import pytest

from pipelines.deduplicate.forms import move_forms
from pipelines.deduplicate.frame import as_records
from pipelines.deduplicate.move import find_move
from pipelines.deduplicate.texts import coded_text, folded_text
from pipelines.deduplicate.traces import forms_of
from tests.deduplicate.corpora import Listed, frame

WAYS = ["Note on Coal", "NOTE on Coal", "Note  on Coal", "“Note” on Coal", "Report on Salt", "REPORT on Salt", None]


def some_records(chance):
    names = sorted(chance.sample(range(12), chance.randint(1, 8)))
    return as_records(frame([Listed(chance.choice(WAYS), name=f"e{number:02}") for number in names]))


@pytest.mark.parametrize("seed", range(20))
def test_of_the_entries_that_print_a_text_one_bears_its_form_the_first_by_its_letters(seed):
    chance = random.Random(seed)
    before, now = some_records(chance), some_records(chance)
    titles = now.column("title")
    known = forms_of(coded_text(before.column("title")))
    forms = move_forms(titles, before.column("title"), known, find_move(now, before)).forms
    printed = [title for title in titles.to_pylist() if title is not None]
    bearing = [title for title, is_first in zip(titles.to_pylist(), forms.is_first, strict=True) if title and is_first]
    assert sorted(bearing) == sorted(
        min(title for title in printed if folded_text(title) == text) for text in set(map(folded_text, printed))
    )
