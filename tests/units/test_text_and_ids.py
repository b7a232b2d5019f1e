import re
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.identifiers import identifier
from pipelines.text import capped, fold, one_line

ANY_TEXT = st.text(st.characters())

FOLDED = [
    ("Cable,  Gull to  ‘Heron’[Wader]", "cable gull to heron wader"),
    ("", ""),
    ("  \t\n ", ""),
    ("— … —", ""),
    ("Herring", "herring"),
    ("HERRING", "herring"),
    ("STRASSE", "strasse"),
    ("Straße", "strasse"),
    ("ОТЧЁТ о Рыбе", "отчёт о рыбе"),
    ("Renée", "renée"),
    ("Rene\u0301e", "renée"),
    ("ﬁsh", "fish"),
    ("Ｆｉｓｈ　１２", "fish 12"),
    ("Fish…", "fish"),
    ("fish\u00a0and\u2009ice", "fish and ice"),
    ("fish\u2028ice", "fish ice"),
    ("fish_and_ice", "fish and ice"),
    ("3-10 March 1964", "3 10 march 1964"),
    ("No. 53,517", "no 53 517"),
    ("NSC 8/1", "nsc 8 1"),
    ("Axen[Excerpts]", "axen excerpts"),
    ("三文鱼", "三文鱼"),
]

SAME = [
    ("'Fish'", "‘Fish’"),
    ('"Fish"', "“Fish”"),
    ('"Fish"', "«Fish»"),
    ('"Fish', "“Fish”"),
    ("the port's fish", "the port’s fish"),
    ("Fish - Ice", "Fish – Ice"),
    ("Fish—Ice", "Fish - Ice"),
    ("[Fish] (Ice)", "Fish Ice"),
    ("Fish[Ice]", "Fish [Ice]"),
    ("Fish: Ice", "Fish, Ice."),
    ("Fish  Ice", "Fish Ice"),
    ("FISH", "fish"),
    ("Ｆish", "Fish"),
    ("Re\u0301union", "Réunion"),
    ("Telegram № 5", "Telegram No 5"),
]

APART = [
    ("NSC 8/1", "NSC 81"),
    ("NSC 8/1", "NSC 8/2"),
    ("No. 53517", "No. 54755"),
    ("1.5 tons", "15 tons"),
    ("1,500", "1500"),
    ("Fish (1)", "Fish"),
    ("Fish (1)", "Fish (2)"),
    ("Renée", "Renee"),
    ("Müller", "Muller"),
    ("Чёрный", "Черный"),
    ("Cable, Gull to Heron", "Cable, Heron to Gull"),
    ("cooperation", "co-operation"),
    ("Gull", "Gulls"),
    ("", "Gull"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_a_folded_text_is_its_words_and_numbers_in_lower_case(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(("one", "other"), SAME)
def test_texts_that_differ_in_typography_alone_fold_to_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_texts_that_say_different_things_stay_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("one", "other"), [("5½ tons", "51/2 tons"), ("Report 8²", "Report 82"), ("8①", "81")])
def test_digits_never_run_together(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("one", "other"), [("कि", "की"), ("Gg\u0303", "Gg")])
def test_accents_without_a_composed_form_stay(one, other):
    assert fold(one) != fold(other)


def test_a_word_with_a_dotted_capital_i_stays_one_word():
    assert len(fold("İstanbul").split()) == 1


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="ascii")))
def test_a_plain_text_folds_alike_whatever_stands_beside_it(text):
    assert fold(f"{text} é") == f"{fold(text)} é".strip()


@given(ANY_TEXT)
def test_a_folded_text_has_single_spaces_and_none_at_its_ends(text):
    assert fold(text) == " ".join(fold(text).split())


@given(ANY_TEXT)
def test_a_folded_text_holds_letters_digits_and_combining_marks_only(text):
    assert all(
        character.isalnum() or category(character)[0] == "M" for word in fold(text).split() for character in word
    )


@given(st.lists(st.sampled_from("0123456789"), min_size=1).map("".join), st.sampled_from("/-–.,()[]:; "))
def test_two_numbers_stay_two_numbers(number, between):
    assert fold(f"{number}{between}{number}") == f"{number} {number}"


ONE_LINES = [
    ("fish", "fish"),
    ("", ""),
    (" fish \n\n and\tice\r\n", "fish and ice"),
    ("fish\x1b[2J", "fish\\x1b[2J"),
    ("fish\x00\x07\x7f", "fish\\x00\\x07\\x7f"),
    ("fish\u200bice", "fish\\u200bice"),
    ("fish\u202eice", "fish\\u202eice"),
    ("fish\ud800", "fish\\ud800"),
    ("fish\U000e0001", "fish\\U000e0001"),
    ("fish\u2028and\x85ice\xa0too", "fish and ice too"),
    ("Рыба “é”", "Рыба “é”"),
]


@pytest.mark.parametrize(("text", "shown"), ONE_LINES)
def test_a_message_shows_a_text_on_one_line_without_control_characters(text, shown):
    assert one_line(text) == shown


def test_a_text_as_long_as_the_limit_is_shown_whole():
    assert one_line("f" * 160) == "f" * 160


def test_a_text_longer_than_the_limit_is_cut_and_says_so():
    assert one_line("f" * 161) == "f" * 160 + "…"


def test_the_limit_of_a_message_can_be_set():
    assert one_line("herring", 4) == "herr…"


def test_what_follows_a_long_run_of_spaces_is_said_to_be_cut():
    assert one_line("fish" + " " * 1000 + "ice").endswith(("ice", "…"))


@given(ANY_TEXT, st.integers(1, 200))
def test_a_message_can_always_be_printed_and_is_never_longer_than_its_limit(text, limit):
    shown = one_line(text, limit)
    assert shown.isprintable()
    assert len(shown) <= limit + len("…")


def test_a_text_within_the_cap_is_kept_as_it_is():
    assert capped("a\nb\x1b", 4) == "a\nb\x1b"


def test_a_capped_text_says_how_many_characters_are_left_out():
    assert capped("herring", 4) == "herr […3 more characters]"


def test_the_cap_is_500_characters_where_none_is_given():
    assert capped("f" * 501) == "f" * 500 + " […1 more characters]"
    assert capped("f" * 500) == "f" * 500


@given(ANY_TEXT, st.integers(1, 50))
def test_a_capped_text_begins_with_the_text_and_accounts_for_all_of_it(text, limit):
    shown = capped(text, limit)
    assert shown.startswith(text[:limit])
    rest = re.search(r"\[…(\d+) more characters\]\Z", shown) if len(text) > limit else None
    assert len(text) == (limit + int(rest[1]) if rest else len(shown))


def test_an_identifier_does_not_change_between_versions():
    assert identifier("c", "making of the sino soviet alliance 1945 1950") == "c1-cdf48318b38a4026"
    assert identifier("e", "p1-0123456789abcdef", 7) == "e1-abf5396674ae99c9"


@given(st.sampled_from("cdei"), st.lists(st.one_of(ANY_TEXT, st.integers(), st.none())))
def test_an_identifier_is_a_letter_a_version_and_sixteen_hex_digits(letter, parts):
    assert re.fullmatch(rf"{letter}1-[0-9a-f]{{16}}", identifier(letter, *parts))


def test_an_identifier_tells_where_one_part_ends():
    assert identifier("d", "ab", "c") != identifier("d", "a", "bc")


def test_an_identifier_depends_on_the_order_of_its_parts():
    assert identifier("d", "a", "b") != identifier("d", "b", "a")


def test_identifiers_of_one_thing_under_two_letters_differ_in_the_letter_alone():
    assert identifier("d", "a")[1:] == identifier("e", "a")[1:]
