import json

import pytest


@pytest.fixture
def letters(library, make):
    """Nine documents about letters, with dates of every precision."""
    return library(
        documents=[
            make.document(
                1,
                title="Cable, Mao Zedong to Stalin",
                summary="Mao asks for a loan.",
                date_edtf="1950-01-05",
                date_start="1950-01-05",
                date_precision="day",
                genre="cable",
            ),
            make.document(
                2,
                title="Note on a loan",
                summary="What Mao was told by Stalin.",
                date_edtf="1950-02",
                date_start="1950-02-01",
                date_end="1950-02-28",
                date_precision="month",
                genre="note",
            ),
            make.document(
                3,
                title="Café Łódź",
                summary="Zedong Mao and nobody else.",
                date_edtf="1950",
                date_start="1950-01-01",
                date_end="1950-12-31",
                date_precision="year",
            ),
            make.document(4, title="Telegrams about telegraphs", date_text="undated"),
            make.document(
                5,
                summary="A summary without a title, about fish.",
                date_edtf="0999-12-31",
                date_start="0999-12-31",
                date_precision="day",
            ),
            make.document(
                6, title="Mao’s loan—again", date_edtf="1951-03-01", date_start="1951-03-01", date_precision="day"
            ),
        ],
        collections=[
            make.collection(1, "Sino-Soviet Alliance, 1950-1959"),
            make.collection(2, "Korean War, 1950-1953"),
            make.collection(3, "Empty"),
        ],
        document_collections=[make.member(1, 1), make.member(2, 1), make.member(2, 2), make.member(6, 2)],
        document_parties=[
            make.party(1, "from", "Mao Tse-tung", name_normalized="Mao Zedong", wikidata_id="Q5816"),
            make.party(2, "about", "Filippov", alias="Stalin"),
            make.party(6, "about", "Mao Zedong", name_normalized="Mao Zedong", wikidata_id="Q5816"),
        ],
    )


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["mao", "stalin"], {1, 2}),
        (["MAO  loan"], {1, 2, 6}),
        (['"mao zedong"'], {1}),
        (['"zedong mao"'], {3}),
        (['"stalin mao"'], set()),
        (["cafe lodz"], {3}),
        (["CAFÉ"], {3}),
        (["tele"], set()),
        (["tele*"], {4}),
        (['"mao ze"*'], {1}),
        (["fish"], {5}),
        (["mao’s"], {6}),
        (["nothing"], set()),
    ],
)
def test_words_find_documents_that_have_them_all(arguments, expected, letters, numbers):
    assert set(numbers(letters, *arguments)) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--collection", "soviet alliance"], [1, 2]),
        (["--collection", "c1-0000000000000002"], [2, 6]),
        (["--collection", "1950"], [1, 2, 6]),
        (["--collection", "empty"], []),
        (["--from", "1951"], [6]),
        (["--from", "1950-02", "--to", "1950-02"], [3, 2]),
        (["--from", "1950-02-14", "--to", "1950-02-14"], [3, 2]),
        (["--to", "999"], [5]),
        (["--from", "1"], [5, 3, 1, 2, 6]),
        (["--precision", "month"], [2]),
        (["--genre", "Cable"], [1]),
        (["--party", "mao"], [1, 6]),
        (["--party", "tse tung"], [1]),
        (["--party", "STALIN"], [2]),
        (["--party", "Q5816"], [1, 6]),
        (["--party", "nobody"], []),
        (["--party", "—"], []),
        (["loan", "--collection", "korean", "--from", "1951"], [6]),
    ],
)
def test_options_let_documents_through_in_the_order_of_their_dates(arguments, expected, letters, numbers):
    found = numbers(letters, *arguments)
    assert found == expected


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "nothing to look for: words, or an option such as --from"),
        (["—"], "'—': no word to look for"),
        (["--from", "May"], "'May': no year, month or day such as 1950, 1950-02 or 1950-02-14"),
        (["--from", "1950-02-30"], "'1950-02-30': no year, month or day such as 1950, 1950-02 or 1950-02-14"),
        (["--to", "0"], "'0': no year, month or day such as 1950, 1950-02 or 1950-02-14"),
        (["--from", "1951", "--to", "1950"], "--from 1951 is after --to 1950"),
        (["--collection", "moon"], "--collection 'moon': no collection has this id, or these words in its title"),
        (["--collection", "—"], "--collection '—': no collection has this id, or these words in its title"),
        (["--genre", "poem"], "--genre 'poem': no document has it; there are: cable, note"),
        (["mao", "--page", "2"], "--page 2: the result has 1 page"),
        (["nothing", "--page", "2"], "--page 2: the result has no pages"),
        (["mao", "--release", "r1-ffffffffffffffff"], "no such release"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(arguments, told, letters, run):
    code, printed = run(letters, *arguments, "--json")
    failure = json.loads(printed)
    assert (code, failure["exit_code"]) == (2, 2)
    assert told in failure["message"]
    assert len(failure["message"].splitlines()) == 1


def test_a_word_in_a_title_says_more_than_in_a_summary(library, make, numbers):
    processed = library(
        documents=[
            make.document(1, title="Other things", summary="A loan"),
            make.document(2, title="A loan", summary="Other things"),
        ]
    )
    assert numbers(processed, "loan") == [2, 1]


def test_a_rare_word_says_more_than_a_common_one(library, make, numbers):
    common = [make.document(number, title="mao here and there") for number in range(3, 30)]
    processed = library(
        documents=[
            make.document(1, title="mao mao stalin"),
            make.document(2, title="mao stalin stalin"),
            *common,
        ]
    )
    assert numbers(processed, "mao stalin") == [2, 1]


def test_a_word_in_a_short_text_says_more_than_in_a_long_one(library, make, numbers):
    processed = library(documents=[make.document(1, title="loan " + "and more " * 20), make.document(2, title="loan")])
    assert numbers(processed, "loan") == [2, 1]


def test_documents_that_answer_as_well_come_by_date_and_then_by_id_and_the_undated_last(library, make, numbers):
    processed = library(
        documents=[
            make.document(1, title="loan"),
            make.document(4, title="loan", date_edtf="1950-01-05", date_start="1950-01-05"),
            make.document(3, title="loan", date_edtf="1950-01-05", date_start="1950-01-05"),
            make.document(2, title="loan", date_edtf="1951-01-05", date_start="1951-01-05"),
        ]
    )
    assert numbers(processed, "loan") == [3, 4, 2, 1]


def test_a_release_without_documents_finds_none(library, numbers):
    assert numbers(library(), "mao") == []
    assert numbers(library.folder, "--from", "1950") == []


def test_pages_hold_ten_and_the_last_one_the_rest(library, make, run, numbers):
    processed = library(documents=[make.document(number, title=f"loan {number}") for number in range(1, 76)])
    assert run(processed, "loan", "--page", "7")[1].splitlines()[0] == "61 - 70 of 75   r1-0123456789abcdef"
    assert run(processed, "loan", "--page", "8")[1].splitlines()[0] == "71 - 75 of 75   r1-0123456789abcdef"
    pages = [numbers(processed, "loan", "--page", str(page)) for page in range(1, 9)]
    assert sorted(number for page in pages for number in page) == list(range(1, 76))


def test_a_release_is_named_by_its_id_or_a_tag(letters, numbers):
    (letters / "tags").mkdir()
    (letters / "tags" / "cited").symlink_to("../releases/r1-0123456789abcdef")
    assert (
        numbers(letters, "fish", "--release", "cited")
        == numbers(letters, "fish", "--release", "r1-0123456789abcdef")
        == [5]
    )


def test_a_table_that_is_torn_is_told_and_ends_with_one(letters, run):
    path = letters / "current" / "documents.parquet"
    path.write_bytes(path.read_bytes()[:200])
    code, printed = run(letters, "mao", "--json")
    assert code == 1
    assert "documents.parquet: cannot be read" in json.loads(printed)["message"]
