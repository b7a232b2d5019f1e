"""Words as a search sees them: the same in Python and in the browser, and each found where it stands."""

import unicodedata
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.explore.page import _text
from pipelines.explore.words import WordIndex, fold

FOLDS = {
    "Marek DUŁKA": "marek dulka", "Straße, Œuvre, Ærø": "strasse oeuvre aero", "T'ien-an-men": "t ien an men", "ﬁle №5 ½": "file no5 1 2",
    "e\u0301te\u0301": "ete", "İstanbul": "istanbul", "soft\u00adhyphen zero\u200bwidth": "softhyphen zerowidth", "毛泽东 1949年": "毛 泽 东 1949 年",
    "ΣΊΣΥΦΟΣ": "σισυφοσ", "Ёлка": "елка", "™ K": "tm k", "": "", " –—… ": "", "हिन्दी": "हिन्दी", "a\u0000b": "a b",
}  # fmt: skip


@pytest.mark.parametrize("text", FOLDS)
def test_a_text_is_folded_to_its_words(text):
    assert fold(text) == FOLDS[text]


@pytest.fixture(scope="module")
def fold_in_browser(browser):
    tab = browser.new_page()
    tab.evaluate(
        f"() => {{ {_text('text.js')}; window.fold = text => fold(text).split(' ').filter(Boolean).join(' '); }}"
    )
    yield lambda texts: tab.evaluate("texts => texts.map(fold)", texts)
    tab.close()


def test_the_browser_folds_as_python_does(fold_in_browser):
    assert fold_in_browser(list(FOLDS)) == list(FOLDS.values())


def test_the_browser_folds_every_character_of_the_first_plane_as_python_does(fold_in_browser):
    known = [chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) not in ("Cs", "Cn", "Co")]
    texts = [f"a{character}b {character}" for character in known]
    differing = [
        (f"{ord(character):04x}", one, fold(text))
        for character, text, one in zip(known, texts, fold_in_browser(texts), strict=True)
        if one != fold(text)
    ]
    assert differing == []


def positions(posting):
    """A posting read back: documents with their places."""
    numbers = []
    value = shift = 0
    for byte in b64decode(posting):
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    found, number, values = {}, -1, iter(numbers)
    for delta in values:
        number += delta
        count, place, places = next(values), 0, []
        for _ in range(count):
            place += next(values)
            places.append(place)
        found[number] = places
    return found


WORDS = st.lists(st.sampled_from(["salt", "loan", "Loan", "ferry", "…", "é"]), max_size=6).map(" ".join)


@given(st.lists(st.tuples(st.lists(WORDS, max_size=2), st.lists(WORDS, max_size=2)), max_size=8))
def test_the_index_holds_every_place_of_every_word(documents):
    index = WordIndex()
    expected = {}
    for number, (titles, summaries) in enumerate(documents):
        index.add(number * 150, titles, summaries)
        place = 0
        for step, texts in ((0, titles), (1, summaries)):
            for text in texts:
                for word in fold(text).split(" "):
                    place += 2
                    if word:
                        expected.setdefault(word, {}).setdefault(number * 150, []).append(place + step)
                place += 2
    pages = list(index.pages(40))
    words = [word for page in pages for word in page["words"]]
    assert words == sorted(expected)
    found = {w: positions(p) for page in pages for w, p in zip(page["words"], page["postings"], strict=True)}
    assert found == expected
    assert list(index.pages(40)) == []
