"""How a pair looks: side by side where there is room, one under the other on a narrow terminal, plain where there is none."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from pipelines.published import PRINTED, Listed
from pipelines.review.pairs import Pair, Side
from pipelines.wording import Sheet, differing_words, marked, plain

# Narrower than this, two columns of text are harder to read than two paragraphs.
NARROWEST_FOR_COLUMNS = 80
# Of the other places that list a document, so many are named.
MOST_PLACES = 4
LEFT, RIGHT = "bold red", "bold green"


class Row(NamedTuple):
    """One field of both entries."""

    name: str
    left: Text
    right: Text


def show_pair(sheet: Sheet, pair: Pair, number: int, count: int) -> None:
    """Write a pair: the rule and its evidence, then both entries, field by field."""
    _show_head(sheet, pair, number, count)
    rows = _rows(pair)
    if sheet.console.is_terminal and sheet.console.width >= NARROWEST_FOR_COLUMNS:
        sheet.console.print(_columns(rows))
    elif sheet.console.is_terminal:
        _show_stacked(sheet, rows)
    else:
        _show_plainly(sheet, rows)
    sheet.line()


def _show_head(sheet: Sheet, pair: Pair, number: int, count: int) -> None:
    head = Text(f"{number} of {count}", style="bold")
    head.append(f"   {pair.rule}, {pair.score:.2f}", "not bold dim")
    sheet.line(head)
    sheet.line(pair.evidence)
    if sheet.console.is_terminal:
        sheet.line()


def _rows(pair: Pair) -> Iterator[Row]:
    """The fields of a pair, in the order of reading."""
    left, right = pair.left.entry, pair.right.entry
    is_one_date = left.row["date_edtf"] is not None and left.row["date_edtf"] == right.row["date_edtf"]
    for name, column in PRINTED.items():
        values = (left.row[column], right.row[column])
        yield Row(name, *(_compared(*values) if name != "date" or not is_one_date else map(plain, values)))
    yield Row("listed in", _places(pair.left), _places(pair.right))
    yield Row("entry", _ids(left), _ids(right))


def _compared(left: str | None, right: str | None) -> tuple[Text, Text]:
    """Two values, with the words marked that one has and the other lacks."""
    if left is None or right is None:
        return _or_none(left), _or_none(right)
    ours, theirs = differing_words(left, right)
    return marked(ours, LEFT), marked(theirs, RIGHT)


def _or_none(value: str | None) -> Text:
    return Text("none", "dim italic") if value is None else plain(value)


def _places(side: Side) -> Text:
    """Where an entry stands, and the other entries of its document."""
    lines = [_place(side.entry)]
    if side.others:
        count = len(side.others)
        lines.append(Text(f"its document has {count} more {'entry' if count == 1 else 'entries'}:", "dim"))
        lines += [_place(other, beside=side.entry) for other in side.others[:MOST_PLACES]]
    if len(side.others) > MOST_PLACES:
        lines.append(Text(f"… and {len(side.others) - MOST_PLACES} more", "dim"))
    return Text("\n").join(lines)


def _place(entry: Listed, beside: Listed | None = None) -> Text:
    """Where an entry stands, and what it prints otherwise than the one that it is named beside."""
    place = entry.place_and_page
    if beside is None:
        return plain(place)
    if entry.content == beside.content:
        return plain(place, "dim")
    other = [
        entry.row[column] or f"no {name}" for name, column in PRINTED.items() if entry.row[column] != beside.row[column]
    ]
    return plain(f"{place} prints: {' / '.join(other)}", "dim")


def _ids(entry: Listed) -> Text:
    return plain(f"{entry.entry_id} of {entry.document_id}", "dim")


def _columns(rows: Iterator[Row]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for row in rows:
        table.add_row(Text(row.name), row.left, row.right)
    return table


def _show_stacked(sheet: Sheet, rows: Iterator[Row]) -> None:
    """Both entries one under the other, field by field; what they share is written once."""
    for row in rows:
        sheet.line(row.name, "dim")
        is_shared = row.left.plain == row.right.plain
        for mark, text in (("= ", row.left),) if is_shared else (("1 ", row.left), ("2 ", row.right)):
            sheet.line(_under_mark(mark, text))


def _under_mark(mark: str, text: Text) -> Table:
    """Text that is wrapped beside its mark."""
    table = Table.grid()
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Text(mark), text)
    return table


def _show_plainly(sheet: Sheet, rows: Iterator[Row]) -> None:
    """Both entries one under the other, a field a line."""
    kept: Sequence[Row] = tuple(rows)
    for name in ("left", "right"):
        sheet.line(name, indent=2)
        for row in kept:
            text: Text = getattr(row, name)
            for at, line in enumerate(text.split("\n")):
                sheet.line(Text(f"{'' if at else row.name:<10} ").append_text(line), indent=4)
