"""Explanations: what a document is made of, why, and what one more judgement would change."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from pipelines.build import BuildSettings, build
from pipelines.cli import main
from pipelines.deduplicate import Judgement, Said
from pipelines.engine import LocalEngine
from pipelines.explain import neighbourhood
from pipelines.explain.explanation import explain_document
from pipelines.explain.supposing import Supposing
from pipelines.judgements import add_judgements, read_judgements
from pipelines.published import open_release

LOAN = "Mao asks for a loan of ten million and names the railways that it would repair."
DUES = "Nobody at the harbour conference would speak about lighthouse dues and pilots again."
CABLE = "Cable, Mao Zedong to Stalin"
DAY = "January 5, 1950"
EVIL = "Letter \x1b]0;owned\x07\x9b2J\u202e [red]to[/red] :smile: Venn"
STORM = "The fleet stays in the harbour until the storm is over, says the ministry."


def page(*entries):
    head = f"Skip to content\n\n\n1 - {len(entries)} of {len(entries)}\n\n\n"
    return head + "\n".join(f"{part}\n" for entry in entries for part in entry)


# One document of three texts and another way to print one; one that waits beside it; and a letter that only looks alike.
PAGES = {
    "a.txt": page((DAY, CABLE, LOAN), ("May 1, 1951", EVIL, STORM)),
    "b.txt": page((DAY, "Cable, Mao  Zedong to Stalin", LOAN), ("May 1, 1951", EVIL.replace("owned", "owner"), STORM)),
    "c.txt": page((DAY, "Cable, Mao Tse-tung to Stalin", LOAN)),
    "d.txt": page((DAY, CABLE, DUES)),
    "e.txt": page((DAY, "Cable, Stalin to Mao Zedong", LOAN)),
}


def publish(folder, pages=PAGES):
    raw = folder / "raw"
    raw.mkdir(exist_ok=True)
    for name, text in pages.items():
        (raw / name).write_text(text, encoding="utf-8")
    build(BuildSettings(raw, folder / "processed", folder / "judgements.toml"), LocalEngine())
    return open_release(folder / "processed")


def judged(decision, left, right, why="x"):
    return Judgement(decision, Said(*left), Said(*right), "Ann", date(2026, 1, 2), why)


def entry_on(release, source_path, position=1):
    (found,) = (
        entry
        for entry in release.entries("page_id", release.table("pages")["page_id"].to_pylist())
        if (entry.source_path, entry.row["position"]) == (source_path, position)
    )
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("house")


@pytest.fixture(scope="module")
def release(folder):
    return publish(folder)


@pytest.fixture
def explain(folder, release, capsys):
    """The command as it is called: exit code, standard output, standard error."""

    def run(asked, *arguments, processed=folder / "processed", judgements=folder / "judgements.toml"):
        code = main(["explain", asked, "--processed", str(processed), "--judgements", str(judgements), *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    assert release
    return run


def test_a_document_is_shown_with_its_entries_and_what_each_prints_otherwise(explain, release):
    code, told, _ = explain(entry_on(release, "a.txt").document_id)
    assert code == 0
    assert (
        f"  {DAY} (1950-01-05)\n  Cable, Mao Tse-tung to Stalin\n  {LOAN}\n  3 entries, 3 pages, 0 collections" in told
    )
    entries = told.split("Entries")[1].split("Joined by")[0]
    assert re.search(rf"#1  a.txt:7-11   e1-\w+\n      title   {CABLE}\n", entries)
    assert re.search(r"#3  c.txt:7-11   e1-\w+   speaks for the document\n", entries)


def test_what_joined_the_entries_is_told_with_rule_and_evidence(explain, release):
    told = explain(entry_on(release, "a.txt").document_id)[1]
    joined = told.split("Joined by")[1].split("Kept apart")[0]
    assert "#1, #2 say the same once typography is folded: one text." in joined
    assert re.search(r"#\d \+ #3   same: respelled_title", joined)
    assert "their titles differ in spelling alone" in joined


def test_what_looks_alike_and_what_is_open_is_told_with_the_other_document(explain, release):
    told = explain(entry_on(release, "a.txt").document_id)[1]
    apart, opened = told.split("Kept apart from")[1].split("Judgements")[0].split("Open")
    assert f"{entry_on(release, 'e.txt').document_id}  {DAY}, Cable, Stalin to Mao Zedong" in apart
    assert "different: swapped" in apart
    assert f"{entry_on(release, 'd.txt').document_id}  {DAY}, {CABLE}" in opened
    assert "review: summaries_differ" in opened


def test_an_entry_leads_to_its_document(explain, release):
    entry = entry_on(release, "c.txt")
    code, told, _ = explain(entry.entry_id)
    assert (code, told.splitlines()[:2]) == (
        0,
        [f"{entry.entry_id} is entry #3 of {entry.document_id}.", entry.document_id],
    )


@pytest.mark.parametrize("asked", ["d1-0000000000000000", "e1-0000000000000000", "nothing", "", "\x1b[2J"])
def test_an_id_that_does_not_exist_fails_in_one_line(explain, asked):
    code, told, said = explain(asked)
    assert (code, told) == (1, "")
    assert "no such document, entry or former document" in said
    assert "\x1b" not in said


def test_an_id_that_was_given_up_is_followed_and_said(tmp_path, explain):
    given_up = {entry_on(publish(tmp_path), name).document_id for name in ("a.txt", "d.txt")}
    add_judgements(tmp_path / "judgements.toml", [judged("same", (DAY, CABLE, LOAN), (DAY, CABLE, DUES))])
    merged = publish(tmp_path)
    kept = entry_on(merged, "a.txt").document_id
    (old,) = given_up - {kept}
    code, told, _ = explain(old, processed=tmp_path / "processed", judgements=tmp_path / "judgements.toml")
    assert (code, told.splitlines()[0]) == (0, f"{old} was merged into {kept}.")
    assert "same: judgement, 1.00, by a person" in told
    assert "judgements.toml:5: same, by Ann on 2026-01-02: x\n      in the release" in told


def test_a_document_of_one_entry_has_friendly_empty_parts(tmp_path, explain):
    release = publish(tmp_path, {"a.txt": page((DAY, CABLE, LOAN))})
    told = explain(entry_on(release, "a.txt").document_id, processed=tmp_path / "processed")[1]
    assert told.endswith(
        "Joined by\n  nothing; no other text is part of it\n\nKept apart from\n  nothing that looks like it\n\n"
        "Open\n  nothing\n\nJudgements\n  none quotes a text of this document\n"
    )


def test_text_from_raw_neither_moves_the_cursor_nor_is_markup(explain, release):
    document_id = entry_on(release, "a.txt", 2).document_id
    for arguments in ((), ("--json",)):
        told = explain(document_id, *arguments)[1]
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", told)
        assert "[red]to[/red] :smile: Venn" in told


def test_a_large_document_is_capped_for_a_person_and_complete_for_a_program(tmp_path, explain):
    names = [f"{number:02}.txt" for number in range(20)]
    titles = [f"{CABLE[:at]}{CABLE[at + 1 :]}" for at in range(8, 28)]
    release = publish(tmp_path, {name: page((DAY, title, LOAN)) for name, title in zip(names, titles, strict=True)})
    document_id = entry_on(release, "05.txt").document_id
    told = explain(document_id, processed=tmp_path / "processed")[1]
    found = json.loads(explain(document_id, "--json", processed=tmp_path / "processed")[1])
    count = found["document"]["entry_count"]
    assert count > 12
    assert f"… and {count - 12} more; --json has all" in told
    assert len(found["entries"]) == count
    assert len(found["joined"]) > 8
    assert told.count("Judged different") == 8 + told.split("Kept apart")[1].count("Judged different")


def test_json_is_one_object_with_everything(explain, release):
    asked = entry_on(release, "c.txt")
    code, told, _ = explain(asked.entry_id, "--json")
    found = json.loads(told)
    assert code == 0
    assert found["asked"] == {"document_id": asked.document_id, "entry_id": asked.entry_id, "old_document_id": None}
    assert found["document"]["date_start"] == "1950-01-05"
    assert [entry["source_path"] for entry in found["entries"]] == ["a.txt", "b.txt", "c.txt"]
    assert len(found["texts"]) == 1
    assert {row["rule"] for row in found["joined"]} == {"respelled_title", "same_text"}
    assert [row["other"]["document"]["title"] for row in found["open"]] == [CABLE]
    assert [row["other"]["entry"]["source_path"] for row in found["apart"]] == ["e.txt"]
    assert found["compared_again"] == {"entry_count": 5, "is_whole": True}


# What a judgement would change


def relation(told, kind, rule):
    (found,) = (found for found in getattr(told, kind) if found.row["rule"] == rule)
    return found


def test_an_open_pair_judged_the_same_would_be_one_document_and_one_id_lead_to_the_other(release):
    ours, theirs = (entry_on(release, name) for name in ("a.txt", "d.txt"))
    told = explain_document(release, ours.document_id, ())
    outcome = told.suppose(relation(told, "open", "summaries_differ"))
    (part,) = outcome.documents
    assert outcome.because is None
    assert set(part.entry_ids) == {entry_on(release, name).entry_id for name in ("a.txt", "b.txt", "c.txt", "d.txt")}
    assert {part.document_id, *outcome.redirects} == {ours.document_id, theirs.document_id}
    assert list(outcome.redirects.values()) == [part.document_id]


def test_a_joined_pair_of_one_text_cannot_be_judged_apart(release):
    told = explain_document(release, entry_on(release, "a.txt").document_id, ())
    outcome = told.suppose(relation(told, "joined", "same_text"))
    assert (outcome.documents, outcome.because) == (
        (),
        "both print the same once typography is folded, and a judgement is about texts",
    )


def test_a_joined_pair_judged_different_would_part_into_two_documents(release):
    told = explain_document(release, entry_on(release, "a.txt").document_id, ())
    outcome = told.suppose(relation(told, "joined", "respelled_title"))
    assert outcome.because is None
    assert sorted(len(part.entry_ids) for part in outcome.documents) == [1, 2]
    assert [part.document_id is None for part in outcome.documents] == [False, True]


def test_what_a_person_joined_would_part_again(tmp_path):
    publish(tmp_path)
    add_judgements(tmp_path / "judgements.toml", [judged("same", (DAY, CABLE, LOAN), (DAY, CABLE, DUES))])
    release, known = publish(tmp_path), read_judgements(tmp_path / "judgements.toml")
    told = explain_document(release, entry_on(release, "d.txt").document_id, known)
    outcome = told.suppose(relation(told, "joined", "judgement"))
    assert [part.document_id is None for part in outcome.documents] == [False, True]
    assert outcome.documents[1].entry_ids == (entry_on(release, "d.txt").entry_id,)


def test_what_a_person_judged_different_stays_two_and_the_place_is_named(tmp_path):
    publish(tmp_path)
    add_judgements(tmp_path / "judgements.toml", [judged("different", (DAY, CABLE, LOAN), (DAY, CABLE, DUES))])
    release, known = publish(tmp_path), read_judgements(tmp_path / "judgements.toml")
    told = explain_document(release, entry_on(release, "d.txt").document_id, known)
    outcome = told.suppose(relation(told, "apart", "judgement"))
    assert outcome.because == f"{tmp_path}/judgements.toml:5 (by Ann) says different"


def test_what_judgements_of_other_pairs_keep_apart_is_told_by_the_one_that_does(release):
    known = [
        judged("same", (DAY, CABLE, DUES), (DAY, "Cable, Stalin to Mao Zedong", LOAN))._replace(
            place="judgements.toml:5"
        ),
        judged("different", (DAY, CABLE, LOAN), (DAY, "Cable, Stalin to Mao Zedong", LOAN))._replace(
            place="judgements.toml:14"
        ),
    ]
    told = explain_document(release, entry_on(release, "a.txt").document_id, known)
    outcome = told.suppose(relation(told, "open", "summaries_differ"))
    assert outcome.documents == ()
    assert "judgements.toml:14 (by Ann, different)" in outcome.because


def test_a_judgement_since_the_release_is_told_with_what_the_next_build_makes_of_it(explain, release, tmp_path):
    file = tmp_path / "judgements.toml"
    add_judgements(file, [judged("same", (DAY, CABLE, LOAN), (DAY, CABLE, DUES), "Seen.")])
    told = explain(entry_on(release, "a.txt").document_id, judgements=file)[1]
    assert (
        f"{file}:5: same, by Ann on 2026-01-02: Seen.\n      about {entry_on(release, 'd.txt').document_id}; from the next build on"
        in told
    )
    assert "Not as in the release\n" in told
    assert "Judged same, nothing would change: the next build joins them anyway." in told


def test_a_judgement_links_documents_that_no_rule_compared(release):
    known = [judged("same", (DAY, CABLE, LOAN), ("May 1, 1951", EVIL, STORM))]
    told = explain_document(release, entry_on(release, "a.txt").document_id, known)
    assert told.judgements[0].standing == "from the next build on"
    assert len(told.judgements[0].document_ids) == 2
    assert told.pending.because is None


@pytest.mark.parametrize(
    ("known", "standing"),
    [
        ([judged("same", (DAY, CABLE, LOAN), (DAY, "No page prints this", None))], ["dangling"]),
        (
            [
                judged("different", (DAY, CABLE, LOAN), (DAY, CABLE, DUES)),
                judged("same", (DAY, CABLE, LOAN), (DAY, CABLE, DUES)),
            ],
            ["in the release", "not followed"],
        ),
    ],
)
def test_a_judgement_is_told_with_what_has_come_of_it(release, known, standing):
    told = explain_document(release, entry_on(release, "a.txt").document_id, known)
    assert [applying.standing for applying in told.judgements] == standing


@pytest.mark.parametrize(("kind", "rule"), [("open", "summaries_differ"), ("apart", "swapped")])
def test_the_next_build_makes_what_was_foretold(tmp_path, kind, rule):
    before = publish(tmp_path)
    told = explain_document(before, entry_on(before, "a.txt").document_id, ())
    found = relation(told, kind, rule)
    outcome = told.suppose(found)
    add_judgements(tmp_path / "judgements.toml", [judged(found.supposed, found.own.said, found.other.said)])
    after = publish(tmp_path)
    assert outcome.documents
    for part in outcome.documents:
        assert {entry.entry_id for entry in after.entries("document_id", [part.document_id])} == set(part.entry_ids)
    assert (
        dict(zip(*(column.to_pylist() for column in after.table("id_redirects").columns), strict=True))
        == outcome.redirects
    )


def test_looking_at_what_is_linked_tells_the_same_as_looking_at_everything(release):
    everything = Supposing(release.table("entries"), ())
    for row in release.table("documents").to_pylist():
        told = explain_document(release, row["document_id"], ())
        assert told.pending.because == "the release has it so"
        for found in (*told.joined, *told.apart, *told.open):
            assert told.suppose(found) == everything.suppose(found.supposed, found.own, found.other)


def test_where_too_much_is_linked_it_is_said_that_not_all_was_looked_at(explain, release, tmp_path, monkeypatch):
    file = tmp_path / "judgements.toml"
    add_judgements(file, [judged("different", (DAY, CABLE, DUES), ("May 1, 1951", EVIL, STORM))])
    monkeypatch.setattr(neighbourhood, "MOST_ENTRIES", 5)
    told = explain(entry_on(release, "a.txt").document_id, judgements=file)[1]
    assert "Only 5 of the entries that it is linked with were looked at again" in told


def test_what_a_match_names_is_looked_at_however_much_it_is(release, monkeypatch):
    monkeypatch.setattr(neighbourhood, "MOST_ENTRIES", 1)
    told = explain_document(release, entry_on(release, "a.txt").document_id, ())
    assert told.suppose(relation(told, "open", "summaries_differ")).documents
    assert told.suppose(relation(told, "apart", "swapped")).documents


def test_a_file_of_judgements_that_cannot_be_read_fails_in_one_line(explain, release, tmp_path):
    file = tmp_path / "judgements.toml"
    file.write_text("[[judgement]]\n", encoding="utf-8")
    code, _, said = explain(entry_on(release, "a.txt").document_id, judgements=file)
    assert code == 1
    assert "judgements.toml:1: judgement: " in said


def test_the_release_stays_as_it_is(explain, release, folder):
    def read(path):
        return {file: file.read_bytes() for file in Path(path).rglob("*") if file.is_file()}

    before = read(folder)
    explain(entry_on(release, "a.txt").document_id)
    assert read(folder) == before
