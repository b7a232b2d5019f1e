"""How two summaries compare."""

import pytest

from pipelines.deduplicate.summaries import compare_summaries, telling_words


@pytest.mark.parametrize(("words_before", "relation"), [(398, "contrary"), (399, "contrary"), (400, "close")])
def test_of_a_summary_no_more_than_its_first_400_words_are_looked_at(words_before, relation):
    said = " ".join(f"word{number}" for number in range(words_before))
    assert compare_summaries(f"{said} 500 tons", f"{said} 900 tons").relation == relation


@pytest.mark.parametrize(("words", "telling"), [(29, 29), (30, 30), (31, 30), (40, 30)])
def test_the_telling_words_of_a_summary_are_counted_among_its_first_thirty(words, telling):
    assert telling_words(" ".join(f"word{number}" for number in range(words))) == telling


@pytest.mark.parametrize(
    ("other", "relation"),
    [
        ("harbour icebreaker pilot herring salt barley", "close"),
        ("harbour icebreaker pilot salt barley timber", "close"),
        ("harbour icebreaker salt barley timber canal", "apart"),
    ],
)
def test_one_word_that_is_not_among_those_of_the_longer_keeps_nothing_apart(other, relation):
    assert compare_summaries("harbour icebreaker pilot herring", other).relation == relation


@pytest.mark.parametrize(("other", "relation"), [("salt", "partial"), ("foghorns", "close"), ("fishes", "close")])
def test_one_word_for_another_tells_two_summaries_apart_unless_it_may_be_short_for_it(other, relation):
    said = "harbour icebreaker pilot"
    assert compare_summaries(f"{said} fish", f"{said} {other}").relation == relation


@pytest.mark.parametrize("denied", ["will not sail", "will never sail", "cannot sail"])
def test_a_summary_that_denies_what_the_other_says_is_contrary(denied):
    said = "the second icebreaker of the harbour {} before the thaw"
    assert compare_summaries(said.format("will sail"), said.format(denied)).relation == "contrary"


@pytest.mark.parametrize(("one", "other"), [("arshal", "marshal"), ("marshal", "arshal"), ("marshal", "marshall")])
def test_a_word_that_lost_a_letter_is_the_same_word(one, other):
    assert compare_summaries(f"{one} pilot sails", f"{other} pilot sails").share == 1.0
