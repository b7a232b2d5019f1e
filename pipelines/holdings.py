"""Collections: which pages are about one, what they say of it, and where its description points to."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from pipelines.collection_pages import group_pages, kind_of, number_of
from pipelines.identifiers import identifier
from pipelines.records import Issue, PageReading
from pipelines.text import fold, one_line

Relation = Literal["related", "guide"]


class Link(NamedTuple):
    """What a description points to: another collection, or a resource guide."""

    relation: Relation
    title: str


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection, from all pages about it, in both generations of the site."""

    collection_id: str
    title: str
    year_start: int | None
    year_end: int | None
    description: str | None
    image_caption: str | None
    page_ids: tuple[str, ...]
    links: tuple[Link, ...]
    headings: tuple[str, ...] = field(default=(), compare=False)  # folded, of all pages about it


# `…, 1945-1950` and `…, 1969` at the end of a title.
_TITLE_YEARS = re.compile(r", (?P<start>[0-9]{4})(?: ?[-–] ?(?P<end>[0-9]{4}))?$")
# A full stop ends the sentence, but not behind an abbreviation or an initial (J. Smith, U.S. Fleet), unless a new sentence
# begins or the text ends there. A caption in brackets ends it too; NUL stands in its place, which no page holds.
_NEW_SENTENCE = r" (?:For|The|This|These|It|In|An?|See)\b"
_END = rf"(?: ?\0|$|{_NEW_SENTENCE})"
_NO_ABBREVIATION = r"(?<!\bDr)(?<!\bMr)(?<!\bSt)(?<!\bGen)(?<!\bNo)(?<!\bvs)"
_STOP = (
    rf"(?:(?<=\.[A-Z]\.)(?={_END})"  # U.S. keeps its own full stop
    rf"|(?<!\.[A-Z]){_NO_ABBREVIATION}(?:(?<!\b[A-Z])(?=\.(?:[ \0]|$))|(?=\.{_END}))\."
    r"|(?= ?\0)|(?= For (?:a|the) collections? resource guide)|$)"
)
_WITHIN = r"(?:[^;.]|\.(?!\s)|(?<=[A-Z])\.)"
_RELATED = re.compile(
    rf"\bFor (?:an)?other collections?\b{_WITHIN}{{0,200}}?\bsee(?: also)?:? (?P<targets>[^\0]+?){_STOP}", re.DOTALL
)
_GUIDE = re.compile(rf"\bFor (?:a|the) collections? resource guide,? see:? (?P<targets>[^\0]+?){_STOP}", re.DOTALL)
_CAPTION = re.compile(r"[(\[]Image ?[:,][^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*[)\]]")
_BETWEEN_TITLES = re.compile(r";\s*(?:and\s+)?")
# Without semicolons only a title's years tell where it ends.
_AFTER_YEARS = re.compile(r"(?:(?<=, [0-9]{4})|(?<=[0-9]{4}[-–][0-9]{4}))(?:,? and |, )(?=[A-Z“\"'‘])")


# The pages of a collection repeat its description; there are as many texts as collections, and a few more.
@lru_cache(maxsize=1 << 12)
def read_links(description: str) -> tuple[Link, ...]:
    """The collections and guides that a description names, in its order; titles hold commas and years.

    >>> read_links("Papers. For other collections on fish, see Herring, 1950-1959; and Cod, Salt and Ice, 1960-1984.")
    (Link(relation='related', title='Herring, 1950-1959'), Link(relation='related', title='Cod, Salt and Ice, 1960-1984'))
    """
    description = " ".join(_CAPTION.sub("\0", description).split())
    links = [Link("related", title) for match in _RELATED.finditer(description) for title in _titles(match["targets"])]
    links += [Link("guide", match["targets"].strip()) for match in _GUIDE.finditer(description)]
    return tuple(dict.fromkeys(link for link in links if link.title))


def _titles(targets: str) -> Iterator[str]:
    parts = _BETWEEN_TITLES.split(targets)
    if len(parts) == 1:
        parts = _AFTER_YEARS.split(targets)
    yield from (part.strip() for part in parts if part.strip())


def find_collections(readings: Sequence[PageReading]) -> list[Collection]:
    """Every collection that a page is about, by id.

    Pages whose addresses give one number are about one collection, whatever their headings; two numbers of a site are two
    collections, even under one heading. Other pages are told by their heading. A page whose text and address do not tell
    what it is about is about a collection where its heading is the title of one that another page is about or points to.
    """
    own = [reading for reading in readings if kind_of(reading) == "collection"]
    titles = {folded for reading in own if (folded := fold(reading.frame.heading or ""))}
    titles |= {
        fold(link.title)
        for reading in own
        if reading.frame.heading
        for link in read_links(reading.frame.description or "")
        if link.relation == "related"
    }
    own += [r for r in readings if kind_of(r) == "unknown" and fold(r.frame.heading or "") in titles]
    groups = [pages for pages in group_pages(own) if any(page.frame.heading for page in pages)]
    clashing = Counter(fold(_title(pages)) for pages in groups)
    found = (_collection(pages, is_clashing=clashing[fold(_title(pages))] > 1) for pages in groups)
    return sorted(found, key=lambda collection: collection.collection_id)


def by_heading(collections: Iterable[Collection]) -> dict[str, str]:
    """The id of the collection that a heading, folded, is of; a heading that two are under leads to neither."""
    found: dict[str, set[str]] = defaultdict(set)
    for collection in collections:
        for heading in {fold(collection.title), *collection.headings}:
            found[heading].add(collection.collection_id)
    return {heading: next(iter(ids)) for heading, ids in found.items() if len(ids) == 1}


def _title(pages: Iterable[PageReading]) -> str:
    return min(page.frame.heading for page in pages if page.frame.heading)


def _collection(pages: Sequence[PageReading], *, is_clashing: bool) -> Collection:
    """One collection from its pages: the fullest description, the first title, caption and span in a fixed order.

    Its id follows from the title, and from the number too where two collections have one title.
    """
    frames = sorted(
        (page.frame for page in pages),
        key=lambda frame: (-len(frame.description or ""), frame.description or "", frame.heading or ""),
    )
    title = _title(pages)
    number = min((found for page in pages if (found := number_of(page))), default=()) if is_clashing else ()
    years = _TITLE_YEARS.search(title)
    captions = sorted({frame.image_caption for frame in frames if frame.image_caption})
    links = {
        (link.relation, fold(link.title)): link
        for frame in reversed(frames)
        for link in read_links(frame.description or "")
    }
    return Collection(
        collection_id=identifier("c", fold(title), *number),
        title=title,
        year_start=int(years["start"]) if years else None,
        year_end=int(years["end"] or years["start"]) if years else None,
        description=frames[0].description,
        image_caption=captions[0] if captions else None,
        page_ids=tuple(sorted(page.page.page_id for page in pages)),
        links=tuple(sorted(links.values())),
        headings=tuple(sorted({fold(frame.heading) for frame in frames if frame.heading})),
    )


def described_twice(collections: Sequence[Collection], readings: Sequence[PageReading]) -> Iterator[Issue]:
    """Pages whose description of a collection says something else than the one that is kept."""
    by_id = {reading.page.page_id: reading for reading in readings}
    for collection in collections:
        for page_id in collection.page_ids:
            page, frame = by_id[page_id].page, by_id[page_id].frame
            if frame.description and fold(frame.description) != fold(collection.description or ""):
                message = (
                    f"{page.source_path}:1: another description of {collection.title}: {one_line(frame.description)}"
                )
                yield Issue(
                    "collection_described_twice", message, source_path=page.source_path, page_id=page_id,
                    table="collections", column="description", value=one_line(frame.description),
                )  # fmt: skip
