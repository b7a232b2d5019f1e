"""The page as a file: what a browser may do with it, what is in it, and that it follows from the tables alone."""

import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256

import numpy as np
import pyarrow as pa
import pytest

from pipelines.explore import inline
from pipelines.explore.inline import explorer_files, make_inline
from pipelines.explore.page import json_in_html
from pipelines.settings import ExplorerLimits
from tests.explore.made import many, tables_of


def data_of(page):
    text = re.search(r'<script type="application/json" id="release">(.*?)</script>', page.decode(), flags=re.DOTALL)[1]
    return json.loads(text)


def unpacked(column):
    kinds = {"u8": "<u1", "i16": "<i2", "u16": "<u2", "u32": "<u4"}
    return np.frombuffer(b64decode(column["data"]), kinds[column["type"]]).tolist()


def hash_of(text):
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def policy_of(page):
    said = re.search(r'Content-Security-Policy" content="([^"]*)"', page.decode())[1]
    return dict(part.split(" ", 1) for part in said.split("; "))


def test_the_policy_names_the_one_script_and_the_one_style_and_forbids_all_else(tables):
    page = make_inline(tables)
    script = re.findall(r"<script>(.*?)</script>", page.decode(), flags=re.DOTALL)
    style = re.findall(r"<style>(.*?)</style>", page.decode(), flags=re.DOTALL)
    assert (len(script), len(style)) == (1, 1)
    assert policy_of(page) == {
        "default-src": "'none'", "script-src": hash_of(script[0]), "style-src": hash_of(style[0]), "img-src": "data:",
        "connect-src": "'none'", "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip


def test_with_files_beside_it_the_page_lets_its_own_script_load_them_and_nobody_else(sharded_page):
    policy = policy_of(sharded_page.read_bytes())
    assert re.fullmatch(r"'sha256-[\w+/=]{44}' 'strict-dynamic'", policy["script-src"])
    assert (policy["default-src"], policy["connect-src"]) == ("'none'", "'none'")


def test_json_ends_no_script_and_opens_no_comment():
    text = "</script><!--<script>&\u2028\u2029"
    written = json_in_html({"a": text})
    assert not set(b"<>&") & set(written)
    assert b"\xe2\x80\xa8" not in written
    assert json.loads(written) == {"a": text}


def test_the_page_holds_the_columns_of_every_document(tables):
    data = data_of(make_inline(tables))
    columns, documents = data["columns"], tables["documents"]
    assert (data["count"], data["entry_count"]) == (25, 26)
    assert unpacked(columns["year_start"]) == [year or -32768 for year in documents.column("year_start").to_pylist()]
    assert [flag & 7 for flag in unpacked(columns["flags"])] == [1, 2, 3, 4, *[1] * 20, 0]
    assert [flag & 24 for flag in unpacked(columns["flags"])][:2] == [24, 0]
    assert columns["genres"]["names"] == ["report", "telegram"]
    assert unpacked(columns["genres"]["codes"]) == [2, 2, 1, *[0] * 22]
    assert unpacked(columns["collections"]["lengths"])[:3] == [2, 1, 0]
    assert columns["parties"]["names"] == ["Dułka, Marek", "Óscar Peral"]
    assert unpacked(columns["parties"]["values"]) == [1, 0, 1, 0]
    assert [columns["parties"]["role_names"][role] for role in unpacked(columns["parties"]["roles"])] == [
        "from",
        "to",
        "from",
        "about",
    ]


def test_the_page_holds_which_characters_of_a_title_were_read_by_which_rule(tables):
    readings = data_of(make_inline(tables))["records"]["readings"]
    assert unpacked(readings["lengths"])[:3] == [3, 0, 0]
    assert (readings["field"]["names"], unpacked(readings["field"]["codes"])) == (["genre", "party"], [0, 1, 1])
    assert (readings["rule"]["names"], unpacked(readings["rule"]["codes"])) == (
        ["kind", "receiver", "sender"],
        [0, 2, 1],
    )
    assert [unpacked(readings[name]) for name in ("value_index", "character_first", "character_last")] == [
        [1, 1, 2], [1, 8, 23], [5, 18, 33],
    ]  # fmt: skip


def test_of_a_party_with_many_spellings_the_six_most_frequent_are_told():
    spellings = [name for at, name in enumerate("ABCDEFGH", 1) for _ in range(at)]
    documents = [
        {"title": f"{at}", "parties": [{"role": "from", "name": name, "name_normalized": "H"}]}
        for at, name in enumerate(spellings)
    ]
    parties = data_of(make_inline(tables_of(documents)))["columns"]["parties"]
    assert (parties["names"], parties["forms"]["names"]) == (["H"], ["G", "F", "E", "D", "C", "B"])
    assert unpacked(parties["forms"]["parties"]) == [0] * 6


def test_an_appearance_says_only_what_it_prints_otherwise(tables):
    printed = data_of(make_inline(tables))["records"]["entries"]["printed"]
    assert printed["title"] == {"rows": {"type": "u8", "data": ""}, "texts": []}
    assert (unpacked(printed["summary"]["rows"]), printed["summary"]["texts"]) == (
        [1],
        ["Peral asks for a loan of three trawlers."],
    )


def test_the_page_is_the_same_however_its_tables_are_cut(tables):
    whole = make_inline(tables)
    cut = {name: pa.concat_tables([table.slice(0, 3), table.slice(3)]) for name, table in tables.items()}
    shuffled = {
        **tables,
        **{
            name: tables[name].take(list(reversed(range(tables[name].num_rows))))
            for name in ("pages", "entries", "matches", "document_parties", "title_evidence")
        },
    }
    assert make_inline(cut) == whole
    assert make_inline(shuffled) == whole


def test_a_release_of_nothing_has_a_page():
    data = data_of(make_inline(tables_of([])))
    assert (data["count"], data["records"]["entries"]["page"]["data"]) == (0, "")


@pytest.mark.parametrize(
    ("limits", "fits"),
    [(ExplorerLimits(), True), (ExplorerLimits(documents=24), False), (ExplorerLimits(text_bytes=99), False)],
)
def test_a_release_that_is_too_large_has_no_page_in_it(tables, monkeypatch, limits, fits):
    monkeypatch.setattr(inline, "EXPLORER_LIMITS", limits)
    assert list(explorer_files(tables)) == (["explorer.html"] if fits else [])


def test_an_empty_page_and_one_without_dates_are_shown(opened, tmp_path):
    for number, documents in enumerate(([], [{"title": "Alone", "summary": None}])):
        path = tmp_path / f"{number}.html"
        path.write_bytes(make_inline(tables_of(documents)))
        shown = opened(path)
        assert shown.found == ("1 - 1 of 1" if documents else "No documents")
        assert shown.faults == []


def test_a_collection_of_many_years_is_drawn_in_steps(opened, tmp_path):
    documents = [*many(50)]
    for at, document in enumerate(documents):
        document["date_start"] = document["date_end"] = document["date_start"].replace(year=1000 + 20 * at)
    path = tmp_path / "explorer.html"
    path.write_bytes(make_inline(tables_of(documents)))
    shown = opened(path)
    assert shown.tab.locator("svg.bars .bar").count() == 99
    shown.act(lambda tab: (tab.get_by_role("slider", name="First year").focus(), tab.keyboard.press("ArrowRight")))
    assert shown.address == "#from=1010&to=1989"
    assert shown.found == "1 - 10 of 49"
