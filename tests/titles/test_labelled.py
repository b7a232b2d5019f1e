"""Titles labelled by hand by another person than the rules': what is read of them is what the labels say."""

import json
from pathlib import Path

import pytest

from benchmarks.titles import as_label, figures, ours

LABELLED = Path(__file__).parent / "labelled"
LABELS = {
    path.name: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for path in sorted(LABELLED.glob("*.jsonl"))
}
# Read as labelled, every value of every title; of the others the figures hold.
WHOLE = ("development.jsonl", "real.jsonl")
SINGLE = [(name, label) for name in WHOLE for label in LABELS[name]]
# What has been reached, cut off behind the third digit.
REACHED = {
    "second.jsonl": {
        "parties_precision": 0.992, "parties_recall": 0.971, "whole_precision": 0.992, "whole_recall": 0.971,
        "genre": 0.99, "number": 1.0, "event": 1.0, "time": 1.0,
    },
    "third.jsonl": {
        "parties_precision": 0.986, "parties_recall": 0.981, "whole_precision": 0.986, "whole_recall": 0.981,
        "genre": 0.993, "number": 1.0, "event": 1.0, "time": 1.0,
    },
    "fourth.jsonl": {
        "parties_precision": 1.0, "parties_recall": 1.0, "whole_precision": 1.0, "whole_recall": 1.0,
        "genre": 1.0, "number": 1.0, "event": 1.0, "time": 1.0,
    },
}  # fmt: skip


def test_the_labels_are_there():
    assert {name: len(labels) for name, labels in LABELS.items()} == {
        "development.jsonl": 75,
        "fourth.jsonl": 100,
        "real.jsonl": 57,
        "second.jsonl": 100,
        "third.jsonl": 150,
    }


@pytest.mark.parametrize("name", REACHED)
def test_no_fewer_values_are_right_than_before(name):
    labels = LABELS[name]
    found = figures(labels, ours([label["title"] for label in labels]))
    assert {each: found[each] for each, least in REACHED[name].items() if found[each] < least} == {}


@pytest.mark.parametrize(
    "label", [label for _, label in SINGLE], ids=[f"{name}-{label['title'][:60]}" for name, label in SINGLE]
)
def test_a_title_is_read_as_labelled(label):
    assert ours([label["title"]]) == [as_label(label)]


@pytest.mark.parametrize("name", WHOLE)
def test_every_party_is_of_the_labelled_kind(name):
    from pipelines.titles.facts import TitleReader

    reader = TitleReader()
    for label in LABELS[name]:
        found = {
            (each.value.role, each.value.name): each.value.party_kind for each in reader.read(label["title"]).parties
        }
        assert found == {(party["role"], party["name"]): party["party_kind"] for party in label["parties"]}, label[
            "title"
        ]


def test_the_figures_count_what_is_missing_and_what_is_too_much():
    labels = [
        {
            "title": "Cable, Mao Zedong to Stalin",
            "genre": "letter",
            "number": None,
            "number_kind": None,
            "parties": [{"role": "from", "name": "Mao Zedong", "alias": None, "office": None}],
            "event": None,
            "time": None,
        }
    ]
    found = figures(labels, ours([labels[0]["title"]]))
    assert found == {
        "titles": 1, "parties_precision": 0.5, "parties_recall": 1.0, "whole_precision": 0.5, "whole_recall": 1.0,
        "genre": 0.0, "number": 1.0, "event": 1.0, "time": 1.0,
    }  # fmt: skip
