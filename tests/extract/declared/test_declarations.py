"""What a declaration may say, and how it is told what it may not."""

import pickle
from pathlib import Path

import pytest

from pipelines.errors import LayoutError
from pipelines.extract.declared import read_declarations
from pipelines.extract.declared.toml_places import find_places
from pipelines.settings import LAYOUT_LIMITS
from tests.extract.declared.pages import EXAMPLES, all_layouts, declared

GOOD = """\
name = "Good"
kind = "collection"

[page]
has = "Harbour list"

[[entry]]
line = "{number}. {title}"
"""


def faults(text):
    with pytest.raises(LayoutError) as caught:
        declared(text)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return list(caught.value.faults)


def changed(old, new):
    assert old in GOOD
    return faults(GOOD.replace(old, new))


def test_the_least_that_a_layout_says_is_enough():
    layout = declared(GOOD)
    assert (layout.name, layout.kind, layout.place) == ("Good", "collection", "raw/layouts/x.toml")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "Good"', 'nome = "Good"', "1: unknown key `nome`; did you mean name?"),
        ('kind = "collection"', 'kind = "list"', "2: `kind` is “list”, not one of collection, search, topic, place, person, unknown"),
        ('kind = "collection"', "kind = 3", "2: `kind` is 3, not one of collection, search, topic, place, person, unknown"),
        ('name = "Good"', 'name = "Go\\nod"', "1: `name` is “Go od”, not a text of one line with at most 60 characters"),
        ("[page]", "[pages]", "4: unknown key `pages`; did you mean page?"),
        ("has =", "had =", "5: unknown key `had`; did you mean has?"),
        ('"Harbour list"', "7", "5: `has` is 7, not a template or a list of templates"),
        ('"Harbour list"', "[]", "5: `has` is [], not a template or a list of templates"),
        ('"Harbour list"', '"{_}"', "5: template “{_}” would match any line; it needs a text that is always there"),
        ('"Harbour list"', '"List of {title}"', "5: template “List of {title}” has {title}, and here stand {_}, {first}, {last}, {total} alone"),
        ('"Harbour list"', '"{first} of {total}"', "5: template “{first} of {total}” needs all of {first}, {last} and {total}"),
        ("[[entry]]", "[entry]", "7: `entry` is {'line': '{number}. {title}'}, not tables; each is written [[entry]]"),
        ("{title}", "{titel}", "8: template “{number}. {titel}” has an unknown field {titel}; did you mean title?"),
        ("{title}", "{heading}", "8: template “{number}. {heading}” has {heading}, and here stand {_}, {date}, {number}, {summary}, {title} alone"),
        ("line =", "lines =", "8: unknown key `lines`; did you mean line?"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line_and_value(old, new, fault):
    assert f"raw/layouts/x.toml:{fault}" in changed(old, new)


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ('optional = "yes"', "9: `optional` is “yes”, neither true nor false"),
        ('runs_over = "line"', "9: `runs_over` is “line”, not one of lines, paragraphs"),
        ("repeated = true", "9: is repeated, but an entry has one date, one title and one number"),
        ("optional = true", "9: an entry cannot begin with a part that may be missing; [list] `separator` or `blank_lines` can say what stands between entries"),
        ('[[entry]]\nline = "({summary})"\nruns_over = "lines"', "11: runs over, but its lines do not all end with {title}, {summary} or {_}"),
        ("[list]\nblank_lines = 0", "10: `blank_lines` is 0, not a whole number from 1 to 9"),
        ("[list]\nblank_lines = true", "10: `blank_lines` is True, not a whole number from 1 to 9"),
        ('[between]\n"The Rule" = "x"', "10: `The Rule` is no name of a rule; small letters, digits and _ make one"),
        ('[foot]\nend = "{_}"', "10: template “{_}” would match any line; it needs a text that is always there"),
        ('[foot]\nend = [\n  "The end",\n  "{nothing}",\n]', "12: template “{nothing}” has an unknown field {nothing}"),
        ('[head]\nany = "{_}"', "10: template “{_}” would match any line; it needs a text that is always there"),
    ],
)  # fmt: skip
def test_a_fault_further_down_is_named_with_its_line_and_value(added, fault):
    assert any(found.startswith(f"raw/layouts/x.toml:{fault}") for found in faults(f"{GOOD}{added}\n")), faults(
        f"{GOOD}{added}\n"
    )


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_its_lines():
    found = faults(GOOD.replace("collection", "list").replace("has", "had").replace("{title}", "{titel}"))
    assert [fault.split(":")[1] for fault in found] == ["2", "5", "8"]


def test_a_layout_that_would_claim_any_page_is_refused():
    assert changed('has = "Harbour list"', "") == [
        "raw/layouts/x.toml:4: [page] has neither `has` nor `begins`, so any page would be taken for one of this layout"
    ]


def test_a_layout_without_entries_is_refused():
    assert faults(GOOD.partition("[[entry]]")[0]) == [
        "raw/layouts/x.toml:1: no [[entry]] says what an entry is made of"
    ]


@pytest.mark.parametrize("line", ["{number}. {title}", "{number}. {summary}"])
def test_a_layout_lists_titles_or_summaries(line):
    assert declared(GOOD.replace("{number}. {title}", line)).fields >= {"number"}


def test_a_part_without_its_template_is_refused():
    assert "raw/layouts/x.toml:7: `line` is missing" in changed('line = "{number}. {title}"', "")


def test_a_layout_that_lists_nothing_is_refused():
    assert "raw/layouts/x.toml:7: no [[entry]] has {title} or {summary}, so nothing would be listed" in changed(
        "{number}. {title}", "{number}."
    )


UNCLEAR = "any line could begin an entry, and no part that must follow tells it"


@pytest.mark.parametrize(
    ("rest", "is_clear"),
    [
        ("", False),
        ('[[entry]]\nline = "Dates: {date}"', True),
        ('[[entry]]\nline = "{date}"', True),
        ('[[entry]]\nline = "Dates: {date}"\noptional = true', False),
        ('[[entry]]\nline = "{summary}"', False),
        ('[[entry]]\nline = "{summary}"\n[[entry]]\nline = "More"', True),
        ('[[entry]]\nline = "{summary}"\noptional = true\n[[entry]]\nline = "More"', False),
        ('[[entry]]\nline = "{summary}"\nruns_over = "lines"\n[[entry]]\nline = "More"', False),
        ('[list]\nany_order = true\n[[entry]]\nline = "Dates: {date}"\noptional = true', True),
        ('[list]\nseparator = "-"', True),
        ('[list]\nafter = "List"\nblank_lines = 2', True),
    ],
)
def test_a_list_that_cannot_be_told_into_entries_is_refused(rest, is_clear):
    text = GOOD.replace("{number}. {title}", "{title}") + rest
    if is_clear:
        declared(text)
    else:
        assert any(UNCLEAR in fault for fault in faults(text))


def test_blank_lines_between_entries_that_begin_like_any_line_need_a_line_after_which_the_list_begins():
    text = GOOD.replace("{number}. {title}", "{title}") + "[list]\nblank_lines = 2"
    assert faults(text) == [
        "raw/layouts/x.toml:9: any line could be the first of the list; [list] `after` says which line it begins after"
    ]


@pytest.mark.parametrize("keys", ["optional = true", 'runs_over = "paragraphs"', "repeated = true"])
def test_two_parts_between_which_a_line_cannot_be_told_are_refused(keys):
    text = f'{GOOD}[[entry]]\nline = "{{summary}}"\n{keys}\n[[entry]]\nline = "{{_}}"\n'
    assert faults(text) == [
        "raw/layouts/x.toml:13: takes any line, and so does the part before it, which may be missing, come again or run over paragraphs"
    ]


def test_two_parts_that_take_any_line_in_any_order_are_refused():
    text = f'{GOOD}[list]\nany_order = true\n[[entry]]\nline = "{{summary}}"\n[[entry]]\nline = "{{_}}"\n'
    assert faults(text) == ["raw/layouts/x.toml:14: takes any line, and so does another part, in any order"]


def test_a_key_that_is_not_written_is_placed_where_its_table_is():
    assert find_places('name = "x"\n\n[page]\nhas = "y"\n').line("page", 0, "begins") == 3


def test_what_is_no_toml_is_named_with_its_line():
    (fault,) = changed('kind = "collection"', "kind = collection")
    assert fault.startswith("raw/layouts/x.toml:2: not TOML: ")


def test_a_file_that_ends_within_a_table_is_named_with_its_last_line():
    (fault,) = faults('name = "x"\n[page\n')
    assert fault.startswith("raw/layouts/x.toml:2: not TOML: ")


@pytest.mark.parametrize("text", ["x = " + "[" * 50_000, "x = " + "{a=" * 50_000, '"' * 60_000, "[a]\n" * 9_000])
def test_a_hostile_file_is_refused_like_any_other(text):
    assert faults(text)


def test_too_many_parts_of_an_entry_are_refused():
    text = GOOD + '[[entry]]\nline = "x"\noptional = true\n' * LAYOUT_LIMITS.entry_blocks
    assert f"{LAYOUT_LIMITS.entry_blocks + 1} tables [[entry]]" in faults(text)[0]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('page.has = ["{no}"]\nname = "x"\n[[entry]]\nline = "{title}."\n', 1),
        ('name = "x"\npage.has = ["{no}"]\n[[entry]]\nline = "{title}."\n', 2),
        ('name = "x"\npage = { has = "{no}" }\n[[entry]]\nline = "{title}."\n', 2),
        ('name = "x"\n[ page ]\n"has" = [ # a comment\n  "yes",\n  "{no}",\n]\n[[entry]]\nline = "{title}."\n', 5),
        ('name = "x"\n[page]\nhas = "a"\n[[entry]]\nline = "{title}."\n[[entry]]\nline = "{no}"\n', 7),
    ],
)
def test_the_line_of_a_value_is_found_however_it_is_written(written, line):
    assert [fault.split(":")[1] for fault in faults(written)] == [str(line)]


def test_the_layouts_of_a_folder_come_in_the_order_of_their_names_and_can_be_handed_to_another_process():
    layouts = read_declarations(EXAMPLES)
    assert [layout.name for layout in layouts] == ["ArchivesSpace results", "FRUS volume"]
    assert pickle.loads(pickle.dumps(layouts)) == layouts  # noqa: S301 our own
    assert hash(layouts) == hash(read_declarations(EXAMPLES))


def write(folder, **files):
    layouts = folder / "raw" / "layouts"
    layouts.mkdir(parents=True)
    for name, text in files.items():
        (layouts / f"{name}.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return layouts


def test_a_folder_that_is_not_there_declares_nothing():
    assert read_declarations(Path("no such folder")) == ()


def test_hidden_files_and_what_is_no_toml_are_passed_over_and_folders_are_looked_into(tmp_path):
    folder = write(tmp_path, good=GOOD)
    (folder / ".hidden.toml").write_text("no")
    (folder / "README.md").write_text("no")
    (folder / "more").mkdir()
    (folder / "more" / "b.toml").write_text(GOOD.replace("Good", "Better"))
    assert [(layout.name, layout.place) for layout in read_declarations(folder)] == [
        ("Better", "raw/layouts/more/b.toml"),
        ("Good", "raw/layouts/good.toml"),
    ]


def test_a_byte_order_mark_is_no_fault(tmp_path):
    assert len(read_declarations(write(tmp_path, good=b"\xef\xbb\xbf" + GOOD.encode()))) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD.encode() + b"# \xff", "x.toml:9: not UTF-8: byte 0xff"),
        (b"#" * (LAYOUT_LIMITS.file_bytes + 1), f"x.toml: larger than {LAYOUT_LIMITS.file_bytes} bytes, which is the limit"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_text_or_too_large_is_refused(text, fault, tmp_path):
    with pytest.raises(LayoutError) as caught:
        read_declarations(write(tmp_path, x=text))
    assert caught.value.faults == (f"raw/layouts/{fault}",)


def test_a_link_is_not_followed(tmp_path):
    folder = write(tmp_path, good=GOOD)
    (folder / "link.toml").symlink_to(folder / "good.toml")
    with pytest.raises(LayoutError, match=r"^raw/layouts/link.toml: not a regular file; links are not followed$"):
        read_declarations(folder)


@pytest.mark.parametrize(("name", "other"), [("good", "raw/layouts/a.toml"), ("n1", "a layout that is built in")])
def test_a_name_that_is_taken_is_refused(name, other, tmp_path):
    folder = write(tmp_path, a=GOOD, b=GOOD.replace("Good", name))
    with pytest.raises(LayoutError) as caught:
        read_declarations(folder)
    assert caught.value.faults == (f"raw/layouts/b.toml: the name “{name}” is that of {other}",)


def test_the_faults_of_all_files_are_told_at_once(tmp_path):
    folder = write(tmp_path, a=GOOD.replace("{title}", "{x}"), b="no", c=GOOD)
    with pytest.raises(LayoutError) as caught:
        read_declarations(folder)
    assert [fault.split(":")[:2] for fault in caught.value.faults] == [
        ["raw/layouts/a.toml", "8"],
        ["raw/layouts/b.toml", "1"],
    ]


def test_too_many_layouts_are_refused(tmp_path):
    folder = write(tmp_path, **{f"n{number}": GOOD for number in range(LAYOUT_LIMITS.files + 1)})
    with pytest.raises(
        LayoutError, match=f"holds {LAYOUT_LIMITS.files + 1} layouts, the limit is {LAYOUT_LIMITS.files}"
    ):
        read_declarations(folder)


def test_every_layout_of_the_tests_can_be_hashed():
    assert len(set(all_layouts())) == 6
