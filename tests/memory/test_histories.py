"""Over any history a build that remembers publishes, byte for byte, what a build from nothing publishes in its place."""

import random
import shutil

import pytest

from benchmarks.pages import write_pages
from pipelines.build import BuildSettings, build
from pipelines.deduplicate import again
from pipelines.engine import LocalEngine
from pipelines.errors import QualityGateError
from pipelines.memory import remembered
from pipelines.memory.digests import digest_of_code
from pipelines.memory.unchanged import find_unchanged
from tests.memory.conftest import SAMPLE

JUDGEMENT = """
[[judgement]]
decision = "{decision}"
by = "reader"
on = 2026-01-0{number}
why = "because"
{sides}
"""


class House:
    """Raw, what is built of it, and a folder in which each build is repeated from nothing."""

    def __init__(self, folder):
        self.raw, self.processed, self.other = folder / "raw", folder / "processed", folder / "other"
        self.judgements, self.gate = folder / "judgements.toml", folder / "gate.toml"
        self.gate.write_text("judged_from = 1000000\nlost_entries = 1\nrefused_pages = 1\n", encoding="utf-8")
        self.raw.mkdir()

    def settings(self, processed, *, is_fresh):
        return BuildSettings(self.raw, processed, self.judgements, gate=self.gate, is_fresh=is_fresh)

    def build(self):
        """What comes of a build; and what comes of one from nothing, after the same releases."""
        shutil.rmtree(self.other, ignore_errors=True)
        if self.processed.exists():
            shutil.copytree(self.processed, self.other, symlinks=True)
        fresh = self.outcome(self.other, is_fresh=True)
        found = find_unchanged(self.raw, self.processed, self.settings(self.processed, is_fresh=False).digests())
        return found.release_id if found else self.outcome(self.processed, is_fresh=False), fresh

    def outcome(self, processed, *, is_fresh):
        """The release, whose id is a hash over all its files; or why there is none."""
        try:
            return build(self.settings(processed, is_fresh=is_fresh), LocalEngine()).published.release_id
        except QualityGateError as error:
            return str(error)

    def pages(self):
        return sorted(path for path in self.raw.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """Pages to draw from: made-up ones of every layout, and the sample."""
    folder = tmp_path_factory.mktemp("stock")
    write_pages(folder, 700, 3)
    return [*sorted((folder / "raw").rglob("*.txt")), *sorted(SAMPLE.glob("*.txt"))]


def add(chance, house, stock):
    for path in chance.sample(stock, chance.randint(1, 4)):
        folder = house.raw / chance.choice(["", "more", "other"])
        folder.mkdir(exist_ok=True)
        shutil.copy(path, folder / f"{chance.randrange(10_000)}.txt")


def remove(chance, house, _stock):
    if len(pages := house.pages()) > 1:
        chance.choice(pages).unlink()


def rename(chance, house, _stock):
    chance.choice(house.pages()).rename(house.raw / f"{chance.randrange(10_000)}.txt")


def edit(chance, house, _stock):
    """Some lines of a page as they are printed elsewhere: other quotes, another year, one line lost."""
    path = chance.choice(house.pages())
    lines = path.read_text(encoding="utf-8").split("\n")
    at = chance.randrange(len(lines))
    match chance.randrange(3):
        case 0:
            lines = [line.replace("'", "’").replace("  ", " ") for line in lines]
        case 1:
            lines[at] = lines[at].replace("19", "18")
        case _:
            del lines[at]
    path.write_text("\n".join(lines), encoding="utf-8")


def note(chance, house, _stock):
    rows = [f"{path.relative_to(house.raw)},https://example.org/{chance.randrange(9)},seen" for path in house.pages()]
    text = "\n".join(["path,url,note", *chance.sample(rows, min(3, len(rows)))])
    (house.raw / "pages.csv").write_text(text, encoding="utf-8")


def judge(chance, house, _stock):
    """A decision on two entries of the current release, or one taken back."""
    import pyarrow.parquet as pq

    if chance.random() < 0.3 or not (house.processed / "current").exists():
        house.judgements.unlink(missing_ok=True)
        return
    entries = pq.read_table(house.processed / "current" / "entries.parquet").to_pylist()
    sides = ""
    for side, row in zip(("left", "right"), chance.sample(entries, 2), strict=True):
        said = {
            name: row[column] for name, column in (("date", "date_text"), ("title", "title"), ("summary", "summary"))
        }
        fields = ", ".join(f"{name} = {quoted(value)}" for name, value in said.items() if value)
        sides += f"{side} = {{ {fields} }}\n"
    decision = chance.choice(["same", "different"])
    text = house.judgements.read_text(encoding="utf-8") if house.judgements.exists() else ""
    judged = JUDGEMENT.format(decision=decision, number=chance.randint(1, 9), sides=sides)
    house.judgements.write_text(text + judged, encoding="utf-8")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def change_rules(chance, _house, _stock):
    """Other code, as far as anybody can tell."""
    CODE.append(str(chance.random()))


CODE = []
CHANGES = [add, add, add, remove, rename, edit, edit, note, judge, judge, change_rules]


@pytest.fixture
def _code(monkeypatch):
    CODE.clear()
    for room in ("pipelines.memory.remembered", "pipelines.memory.unchanged"):
        monkeypatch.setattr(f"{room}.digest_of_code", lambda: digest_of_code() + "".join(CODE))
    monkeypatch.setattr(again, "LARGEST_SHARE", 1.0)


@pytest.mark.usefixtures("settled", "_code")
@pytest.mark.parametrize("seed", range(5))
def test_each_release_of_a_history_is_that_of_a_build_from_nothing(seed, tmp_path, stock):
    chance = random.Random(seed)
    house = House(tmp_path)
    add(chance, house, stock)
    for _ in range(8):
        ours, fresh = house.build()
        assert ours == fresh
        for change in chance.sample(CHANGES, chance.randint(0, 3)):
            change(chance, house, stock)


@pytest.mark.usefixtures("_code")
def test_a_build_after_one_that_remembers_looks_only_at_what_changed(tmp_path, stock, monkeypatch):
    """The histories above would also hold if nothing was ever remembered."""
    house = House(tmp_path)
    for path in stock:
        shutil.copy(path, house.raw / f"{path.parent.name}-{path.name}")
    house.build()
    opened = []
    settle = again._Again.settle  # noqa: SLF001 what it opens is told by nothing else

    def watch(self):
        found = settle(self)
        opened.append(found is not None)
        return found

    monkeypatch.setattr(again._Again, "settle", watch)  # noqa: SLF001
    monkeypatch.setattr(remembered, "list_entries", lambda readings: opened.append(len(readings)) or READ(readings))
    shutil.copy(SAMPLE / "old-search-korea-papers.txt", house.raw / "again.txt")
    build(house.settings(house.processed, is_fresh=False), LocalEngine())
    assert opened == [1, True]


READ = remembered.list_entries
