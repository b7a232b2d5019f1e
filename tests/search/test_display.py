import json
import subprocess
import sys

import pytest
from rich.console import Console

from pipelines.search.display import show_result
from pipelines.search.filters import Wanted
from pipelines.search.finding import find
from pipelines.search.known import Known
from pipelines.search.query import read_query
from pipelines.search.snippets import make_snippet
from pipelines.wording import Sheet

PAYLOADS = [
    "\x1b[2J\x1b[H",  # clears the screen
    "\x1b]0;owned\x07",  # sets the title of the window
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",  # a link under other words
    "\x1b]52;c;cm0gLXJmIH4=\x07",  # writes to the clipboard
    "\x1bP$qm\x1b\\",  # asks the terminal, which types the answer
    "\x1b[6n",  # as before
    "\x9b31m",  # the same beginning in one character
    "before\rafter",  # writes over what stands there
    "gone\b\b\b\b",  # takes it away
    "\u202eetirw siht\u202c",  # turns the direction of writing
    "[bold red]not markup[/] [link=http://evil.example]x[/link] :bomb:",  # what rich would make of it
    "\x00\x07\x0b\x0c\x7f\u2028\u200b",  # whatever else does not show
]


@pytest.fixture
def shown(library, make, capsys):
    """What is written for a document of hostile texts, as to a file and as to a terminal."""

    def show(payload):
        text = f"loan {payload} loan"
        processed = library(
            documents=[make.document(1, title=text, summary=text, date_text=text), make.document(2, title="loan")],
            collections=[make.collection(1, text)],
            document_collections=[make.member(1, 1)],
        )
        result = find(Known((processed / "current").resolve()), Wanted("loan"))
        written = []
        for is_terminal in (False, True):
            show_result(
                Sheet(Console(force_terminal=is_terminal, width=200, color_system=None, markup=False)), "r1-0", result
            )
            written.append(capsys.readouterr().out)
        return written

    return show


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_text_moves_a_terminal(payload, shown):
    for written in shown(payload):
        told = written.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")  # what rich itself writes
        assert "loan" in told
        assert [character for character in told if not character.isprintable() and character != "\n"] == []


def test_markup_stays_text(shown):
    assert all("[bold red]not markup[/]" in written and ":bomb:" in written for written in shown(PAYLOADS[10]))


def test_json_has_the_texts_as_they_are_and_what_is_shown_of_them(library, make, run):
    processed = library(documents=[make.document(1, title="loan \x1b[2J", summary="The loan\x07", genre="note")])
    code, told = run(processed, "loan", "--json")
    assert code == 0
    assert "\x1b" not in told
    said = json.loads(told)
    assert (said["total"], said["page"], said["pages"], said["first"], said["last"]) == (1, 1, 1, 1, 1)
    assert said["asked"] == {
        "text": "loan", "collection": None, "from": None, "to": None, "precision": None, "genre": None, "party": None,
    }  # fmt: skip
    (found,) = said["documents"]
    assert (found["title"], found["genre"]) == ("loan \x1b[2J", "note")
    assert found["shown"] == {
        "title": {"text": "loan \\x1b[2J", "hits": [[0, 4]]},
        "summary": {"text": "The loan\\x07", "hits": [[4, 8]]},
    }


def test_a_document_is_shown_with_date_title_collections_id_and_summary(library, make, run):
    processed = library(
        documents=[make.document(1, title="A Loan", summary="Of money.", date_edtf="1950-02", date_start="1950-02-01")],
        collections=[make.collection(2, "Second"), make.collection(1, "First")],
        document_collections=[make.member(1, 1), make.member(1, 2)],
    )
    assert run(processed, "loan")[1].splitlines() == [
        "1 - 1 of 1   r1-0123456789abcdef",
        "",
        "1950-02     A Loan",
        "            First; Second",
        "            d1-0000000000000001",
        "            Of money.",
    ]


def test_what_no_document_has_is_left_out(library, make, run):
    processed = library(documents=[make.document(1, summary="About a loan.")])
    assert run(processed, "loan")[1].splitlines()[2:] == [
        "undated     untitled",
        "            d1-0000000000000001",
        "            About a loan.",
    ]


def test_nothing_found_is_said(library, run):
    assert run(library(), "loan") == (
        0,
        "No document of r1-0123456789abcdef answers; a word that ends in * is the beginning of one.\n",
    )


def test_hits_are_marked_on_a_terminal(library, make, capsys):
    processed = library(documents=[make.document(1, title="The Café’s loan")])
    result = find(Known((processed / "current").resolve()), Wanted("cafe"))
    show_result(Sheet(Console(force_terminal=True, width=80, color_system="standard")), "r1-0", result)
    assert "The \x1b[1;33mCafé\x1b[0m’s loan" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "asked", "most", "expected", "hits"),
    [
        ("one two three", "two", 50, "one two three", ["two"]),
        ("one two three", '"one two"', 50, "one two three", ["one two"]),
        ("aa bb aa", "aa", 50, "aa bb aa", ["aa", "aa"]),
        ("telegram", "tele*", 50, "telegram", ["telegram"]),
        ("one two", '"one two" two', 50, "one two", ["one two"]),
        ("Chou En-lai's", "en lai", 50, "Chou En-lai's", ["En", "lai"]),
        ("e\u0301tude", "etude", 50, "e\u0301tude", ["e\u0301tude"]),
        ("word " * 100 + "loan " + "more " * 100, "loan", 100, None, ["loan"]),
        ("x" * 500, "loan", 100, "x" * 100 + "…", []),
        ("", "loan", 100, "", []),
        (None, "loan", 100, "", []),
    ],
)
def test_a_snippet_is_cut_around_what_was_found(text, asked, most, expected, hits):
    snippet = make_snippet(text, read_query(asked), most)
    assert expected is None or snippet.text == expected
    assert [snippet.text[first:end] for first, end in snippet.hits] == hits
    assert len(snippet.text) <= most + 2


def test_a_snippet_from_the_middle_says_so_and_begins_with_a_word():
    snippet = make_snippet("word " * 100 + "loan " + "more " * 100, read_query("loan"), 100)
    assert snippet.text.startswith("…word ")
    assert snippet.text.endswith(" more…")


def test_a_search_imports_no_pandas(library, make):
    processed = library(documents=[make.document(1, title="A loan")])
    code = (
        "import sys; from pipelines.cli import main\n"
        f"assert main(['search', 'loan', '--processed', {str(processed)!r}]) == 0\n"
        "assert not {'pandas', 'pandera', 'prefect'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
