"""`archive-listings explorer`: the page of any release, in either form, where it is wanted."""

import json
import re
import shutil
from pathlib import Path

import pytest

from pipelines.build import BuildSettings, build
from pipelines.cli import main
from pipelines.engine import LocalEngine
from pipelines.explore import command, inline, parts, shards
from pipelines.explore.columns import make_columns
from pipelines.explore.records import records_of
from pipelines.explore.shards import write_shards
from pipelines.explore.whole import whole_release
from pipelines.settings import ExplorerLimits
from tests.explore.conftest import KEY, write_release
from tests.explore.made import many, tables_of

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    build(BuildSettings(SAMPLE, folder / "processed"), LocalEngine())
    return folder / "processed"


@pytest.fixture
def small_limit(monkeypatch):
    for module in (command, inline):
        monkeypatch.setattr(module, "EXPLORER_LIMITS", ExplorerLimits(documents=20))


def test_a_small_release_gives_the_page_that_it_holds(house, tmp_path, capsys):
    assert main(["explorer", "--processed", str(house), "--output", str(tmp_path / "out"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    page = tmp_path / "out" / "explorer.html"
    assert page.read_bytes() == (house / "current" / "explorer.html").read_bytes()
    assert said == {
        "status": "written", "release_id": (house / "current").resolve().name, "documents": 64, "form": "inline",
        "bytes": page.stat().st_size, "paths": {"explorer": str(page)},
    }  # fmt: skip
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["explorer.html"]


@pytest.mark.usefixtures("small_limit")
def test_a_large_release_has_its_data_beside_the_page(house, tmp_path, capsys):
    out = tmp_path / "out"
    (out / "explorer" / "r1-00000000000000ff").mkdir(parents=True)
    (out / "explorer" / "mine").mkdir()
    assert main(["explorer", "current", "--processed", str(house), "--output", str(out)]) == 0
    release_id = (house / "current").resolve().name
    assert capsys.readouterr().out == (
        f"{out / 'explorer.html'}: 64 documents of {release_id}, with its data in {out / 'explorer' / release_id}\n"
    )
    assert sorted(path.name for path in (out / "explorer").iterdir()) == ["mine", release_id]
    files = {path.name for path in (out / "explorer" / release_id).iterdir()}
    assert files == {"columns.js", "documents", "ids", "words"}


@pytest.mark.usefixtures("small_limit")
def test_the_same_release_gives_the_same_files(house, tmp_path):
    trees = []
    for name in ("one", "other", "one"):
        assert main(["explorer", "--processed", str(house), "--output", str(tmp_path / name)]) == 0
        trees.append(
            {path.relative_to(tmp_path / name): path.read_bytes() for path in sorted((tmp_path / name).rglob("*.*"))}
        )
    assert trees[0] == trees[1] == trees[2]


def test_a_page_is_put_in_the_folder_of_releases_where_no_other_is_named(house):
    assert main(["explorer", "--processed", str(house)]) == 0
    assert (house / "explorer" / "explorer.html").is_file()
    shutil.rmtree(house / "explorer")


def test_a_browser_opens_the_page(house, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(command.webbrowser, "open", opened.append)
    assert main(["explorer", "--processed", str(house), "--output", str(tmp_path), "--open"]) == 0
    assert opened == [(tmp_path / "explorer.html").as_uri()]


@pytest.mark.usefixtures("small_limit")
def test_a_copy_of_a_release_under_another_name_is_known_by_its_manifest(house, tmp_path):
    shutil.copytree(house / "current", tmp_path / 'my "copy"')
    assert main(["explorer", str(tmp_path / 'my "copy"'), "--output", str(tmp_path)]) == 0
    assert [path.name for path in (tmp_path / "explorer").iterdir()] == [(house / "current").resolve().name]


def test_what_is_no_release_is_told(tmp_path, capsys):
    assert main(["explorer", "--processed", str(tmp_path)]) == 2
    assert "no release here" in capsys.readouterr().err


def damaged(release):
    (release / "documents.parquet").write_bytes(b"PAR1")


def of_another_version(release):
    shutil.copy(release / "pages.parquet", release / "entries.parquet")


def without_a_name(release):
    (release / "manifest.json").write_text("{}")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(damaged, "no explorer written"), (of_another_version, "not the columns that this version publishes"), (without_a_name, "names no release")],
)  # fmt: skip
def test_a_release_that_cannot_be_read_leaves_the_page_before_in_place(house, tmp_path, capsys, spoil, said):
    shutil.copytree(house / "current", tmp_path / "release")
    (tmp_path / "explorer.html").write_text("before")
    spoil(tmp_path / "release")
    assert main(["explorer", str(tmp_path / "release"), "--output", str(tmp_path)]) == 1
    assert said in capsys.readouterr().err
    assert (tmp_path / "explorer.html").read_text() == "before"


def content_of(path):
    found = re.fullmatch(rb'archiveListings\("([^"]+)","([^"]+)",(.*)\);\n', path.read_bytes(), flags=re.DOTALL)
    key, name, content = found.groups()
    assert key.decode() == KEY
    assert (
        name.decode()
        == path.relative_to(path.parents[1] if path.parent.name in ("documents", "words", "ids") else path.parent)
        .with_suffix("")
        .as_posix()
    )
    return json.loads(content)


def test_the_files_hold_what_the_one_page_would(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "DOCUMENTS_AT_A_TIME", 100)
    monkeypatch.setattr(shards, "DOCUMENTS_A_SHARD", 20)
    documents = [*many(450)]
    documents[7]["matches"] = [(0, 300, 0, "different", "Far apart."), (0, 8, 0, "review", "Near.")]
    tables = tables_of(documents)
    folder = tmp_path / "files"
    folder.mkdir()
    write_shards(write_release(tables, tmp_path / "release"), KEY, folder)
    found = [content_of(folder / "documents" / f"{number}.js") for number in range(23)]
    expected = records_of(whole_release(tables))
    for name in ("document_id", "title", "summary", "date_text", "date_edtf", "genre"):
        assert [value for piece in found for value in piece[name]] == expected[name]
    assert [text for piece in found for text in piece["entries"]["printed"]["title"]["texts"]] == expected["entries"][
        "printed"
    ]["title"]["texts"]
    assert [name for piece in found for name in piece["parties"]["name"]] == expected["parties"]["name"]
    assert {tuple(piece["readings"]["rule"]["names"]) for piece in found} == {("kind", "receiver", "sender")}
    assert [text for piece in found for text in piece["matches"].get("evidence", [])] == expected["matches"]["evidence"]
    assert (
        [number for piece in found for number in piece["matches"].get("other", [])]
        == expected["matches"]["other"]
        == [8, 300, 7, 7]
    )
    assert content_of(folder / "columns.js") == json.loads(json.dumps(make_columns(tables)))
    ids = {key: number for path in (folder / "ids").iterdir() for key, number in content_of(path).items()}
    assert ids == {document_id: number for number, document_id in enumerate(expected["document_id"])}
    assert sorted(path.name for path in folder.iterdir()) == ["columns.js", "documents", "ids", "words"]
