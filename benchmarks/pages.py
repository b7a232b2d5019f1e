"""Listing pages of every layout, made up, with the truth beside them: for property tests and benchmarks.

    python benchmarks/pages.py --entries 100000 --seed 1 --out DIR

writes DIR/raw/ and DIR/truth.csv (page, position, document). Deterministic for its arguments. Only the shapes are those of
real pages; every word is from the lists below. A document is listed on one to four pages, some listings without their
summary, with other quotes or with doubled spaces.
"""

from __future__ import annotations

import argparse
import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

LAYOUTS = ("O1", "O2", "O3", "O4", "O5", "N1", "N2", "N3", "N4", "N5", "N6")
ENTRIES_A_PAGE = {
    "O1": 20,
    "O2": 20,
    "O3": 20,
    "O4": 12,
    "O5": 20,
    "N1": 10,
    "N2": 10,
    "N3": 5,
    "N4": 10,
    "N5": 5,
    "N6": 0,
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
PERSONS = (
    "Aldous Brenn", "Teodora Vint", "Ivar Solheim", "Marek Dułka", "Óscar Peral", "Ludmila Orsk", "Pastor [Venn]",
    "Comrade Halloran", "Zofia Krąg", "Emil Sandoz", "Petra Lindqvist", "Hugo Marchetti", "Ansel Rook", "Dr. Yara Okonjo",
)  # fmt: skip
PLACES = ("Port Ansel", "Qarath", "Brodnë", "Skerry Isle", "Vellmark", "Tarnów Quay", "Upper Lenning", "Mora Bay")
MATTERS = (
    "the herring quota", "the harbour dues", "the lighthouse treaty", "the salt monopoly", "the ferry timetable",
    "the survey of the northern shoals", "the loan for two icebreakers", "the exchange of pilots", "the customs union",
    "the repair of the breakwater", "the return of the interned trawlers", "the cod war of 1931",
)  # fmt: skip
VERBS = ("reports on", "asks for instructions about", "rejects", "describes", "defends", "comments on", "settles")
COLLECTIONS = (
    "Harbour Papers, 1921-1939",
    "The Salt Question, 1930-1948",
    "Letters from Skerry Isle, 1955",
    "Icebreakers, 1940-1990",
)

Printed = tuple[int, int | None, int | None]


@dataclass(frozen=True)
class Listed:
    """One listing of a document: what the page prints of it."""

    document: int
    date: Printed | None
    title: str
    summary: str | None


@dataclass
class MadePage:
    """A page under construction: its lines, and where each entry stands."""

    layout: str
    lines: list[str] = field(default_factory=list)
    entries: list[dict[str, object]] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)

    def add(self, *lines: str) -> None:
        """Append lines."""
        self.lines += lines

    @property
    def text(self) -> str:
        """The page as a file holds it."""
        return "\n".join(self.lines) + "\n"


def printed(day: Printed, *, old: bool) -> str:
    """A date as a site generation prints it."""
    year, month, of_month = day
    if month is None:
        return str(year)
    if of_month is None:
        return f"{MONTHS[month - 1]}, {year}" if old else f"{MONTHS[month - 1]} {year}"
    return f"{MONTHS[month - 1]} {of_month:02d}, {year}" if old else f"{MONTHS[month - 1]} {of_month}, {year}"


def edtf(day: Printed) -> str:
    """A date in EDTF."""
    year, month, of_month = day
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{of_month:02d}" if of_month else "")


def make_document(chance: random.Random, number: int) -> Listed:
    """A document: date, title and summary from the lists."""
    day = date(1922, 1, 1) + timedelta(days=chance.randrange(36_000))
    coarse = chance.random()
    when: Printed = (
        (day.year, None, None) if coarse < 0.02 else (day.year, day.month, None if coarse < 0.07 else day.day)
    )
    one, other = chance.sample(PERSONS, 2)
    matter, place = chance.choice(MATTERS), chance.choice(PLACES)
    title = chance.choice((
        f"Cable, {one} to {other}",
        f"Telegram No. {chance.randint(100, 99_999)} from {one} to {other}",
        f"Memorandum of Conversation between {one} and {other} on {day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{one}, ‘Note on {matter.removeprefix('the ')}’",
        f"Minutes of the Meeting in {place}, 3-10 March {day.year} (Excerpt)",
        f"Report of the Embassy in {place}, “{matter.capitalize()}”",
    ))  # fmt: skip
    summary = (
        f"{one} {chance.choice(VERBS)} {matter} in {place}. {other} {chance.choice(VERBS)} {chance.choice(MATTERS)}"
    )
    if chance.random() < 0.5:
        summary += f', and promises "a reply by {day.year + 1}"'
    return Listed(number, when, title, f"{summary}.")


def listed_again(chance: random.Random, first: Listed) -> Listed:
    """Another listing of a document: other quotes, doubled spaces, or without its summary."""
    title, summary = first.title, first.summary
    if chance.random() < 0.5:
        title = title.translate(str.maketrans("‘’“”", "''\"\""))
    if chance.random() < 0.2:
        title = title.replace(" ", "  ", 1)
    return Listed(first.document, first.date, title, None if chance.random() < 0.03 else summary)


def make_page(chance: random.Random, layout: str, listings: list[Listed]) -> MadePage:
    """A page of a layout that lists these documents; old pages sort them, titleless ones print no title."""
    page = MadePage(layout)
    if layout[0] == "O":
        listings = sorted(listings, key=lambda listed: edtf(listed.date) if listed.date else "")
    if layout == "O5":
        _dashed(chance, page, listings)
    elif layout[0] == "O":
        _bulleted(chance, page, listings)
    elif layout == "N4":
        _faceted(chance, page, listings)
    else:
        _listed(chance, page, listings)
    return page


def _note(
    page: MadePage, listed: Listed, first: int, last: int, *, section: str | None = None, titled: bool = True
) -> None:
    page.documents.append(listed.document)
    page.entries.append({
        "position": len(page.entries) + 1, "section": section, "line_first": first, "line_last": last,
        "date_edtf": edtf(listed.date) if listed.date else None, "title": listed.title if titled else None, "summary": listed.summary,
    })  # fmt: skip


def _description(chance: random.Random) -> str:
    one, other = chance.sample(COLLECTIONS, 2)
    return (
        f"This is a collection of documents on {chance.choice(MATTERS)}. For other collections on harbours, see {one}; and {other}. "
        "For a collections resource guide see Reading the Harbour, A Beginner's Guide."
    )


def _bulleted(chance: random.Random, page: MadePage, listings: list[Listed]) -> None:
    if page.layout != "O4":
        page.add("Search in")
        if page.layout == "O2" or (page.layout == "O3" and chance.random() < 0.5):
            page.add("ADD SEARCH FILTER CANCEL SEARCH FILTER")
        page.add("", "Digital Archive International History Declassified", "")
        if page.layout == "O2":
            page.add("SEARCH RESULTS")
        if page.layout == "O3":
            page.add("No image found.", "", chance.choice(COLLECTIONS), "", _description(chance))
        page.add("")
    for listed in listings:
        first = len(page.lines) + 1
        page.add(f"  • {printed(listed.date, old=True)}" if listed.date else "  •", "", f"    {listed.title}")
        if listed.summary:
            page.add("", f"    {listed.summary}")
        _note(page, listed, first, len(page.lines))
        page.add("")


def _dashed(chance: random.Random, page: MadePage, listings: list[Listed]) -> None:
    if chance.random() < 0.5:
        page.add("", chance.choice(COLLECTIONS), _description(chance))
    for listed in listings:
        page.add("-")
        first = len(page.lines) + 1
        page.add(
            printed(listed.date, old=True) if listed.date else "undated",
            listed.title,
            *([listed.summary] if listed.summary else []),
        )
        _note(page, listed, first, len(page.lines))


def _faceted(chance: random.Random, page: MadePage, listings: list[Listed]) -> None:
    facets = ["1893-1976", f"({chance.randint(2, 900)}) documents", "-", chance.choice(PLACES), "1912- 1994"]
    chance.shuffle(facets)
    page.add(*facets)
    for listed in listings:
        if not listed.summary:
            continue
        first = len(page.lines) + 1
        page.add(printed(listed.date, old=False) if listed.date else "n.d.", listed.summary)
        _note(page, listed, first, len(page.lines), titled=False)


def _listed(chance: random.Random, page: MadePage, listings: list[Listed]) -> None:
    if page.layout != "N5":
        page.add("Skip to content")
    section = "Popular Documents" if page.layout in ("N3", "N5") else None
    first = 10 * chance.randrange(12)
    pager = f"{first + 1} - {first + len(listings)} of {first + len(listings) + chance.randrange(1_500):,}"
    if page.layout == "N1":
        page.add("", "", pager, "", "")
    elif page.layout == "N2":
        page.add("", "Results:", "", pager, "", "Documents", "")
    elif page.layout == "N6":
        page.add(
            "", chance.choice(PLACES), "", *(f"A paragraph about {matter}.\n" for matter in chance.sample(MATTERS, 3))
        )
        page.lines[:] = "\n".join(page.lines).split("\n")
        page.add("Timeline")
        return
    else:
        if page.layout == "N3":
            page.add("")
        if chance.random() < 0.9:
            page.add(chance.choice(COLLECTIONS), "", _description(chance), "")
        page.add("Popular Documents", "")
    for listed in listings:
        page.add(*([printed(listed.date, old=False)] if listed.date else []), "")
        at = len(page.lines) - (1 if listed.date else 0)
        page.add(listed.title, *(["", listed.summary] if listed.summary else []))
        _note(page, listed, at if listed.date else at + 1, len(page.lines), section=section)
        page.add("")


def make_listings(chance: random.Random, count: int) -> list[Listed]:
    """Listings of documents, shuffled, about half of them first listings."""
    listings: list[Listed] = []
    number = 0
    while len(listings) < count:
        first = make_document(chance, number)
        listings.append(first)
        listings += [listed_again(chance, first) for _ in range(chance.choices((0, 1, 2, 3), (50, 26, 14, 10))[0])]
        number += 1
    del listings[count:]
    chance.shuffle(listings)
    return listings


def main() -> None:
    """Write pages and truth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    count = write_pages(options.out, options.entries, options.seed)
    print(f"{options.entries} entries on {count} pages -> {options.out}")


def write_pages(out: Path, entries: int, seed: int) -> int:
    """Write pages of the layouts that print titles, and truth.csv; returns how many pages."""
    chance = random.Random(f"{seed}")
    listings = make_listings(chance, entries)
    titled = [layout for layout in LAYOUTS if layout not in ("N4", "N6")]
    count = 0
    (out / "raw").mkdir(parents=True, exist_ok=True)
    with (out / "truth.csv").open("w", newline="", encoding="utf-8") as handle:
        truth = csv.writer(handle)
        truth.writerow(["page", "position", "document"])
        while listings:
            layout = chance.choice(titled)
            part, later, seen = [], [], set()
            while listings and len(part) < ENTRIES_A_PAGE[layout]:
                listed = listings.pop()
                (later if listed.document in seen else part).append(listed)
                seen.add(listed.document)
            listings[:0] = later
            page = make_page(chance, layout, part)
            name = f"{count // 1000:04d}/page-{count:07d}.txt"
            path = out / "raw" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(page.text, encoding="utf-8")
            truth.writerows([name, position, document] for position, document in enumerate(page.documents, 1))
            count += 1
    return count


if __name__ == "__main__":
    main()
