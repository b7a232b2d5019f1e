"""Review: open pairs as a person, a script and a program see them, and decisions on their way into the file."""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.build import BuildSettings, build
from pipelines.cli import main
from pipelines.deduplicate import Judgement, Said
from pipelines.engine import LocalEngine
from pipelines.errors import JudgementsError
from pipelines.judgements import add_judgements, read_judgements
from pipelines.published import open_release
from pipelines.review.pairs import open_pairs
from pipelines.review.session import DEFAULT_REASON, Session
from pipelines.review.writing import cleaned, reviewer, take_back, write_judgement
from pipelines.wording import Sheet, differing_words

HOUSE = Path(__file__).parents[1]
LOAN = "Mao asks for a loan of ten million and names the railways that it would repair."
DUES = "Nobody at the harbour conference would speak about lighthouse dues and pilots again."
FISH = "The ministry sets the herring quota for the northern fleet after a storm."
EVIL = (
    "Orders \x1b[2J\x9b31m\u202e [bold red]for[/bold red] the :smile: newspapers and how the treaty will be announced."
)


def page(*entries):
    head = f"Skip to content\n\n\n1 - {len(entries)} of {len(entries)}\n\n\n"
    return head + "\n".join(f"{part}\n" for entry in entries for part in entry)


PAGES = {
    "a.txt": page(
        ("January 5, 1950", "Cable, Mao Zedong to Stalin", LOAN),
        ("May 1, 1951", "Letter, Brenn to Solheim", FISH),
        ("June 7, 1952", "Note from Orsk to Venn", "The archive is moved to the old mill beside the river before spring."),
    ),
    "b.txt": page(
        ("January 5, 1950", "Cable, Mao Zedong to Stalin", DUES),
        ("May 1, 1951", "Letter, Brenn to Solheim", EVIL),
    ),
    "c.txt": page(("June 7, 1952", "Note from Orsk  to Venn", "The archive is moved to the old mill beside the river before spring.")),
}  # fmt: skip


def publish(folder, pages, judgements="judgements.toml"):
    raw = folder / "raw"
    raw.mkdir(exist_ok=True)
    for name, text in pages.items():
        (raw / name).write_text(text, encoding="utf-8")
    build(BuildSettings(raw, folder / "processed", folder / judgements), LocalEngine())
    return open_release(folder / "processed")


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return publish(tmp_path_factory.mktemp("release"), PAGES)


@pytest.fixture
def processed(release):
    return str(release.path.parents[1])


@pytest.fixture
def file(tmp_path):
    return tmp_path / "judgements.toml"


@pytest.fixture
def review(processed, file, capsys):
    """The command as a script calls it: exit code, standard output, standard error."""

    def run(*arguments):
        code = main(["review", "--processed", processed, "--judgements", str(file), *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def ids(release, title, summary=None):
    return [
        entry["entry_id"]
        for entry in release.table("entries").to_pylist()
        if entry["title"] == title and summary in (None, entry["summary"])
    ]


class Answers:
    """Keys and lines of a person who knows beforehand; a line that is an error is raised."""

    def __init__(self, *keys, lines=()):
        self.keys = list(keys)
        self.lines = list(lines)

    def key(self):
        return self.keys.pop(0) if self.keys else ""

    def line(self, _prompt):
        line = self.lines.pop(0) if self.lines else ""
        if isinstance(line, BaseException):
            raise line
        return line


def session(release, file, answers, width=120):
    """What a session came to, and what it wrote to the terminal."""
    written = StringIO()
    sheet = Sheet(Console(file=written, width=width, force_terminal=True, highlight=False))
    pairs = open_pairs(release, read_judgements(file)).pairs
    return Session(pairs, file, "Ann", sheet, answers).run(), written.getvalue()


def decisions(file):
    return [(known.decision, known.why) for known in read_judgements(file)]


# The list, for people without a terminal and for programs


def test_without_a_terminal_the_open_pairs_are_listed_and_nothing_is_asked(review):
    code, told, _ = review()
    assert code == 0
    assert "1 of 2   summaries_differ" in told
    assert "date       January 5, 1950" in told
    assert f"summary    {LOAN}" in told
    assert "listed in  a.txt:7-11" in told
    assert "2 pairs wait for a person." in told


def test_the_most_alike_pair_comes_first_and_ties_are_in_the_order_of_ids(release):
    pairs = open_pairs(release, ()).pairs
    order = [(-pair.score, pair.left.entry.entry_id) for pair in pairs]
    assert order == sorted(order)
    assert all(pair.left.entry.entry_id < pair.right.entry.entry_id for pair in pairs)


def test_a_limit_shows_so_many_and_says_how_many_there_are(review):
    told = review("--limit", "1")[1]
    assert "1 of 1   " in told
    assert "2 pairs wait for a person; 1 shown." in told


def test_a_pair_that_the_file_judges_is_left_out_and_counted(review, release, file):
    pair = open_pairs(release, ()).pairs[0]
    add_judgements(
        file, [Judgement("different", pair.right.entry.said, pair.left.entry.said, "Ann", date(2026, 1, 2), "x")]
    )
    told = review()[1]
    assert "1 pair waits for a person." in told
    assert f"1 is judged in {file} already; the next build applies it." in told


def test_a_judgement_of_other_texts_of_the_two_documents_counts_as_well(tmp_path):
    title = "Cable, Mao Zedong to Stalin"
    pages = {
        "a.txt": page(("January 5, 1950", title, LOAN)),
        "b.txt": page(("January 5, 1950", title, DUES)),
        "c.txt": page(("January 5, 1950", title, f"{DUES} It rained.")),
    }
    release = publish(tmp_path, pages)
    texts = (Said("January 5, 1950", title, LOAN), Said("January 5, 1950", title, f"{DUES} It rained."))
    assert len(open_pairs(release, ()).pairs) == 1
    found = open_pairs(release, [Judgement("different", *texts, "Ann", date(2026, 1, 2), "x")])
    assert (found.pairs, found.judged_count) == ((), 1)


def test_nothing_open_is_said_friendly(tmp_path, capsys):
    publish(tmp_path, {"a.txt": page(("January 5, 1950", "Cable, Mao Zedong to Stalin", LOAN))})
    assert main(["review", "--processed", str(tmp_path / "processed")]) == 0
    assert capsys.readouterr().out == "Nothing is open: no pair waits for a person.\n"


def test_json_is_one_object_with_both_entries_and_a_judgement_to_fill_in(review):
    code, told, _ = review("--json", "--by", "Ann")
    found = json.loads(told)
    pair = next(pair for pair in found["pairs"] if LOAN in (pair["left"]["summary"], pair["right"]["summary"]))
    entry = next(pair[side] for side in ("left", "right") if pair[side]["summary"] == LOAN)
    assert code == 0
    assert (found["open_count"], found["judged_count"]) == (2, 0)
    assert (entry["source_path"], entry["line_first"], entry["line_last"]) == ("a.txt", 7, 11)
    assert (entry["date_start"], entry["title"]) == ("1950-01-05", "Cable, Mao Zedong to Stalin")
    assert (pair["rule"], pair["judgement"]["by"], pair["judgement"]["decision"]) == ("summaries_differ", "Ann", None)
    assert pair["judgement"]["left"] == {
        "date": "January 5, 1950",
        "title": "Cable, Mao Zedong to Stalin",
        "summary": pair["left"]["summary"],
    }


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_text_from_raw_neither_moves_the_cursor_nor_is_markup(review, arguments):
    told = review(*arguments)[1]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", told)
    assert "[bold red]for[/bold red] the :smile:" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["review"],
        ["review", "--json"],
        ["review", "--judge", "e1-0", "e1-1", "same", "--why", "x", "--by", "A"],
        ["explain", "d1-0"],
    ],
)
def test_without_a_release_the_command_fails_in_one_line(arguments, tmp_path, capsys):
    assert main([*arguments, "--processed", str(tmp_path)]) == 1
    assert "no release here" in capsys.readouterr().err


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"PAR1"), lambda path: path.unlink()])
def test_a_release_that_cannot_be_read_fails_in_one_line(tmp_path, capsys, damage):
    release = publish(tmp_path, {"a.txt": PAGES["a.txt"]})
    damage(release.path / "matches.parquet")
    assert main(["review", "--processed", str(tmp_path / "processed")]) == 1
    assert "matches.parquet: cannot be read" in capsys.readouterr().err


def test_tables_of_another_version_are_not_guessed_at(tmp_path, capsys):
    release = publish(tmp_path, {"a.txt": PAGES["a.txt"]})
    (release.path / "matches.parquet").write_bytes((release.path / "pages.parquet").read_bytes())
    assert main(["review", "--processed", str(tmp_path / "processed")]) == 1
    assert "not the columns that this version publishes" in capsys.readouterr().err


# A judgement by script


def test_a_script_judges_two_entries(review, release, file):
    left, right = ids(release, "Cable, Mao Zedong to Stalin")
    code, told, _ = review("--judge", left, right, "same", "--why", " Seen in the\nreading room. ", "--by", "Ann")
    (known,) = read_judgements(file)
    assert code == 0
    assert told == f"same: written to {file}; the next build applies it.\n"
    assert (known.decision, known.by, known.why) == ("same", "Ann", "Seen in the reading room.")
    assert {known.left.summary, known.right.summary} == {LOAN, DUES}


def test_what_the_script_judged_holds_after_the_next_build(tmp_path, capsys):
    release = publish(tmp_path, PAGES)
    left, right = ids(release, "Cable, Mao Zedong to Stalin")
    file = tmp_path / "judgements.toml"
    main(
        [
            "review",
            "--processed",
            str(tmp_path / "processed"),
            "--judgements",
            str(file),
            "--judge",
            left,
            right,
            "same",
            "--why",
            "x",
            "--by",
            "Ann",
        ]
    )
    rebuilt = publish(tmp_path, PAGES)
    assert len({entry.document_id for entry in rebuilt.entries("entry_id", [left, right])}) == 1
    assert len(open_pairs(rebuilt, read_judgements(file)).pairs) == 1
    capsys.readouterr()


def test_to_judge_again_the_same_way_writes_nothing(review, release, file):
    left, right = ids(release, "Cable, Mao Zedong to Stalin")
    review("--judge", left, right, "same", "--why", "x", "--by", "Ann")
    before = file.read_bytes()
    code, told, _ = review("--judge", right, left, "same", "--why", "x", "--by", "Ann")
    assert (code, told) == (0, f"{file}:5 says same already; nothing was written.\n")
    assert file.read_bytes() == before


def test_to_judge_the_other_way_is_refused_until_the_first_is_deleted(review, release, file):
    left, right = ids(release, "Cable, Mao Zedong to Stalin")
    review("--judge", left, right, "same", "--why", "x", "--by", "Ann")
    code, _, said = review("--judge", left, right, "different", "--why", "x", "--by", "Ben")
    assert (code, said) == (1, f"archive-listings: {file}:5: says same (by Ann); delete it there first\n")


def test_entries_that_print_the_same_cannot_be_parted(review, release, file):
    (one,), (other,) = ids(release, "Note from Orsk to Venn"), ids(release, "Note from Orsk  to Venn")
    code, _, said = review("--judge", one, other, "different", "--why", "x", "--by", "Ann")
    assert code == 1
    assert "print the same and are one document" in said
    assert not file.exists()


@pytest.mark.parametrize(
    ("entry_ids", "said"),
    [(("e1-0000000000000000", "e1-1111111111111111"), "no such entry"), (("e1-0000000000000000",) * 2, "given twice")],
)
def test_entries_that_do_not_exist_or_are_one_are_not_judged(review, file, entry_ids, said):
    code, _, told = review("--judge", *entry_ids, "same", "--why", "x", "--by", "Ann")
    assert (code, said in told, file.exists()) == (1, True, False)


def test_a_document_id_is_told_from_an_entry_id(review, release):
    documents = release.table("documents")["document_id"].to_pylist()
    assert (
        "(a document; `explain` lists its entries)"
        in review("--judge", *documents[:2], "same", "--why", "x", "--by", "Ann")[2]
    )


@pytest.mark.parametrize(
    "arguments",
    [("--judge", "e1-0", "e1-1", "alike", "--why", "x"), ("--judge", "e1-0", "e1-1", "same"), ("--why", "x")],
)
def test_half_a_judgement_is_wrong_usage(review, arguments):
    assert review(*arguments)[0] == 2


@pytest.mark.parametrize(
    "arguments", [["--judge", "e1-0", "e1-1"], ["--by", " "], ["--limit", "0"], ["--judgements", ""]]
)
def test_wrong_arguments_end_with_two(arguments):
    with pytest.raises(SystemExit) as stopped:
        main(["review", *arguments])
    assert stopped.value.code == 2


def test_json_of_a_judgement_says_what_was_written(review, release):
    left, right = ids(release, "Cable, Mao Zedong to Stalin")
    told = json.loads(review("--judge", left, right, "different", "--why", "x", "--by", "Ann", "--json")[1])
    assert (told["status"], told["judgement"]["decision"], told["judgement"]["by"]) == ("written", "different", "Ann")


def test_who_judges_is_the_name_given_or_the_one_of_git_or_the_user(tmp_path, monkeypatch):
    git = tmp_path / "git"
    git.write_text("#!/bin/sh\necho 'Name  in git'\n", encoding="utf-8")
    git.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert reviewer("Ann", {"USER": "ben"}) == "Ann"
    assert reviewer(None, {"USER": "ben"}) == "Name in git"
    git.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    assert reviewer(None, {"USER": "ben"}) == "ben"
    git.unlink()
    assert reviewer(None, {}) is None


def test_what_is_no_text_does_not_reach_the_file(file):
    judgement = Judgement(
        "same", Said(None, "A", None), Said(None, "B", None), cleaned("J\udce9"), date(2026, 1, 2), cleaned("\x1b[2J")
    )
    write_judgement(file, judgement)
    (known,) = read_judgements(file)
    assert (known.by, known.why) == ("J���", "\x1b[2J")


# A session, key by key


def test_every_decision_is_in_the_file_at_once_so_that_a_crash_loses_nothing(release, file):
    with pytest.raises(MemoryError):
        session(release, file, Answers("s", "d", lines=["One hand.", MemoryError()]))
    assert decisions(file) == [("same", "One hand.")]


def test_enter_takes_the_reason_that_is_offered(release, file):
    tally, _ = session(release, file, Answers("d", "s", lines=["", "  "]))
    assert decisions(file) == [("different", DEFAULT_REASON), ("same", DEFAULT_REASON)]
    assert (tally.same, tally.different, tally.skipped) == (1, 1, 0)


def test_a_pair_that_is_skipped_stays_open(release, file):
    tally, _ = session(release, file, Answers("k", "s"))
    assert (tally.judged, tally.skipped) == (1, 1)
    assert len(open_pairs(release, read_judgements(file)).pairs) == 1


def test_undo_takes_the_last_decision_out_of_the_file_and_shows_its_pair_again(release, file):
    _, shown = session(release, file, Answers("s", "u", "d", "q"))
    assert decisions(file) == [("different", DEFAULT_REASON)]
    assert shown.count("1 of 2") == 2


def test_undo_goes_back_step_by_step_also_past_the_last_pair(release, file):
    tally, shown = session(release, file, Answers("s", "k", "u", "u", "u", "q"))
    assert decisions(file) == []
    assert (tally.judged, tally.skipped) == (0, 0)
    assert "nothing to undo" in shown
    assert "That was the last pair." in shown


def test_undo_leaves_what_others_wrote_meanwhile(release, file):
    other = Judgement("same", Said(None, "A", None), Said(None, "B", None), "Ben", date(2026, 1, 2), "Another matter.")

    class Meanwhile(Answers):
        def key(self):
            if self.keys[:1] == ["u"]:
                add_judgements(file, [other])
            return super().key()

    session(release, file, Meanwhile("s", "u", "q"))
    assert decisions(file) == [("same", "Another matter.")]


def test_undo_of_what_somebody_deleted_or_changed_says_so_and_changes_nothing(file):
    written = write_judgement(
        file, Judgement("same", Said(None, "A", None), Said(None, "B", None), "Ann", date(2026, 1, 2), "x")
    )
    file.write_text(file.read_text(encoding="utf-8").replace("Ann", "Ben"), encoding="utf-8")
    assert not take_back(file, written)
    assert len(read_judgements(file)) == 1


def test_other_keys_do_nothing(release, file):
    tally, shown = session(release, file, Answers("x", " ", "\n", "q"))
    assert tally.judged == 0
    assert shown.count("[s]") == 4
    assert not file.exists()


def test_a_reason_that_is_taken_back_takes_the_decision_back(release, file):
    tally, shown = session(release, file, Answers("s", "q", lines=[None]))
    assert tally.judged == 0
    assert "not judged" in shown
    assert not file.exists()


def test_ctrl_c_quits_and_keeps_what_was_decided(release, file):
    tally, _ = session(release, file, Answers("s", "d", lines=["", KeyboardInterrupt()]))
    assert tally.judged == 1
    assert len(decisions(file)) == 1


def test_a_file_that_cannot_be_written_stops_the_session(release, tmp_path):
    with pytest.raises(JudgementsError):
        session(release, tmp_path / "none" / "judgements.toml", Answers("s"))


# What it looks like


def plain(shown):
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


def test_with_room_the_entries_stand_side_by_side(release, file):
    shown = plain(session(release, file, Answers("q"), width=120)[1])
    assert re.search(r"^title +\S.*\S {2,}\S", shown, flags=re.MULTILINE)


def test_on_a_narrow_terminal_they_stand_one_under_the_other_and_what_they_share_once(release, file):
    shown = plain(session(release, file, Answers("k", "q"), width=60)[1])
    assert "= January 5, 1950" in shown
    assert re.search(r"^summary\s*\n1 ", shown, flags=re.MULTILINE)
    assert max(map(len, shown.splitlines())) <= 60


def test_the_words_that_differ_are_marked():
    left, right = differing_words("Mao asks for ‘a loan’.", "Mao asks for advice")
    assert [word.text for word in left if word.differs] == ["‘a", "loan’."]
    assert [word.text for word in right if word.differs] == ["advice"]
    assert not any(word.differs for side in differing_words("“Cable”,  to", "'cable' to") for word in side)


def test_two_long_texts_made_to_differ_everywhere_are_compared_at_once():
    start = time.perf_counter()
    differing_words("a b " * 10_000, "a " * 20_000)
    assert time.perf_counter() - start < 1


def test_another_entry_of_a_document_is_named_with_what_it_prints_otherwise(tmp_path):
    pages = {
        "a.txt": page(("January 5, 1950", "Cable, Mao Zedong to Stalin", LOAN)),
        "b.txt": page(("January 5, 1950", "Cable, Mao Zedong to Stalin", DUES)),
        "c.txt": page(("January 5, 1950", "Cable, Mao Zedong to Stalin", f"{DUES} It rained.")),
    }
    _, shown = session(publish(tmp_path, pages), tmp_path / "none.toml", Answers("q"), width=200)
    assert "its document has 1 more entry:" in shown
    assert re.search(r"[bc]\.txt:7-11 prints: Nobody at the", shown)


# A real terminal


class Person:
    """Somebody at a terminal of so many columns, who waits for what is shown before pressing a key."""

    def __init__(self, columns, *arguments):
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        unwanted = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
        environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        # The terminal becomes the one that Ctrl-C reaches when the first process of a session opens it.
        start = "import os, sys; os.close(os.open(os.ttyname(0), os.O_RDWR)); os.execv(sys.executable, [sys.executable, '-m', 'pipelines', *sys.argv[1:]])"
        self._process = subprocess.Popen(
            [sys.executable, "-c", start, *arguments], cwd=HOUSE, env={**environment, "TERM": "xterm-256color"},
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""
        self._read_to = 0

    def waits_for(self, text):
        """Read until this is shown after what was waited for before."""
        end = time.monotonic() + 30
        while text not in plain(self.seen)[self._read_to :]:
            assert time.monotonic() < end, f"{text!r} does not come; seen: {self.seen[-2000:]}"
            assert self._read(), f"{text!r} does not come; seen: {self.seen[-2000:]}"
        self._read_to = plain(self.seen).index(text, self._read_to) + len(text)
        return self

    def presses(self, keys):
        os.write(self._ours, keys.encode())
        return self

    def leaves(self):
        """The exit code, once everything is read."""
        while self._read():
            pass
        os.close(self._ours)
        return self._process.wait(timeout=30)

    def _read(self):
        if select.select([self._ours], [], [], 30)[0]:
            with suppress(OSError):  # how a terminal ends
                data = os.read(self._ours, 65536)
                self.seen += data.decode(errors="replace")
                return bool(data)
        return False


@pytest.mark.parametrize("columns", [60, 120])
def test_at_a_terminal_every_key_does_what_it_says(processed, file, columns):
    person = Person(columns, "review", "--processed", processed, "--judgements", str(file), "--by", "Ann")
    person.waits_for("2 pairs wait").waits_for("1 of 2").waits_for("[q] quit").presses("k")
    person.waits_for("later").waits_for("2 of 2").waits_for("[q] quit").presses("u")
    person.waits_for("1 of 2").waits_for("[q] quit").presses("s").waits_for("Why?").presses("\r")
    person.waits_for("2 of 2").waits_for("[q] quit").presses("\x1b[D").waits_for("[q] quit").presses("D")
    person.waits_for("Why?").presses("Two hands.\r").waits_for("That was the last pair.").waits_for("[q] quit")
    assert decisions(file) == [("same", DEFAULT_REASON), ("different", "Two hands.")]
    person.presses("u").waits_for("undone").waits_for("2 of 2").waits_for("[q] quit").presses("q")
    assert person.leaves() == 0
    assert decisions(file) == [("same", DEFAULT_REASON)]
    shown = plain(person.seen)
    assert "1 judged (1 same, 0 different)" in shown
    assert "The next build applies what was judged." in shown
    assert max(len(line.rstrip()) for line in re.sub(r"\x1b\[\?2004[hl]", "", shown).splitlines()) <= columns


def test_at_a_terminal_text_from_raw_sends_nothing_but_colours(processed, file):
    person = Person(100, "review", "--processed", processed, "--judgements", str(file), "--by", "Ann")
    person.waits_for("[q] quit").presses("k").waits_for("2 of 2").waits_for("[q] quit").presses("q")
    assert person.leaves() == 0
    assert "\\x1b[2J\\x9b31m\\u202e" in re.sub(r"\s+", "", plain(person.seen))
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]", plain(person.seen))


def test_at_a_terminal_ctrl_c_and_ctrl_d_leave_with_a_tally(processed, file):
    for key in ("\x03", "\x04"):
        person = Person(80, "review", "--processed", processed, "--judgements", str(file), "--by", "Ann")
        person.waits_for("[q] quit").presses(key).waits_for("Nothing was judged.")
        assert person.leaves() == 0


def test_at_a_terminal_the_name_is_asked_for_where_nothing_tells_it(processed, file, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.delenv("USER", raising=False)
    person = Person(80, "review", "--processed", processed, "--judgements", str(file))
    person.waits_for("Your name").presses("Cleo\r").waits_for("[q] quit").presses("s").waits_for("Why?").presses("\r")
    person.waits_for("2 of 2").waits_for("[q] quit").presses("q")
    assert person.leaves() == 0
    assert [known.by for known in read_judgements(file)] == ["Cleo"]
