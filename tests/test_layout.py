"""The command `layout`: how a page is read, line by line, and where each other layout stops."""

import gzip
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import regex
from rich.console import Console

from pipelines.cli import main
from pipelines.extract import read_page
from pipelines.extract.catalogue import LAYOUTS
from pipelines.extract.kinds import FIXED, kinds_of
from pipelines.layout.display import MOST_ISSUES, MOST_LINES, show_trial
from pipelines.layout.fates import fates_of
from pipelines.layout.following import WORDS, Stop, follow, without_looking_ahead
from pipelines.layout.trial import try_page
from pipelines.read.text_page import page_of
from pipelines.wording import Sheet
from tests.extract.declared.pages import EXAMPLES, all_layouts, layout

HOUSE = Path(__file__).parents[1]
GOLDEN = sorted((HOUSE / "tests" / "golden").glob("*/*.txt"))
PAGES = HOUSE / "tests" / "extract" / "declared" / "pages"
BY_NAME = {known.name: known for known in LAYOUTS}
N1_PAGE = "Skip to content\n\n\n1 - 1 of 1\n\n\nMay 5, 1950\n\nNote\n\nOne.\n"
EVIL = "Letter \x1b]0;owned\x07\x9b2J\u202e [red]to[/red] :smile: Venn"


@pytest.fixture
def raw(tmp_path):
    """A raw folder with the two examples, a page of theirs, one of the site, and one that is none."""
    shutil.copytree(EXAMPLES, tmp_path / "raw" / "layouts")
    for page in (PAGES / "frus-chapter.txt", PAGES / "archivesspace-within.txt"):
        shutil.copy(page, tmp_path / "raw")
    (tmp_path / "raw" / "n1.txt").write_text(N1_PAGE, encoding="utf-8")
    (tmp_path / "raw" / "note.txt").write_text("A note.\n", encoding="utf-8")
    return tmp_path / "raw"


def attempt(raw, name, *options):
    return main(["layout", "try", str(raw / name), "--raw", str(raw), *options])


def page(text, name="page.txt"):
    return page_of(text.encode(), name)


def shown(text, declared=(), width=None):
    """What a person sees: on a terminal of a width, or plain."""
    console = Console(width=width or 400, force_terminal=width is not None, highlight=False, markup=False, emoji=False, color_system="standard" if width else None, no_color=False)  # fmt: skip
    with console.capture() as caught:
        show_trial(Sheet(console), try_page(page(text), declared))
    return caught.get()


def test_a_page_that_is_read_shows_what_became_of_every_line(raw, capsys):
    assert attempt(raw, "frus-chapter.txt") == 0
    lines = [line.rstrip() for line in capsys.readouterr().out.split("\n")]
    assert lines[0] == "    1  furniture: skip_link       Skip to main content"
    assert lines[3] == "    4"
    assert lines[4] == "    5  entry 1 number, title      1. Memorandum From the Harbour Master (Venn) to the President"
    assert lines[5] == "    6  entry 1 date               Washington, January 20, 1969."
    assert lines[23] == "   24  issue: text_unclaimed      handed over in person"
    assert "Read as FRUS volume: 5 entries, kind collection" in lines
    assert "  lines: 28, of them 13 in entries, 4 furniture, 3 issues, 8 blank" in lines


def test_a_page_that_is_read_says_why_no_other_layout_reads_it(raw, capsys):
    attempt(raw, "frus-chapter.txt")
    told = capsys.readouterr().out.partition("Why no other layout reads it\n")[2]
    assert (
        "  O1, line 1: stops at about this line, “Skip to main content”; a blank line or “Search in” would be accepted there\n"
        in told
    )
    assert (
        "  ArchivesSpace results: no line is “Showing {_}: {first} - {last} of {total}”, which the page must have\n"
        in told
    )
    assert "FRUS volume" not in told


def test_a_page_that_is_refused_says_where_each_layout_stops(raw, capsys):
    assert attempt(raw, "note.txt") == 1
    told = capsys.readouterr().out
    assert "    1  issue: layout_unknown  A note.\n" in told
    assert "\nRefused\n" in told
    assert "Why no layout reads it\n" in told
    assert (
        "  N5: follows the page to its end and wants more: a blank line, text, indented text, a date, a span of years, a count of documents, “Popular Documents” or "
        in told
    )


def test_a_page_of_the_site_shows_the_fields_of_its_lines(raw, capsys):
    assert attempt(raw, "n1.txt", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["layout"], told["source_path"]) == ("read", "N1", "n1.txt")
    assert [
        (line["line"], line["fate"], line["name"], line["entry"], line["fields"])
        for line in told["lines"]
        if line["text"]
    ] == [
        (1, "furniture", "skip_link", None, []),
        (4, "furniture", "pager", None, []),
        (7, "entry", None, 1, ["date"]),
        (9, "entry", None, 1, ["title"]),
        (11, "entry", None, 1, ["summary"]),
    ]
    assert {verdict["layout"]: verdict["claims"] for verdict in told["layouts"]}["N1"] is True


def test_json_of_a_refused_page_has_its_reasons_and_its_code(raw, capsys):
    assert attempt(raw, "note.txt", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["layout"], told["shown_as"]) == ("refused", None, None)
    assert [issue["problem"] for issue in told["issues"]] == ["layout_unknown"]
    assert {verdict["claims"] for verdict in told["layouts"]} == {False}


def test_a_file_that_is_not_there_is_wrong_usage(raw, capsys):
    assert attempt(raw, "no.txt") == 2
    assert capsys.readouterr().err == f"archive-listings: {raw}/no.txt: no such file\n"


def test_a_folder_of_layouts_that_is_not_there_is_wrong_usage(raw, capsys):
    assert main(["layout", "try", str(raw / "n1.txt"), "--layouts", str(raw / "no")]) == 2
    assert "no such folder; --layouts names the folder that layouts are declared in" in capsys.readouterr().err


def test_layouts_may_be_declared_elsewhere(raw, capsys):
    assert main(["layout", "try", str(raw / "frus-chapter.txt"), "--layouts", str(EXAMPLES)]) == 0
    assert "Read as FRUS volume" in capsys.readouterr().out


def test_a_layout_with_faults_is_told_with_all_of_them_and_nothing_is_read(raw, capsys):
    (raw / "layouts" / "x.toml").write_text(
        'name = "x"\nkind = "y"\n[page]\nhas = "{z}"\n[[entry]]\nline = "{title}."\n'
    )
    assert attempt(raw, "n1.txt") == 1
    printed, said = capsys.readouterr()
    assert printed == ""
    assert [line.partition("x.toml:")[2][:2] for line in said.splitlines()] == ["2:", "4:"]


def test_a_file_that_is_no_page_says_why(raw, capsys):
    (raw / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    assert attempt(raw, "image.png") == 1
    assert "image.png: file refused: " in capsys.readouterr().out


def test_a_packed_page_is_shown_like_any_other(raw, capsys):
    (raw / "n1.txt.gz").write_bytes(gzip.compress(N1_PAGE.encode()))
    assert attempt(raw, "n1.txt.gz") == 0
    assert "Read as N1: 1 entry, kind search" in capsys.readouterr().out


@pytest.fixture
def packed(raw):
    with zipfile.ZipFile(raw / "pack!.zip", "w") as pack:
        for name in ("n1.txt", "note.txt"):
            pack.write(raw / name, name)
    return raw


def test_a_file_of_several_pages_lists_them_and_says_how_to_name_one(packed, capsys):
    assert attempt(packed, "pack!.zip") == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith("!n1.txt  N1, 1 entries")
    assert "!note.txt  " in told[1]
    assert "page refused: no grammar claims it" in told[1]
    assert told[-1] == f"To see one line by line, name what stands behind the mark as well: '{packed}/pack!.zip!…'"


def test_one_page_of_several_is_shown_when_it_is_named(packed, capsys):
    assert attempt(packed, "pack!.zip!n1.txt") == 0
    assert "Read as N1" in capsys.readouterr().out


def test_a_page_that_is_not_in_the_file_is_wrong_usage(packed, capsys):
    assert attempt(packed, "pack!.zip!other.txt") == 2
    assert "holds no page other.txt; without it, all its pages are listed" in capsys.readouterr().err


def test_several_pages_are_one_json_object(packed, capsys):
    assert attempt(packed, "pack!.zip", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [(each["layout"], each["entry_count"]) for each in told["pages"]] == [("N1", 1), (None, 0)]


def test_the_list_has_every_layout_with_a_line_each(raw, capsys):
    assert main(["layout", "list", "--raw", str(raw)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in told] == [*BY_NAME, "H1", "ArchivesSpace results", "FRUS volume"]
    assert told[-1].endswith(
        "documents of a volume of Foreign Relations of the United States; raw/layouts/frus-volume.toml"
    )


def test_the_list_is_json_for_a_program(raw, capsys):
    assert main(["layout", "list", "--raw", str(raw), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["layouts"]
    assert found[-1]["place"] == "raw/layouts/frus-volume.toml"
    assert found[0] == {"layout": "O1", "about": "old generation of the Digital Archive, search", "place": None}


def test_a_page_that_two_layouts_claim_says_both():
    how = layout("Popular {_}", "{date}", "{title}", 'line = "{summary}"\noptional = true')
    told = shown("Harbour list\n\nPopular Documents\n\nMay 5, 1950\n\nNote\n\nOne.\n", [how])
    assert "Claimed by N5 and Test; a page that two layouts claim is refused\n" in told
    assert "Why no other layout reads it\n" in told


def test_a_page_that_a_declared_layout_recognises_and_refuses_is_shown_as_it_would_read_it():
    told = shown("Harbour list\n1. Letter\none\ntwo\n", [layout("{number}. {title}")])
    assert told.startswith("The page is refused. This is how Test would read it:\n")
    assert "    2  entry 1 number, title  1. Letter\n" in told
    assert "    3  issue: text_unclaimed  one\n" in told
    assert "  Test, line 3: 2 of its 4 lines with text have no place, the first is: one\n" in told


def test_text_of_a_page_is_neither_markup_nor_control_characters():
    for width in (None, 60):
        told = shown(f"Harbour list\n1. {EVIL}\n", [layout("{number}. {title}")], width)
        flat = "".join(told.split("\n"))
        assert r"\x1b]0;owned\x07\x9b2J" in flat
        assert "[red]to[/red] :smile:" in " ".join(flat.split())
        assert not {"\x07", "\x9b", "\u202e"} & set(told)
        assert width or "\x1b" not in told


def test_a_terminal_shows_fates_in_colours_and_elsewhere_all_is_plain():
    assert "\x1b[36mMay 5, 1950\x1b[0m\n" in shown(N1_PAGE, width=200)
    assert "\x1b" not in shown(N1_PAGE)


def test_the_indent_of_a_line_is_shown():
    assert "entry 1 date       • May 05, 1950\n" in shown("  • May 05, 1950\n\n    Letter\n\n    One.\n")


def test_a_very_long_page_is_shown_in_part_and_its_doubts_counted():
    told = shown("Harbour list\n" + "1. Letter\nstray\n" * MOST_LINES, [layout("{number}. {title}")])
    assert f"… and {MOST_LINES + 1} more lines; --json has all\n" in told
    assert f"… in all {MOST_LINES} text_unclaimed\n" in told
    assert told.count("warning text_unclaimed") == MOST_ISSUES


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_line_of_every_known_page_has_one_fate_and_lines_of_entries_their_fields(path):
    text = page_of(path.read_bytes(), path.name)
    reading = read_page(text)
    fates = fates_of(text.lines, reading)
    assert [fate.line for fate in fates] == list(range(1, len(text.lines) + 1))
    counts = {fate: sum(1 for each in fates if each.fate == fate) for fate in ("entry", "furniture", "issue", "blank")}
    ledger = reading.ledger
    assert list(counts.values()) == [
        ledger.entry_line_count, ledger.furniture_line_count, ledger.issue_line_count, ledger.blank_line_count,
    ]  # fmt: skip
    assert [each for each in fates if each.fate == "entry" and len(each.fields) != 1] == []
    for entry in reading.entries:
        own = [fate.fields[0] for fate in fates if fate.entry == entry.position]
        assert own == sorted(own, key=["date", "title", "summary"].index)


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_page_of_a_declared_layout_shows_as_many_lines_of_each_fate_as_its_ledger(path):
    trial = try_page(page_of(path.read_bytes(), path.name), all_layouts())
    ledger = trial.reading.ledger
    for fate in ("entry", "furniture", "issue", "blank"):
        assert sum(1 for line in trial.lines if line.fate == fate) == getattr(ledger, f"{fate}_line_count")


def test_every_kind_of_line_has_its_words():
    assert set(FIXED.values()) <= WORDS.keys()
    for text in GOLDEN:
        assert set(kinds_of(text.read_text(encoding="utf-8-sig").split("\n"))) <= WORDS.keys()


@pytest.mark.parametrize("known", LAYOUTS, ids=lambda known: known.name)
def test_a_grammar_without_looking_ahead_matches_all_that_it_matched_before(known):
    wider = regex.compile(without_looking_ahead(known.page.pattern), regex.VERBOSE)
    same = regex.compile(known.page.pattern, regex.VERBOSE)
    for path in GOLDEN:
        kinds = kinds_of(page_of(path.read_bytes(), path.name).lines)
        claims = known.page.fullmatch(kinds) is not None
        assert (same.fullmatch(kinds) is not None) is claims
        assert wider.fullmatch(kinds) or not claims
        assert (follow(known, kinds) is None) is claims


@pytest.mark.parametrize("known", LAYOUTS, ids=lambda known: known.name)
def test_a_grammar_is_followed_through_every_beginning_of_its_own_pages(known):
    for path in GOLDEN:
        kinds = kinds_of(page_of(path.read_bytes(), path.name).lines)
        if known.page.fullmatch(kinds):
            for length in range(0, len(kinds), 7):
                stop = follow(known, kinds[:length])
                assert stop is None or stop.line == length


@pytest.mark.parametrize(
    ("name", "text", "line", "found"),
    [
        ("N1", "Skip to content\n\nNo pager\n", 2, "text"),
        ("N1", N1_PAGE + "\n\n  • May 05, 1950\n", 13, "a bullet with a date"),
        ("N2", "Skip to content\nResults:\n1 - 2 of 2\nTimeline\n", 3, "“Timeline”"),
        ("O1", "Search in\n\nThe site\n\n\n  • A note\n", 5, "a bullet with other text"),
        ("O4", "\n-\n", 1, "a dash alone"),
        ("N3", "Skip to content\n\nHerring\n\nResults:\n", 4, "“Results:”"),
        ("O5", "A heading\n\n(372) documents\n", 2, "a count of documents"),
    ],
)
def test_the_line_where_a_grammar_stopped_is_named(name, text, line, found):
    stop = follow(BY_NAME[name], kinds_of(text.split("\n")[:-1]))
    assert (stop.line, stop.found) == (line, found)


def test_what_a_grammar_looks_ahead_for_has_no_line():
    kinds = kinds_of(["Skip to content", "Documents", "1 - 1 of 1", "Documents"])
    assert follow(BY_NAME["N1"], kinds_of(["Skip to content", "1 - 1 of 1", "", "Documents"])) == Stop(None, None, ())
    assert follow(BY_NAME["N1"], kinds).line == 1


def test_what_a_grammar_would_have_taken_is_named():
    assert follow(BY_NAME["N1"], "Kt") == Stop(1, "text", ("a blank line", "a pager"))


def test_a_page_that_ends_too_early_has_no_line_where_the_grammar_stopped():
    assert follow(BY_NAME["N1"], "Kb") == Stop(2, None, ("a blank line", "a pager"))


def test_help_imports_neither_tables_nor_prefect():
    code = "import sys; from pipelines.cli import main\ntry: main(['layout', 'try', '--help'])\nexcept SystemExit: print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "Exit codes: 0 read, 1 refused, 2 wrong" in " ".join(loaded.split())
    assert not any(
        f"'{name}'" in loaded for name in ("prefect", "pandas", "pyarrow", "pandera", "rich", "numpy", "regex")
    )
