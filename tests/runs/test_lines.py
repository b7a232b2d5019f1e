"""What is said on standard error, as text and as JSON."""

import json
import logging
import shutil
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.logs import JSON, TEXT, JsonLines, forwarded, say, use_form
from pipelines.runs.arguments import FORMS

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"


@pytest.fixture(autouse=True)
def _as_text_again():
    yield
    use_form(TEXT)


def lines_of(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def build(raw, processed, *options):
    return main(
        ["build", "--no-prefect", "--log-format", "json", "--raw", str(raw), "--processed", str(processed), *options]
    )


def test_every_line_of_a_build_is_an_object_with_time_level_and_event(tmp_path, capsys):
    assert build(SAMPLE, tmp_path) == 0
    lines = lines_of(capsys)
    assert [line["event"] for line in lines] == ["started", "stage", "stage", "stage", "stage", "ended"]
    assert {line["level"] for line in lines} == {"info"}
    assert all(line["time"].endswith("Z") and line["message"] for line in lines)
    assert lines[2].items() >= {"stage": "read pages"}.items()
    assert lines[2]["counts"]["entries"] == 94
    assert lines[-1]["is_new"]


def test_a_build_in_which_nothing_is_new_says_so_in_one_line(tmp_path, capsys):
    build(SAMPLE, tmp_path)
    capsys.readouterr()
    build(SAMPLE, tmp_path)
    (line,) = lines_of(capsys)
    assert (line["event"], line["is_new"]) == ("ended", False)


def test_a_failure_is_a_line_with_its_kind_and_exit_code(tmp_path, capsys):
    (tmp_path / "raw").mkdir()
    assert build(tmp_path / "raw", tmp_path / "processed") == 1
    line = lines_of(capsys)[-1]
    assert (line["event"], line["level"], line["error"], line["exit_code"]) == ("failed", "error", "NoPagesError", 1)


def test_a_usage_error_is_a_line_as_well(tmp_path, capsys):
    assert build(tmp_path / "none", tmp_path / "processed") == 2
    (line,) = lines_of(capsys)
    assert (line["error"], line["exit_code"]) == ("UsageError", 2)


def test_several_shards_tell_how_far_they_are(tmp_path, capsys, monkeypatch):
    from pipelines import reading

    monkeypatch.setattr(reading, "PAGES_A_SHARD", 5)
    build(shutil.copytree(SAMPLE, tmp_path / "raw"), tmp_path / "processed")
    progress = [line for line in lines_of(capsys) if line["event"] == "progress"]
    assert [(line["stage"], line["done"], line["total"]) for line in progress] == [
        ("read pages", done, 3) for done in (0, 1, 2, 3)
    ]


def test_no_text_can_end_a_line_or_reach_a_terminal(capsys):
    use_form(JSON)
    say("test", 'a\nb\x1b[2J\u2028\u202e"', place="é\x9b")
    printed = capsys.readouterr().err
    assert printed.isascii()
    assert printed.count("\n") == 1
    assert (
        json.loads(printed).items()
        >= {"event": "test", "message": 'a\nb\x1b[2J\u2028\u202e"', "place": "é\x9b"}.items()
    )


def test_text_is_what_it_always_was(capsys):
    say("waiting", "processed: another run is at work here")
    assert capsys.readouterr().err == "archive-listings: processed: another run is at work here\n"


def test_what_is_said_can_go_elsewhere_for_a_while(capsys):
    told = []

    class Listener(logging.Handler):
        def emit(self, record):
            told.append(record.getMessage())

    with forwarded(Listener()):
        say("test", "within")
    say("test", "after")
    assert told == ["within"]
    assert capsys.readouterr().err == "archive-listings: after\n"


def test_lines_of_others_fit_the_form():
    record = logging.LogRecord("prefect", logging.WARNING, __file__, 1, "Late by %s", ("a day",), None)
    said = json.loads(JsonLines().format(record))
    assert said.items() >= {"level": "warning", "event": "log", "message": "Late by a day"}.items()


def test_the_forms_that_are_offered_are_those_that_there_are():
    assert FORMS == (TEXT, JSON)
