"""One printed line of HTML, parted where the markup shows that it holds several things: a date and the title beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from pipelines.addresses import is_document
from pipelines.dates import LONGEST_DATE_LINE, read_date


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """A link, as the page writes its address; two links to one address are two."""

    href: str


class Chunk(NamedTuple):
    """Text of a line in one element: the link around it, and which child of that link it is in (0: in none)."""

    text: str
    anchor: Anchor | None
    child: int = 0
    is_time: bool = False


class Piece(NamedTuple):
    """A line as it is printed, and the link that most of it is in."""

    text: str
    anchor: Anchor | None


# What stands between a date and a title on one line, and belongs to neither.
_BETWEEN = " \t–—-|:·•,;"
# A mark set against a word is no line of its own.
_FEWEST_WORDS = 3
# Of a line, that a link at its end must be so that the line is linked.
_LEAST_SHARE = 1 / 3
_AROUND = _BETWEEN + "()[]"


def pieces_of(chunks: Sequence[Chunk], *, is_preformatted: bool = False) -> Sequence[Piece]:
    """The pieces of a line; nothing where it prints nothing.

    A preformatted line keeps its indentation and is one. Another is parted where a link to a document begins behind nothing or a
    date, and where it ends; and within a link whose parts are elements, the first or last of them a date.
    """
    whole = _text(chunks)
    if not whole:
        return ()
    runs = [(anchor, list(run)) for anchor, run in groupby(chunks, key=lambda chunk: chunk.anchor)]
    if is_preformatted:
        return (Piece("".join([chunk.text for chunk in chunks]).rstrip(), _anchor_of(runs)),)
    linked = [at for at, (anchor, _) in enumerate(runs) if anchor is not None and is_document(anchor.href)]
    if len(linked) == 1:
        return list(_around_link(runs, linked[0]))
    dated = _leading_date(chunks)
    if dated:
        return dated
    return (Piece(whole, _anchor_of(runs)),)


def _around_link(runs: Sequence[tuple[Anchor | None, list[Chunk]]], at: int) -> Iterator[Piece]:
    anchor, linked = runs[at]
    before = _text([chunk for _, run in runs[:at] for chunk in run])
    behind = _text([chunk for _, run in runs[at + 1 :] for chunk in run])
    within = list(_within_link(linked, anchor))
    has_date_before = _is_date(before.strip(_AROUND))
    has_date_behind = _is_date(behind.strip(_AROUND))
    if before and not has_date_before:
        whole = _text([chunk for _, run in runs for chunk in run])
        yield Piece(whole, None if _is_sentence(before, _text(linked), behind) else anchor)
        return
    if before:
        yield Piece(before.strip(_AROUND), None)
    if not behind:
        yield from within
    elif has_date_behind:
        yield from within
        yield Piece(behind.strip(_AROUND), None)
    elif behind[0] in "([" and len(behind) <= len(_text(linked)):  # `[Excerpt]` is of the title
        yield Piece(f"{_text(linked)}{' ' if _has_space(runs, at) else ''}{behind}", anchor)
    else:
        yield from within
        yield Piece(behind.lstrip(_BETWEEN) or behind, None)


def _is_sentence(before: str, linked: str, behind: str) -> bool:
    """Whether a link stands within running text: words on both sides of it, or more before it than in it."""
    has_words_around = any(map(str.isalpha, before)) and any(map(str.isalpha, behind))
    return has_words_around or len(linked) <= len(before) + len(behind)


def _has_space(runs: Sequence[tuple[Anchor | None, list[Chunk]]], at: int) -> bool:
    return runs[at][1][-1].text[-1:].isspace() or runs[at + 1][1][0].text[:1].isspace()


def _within_link(chunks: Sequence[Chunk], anchor: Anchor | None) -> Iterator[Piece]:
    """A link around a whole entry: date, title and summary are its children."""
    children = [(child, _text(list(run))) for child, run in groupby(chunks, key=lambda chunk: chunk.child)]
    children = [(child, text) for child, text in children if text]
    if len(children) > 1 and all(child for child, _ in children):
        dates = [at for at, (_, text) in enumerate(children) if _is_date(text.strip(_AROUND))]
        if len(dates) == 1:
            others = [text for at, (_, text) in enumerate(children) if at != dates[0]]
            pieces = [Piece(others[0], anchor), *(Piece(text, None) for text in others[1:])]
            pieces.insert(min(dates[0], len(pieces)), Piece(children[dates[0]][1].strip(_AROUND), None))
            yield from pieces
            return
        if len(children) == 2 and not _are_spaced(chunks) and len(children[1][1].split()) >= _FEWEST_WORDS:  # noqa: PLR2004
            yield from (Piece(children[0][1], anchor), Piece(children[1][1], None))
            return
    yield Piece(_text(chunks), anchor)


def _are_spaced(chunks: Sequence[Chunk]) -> bool:
    """Whether white space stands between the children of a link; a style sheet prints them as lines where none does."""
    return any(
        one.child != other.child and (one.text[-1:].isspace() or other.text[:1].isspace())
        for one, other in pairwise(chunks)
    )


def _leading_date(chunks: Sequence[Chunk]) -> Sequence[Piece]:
    """A line that begins with a date in a `time` element of its own."""
    if len(chunks) < 2 or not chunks[0].is_time or not _is_date(chunks[0].text.strip(_AROUND)):  # noqa: PLR2004 the date, and more
        return ()
    rest = _text(chunks[1:]).strip(_BETWEEN)
    return (Piece(chunks[0].text.strip(_AROUND), None), Piece(rest, chunks[1].anchor)) if rest else ()


def _anchor_of(runs: Sequence[tuple[Anchor | None, list[Chunk]]]) -> Anchor | None:
    """The link that most of a line is in."""
    anchor, linked = max(runs, key=lambda run: len(_text(run[1])))
    length, whole = len(_text(linked)), sum(len(_text(run)) for _, run in runs)
    if 2 * length > whole:
        return anchor
    last, linked = runs[-1]  # `[HA 1] First`: a link at the end of a line, behind a mark
    is_alone = last is not None and all(each is None for each, _ in runs[:-1])
    return last if is_alone and _LEAST_SHARE * whole <= len(_text(linked)) else None


def _text(chunks: Sequence[Chunk]) -> str:
    return "".join([chunk.text for chunk in chunks]).strip()


def _is_date(text: str) -> bool:
    return 0 < len(text) <= LONGEST_DATE_LINE and read_date(text) is not None
