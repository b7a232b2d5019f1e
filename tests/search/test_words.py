import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.search.folding import folded, may_have, placed_words, words_of
from pipelines.search.query import Term, read_query

# Letters of the alphabets that are folded by whole columns and of those that are not, marks, digits that are one, and what parts words.
LETTERS = st.text(
    "abcXYZ019 éÉñŁłßøğİı ЖйЁё ΣΑς 中文 שלום क्षि ½² ’“”–… \u00a0\u200b\u0301\u00ad-_./'\"*\n\t", max_size=30
)


def column(*texts):
    return pa.chunked_array([pa.array(texts, pa.string())])


@given(st.lists(st.one_of(st.none(), LETTERS, st.text(max_size=20)), max_size=5))
def test_a_column_is_folded_as_each_of_its_texts_is(texts):
    assert [text.split() for text in folded(column(*texts)).to_pylist()] == [words_of(text or "") for text in texts]


def test_every_character_of_the_basic_plane_is_folded_in_a_column_as_in_a_text():
    texts = [f"a{chr(code)}b" for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    found = [text.split() for text in folded(column(*texts)).to_pylist()]
    assert [text for text, words in zip(texts, found, strict=True) if words != words_of(text)] == []


@given(LETTERS)
def test_the_words_that_are_placed_are_the_words_that_are_found(text):
    assert [placed.word for placed in placed_words(text)] == words_of(text)


@given(LETTERS)
def test_a_placed_word_stands_where_it_is_said_to(text):
    for placed in placed_words(text):
        assert "".join(words_of(text[placed.first : placed.end])).find(placed.word) >= 0


@given(LETTERS, LETTERS, st.booleans())
def test_a_term_is_found_in_a_column_where_it_stands_among_the_words(text, asked, is_prefix):
    words = words_of(asked)
    if words:
        term = Term(tuple(words), is_prefix)
        assert (term.pattern in folded(column(text)).to_pylist()[0]) == bool(term.starts(words_of(text)))


@given(st.lists(st.one_of(LETTERS, st.text(max_size=20)), max_size=5), LETTERS, st.booleans())
def test_a_text_that_has_a_term_is_worth_folding(texts, asked, is_prefix):
    words = words_of(asked)
    if words:
        term = Term(tuple(words), is_prefix)
        worth = may_have(column(*texts), [term.words]).to_pylist()
        assert [
            text for text, is_worth in zip(texts, worth, strict=True) if term.starts(words_of(text)) and not is_worth
        ] == []


def test_only_texts_that_may_have_a_term_are_folded():
    texts = column("A Loan", "‘Loan’ again", "loans", "nothing", "łoan", None)
    assert may_have(texts, [("loan",)]).to_pylist() == [True, True, True, False, True, False]


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("mao stalin", [Term(("mao",)), Term(("stalin",))]),
        ('"Mao  Zedong"', [Term(("mao", "zedong"))]),
        ('"Mao Zedong', [Term(("mao", "zedong"))]),
        ('"mao ze"*', [Term(("mao", "ze"), is_prefix=True)]),
        ("tele*", [Term(("tele",), is_prefix=True)]),
        (
            "Ægir Sørensen Straße Đilas İnönü",
            [Term((word,)) for word in ("aegir", "sorensen", "strasse", "dilas", "inonu")],
        ),
        ("Łódź CAFÉ", [Term(("lodz",)), Term(("cafe",))]),
        ("Sino-Soviet", [Term(("sino", "soviet"))]),
        ("mao MAO", [Term(("mao",))]),
        ("* — “”", []),
        ('""', []),
        ("", []),
    ],
)
def test_a_query_is_read(query, terms):
    assert list(read_query(query)) == terms


def test_a_word_that_stands_twice_in_a_row_counts_twice():
    text = folded(column("no no no")).to_pylist()[0]
    assert text.count(Term(("no",)).pattern) == 3
