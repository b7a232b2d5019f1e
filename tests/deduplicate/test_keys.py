"""What two texts must share to be worth comparing, and the same as hashes."""

from itertools import product

import numpy as np
import pytest

from pipelines.deduplicate.frame import as_records
from pipelines.deduplicate.keys import are_likely, keys_of, words_in
from pipelines.deduplicate.texts import distinct_texts
from pipelines.deduplicate.traces import NO_HASH, blocks_of, hashes_of
from tests.deduplicate.corpora import DAY, FISH, LONG, MONTH, NEXT_DAY, SALT, SHORT_FISH, Listed, frame


def texts_of(*entries):
    return distinct_texts(as_records(frame(entries)))


@pytest.mark.parametrize(
    ("one", "other", "likely"),
    [
        (Listed("Note on Coal"), Listed("Report on Salt", SHORT_FISH), True),
        (Listed("Note on Coal"), Listed("Report on Salt", SALT), False),
        (
            Listed("Note on Coal", "harbour pilot herring ferry"),
            Listed("Report on Salt", "harbour pilot barley timber"),
            True,
        ),
        (Listed("Note on Coal"), Listed("Note on Coal", SALT), True),
        (Listed("Note on Coal"), Listed("Coal, Note on", SALT), True),
        (Listed(None), Listed("Report on Salt", SALT), True),
        (Listed("Report on Salt", SALT), Listed(None), True),
        (Listed("Note on Coal", None), Listed("Report on Salt"), False),
        (Listed("Note on Coal and Barley", None), Listed("Report on Coal and Barley"), True),
        (Listed("Letter", None), Listed("Letter", None), False),
        (Listed("Letter", None), Listed("Letter", None, url="/document/7"), True),
    ],
)
def test_a_pair_is_worth_a_comparison_where_one_text_may_say_what_the_other_does(one, other, likely):
    texts = texts_of(one, other)
    assert are_likely(texts, words_in(texts), np.array([0]), np.array([1])).tolist() == [likely]


@pytest.mark.parametrize(("short_words", "heads"), [(0, 1), (15, 1), (16, 0), (17, 0)])
def test_of_a_summary_the_telling_words_among_the_first_sixteen_make_a_key(short_words, heads):
    (head,) = words_in(texts_of(Listed(summary=" ".join(["of"] * short_words + ["icebreaker"])))).heads
    assert len(head) == heads


def test_texts_have_the_same_hash_exactly_where_they_share_every_part_of_a_key():
    said = product(
        ("Note on Coal", "Note on Coal and Barley", "Report on Salt"), (FISH, LONG, None), (DAY, NEXT_DAY, MONTH, None)
    )
    texts = texts_of(*(Listed(*fields, name=f"e{number:02}") for number, fields in enumerate(said)))
    hashes = blocks_of(texts).hashes
    for number, key in enumerate(keys_of(texts, words_in(texts))):
        shared = np.stack([part.codes for part in key.parts], axis=1)
        is_whole = (shared >= 0).all(axis=1)
        assert ((hashes[number] != NO_HASH) == is_whole).all()
        same = (shared[:, None] == shared[None]).all(axis=2)
        assert ((hashes[number][:, None] == hashes[number][None]) == same)[is_whole][:, is_whole].all()


def test_every_text_has_a_hash_of_its_own_that_is_not_that_of_none():
    hashes = hashes_of(["", "coal", "Coal", "\ud800"]).tolist()
    assert len({*hashes, int(NO_HASH)}) == 5
