import contextlib
import shutil

import pytest

from pipelines.explore.inline import make_inline
from pipelines.explore.shards import write_shards
from pipelines.parquet import write_table
from tests.explore.made import dated, tables_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
KEY = "r1-0123456789abcdef"


def shelf():
    """Twenty-five documents with every kind of thing that the page shows."""
    first = {
        "document_id": "d1-00000000000000aa",
        "title": "Cable, Óscar Peral to Marek Dułka",
        "summary": "Peral asks for a loan of two icebreakers.",
        **dated("January 05, 1950", "1950-01-05", "1950-01-05", "1950-01-05", "day"),
        "genre": "telegram",
        "number": "59363",
        "number_kind": "telegram",
        "event_date_text": "3 January 1950",
        "event_date_edtf": "1950-01-03",
        "event_time": "14:30",
        "url": "https://archive.example/document/1",
        "has_variants": True,
        "readings": [("genre", 1, "kind", 1, 5), ("party", 1, "sender", 8, 18), ("party", 2, "receiver", 23, 33)],
        "collections": ["Harbour Papers, 1921-1959", "The Salt Question"],
        "parties": [
            {"role": "from", "name": "Óscar Peral", "alias": "Venn", "office": "Consul", "party_kind": "person"},
            {"role": "to", "name": "Marek Dułka", "name_normalized": "Dułka, Marek", "wikidata_id": "Q42"},
        ],
        "entries": [
            {
                "page": "a/first.txt",
                "page_heading": "Harbour Papers, 1921-1959",
                "page_url": "https://archive.example/list",
            },
            {
                "page": "b/second.txt",
                "summary": "Peral asks for a loan of three trawlers.",
                "section": "Popular Documents",
            },
        ],
        "matches": [
            (0, 0, 1, "same", "Both are dated 1950-01-05."),
            (0, 1, 0, "different", "The numbers differ: 59363 / 59364."),
            (0, 2, 0, "review", "Too little tells."),
        ],
    }
    second = {
        "title": "Cable, Óscar Peral to Marek Dułka (second)",
        "summary": "Peral asks again.",
        **dated("February 1950", "1950-02", "1950-02-01", "1950-02-28", "month"),
        "genre": "telegram",
        "collections": ["The Salt Question"],
        "parties": [{"role": "from", "name": "Óscar Peral"}],
    }
    third = {
        "title": 'Report on "50% & more": {braces} $x_1 #2 \\ ~^',
        "summary": "=SUM(A1:A9) is no formula, \u202eand nothing turns round.",
        **dated("1951", "1951", "1951-01-01", "1951-12-31", "year"),
        "genre": "report",
        "parties": [{"role": "about", "name": "Marek Dułka", "name_normalized": "Dułka, Marek"}],
    }
    undated = {"title": "=HYPERLINK(1)", "summary": None}
    span = {"title": "Minutes of two years", **dated("1952-1953", "1952/1953", "1952-01-01", "1953-12-31", None)}
    rest = [
        {"title": f"Note {number} on herring", "summary": "The quota, the quotas and the harbour.",
         **dated(f"March {number:02}, 1955", f"1955-03-{number:02}", f"1955-03-{number:02}", f"1955-03-{number:02}", "day")}
        for number in range(1, 21)
    ]  # fmt: skip
    return [first, second, third, undated, span, *rest]


@pytest.fixture(scope="session")
def tables():
    return tables_of(
        shelf(), id_redirects=[{"old_document_id": "d1-00000000000000bb", "new_document_id": "d1-00000000000000aa"}]
    )


# For a module, not for the session: while it is there an event loop runs, in which no flow of another test could.
@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def inline_page(tables, tmp_path_factory):
    path = tmp_path_factory.mktemp("inline") / "explorer.html"
    path.write_bytes(make_inline(tables))
    return path


def write_release(tables, folder):
    folder.mkdir(parents=True)
    for name, table in tables.items():
        write_table(name, table, folder / f"{name}.parquet")
    return folder


@pytest.fixture(scope="session")
def sharded_page(tables, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sharded")
    release = write_release(tables, folder / "release")
    (folder / "explorer" / KEY).mkdir(parents=True)
    (folder / "explorer.html").write_bytes(write_shards(release, KEY, folder / "explorer" / KEY))
    return folder / "explorer.html"


# What was done leads to a view within a task or two; then the view that was asked for is shown, and its links to other documents have come.
SETTLED = """async () => {
    const told = document.documentElement.dataset;
    const began = performance.now();
    const isShown = () => told.shown && told.shown === told.asked && !document.querySelector('.other a:not([href])');
    for (let tasks = 0; tasks < 4 || !isShown(); tasks += 1) {
        if (performance.now() - began > 5000) throw new Error('no view within five seconds');
        await new Promise(done => setTimeout(done));
    }
}"""


class Shown:
    """A page in a tab of its own, and all that it did beside showing itself."""

    def __init__(self, tab, path):
        self.tab, self.path = tab, path
        self.faults, self.requests, self.dialogs = [], [], []
        tab.set_default_timeout(5000)
        tab.on("console", lambda told: self.faults.append(told.text))
        tab.on("pageerror", lambda error: self.faults.append(str(error)))
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def go(self, address=""):
        self.tab.goto(f"{self.path.as_uri()}{address}")
        return self.settled()

    def again(self):
        """As if it were opened for the first time."""
        self.tab.goto("about:blank")
        self.faults, self.requests, self.dialogs = [], [], []
        return self.go()

    def settled(self):
        """Wait for the view that is being made: a search of a page with files beside it takes a moment."""
        self.tab.evaluate(SETTLED)
        return self

    def act(self, how):
        how(self.tab)
        return self.settled()

    @property
    def address(self):
        return self.tab.evaluate("location.hash")

    @property
    def found(self):
        return self.tab.inner_text("#found")

    @property
    def titles(self):
        return self.tab.locator(".item h3").all_inner_texts()


@pytest.fixture(scope="module")
def kept(browser, inline_page):
    """A function: the inline page at an address, in one tab for each set of options, without its policy so that axe-core may be put in."""
    with contextlib.ExitStack() as held:
        found = {}

        def show(address="", **options):
            key = repr(sorted(options.items()))
            if key not in found:
                context = browser.new_context(bypass_csp=True, **options)
                held.callback(context.close)
                found[key] = Shown(context.new_page(), inline_page)
            found[key].tab.goto("about:blank")
            return found[key].go(address)

        yield show


@pytest.fixture
def opened(browser):
    """A function: a page's path to the page, shown."""
    with contextlib.ExitStack() as held:

        def show(path, address="", **options):
            context = browser.new_context(**options)
            held.callback(context.close)
            return Shown(context.new_page(), path).go(address)

        yield show


@pytest.fixture(scope="module")
def tabs(browser, request):
    """A tab for each form of the page, for all tests of a module: a new one takes half a second."""
    found = {}

    def tab(form):
        if form not in found:
            found[form] = Shown(browser.new_page(), request.getfixturevalue(f"{form}_page"))
        return found[form]

    return tab


@pytest.fixture(params=["inline", "sharded"])
def page(request, tabs):
    """The shelf, shown from a disk: all in one page, and with its data in files beside it."""
    return tabs(request.param).again()
