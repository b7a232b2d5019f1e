"""`explain` shows what a title says, and from which characters by which rule."""

import json

import pytest

from pipelines.build import BuildSettings, build
from pipelines.cli import main
from pipelines.engine import LocalEngine
from pipelines.published import open_release
from tests.memory.conftest import SAMPLE

TITLE = "Ciphered Telegram No. 3172, Stalin to Zhou Enlai via Roshchin"


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explained") / "processed"
    build(BuildSettings(SAMPLE, folder, folder.parent / "none.toml"), LocalEngine())
    return folder


def explain(processed, title, capsys, *options):
    (row,) = open_release(processed).rows("documents", "title", [title])
    assert main(["explain", row["document_id"], "--processed", str(processed), *options]) == 0
    return capsys.readouterr().out


def test_each_value_is_shown_with_its_rule_and_characters(processed, capsys):
    shown = explain(processed, TITLE, capsys)
    section = shown.split("What its title says\n")[1].split("\n\n")[0]
    assert [" ".join(line.split()) for line in section.splitlines()] == [
        "genre telegram kind, 1-17 “Ciphered Telegram”",
        "number 3172 (telegram) number_marked, 19-26 “No. 3172”",
        "from Stalin = Joseph Stalin sender, 29-34 “Stalin”",
        "to Zhou Enlai receiver, 39-48 “Zhou Enlai”",
        "via Roshchin = Nikolai Roshchin way, 54-61 “Roshchin”",
    ]


def test_a_program_gets_the_same_with_every_field(processed, capsys):
    said = json.loads(explain(processed, TITLE, capsys, "--json"))["title_says"]
    assert said["values"]["number"]["value"] == "3172"
    assert [(party["role"], party["name"], party["evidence"]["rule"]) for party in said["parties"]] == [
        ("from", "Stalin", "sender"), ("to", "Zhou Enlai", "receiver"), ("via", "Roshchin", "way"),
    ]  # fmt: skip


def test_a_title_that_says_nothing_is_said_to(processed, capsys):
    shown = explain(processed, "The Political Situation in Korea during the Period of Military Operations", capsys)
    assert "What its title says\n  nothing that a rule reads" in shown
