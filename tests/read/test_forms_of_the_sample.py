"""The sample in every form that people keep pages in gives the same documents, entries and memberships as its text."""

import json
import random
import re
from pathlib import Path
from urllib.parse import quote

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipelines.build import BuildSettings, build
from pipelines.engine import LocalEngine
from tests.read.archives import (
    NOON,
    Saved,
    gz,
    mhtml_of,
    tar_of,
    wacz_of,
    warc_gz_of,
    warc_of,
    webarchive_of,
    wet_gz_of,
    wet_of,
    zip_of,
    zst,
)
from tests.read.html_pages import Item, Listing, html_of, styles_of

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"
# Pages that have no form in HTML: no title to link, no listing at all.
ONLY_TEXT = ("N4", None)
ORDER = [("source_path", "ascending"), ("position", "ascending")]


class Built:
    """What a release says, in the terms that all forms share."""

    def __init__(self, processed):
        def read(name):
            return pq.read_table(processed / "current" / f"{name}.parquet")

        self.pages, self.documents, self.issues = read("pages"), read("documents"), read("issues")
        places = dict(zip(*self.pages.select(["page_id", "source_path"]).to_pydict().values(), strict=True))
        self.entries = [
            {**entry, "source_path": places[entry["page_id"]]}
            for entry in read("entries").sort_by([("page_id", "ascending"), ("position", "ascending")]).to_pylist()
        ]
        self.collections = {row["collection_id"]: row for row in read("collections").to_pylist()}
        self.memberships = {
            (row["document_id"], row["collection_id"], row["entry_count"])
            for row in read("document_collections").to_pylist()
        }
        self.filters = read("page_filters").to_pylist()

    def printed(self):
        """Every entry by what it prints and where, whatever the form of the file."""
        told = ("position", "section", "date_text", "date_edtf", "title", "summary", "document_id")
        return sorted((tuple(str(entry[name]) for name in told) for entry in self.entries), key=str)

    def told(self):
        """The documents, without the texts: which of several entries speaks for one depends on the pages' bytes."""
        columns = ["document_id", "date_edtf", "entry_count", "page_count", "collection_count", "has_variants"]
        return self.documents.select(columns).sort_by("document_id").to_pylist()


def built(tmp_path, files):
    raw, processed = tmp_path / "raw", tmp_path / "processed"
    for name, data in files.items():
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    build(BuildSettings(raw, processed, tmp_path / "judgements.toml"), LocalEngine())
    return Built(processed)


@pytest.fixture(scope="session")
def as_text(tmp_path_factory):
    return built(tmp_path_factory.mktemp("text"), {path.name: path.read_bytes() for path in SAMPLE.glob("*.txt")})


def slug(text):
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:60] or "untitled"


def addressed(layout, heading, name):
    """An address for a page of the sample, as its site has them."""
    if layout.startswith("O") and heading:
        return f"/collection/{sum(map(ord, heading))}/{slug(heading)}"
    if layout.startswith("O"):
        return f"/search-results/1/{quote(json.dumps({'search-in': 'all', 'term': slug(name)}))}"
    return f"/topics/{slug(heading)}" if heading else f"/search?f%5B0%5D=topics:{sum(map(ord, name))}&page=3"


def listings(text):
    """The pages of the sample that HTML can have, as listings with a link for each document in its generation."""
    documents = {row["document_id"]: at for at, row in enumerate(text.told())}
    for page in text.pages.sort_by("source_path").to_pylist():
        layout, name = page["layout"], page["source_path"]
        if layout in ONLY_TEXT:
            continue
        is_old = layout.startswith("O")
        entries = [entry for entry in text.entries if entry["source_path"] == name]
        items = [
            Item(
                entry["date_text"], entry["title"], entry["summary"],
                f"/document/{112_000 + documents[entry['document_id']]}" if is_old
                else f"/document/{slug(entry['title'])}-{documents[entry['document_id']]}",
            )
            for entry in entries
        ]  # fmt: skip
        about = text.collections.get(page["collection_id"], {})
        description = (about.get("description") or "Said in a few words that stand for nothing else here.").split("\n")
        pager = "{pager_first} - {pager_last} of {pager_total}".format(**page) if page["pager_total"] else None
        kind = page["kind"] if page["kind"] in ("search", "collection", "topic", "person") else "search"
        yield name, Listing(
            "old" if is_old else "new", kind, page["heading"], tuple(filter(None, description)) if page["heading"] else (),
            None, pager, entries[0]["section"] if entries else None, tuple(items), addressed(layout, page["heading"], name),
        )  # fmt: skip


def html_files(text, seed):
    """The sample as saved HTML, each page in a style of its own; what has no such form stays text."""
    files = {path.name: path.read_bytes() for path in SAMPLE.glob("*.txt")}
    urls = {}
    for name, listing in listings(text):
        chance = random.Random(f"{seed}/{name}")
        styles = [style for style in styles_of(listing.generation, listing.kind) if style in PLAIN_STYLES]
        made = html_of(chance, listing, chance.choice(styles))
        del files[name]
        files[name.removesuffix(".txt") + ".html"] = made.html
        urls[name.removesuffix(".txt") + ".html"] = made.address
    return files, urls


# Both generations' own markup, and the ways browsers save it.
PLAIN_STYLES = (
    "old_items",
    "table_cells",
    "views_rows",
    "html_only",
    "chrome_complete",
    "single_file",
    "base_href",
    "minified",
    "divs_only",
)


def assert_same(found, text):
    assert found.told() == text.told()
    assert found.printed() == text.printed()
    assert found.memberships == text.memberships
    assert {key: row["title"] for key, row in found.collections.items()} == {
        key: row["title"] for key, row in text.collections.items()
    }


@pytest.mark.parametrize("seed", range(4))
def test_saved_html_gives_the_same_as_text_and_adds_links(seed, tmp_path, as_text):
    files, _ = html_files(as_text, seed)
    found = built(tmp_path, files)
    assert_same(found, as_text)
    linked = [entry for entry in found.entries if entry["source_path"].endswith(".html")]
    assert linked
    assert all("/document/" in (entry["url"] or "") for entry in linked)
    in_html = {entry["document_id"] for entry in linked}
    assert all(row["url"] for row in found.documents.to_pylist() if row["document_id"] in in_html)


def saved_pages(files, urls):
    for name, data in sorted(files.items()):
        url = urls.get(name, f"https://digitalarchive.example/pages/{name}")
        yield Saved(name, data, url, NOON)


@pytest.mark.parametrize(
    ("name", "pack"), [("pages.zip", zip_of), ("pages.tar", tar_of), ("pages.tar.gz", lambda pages: gz(tar_of(pages)))]
)
@pytest.mark.parametrize("is_html", [False, True])
def test_packed_pages_give_the_same_as_text(name, pack, is_html, tmp_path, as_text):
    files, urls = (
        html_files(as_text, 9) if is_html else ({path.name: path.read_bytes() for path in SAMPLE.glob("*.txt")}, {})
    )
    found = built(tmp_path, {name: pack(list(saved_pages(files, urls)))})
    assert_same(found, as_text)
    assert all(path.startswith(f"{name}!") for path in found.pages.column("source_path").to_pylist())


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gz), (".zst", zst)])
def test_pages_packed_one_by_one_give_the_same_as_text(suffix, pack, tmp_path, as_text):
    assert_same(
        built(tmp_path, {path.name + suffix: pack(path.read_bytes()) for path in SAMPLE.glob("*.txt")}), as_text
    )


@pytest.mark.parametrize(
    ("name", "pack", "is_html"),
    [
        ("crawl.warc", warc_of, True),
        ("crawl.warc.gz", warc_gz_of, True),
        ("crawl.wacz", wacz_of, True),
        ("crawl.warc.wet", wet_of, False),
        ("crawl.warc.wet.gz", wet_gz_of, False),
    ],
)
def test_web_archives_give_the_same_as_text_with_addresses_and_times(name, pack, is_html, tmp_path, as_text):
    files, urls = (
        html_files(as_text, 7) if is_html else ({path.name: path.read_bytes() for path in SAMPLE.glob("*.txt")}, {})
    )
    found = built(tmp_path, {name: pack(list(saved_pages(files, urls)))})
    assert_same(found, as_text)
    assert pc.all(found.pages.column("url").is_valid()).as_py()
    assert set(found.pages.column("captured_at").to_pylist()) == {NOON}
    # The note that is no listing is counted, and not kept.
    assert [row["message"] for row in found.issues.to_pylist() if row["problem"] == "response_skipped"] != []
    assert None not in found.pages.column("layout").to_pylist()


@pytest.mark.parametrize(("suffix", "save"), [(".mhtml", mhtml_of), (".webarchive", webarchive_of)])
def test_single_file_saves_give_the_same_as_text(suffix, save, tmp_path, as_text):
    files, urls = html_files(as_text, 5)
    saved = {
        page.name.removesuffix(".html") + suffix if page.name.endswith(".html") else page.name:
        save(page) if page.name.endswith(".html") else page.data
        for page in saved_pages(files, urls)
    }  # fmt: skip
    assert_same(built(tmp_path, saved), as_text)


def test_filters_of_addresses_are_told(tmp_path, as_text):
    files, urls = html_files(as_text, 7)
    found = built(tmp_path, {"crawl.warc.gz": warc_gz_of(list(saved_pages(files, urls)))})
    told = {(row["field"], row["value"]) for row in found.filters}
    assert ("page", "4") in told
    assert any(field == "search_text" for field, _ in told)
    assert any(field == "topics" for field, _ in told)


def test_pages_of_a_crawl_that_are_no_listings_are_counted_and_not_kept(tmp_path, as_text):
    files, urls = html_files(as_text, 7)
    blog = "<html><body><ul><li>January 5, 1950<p>What I did that day.</ul><a href='/about'>About</a></body></html>"
    document = "<html><body><h1>Cable</h1><p>Popular Documents</p><a href='/document/8'>8</a><a href='/document/9'>9</a></body></html>"
    others = [
        Saved("blog.html", blog.encode(), "https://blog.example/1950"),
        Saved("one.html", document.encode(), "https://digitalarchive.example/document/112230"),
        Saved("note.txt", b"Nothing to see here.\n", "https://notes.example/1"),
    ]
    found = built(tmp_path, {"crawl.warc.gz": warc_gz_of([*others, *saved_pages(files, urls)])})
    assert_same(found, as_text)
    # The sample's own note is no listing either.
    said = [row["message"] for row in found.issues.to_pylist() if row["problem"] == "response_skipped"]
    assert said == ["crawl.warc.gz: 4 responses skipped: no listing (first: !3)"]
