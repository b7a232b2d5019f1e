"""How far a name reaches, told by letters alone."""

import pytest

from pipelines.titles.facts import lexicon
from pipelines.titles.phrases import read_phrase
from pipelines.titles.roles import read_shape
from pipelines.titles.tokens import tokenize

REACH = {
    "Mao Zedong to Stalin": ("person", "Mao Zedong"),
    "Nour al-Qasbi on Fish": ("person", "Nour al-Qasbi"),
    "Hélène d'Aubrac, 5 May": ("person", "Hélène d'Aubrac"),
    "P’eng Te-huai and others": ("person", "P’eng Te-huai"),
    "von Ribbentrop to Schulenburg": ("person", "von Ribbentrop"),
    "the Central Committee of the CCP on Fish": ("body", "Central Committee of the CCP"),
    "Ministry of Culture and Education to Orlov": ("body", "Ministry of Culture and Education"),
    "Ministry of Culture and the Embassy": ("body", "Ministry of Culture"),
    "Chairman of the Council of Lighthouse Keepers": ("office", "Chairman of the Council of Lighthouse Keepers"),
    "North Korea to China": ("state", "North Korea"),
    "Buenos Aires to Paris": ("place", "Buenos Aires"),
    "Legation of Romania, Budapest": ("body", "Legation of Romania, Budapest"),
    "Border Clashes at the River": None,
    "Soviet Policy": None,
    "the Visit": None,
}


@pytest.mark.parametrize("text", REACH)
def test_a_name_reaches_as_far_as_its_words(text):
    tokens = tokenize(text, lexicon())
    found = read_phrase(tokens.letters, 0)
    assert (found and (found.sort, tokens.said(*found.name))) == REACH[text]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Cable, Mao to Stalin", "K,PtP"),
        ("‘A Bridge’ and 'Two'", "“aC”&“C”"),
        ("People's Commissar Orlov's Report", "CONsK"),
        ("the Vice-Minister, 20th Congress", "dO,MC"),
        ("U.S. Ambassador A.M. Puzanov", "JQIIP"),
        ("Il-28 Aircraft and Non-Proliferation", "1C&C"),
        ("VKP(b) CC", "RR"),
    ],
)
def test_a_title_is_a_string_of_letters(text, letters):
    assert tokenize(text, lexicon()).letters == letters


def test_the_pieces_of_a_title_are_the_title():
    text = "  Cable,  Mao\tto «Stalin» [x]  "
    assert "".join(tokenize(text, lexicon()).pieces) == text


def test_titles_of_one_shape_are_read_once():
    read_shape.cache_clear()
    for name in ("Stalin", "Molotov", "Mikoyan"):
        read_shape(tokenize(f"Cable, Mao to {name}", lexicon()).letters)
    assert read_shape.cache_info().misses == 1
