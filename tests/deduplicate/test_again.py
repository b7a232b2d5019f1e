"""Deduplication from the one before is that of looking at everything, whatever came, went, changed or was judged in between."""

import random
from datetime import date

import pyarrow as pa
import pytest

from pipelines.deduplicate import Before, History, Judgement, Said, deduplicate_traced
from pipelines.deduplicate import again as room
from pipelines.deduplicate.documents import by_place
from pipelines.deduplicate.frame import as_records
from pipelines.deduplicate.history import COLUMNS as HISTORY_COLUMNS
from tests.deduplicate.corpora import COAL, FISH, LONG, SALT, Listed, frame

NAMES = [
    "Petrov",
    "Petroff",
    "Orlov",
    "Venn",
    "Halloran",
    "Solheim",
    "Peral",
    "Brenn",
    "Vint",
    "Rook",
    "Sandoz",
    "Orsk",
]
MATTERS = ["Herring Quota", "Salt Monopoly", "Ferry Timetable", "Lighthouse Treaty", "Customs Union", "Fog Signals"]
SENTENCES = [
    FISH, SALT, COAL, "The pilots complain of the fog signals.", "Vellmark will not sign before the thaw.",
    "The loan is refused a second time.", "Nobody answers the northern villages.", "The council weighs the harbour dues again.",
]  # fmt: skip
MANY = [
    first + second
    for first in ("har", "bel", "kor", "mun", "tis", "vol", "zan")
    for second in ("bour", "dar", "gil", "mop", "nus", "tek")
]
URL = "https://digitalarchive.wilsoncenter.org/document/{}"


def some_title(chance):
    one, other = chance.choice(NAMES), chance.choice(NAMES)
    matter = chance.choice(MATTERS)
    forms = [
        f"Cable, {one} to {other}", f"CABLE, {one}  to {other}", f"Cable No. {chance.randint(1, 3)}, {one} to {other}",
        f"Letter from {one} to {other}", f"Report on the {matter}", f"‘Report on the {matter}’", f"Note on the {matter}", "Letter",
        None,
    ]  # fmt: skip
    return chance.choice(forms)


def some_summary(chance):
    text = " ".join(chance.sample(SENTENCES, chance.randint(1, 3)))
    return chance.choice([text, text, text, f"“{text}”", text[: len(text) // 2] + "…", LONG, None])


def some_date(chance, days):
    day = f"May {chance.randint(1, min(days, 31))}, {1950 + chance.randint(0, days // 31)}"
    return chance.choice([day] * 12 + ["May 1950", "1950", "sometime", None])


def some_entry(chance, days):
    """One of few words, so that texts are printed in several ways, and ids have namesakes; the fewer `days`, the larger blocks are."""
    url = (
        URL.format(chance.choice(["cable-petrov-orlov", "herring-quota", "112233"])) if chance.random() < 0.1 else None
    )
    return Listed(some_title(chance), some_summary(chance), some_date(chance, days), url=url, cut=chance.random() < 0.1)


def some_page(chance, days):
    return [some_entry(chance, days) for _ in range(chance.randint(1, 5))]


def some_judgement(chance, pages):
    one, other = (chance.choice(pages[chance.choice(sorted(pages))]) for _ in range(2))
    sides = (Said(entry.date, entry.title, entry.summary) for entry in (one, other))
    return Judgement(
        chance.choice(["same", "different"]), *sides, "reader", date(2026, 1, 1), "because", "judgements.toml:1"
    )


def records_of(pages):
    entries = [
        entry._replace(page=page, name=f"{page}-{at}")
        for page, listed in pages.items()
        for at, entry in enumerate(listed)
    ]
    records = as_records(frame(entries))
    return records.take(by_place(records))


def published(records, found):
    """What a release of these records holds, as a build hands it on."""
    entries = pa.table({**dict(zip(records.column_names, records.columns, strict=True)), **{
        name: found.entries.column(name) for name in ("document_id", "is_representative")
    }})  # fmt: skip
    return entries, History(entries.select(list(HISTORY_COLUMNS)), found.redirects)


def change(chance, pages, serial, days):
    """Pages after some were added, taken away, saved again with one entry changed, or renamed."""
    pages = dict(pages)
    for _ in range(chance.randint(1, 3)):
        match chance.choice(["add", "add", "remove", "change", "rename"]):
            case "add":
                pages[f"p{next(serial)}"] = some_page(chance, days)
            case "remove" if len(pages) > 1:
                del pages[chance.choice(sorted(pages))]
            case "change":
                name = chance.choice(sorted(pages))
                listed = list(pages.pop(name))
                listed[chance.randrange(len(listed))] = some_entry(chance, days)
                pages[chance.choice([name, f"p{next(serial)}"])] = listed
            case "rename":
                name = chance.choice(sorted(pages))
                pages[f"p{next(serial)}"] = pages.pop(name)
            case _:
                pass
    return pages


def follow(chance, size, steps, days):
    """A history, each step of it told from the one before and from nothing; how many were told from the one before."""
    serial = iter(range(10_000))
    pages = {f"p{next(serial)}": some_page(chance, days) for _ in range(size)}
    judgements = []
    before, history, told_again = None, History(), 0
    for _ in range(steps):
        records = records_of(pages)
        again = deduplicate_traced(records, judgements, history, before)
        whole = deduplicate_traced(records, judgements, history)
        for name in ("entries", "documents", "matches"):
            assert getattr(again.found, name).equals(getattr(whole.found, name)), name
        assert again.found.redirects == whole.found.redirects
        assert again.found.issues == whole.found.issues
        told_again += before is not None and again.traces is not None
        entries, history = published(records, again.found)
        traces = again.traces
        before = traces and Before(entries, again.found.documents, again.found.matches, traces)
        pages = change(chance, pages, serial, days)
        if chance.random() < 0.3:
            judgements = [*judgements, some_judgement(chance, pages)][-3:]
        elif chance.random() < 0.2:
            judgements = judgements[1:]
    return told_again


@pytest.fixture
def _at_any_size(monkeypatch):
    """However large a share is touched, only that is settled: in a small corpus it is most of it."""
    monkeypatch.setattr(room, "LARGEST_SHARE", 1.0)


@pytest.mark.usefixtures("_at_any_size")
@pytest.mark.parametrize(("size", "days"), [(1, 1), (4, 2), (15, 3), (60, 20), (100, 400)])
@pytest.mark.parametrize("seed", range(3))
def test_a_history_told_step_by_step_is_the_one_told_from_nothing(size, days, seed):
    assert follow(random.Random(f"{size} {seed}"), size, 6, days) > 0


@pytest.mark.usefixtures("_at_any_size")
@pytest.mark.parametrize(("before", "now"), [(12, 13), (13, 12), (12, 14), (4, 5), (5, 4), (40, 41), (41, 40)])
def test_a_block_that_grows_or_shrinks_past_a_bound_is_told_again_as_it_is_from_nothing(before, now):
    chance = random.Random(1)
    said = [f"{word} {SENTENCES[number % 8]}" for number, word in enumerate(chance.sample(MANY, 41))]
    pages = {f"p{number:02}": [Listed(summary=text)] for number, text in enumerate(said)}
    one, other = (records_of(dict(list(pages.items())[:count])) for count in (before, now))
    first = deduplicate_traced(one, (), History())
    entries, history = published(one, first.found)
    known = first.traces and Before(entries, first.found.documents, first.found.matches, first.traces)
    again, whole = (deduplicate_traced(other, (), history, each) for each in (known, None))
    for name in ("entries", "documents", "matches"):
        assert getattr(again.found, name).equals(getattr(whole.found, name)), name
