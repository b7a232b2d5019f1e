"""Reviewed decisions: their file, and that they win over the rules whatever pages list the texts."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.deduplicate import Judgement, Said, deduplicate
from pipelines.errors import JudgementsError
from pipelines.judgements import add_judgements, read_judgements
from tests.deduplicate.corpora import (
    CABLE,
    DAY,
    FISH,
    LONG,
    NEXT_DAY,
    SALT,
    SHORT_FISH,
    Listed,
    documents_of,
    frame,
    in_every_order,
)

SWAPPED = "Cable, Orlov to Petrov"
WRITTEN = """\
# Ours since 2026.

[[judgement]]
decision = "same"
by = "A. Reader"
on = 2026-11-22
why = "One original."
left.date = "May 1, 1950"
left.title = "Cable, Petrov to Orlov"
right.title = "Note on Salt"
right.summary = "Nobody would speak of it."

[[judgement]]   # the answer
decision = "different"
by = "B. Reader"
on = 2026-11-23
why = "Two originals."
left = { title = "Cable, Petrov to Orlov" }
right = { date = "1950" }
"""


def said_of(entry):
    return Said(entry.date, entry.title, entry.summary)


def judged(decision, one, other, place="judgements.toml:1"):
    return Judgement(decision, said_of(one), said_of(other), "A. Reader", date(2026, 1, 2), "compared", place)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "judgements.toml"


def complaint(file, text):
    file.write_text(text, encoding="utf-8")
    with pytest.raises(JudgementsError) as caught:
        read_judgements(file)
    return str(caught.value).removeprefix(f"{file}")


def test_judgements_are_read_in_their_order_with_their_place(file):
    file.write_text(WRITTEN, encoding="utf-8")
    assert read_judgements(file) == (
        Judgement(
            "same",
            Said("May 1, 1950", "Cable, Petrov to Orlov", None),
            Said(None, "Note on Salt", "Nobody would speak of it."),
            "A. Reader",
            date(2026, 11, 22),
            "One original.",
            f"{file}:3",
        ),
        Judgement(
            "different",
            Said(None, "Cable, Petrov to Orlov", None),
            Said("1950", None, None),
            "B. Reader",
            date(2026, 11, 23),
            "Two originals.",
            f"{file}:13",
        ),
    )


def test_a_file_that_is_not_there_holds_no_judgements(file):
    assert read_judgements(file) == ()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "judgement = []\n"])
def test_a_file_without_judgements_holds_none(file, text):
    file.write_text(text, encoding="utf-8")
    assert read_judgements(file) == ()


def test_line_breaks_of_another_system_are_read(file):
    file.write_bytes(WRITTEN.replace("\n", "\r\n").encode())
    assert [judgement.place for judgement in read_judgements(file)] == [f"{file}:3", f"{file}:13"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"different"', '"perhaps"', ":13: judgement: decision is 'perhaps', neither 'same' nor 'different'"),
        ('by = "B. Reader"\n', "", ":13: judgement: `by` is missing"),
        ('why = "Two originals."\n', "", ":13: judgement: `why` is missing"),
        ("on = 2026-11-23\n", "", ":13: judgement: `on` is missing"),
        ('left = { title = "Cable, Petrov to Orlov" }\n', "", ":13: judgement: `left` is missing"),
        ('right = { date = "1950" }', "", ":13: judgement: `right` is missing"),
        ('by = "B. Reader"', 'by = "B. Reader"\nfor = "fun"', ":13: judgement: `for` is unknown"),
        ('by = "B. Reader"', 'by = "  "', ":13: judgement: `by` is '  ', and should say something"),
        ('by = "B. Reader"', "by = 7", ":13: judgement: `by` is 7, and should say something"),
        ('"Two originals."', '""', ":13: judgement: `why` is '', and should say something"),
        ("2026-11-23", '"yesterday"', ":13: judgement: `on` is 'yesterday', not a date such as 2026-11-22"),
        ("2026-11-23", "2026-11-23T10:00:00", ":13: judgement: `on` is datetime.datetime(2026, 11, 23, 10, 0), not a date such as 2026-11-22"),
        ('{ date = "1950" }', "{}", ":13: judgement: `right` is {}, not a table of `date`, `title` and `summary` as printed"),
        ('{ date = "1950" }', "{ date = 1950 }", ":13: judgement: `right` is {'date': 1950}, not a table of `date`, `title` and `summary` as printed"),
        ('{ date = "1950" }', '{ name = "x" }', ":13: judgement: `right` is {'name': 'x'}, not a table of `date`, `title` and `summary` as printed"),
        ('{ date = "1950" }', '"1950"', ":13: judgement: `right` is '1950', not a table of `date`, `title` and `summary` as printed"),
    ],
)  # fmt: skip
def test_a_judgement_that_lacks_or_says_something_wrong_is_refused_with_its_place(file, before, after, said):
    assert complaint(file, WRITTEN.replace(before, after)) == said


@pytest.mark.parametrize("text", ["judgement = = 1\n", '[[judgement]]\nby = "open\n', "\x00"])
def test_what_is_not_toml_is_refused_with_the_line(file, text):
    said = complaint(file, text)
    assert said.startswith(": not TOML: ")
    assert "line " in said


BODY = WRITTEN.split("[[judgement]]")[1].strip("\n ")


@pytest.mark.parametrize(
    "text",
    [
        f"[[\tjudgement]]\n{BODY}", f'[["judgement"]]\n{BODY}', f"\t[[judgement]]\n{BODY}", "judgement = [1]\n",
        'judgement = [{decision="same", by="m", on=2026-01-01, why="w", left={title="a"}, right={title="b"}}]\n',
        "[[judgement]]\n" + BODY.replace('"One original."', '"""\n[[judgement]]\n"""'),
    ],
    ids=["tab", "quotes", "indented", "numbers", "in line", "within a text"],
)  # fmt: skip
def test_any_way_to_write_toml_is_read_or_refused_by_name(file, text):
    file.write_text(text, encoding="utf-8")
    try:
        assert len(read_judgements(file)) == 1
    except JudgementsError as error:
        assert str(error).startswith(f"{file}:")  # noqa: PT017 both outcomes are right, a third is not


def test_other_tables_are_refused_by_name(file):
    assert (
        complaint(file, WRITTEN + "\n[other]\n[another]\n")
        == ": only [[judgement]] tables belong here, not another, other"
    )


def test_one_table_in_place_of_several_is_refused(file):
    assert (
        complaint(file, '[judgement]\nby = "me"\n')
        == ": only [[judgement]] tables belong here, not one of another kind"
    )


def test_bytes_that_are_no_text_are_refused(file):
    file.write_bytes(b"\xe9")
    with pytest.raises(JudgementsError, match="cannot be read"):
        read_judgements(file)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path):
    with pytest.raises(JudgementsError, match="cannot be read"):
        read_judgements(tmp_path)


def test_a_new_file_begins_with_what_it_is_for(file):
    add_judgements(file, [judged("same", Listed(), Listed(SWAPPED))])
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Reviewed decisions:")
    assert text.count("[[judgement]]") == 1


def test_what_is_in_the_file_stays_as_it_is(file):
    file.write_text(WRITTEN, encoding="utf-8")
    add_judgements(file, [judged("same", Listed(), Listed(SWAPPED))])
    assert file.read_text(encoding="utf-8").startswith(WRITTEN)
    assert len(read_judgements(file)) == 3


def test_a_file_that_does_not_end_its_last_line_can_be_added_to(file):
    file.write_text(WRITTEN.rstrip("\n"), encoding="utf-8")
    add_judgements(file, [judged("same", Listed(), Listed(SWAPPED))])
    assert len(read_judgements(file)) == 3


def test_adding_leaves_no_other_file_behind(file):
    add_judgements(file, [judged("same", Listed(), Listed(SWAPPED))])
    assert [path.name for path in file.parent.iterdir()] == ["judgements.toml"]


def test_a_file_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(JudgementsError, match="cannot be written"):
        add_judgements(tmp_path / "no folder" / "judgements.toml", [judged("same", Listed(), Listed(SWAPPED))])


HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30) | st.sampled_from(
    [
        '"',
        '"""',
        "\\",
        "\\u0041",
        "'''",
        "\n[[judgement]]\n",
        "a\r\nb",
        "\x00\x1b\x7f",
        "\u2028\u0085\ufeff",
        "#",
        "left.title = 1",
        "\U0010ffff",
    ]
)
TEXTS = st.builds(Said, *[st.none() | HOSTILE | st.just("")] * 3).filter(any)
JUDGEMENTS = st.builds(
    Judgement, st.sampled_from(["same", "different"]), TEXTS, TEXTS, HOSTILE.filter(str.strip), st.dates(), HOSTILE.filter(str.strip), st.just(""),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(JUDGEMENTS, max_size=3), st.lists(JUDGEMENTS, max_size=3))
def test_what_is_written_is_what_is_read_whatever_the_texts_hold(tmp_path_factory, first, second):
    file = tmp_path_factory.getbasetemp() / "hostile.toml"
    file.unlink(missing_ok=True)
    add_judgements(file, first)
    add_judgements(file, second)
    assert [judgement._replace(place="") for judgement in read_judgements(file)] == [*first, *second]


def test_a_judgement_that_was_written_is_found_at_its_place(file):
    add_judgements(file, [judged("same", Listed(), Listed(SWAPPED)), judged("different", Listed(), Listed(None))])
    lines = file.read_text(encoding="utf-8").splitlines()
    places = [int(judgement.place.rsplit(":", 1)[1]) for judgement in read_judgements(file)]
    assert [lines[line - 1] for line in places] == ["[[judgement]]"] * 2


def test_same_wins_over_a_rule_that_keeps_apart():
    one, other = Listed(), Listed(SWAPPED)
    assert in_every_order(one, other).shapes == "a b"
    assert in_every_order(one, other, judgements=[judged("same", one, other)]).shapes == "ab"


def test_same_wins_over_a_question():
    one, other = Listed(), Listed(summary=SALT)
    found = in_every_order(one, other, judgements=[judged("same", one, other)])
    assert (found.shapes, found.decisions) == ("ab", [("judgement", "same")])


def test_different_answers_a_question():
    one, other = Listed(), Listed(summary=SALT)
    found = in_every_order(one, other, judgements=[judged("different", one, other)])
    assert (found.shapes, found.decisions) == ("a b", [("judgement", "different")])


def test_different_wins_over_a_rule_that_joins():
    one, other = Listed(), Listed(summary=SHORT_FISH)
    assert in_every_order(one, other).shapes == "ab"
    found = in_every_order(one, other, judgements=[judged("different", one, other)])
    assert (found.shapes, found.decisions) == ("a b", [("judgement", "different")])


def test_different_wins_over_rules_that_join_through_a_third_text():
    one, other, third = Listed(), Listed(summary=SHORT_FISH), Listed(summary=f"{FISH} And more of it.")
    found = in_every_order(one, other, third, judgements=[judged("different", one, other)])
    assert not any({"a", "b"} <= document for document in found.documents)


@pytest.mark.parametrize("other", [("January 05, 1950", CABLE, FISH), ("January 05, 1950", "Note on Salt", SALT)])
def test_a_build_follows_a_judgement_on_two_entries_of_one_page(read_pages, other):
    one = ("January 05, 1950", CABLE, FISH)
    page = "\n".join(f"  • {date_text}\n\n    {title}\n\n    {summary}\n" for date_text, title, summary in (one, other))
    judgement = Judgement("same", Said(*one), Said(*other), "A. Reader", date(2026, 1, 2), "compared", "j.toml:1")
    assert read_pages(old=page)["documents"].num_rows == 2
    assert read_pages(old=page, judgements=[judgement])["documents"].num_rows == 1


def test_a_judgement_finds_its_texts_in_other_typography_and_on_any_page():
    one = Listed("CABLE, Petrov to “Orlov”", date="May 01, 1950")
    other = Listed(SWAPPED, "Nobody at the conference — would speak about the price of salt, again!")
    judgement = judged("same", Listed(), Listed(SWAPPED, SALT))
    assert in_every_order(one, other, judgements=[judgement]).shapes == "ab"


@pytest.mark.parametrize("more", [Listed(), Listed(SWAPPED), Listed("Note on Salt", SALT)])
def test_a_judgement_holds_when_more_pages_come(more):
    one, other = Listed(), Listed(SWAPPED)
    found = deduplicate(frame([one, other, more]), judgements=[judged("same", one, other)])
    assert any({"a", "b"} <= document for document in documents_of(found))
    assert found.issues == ()


def test_a_judgement_holds_for_every_copy_of_its_texts():
    one, other = Listed(), Listed(SWAPPED)
    found = in_every_order(one, other, one, other, judgements=[judged("same", one, other)])
    assert found.shapes == "abcd"


def test_a_judgement_holds_for_its_texts_under_any_link():
    one, other = Listed(url="/document/7"), Listed(SWAPPED, url="/document/9")
    found = in_every_order(one, other, judgements=[judged("same", Listed(), Listed(SWAPPED))])
    assert found.shapes == "ab"


def test_a_judgement_about_a_missing_field_finds_the_text_without_it():
    one, other = Listed(None), Listed(SWAPPED, SALT, None)
    assert in_every_order(one, other, judgements=[judged("same", one, other)]).shapes == "ab"


def test_a_judgement_about_a_date_that_cannot_be_read_finds_it_by_its_text():
    one, other = Listed(date="soon after"), Listed(SWAPPED, date="Soon   AFTER")
    assert (
        in_every_order(one, other, judgements=[judged("same", one, Listed(SWAPPED, date="soon after"))]).shapes == "ab"
    )


def test_a_judgement_that_was_taken_back_leaves_it_to_the_rules():
    one, other = Listed(), Listed(SWAPPED)
    with_it = deduplicate(frame([one, other]), judgements=[judged("same", one, other)])
    without = deduplicate(frame([one, other]))
    assert (with_it.documents.num_rows, without.documents.num_rows) == (1, 2)
    assert "judgement" not in without.matches.column("rule").to_pylist()


@pytest.mark.parametrize(
    "gone",
    [Listed(summary=SALT), Listed(date=NEXT_DAY), Listed("Note on Salt"), Listed(summary=None), Listed(date=None)],
    ids=["summary", "date", "title", "no summary", "no date"],
)
def test_a_judgement_about_a_text_that_no_page_prints_is_said(gone):
    found = in_every_order(Listed(), Listed(SWAPPED), judgements=[judged("same", Listed(SWAPPED), gone, "j.toml:7")])
    (issue,) = found.found.issues
    assert issue.problem == "judgement_dangling"
    assert issue.message.startswith("j.toml:7: judgement by A. Reader is about a text that no page prints: ")
    assert found.shapes == "a b"


def test_a_judgement_that_is_not_followed_stands_in_the_way_of_no_other():
    one, two, three = Listed(), Listed("Note on Salt", SALT), Listed("Council Minutes", LONG, NEXT_DAY)
    judgements = [
        judged("different", one, two, "j.toml:1"), judged("different", one, three, "j.toml:2"),
        judged("same", one, two, "j.toml:3"), judged("same", two, three, "j.toml:4"),
    ]  # fmt: skip
    found = in_every_order(one, two, three, judgements=judgements)
    assert [issue.message.partition(": ")[0] for issue in found.found.issues] == ["j.toml:3"]
    assert found.shapes == "a bc"


def test_a_text_of_a_judgement_is_shown_by_what_it_says():
    gone = Listed("Note\non Salt", None, NEXT_DAY)
    found = deduplicate(frame([Listed()]), judgements=[judged("same", Listed(), gone, "j.toml:7")])
    (issue,) = found.issues
    assert issue.value == "May 2, 1950, Note on Salt"
    assert issue.message.endswith(": May 2, 1950, Note on Salt")


def test_two_judgements_that_contradict_are_said_and_the_wrong_merge_is_not_made():
    one, other = Listed(), Listed(SWAPPED)
    both = [judged("same", one, other, "j.toml:1"), judged("different", one, other, "j.toml:9")]
    for judgements in (both, both[::-1]):
        found = in_every_order(one, other, judgements=judgements)
        (issue,) = found.found.issues
        assert issue.problem == "judgement_contradicted"
        assert issue.message.startswith(
            "j.toml:1: judgement by A. Reader (same) is not followed, for j.toml:9 (by A. Reader, different)"
        )
        assert found.shapes == "a b"


def test_a_chain_of_judgements_that_contradicts_itself_is_said_at_its_last_link():
    one, two, three = Listed(), Listed("Note on Salt", SALT), Listed("Council Minutes", LONG, NEXT_DAY)
    judgements = [
        judged("different", one, three, "j.toml:1"), judged("same", one, two, "j.toml:2"), judged("same", two, three, "j.toml:3"),
    ]  # fmt: skip
    found = in_every_order(one, two, three, judgements=judgements)
    assert found.shapes == "ab c"
    assert [issue.message.split(" ", 1)[0] for issue in found.found.issues] == ["j.toml:3:"]


def test_a_judgement_that_is_written_twice_is_no_contradiction():
    one, other = Listed(), Listed(SWAPPED)
    found = in_every_order(one, other, judgements=[judged("same", one, other), judged("same", other, one)])
    assert (found.shapes, found.found.issues) == ("ab", ())


def test_entries_of_one_page_can_be_judged_to_be_one():
    one = Listed(page="p")
    found = deduplicate(frame([one, one]), judgements=[judged("same", one, one)])
    assert documents_of(found) == {frozenset({"a", "b"})}


def test_what_is_like_one_of_two_texts_judged_different_does_not_bring_them_together():
    one, other = Listed(), Listed(summary=SALT)
    both = Listed(summary=f"{FISH} {SALT}")
    found = in_every_order(one, other, both, judgements=[judged("different", one, other)])
    assert "ab" not in found.shapes


ENTRIES = [
    Listed(),
    Listed(SWAPPED),
    Listed(summary=SALT),
    Listed("Note on Salt", SALT),
    Listed(CABLE, SHORT_FISH, DAY),
    Listed(None, LONG),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ENTRIES), st.sampled_from(ENTRIES)), max_size=5))
def test_texts_judged_to_be_one_are_one_in_whatever_order_they_were_judged(pairs):
    judgements = [judged("same", *pair) for pair in pairs]
    document_of = {
        name: document
        for document in documents_of(deduplicate(frame(ENTRIES), judgements=judgements))
        for name in document
    }
    names = dict(zip(ENTRIES, "abcdef", strict=True))
    assert all(document_of[names[one]] == document_of[names[other]] for one, other in pairs)


def test_many_judgements_are_applied_in_little_time():
    entries = [
        Listed(f"Report {n} on the Ports", FISH, str(date(1950, 1, 1) + timedelta(n)), name=f"e{n}") for n in range(800)
    ]
    judgements = [judged("same", one, other) for one, other in zip(entries[::4], entries[1::4], strict=True)]
    start = time.process_time()
    found = deduplicate(frame(entries), judgements=judgements)
    assert time.process_time() - start < 5
    assert found.documents.num_rows == 600
