"""What of raw is a page, what is passed over, and what is named."""

from pathlib import Path

import pytest

from pipelines.read import find_sources
from pipelines.read.sources import page_beside


def make(raw: Path, *names: str) -> Path:
    for name in names:
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return raw


def names(raw: Path) -> list[str]:
    return [source.source_path for source in find_sources(raw)[0]]


@pytest.mark.parametrize(
    ("page", "folder"),
    [
        ("Korean War.html", "Korean War_files"),
        ("Korean War.htm", "Korean War_files"),
        ("Korean War.HTM", "Korean War_files"),
        ("Korean War.xhtml", "Korean War.files"),
        ("Korean War.html", "Korean War-Dateien"),
        ("Korean War.html", "Korean War_fichiers"),
        ("Korean War.html", "Korean War_archivos"),
        ("Корейская.html", "Корейская_files"),
    ],
)
def test_a_folder_that_a_browser_saved_with_a_page_is_named_once_and_not_read(tmp_path, page, folder):
    make(tmp_path, f"a/{page}", f"a/{folder}/frame.html", f"a/{folder}/ads/more.html", f"a/{folder}/picture.png")
    sources, issues = find_sources(tmp_path)
    assert [source.source_path for source in sources] == [f"a/{page}"]
    assert [(issue.problem, issue.message) for issue in issues] == [
        ("folder_of_page", f"a/{folder}: folder passed over: a browser saved it with a/{page}")
    ]


@pytest.mark.parametrize(
    ("page", "folder"),
    [
        ("Korean War.txt", "Korean War_files"),
        ("Korea.html", "Korean War_files"),
        ("b/Korean War.html", "Korean War_files"),
        ("Korean War.html", "Korean War_pages"),
        ("Korean War.html", "Korean War"),
        ("Korean War.html", "_files"),
        ("korean war.html", "Korean War_files"),
    ],
)
def test_other_folders_are_searched(tmp_path, page, folder):
    make(tmp_path, page, f"{folder}/kept.html")
    assert f"{folder}/kept.html" in names(tmp_path)
    assert find_sources(tmp_path)[1] == []


def test_a_page_of_the_name_that_is_a_folder_or_a_link_saved_nothing(tmp_path):
    make(tmp_path, "a.html/x.txt", "a_files/kept.html", "c_files/kept.html")
    (tmp_path / "c.html").symlink_to("a_files/kept.html")
    assert {"a_files/kept.html", "c_files/kept.html"} <= set(names(tmp_path))


def test_a_file_whose_name_ends_like_such_a_folder_is_a_page(tmp_path):
    assert names(make(tmp_path, "a.html", "a_files")) == ["a.html", "a_files"]
    assert page_beside("files", {"files.html"}) is None


def test_the_side_file_and_declared_layouts_at_the_top_are_no_pages(tmp_path):
    make(tmp_path, "pages.csv", "layouts/frus.toml", "layouts/more/other.toml", "a.txt")
    assert find_sources(tmp_path)[1] == []
    assert names(tmp_path) == ["a.txt"]


def test_what_only_looks_like_them_is_a_page(tmp_path):
    made = ["a/layouts/b.toml", "a/pages.csv", "layouts/kept.txt", "my pages.csv", "other.toml"]
    assert names(make(tmp_path, *made)) == made


def test_a_file_that_looks_like_a_member_of_another_is_told_from_it(tmp_path):
    make(tmp_path, "p.zip", "p.zip!a.html", "Wow!.html", "q/p.zip!x/a.html", "q/p.zip", "r!s!t", "r!s")
    assert names(tmp_path) == [
        "Wow!.html", "p.zip", r"p.zip\!a.html", "q/p.zip", r"q/p.zip\!x/a.html", "r!s", r"r\!s\!t",
    ]  # fmt: skip
