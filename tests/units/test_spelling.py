"""Is this the same word, spelled another way?"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.titles.spelling import align, is_near, is_variant, plain, skeleton

VARIANTS = [
    ("zedong", "tsetung"), ("zhou", "chou"), ("enlai", "enlay"), ("dehuai", "tehuai"), ("shaoqi", "shaochi"),
    ("vyshinsky", "vyshinskii"), ("khrushchev", "khruschev"), ("khrushchev", "khrushchov"), ("molotov", "molotow"),
    ("gorbachev", "gorbachov"), ("gomułka", "gomulka"), ("rákosi", "rakosi"), ("ceaușescu", "ceausescu"), ("dubček", "dubcek"),
    ("petrov", "petov"), ("petrov", "peterov"), ("petrov", "pertov"), ("petrov", "petrovv"), ("honecker", "honnecker"), ("ulbricht", "ulbricth"),
    ("stalin", "stalim"), ("a.", "a."), ("straße", "strasse"),
]  # fmt: skip
OTHERS = [
    ("wang", "yang"), ("zhang", "wang"), ("lin", "liu"), ("kim", "kin"), ("il", "ir"), ("a.", "b."), ("8", "9"), ("17a", "17b"), ("iran", "iraq"),
    ("mao", "rao"), ("petrov", "orlov"), ("petrov", "ivanov"), ("north", "south"), ("peking", "beirut"), ("毛泽东", "周恩来"), ("сталин", "молотов"),
    ("1949", "1950"), ("warsaw", "moscow"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), VARIANTS)
def test_one_word_in_two_spellings_is_a_variant(one, other):
    assert is_variant(one, other)
    assert is_variant(other, one)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_words_are_no_variants(one, other):
    assert not is_variant(one, other)
    assert not is_variant(other, one)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Gomułka", "gomulka"),
        ("RÁKOSI", "rakosi"),
        ("Çelik", "celik"),
        ("Straße", "strasse"),
        ("Ærø", "aero"),
        ("Iași", "iasi"),
        ("毛", "毛"),
        ("Ёлка", "елка"),
        ("", ""),
    ],
)
def test_a_word_is_plain_without_its_accents(text, bare):
    assert plain(text) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zedong", "tsetung"),
        ("khrushchev", "khruschev"),
        ("vyshinsky", "vishinski"),
        ("zhou", "chou"),
        ("dehuai", "tehuai"),
    ],
)
def test_two_romanisations_have_one_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("petrov", "orlov"), ("mao", "liu"), ("warsaw", "prague"), ("stalin", "molotov")]
)
def test_other_names_have_other_skeletons(one, other):
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize("word", ["毛泽东", "сталин", "عبد", "17", "8/1", ""])
def test_a_word_in_other_letters_has_a_skeleton_as_well(word):
    assert isinstance(skeleton(word), str)


@pytest.mark.parametrize(
    ("left", "right", "only_left", "only_right"),
    [
        ("mao zedong to stalin", "mao zedong to stalin", "", ""),
        ("mao zedong to stalin", "mao tse tung to stalin", "", ""),
        ("mao zedong to stalin", "stalin to mao zedong", "", ""),
        ("kim il sung", "kim ilsung", "", ""),
        ("ho chi minh", "ho ch minh", "", ""),
        ("a. petrov", "b. petrov", "a.", "b."),
        ("petrov orlov", "petrov", "orlov", ""),
        ("petrov", "petrov orlov ivanov", "", "orlov ivanov"),
        ("talks talks", "talks", "talks", ""),
        ("fish", "salt", "fish", "salt"),
        ("", "salt", "", "salt"),
        ("", "", "", ""),
    ],
)
def test_words_that_only_one_list_has_are_told(left, right, only_left, only_right):
    found = align(tuple(left.split()), tuple(right.split()))
    assert (found.only_left, found.only_right) == (tuple(only_left.split()), tuple(only_right.split()))


def test_words_that_were_spelled_otherwise_are_told():
    assert align(("zedong",), ("tsetung",)).is_respelled
    assert not align(("zedong",), ("zedong",)).is_respelled


def test_two_slips_are_near_but_no_variant():
    assert not is_variant("petov", "petrv")
    assert is_near(align(("petov",), ("petrv",)))


@pytest.mark.parametrize(("one", "other"), [("petrov", "orlov"), ("warsaw", "prague"), ("17", "18")])
def test_other_words_are_not_near(one, other):
    assert not is_near(align((one,), (other,)))


WORDS = st.text("aeiouknprstz'é毛1.", min_size=1, max_size=8) | st.sampled_from(
    [word for pair in VARIANTS + OTHERS for word in pair]
)


@given(WORDS)
def test_a_word_is_a_variant_of_itself(word):
    assert is_variant(word, word)


@given(WORDS, WORDS)
def test_being_a_variant_does_not_depend_on_which_comes_first(one, other):
    assert is_variant(one, other) == is_variant(other, one)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_what_only_one_list_has_stands_in_it(left, right):
    found = align(tuple(left), tuple(right))
    assert set(found.only_left) <= set(left)
    assert set(found.only_right) <= set(right)


@given(st.lists(WORDS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_words_is_no_difference(words, chance):
    shuffled = chance.sample(words, len(words))
    found = align(tuple(words), tuple(shuffled))
    assert (found.only_left, found.only_right) == ((), ())


@pytest.mark.parametrize("unit", ["a", "ab", "sh", "tch", "dzh", "é", "毛", "1"])
def test_a_word_of_a_hundred_thousand_letters_is_compared_in_a_moment(unit):
    word = unit * (100_000 // len(unit))
    start = time.process_time()
    is_variant(word, "petrov")
    skeleton(word)
    align((word,), (word + "x", "y"))
    is_near(align((word + "k",), (word + "x", "y")))
    assert time.process_time() - start < 1
