"""How a comparison looks to a person, and to a program."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from rich.text import Text

from pipelines.compare.comparison import Comparison
from pipelines.text import one_line
from pipelines.wording import Sheet, differing_words, marked, plain

# A person reads the first few; --json and --parquet have all.
MOST_SHOWN = 10
MOST_COLLECTIONS = 30
# The columns of a collection's row, in the order in which they are shown.
_COUNTED = (
    ("documents_before", "before"), ("documents_after", "after"), ("new", "new"), ("gone", "gone"), ("changed", "changed"),
    ("merged", "merged"), ("split", "split"), ("joined", "joined"), ("left", "left"),
)  # fmt: skip
_HEADS = {
    "new": ("New documents", "green"), "gone": ("Documents that are gone", "red"), "changed": ("Changed documents", "yellow"),
    "merged": ("Merged documents", "yellow"), "split": ("Split documents", "yellow"), "redirected": ("Ids that lead elsewhere", "cyan"),
}  # fmt: skip
# Columns that say again what another one says, or are counted in the collections; a person is not shown them.
_FOLLOWING = frozenset({"date_start", "date_end", "year_start", "year_end"})
# Documents that differ in these alone come after those that differ in what they say.
_COUNTS = ("entry_count", "page_count", "collection_count", "has_variants")


def show_comparison(sheet: Sheet, found: Comparison) -> None:
    """Write the counts, the collections, and the first differences of each kind."""
    sheet.line(f"From release {found.before.release_id} to {found.after.release_id}", "bold")
    if not found.changes.num_rows:
        sheet.line("Their documents, collections and redirects are the same.")
    sheet.line()
    sheet.line(Text(f"{'before':>9}{'after':>9}", "dim"), indent=2)
    for name in ("pages", "entries", "documents", "collections", "matches", "issues"):
        before, after = found.before.counts.get(name, 0), found.after.counts.get(name, 0)
        sheet.line(Text(f"{before:>9,}{after:>9,}   {name}"), indent=2)
    sheet.line()
    counts = found.counts
    told = ", ".join(f"{counts[kind]:,} {kind}" for kind in ("new", "gone", "changed", "merged", "split", "unchanged"))
    sheet.line(f"documents: {told}; ids redirected: {counts['redirected']:,}", indent=2)
    _show_collections(sheet, found.collections)
    for kind, (title, style) in _HEADS.items():
        _show_kind(sheet, found, kind, title, style)


def _show_collections(sheet: Sheet, collections: list[dict[str, Any]]) -> None:
    moved = moved_collections(collections)
    if not moved:
        return
    sheet.line()
    sheet.line(f"Collections with differences ({len(moved):,} of {len(collections):,})", "bold")
    sheet.line(Text("".join(f"{head:>9}" for _, head in _COUNTED) + "   documents of", "dim"), indent=2)
    for row in moved[:MOST_COLLECTIONS]:
        title = (
            Text("no collection", "dim")
            if row["collection_id"] is None
            else plain(row["title"] or row["collection_id"])
        )
        numbers = "".join(f"{row[name]:>9,}" if row[name] else f"{'·':>9}" for name, _ in _COUNTED)
        sheet.line(Text(f"{numbers}   ").append_text(title), indent=2)
    _tell_rest(sheet, len(moved) - MOST_COLLECTIONS)


def moved_collections(collections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of collections in which anything differs."""
    return [row for row in collections if any(row[name] for name, _ in _COUNTED[2:])]


def _show_kind(sheet: Sheet, found: Comparison, kind: str, title: str, style: str) -> None:
    total = found.counts[kind]
    if not total:
        return
    sheet.line()
    sheet.line(f"{title} ({total:,})", f"bold {style}")
    shown = first_items(found.changes, kind, MOST_SHOWN)
    for item in shown:
        for at, line in enumerate(_lines(kind, item)):
            sheet.line(line, indent=6 if at else 2)
    _tell_rest(sheet, total - len(shown))


def _lines(kind: str, item: Mapping[str, Any]) -> Iterator[Text]:
    """What is said of one document, or of one id."""
    if kind == "redirected":
        was, now = item["before"] or "a document of its own or none", item["after"] or "a document of its own or none"
        yield Text(item["document_id"]).append(
            f" led to {was}, leads to {now}" if item["before"] else f" leads to {now}"
        )
        return
    yield Text(item["document_id"], "bold").append("  ").append_text(plain(one_line(item["title"] or "untitled", 120)))
    for part in item.get("parts", ()):
        word = "was also" if kind == "merged" else "is now also"
        yield Text(f"{word} {part['document_id']}  ").append_text(plain(one_line(part["title"] or "untitled", 120)))
    yield from _fields(item.get("fields", {}))


def _fields(fields: Mapping[str, Mapping[str, str | None]]) -> Iterator[Text]:
    """Texts with the words marked that differ, each on two lines; what is short together on one."""
    short: list[Text] = []
    for field, values in fields.items():
        before, after = values["before"], values["after"]
        if field in _FOLLOWING:
            continue
        if before is not None and after is not None and " " in before + after:
            old, new = differing_words(before, after, is_exact=True)
            yield Text(f"{field} was: ").append_text(marked(old, "bold red"))
            yield Text(f"{field} is:  ").append_text(marked(new, "bold green"))
        else:
            told = Text(f"{field}: ").append_text(plain(before or "nothing")).append(" -> ")
            short.append(told.append_text(plain(after or "nothing")))
    if short:
        yield Text(", ").join(short)


def _tell_rest(sheet: Sheet, count: int) -> None:
    if count > 0:
        sheet.line(f"… and {count:,} more; --json and --parquet have all", "dim", indent=2)


def as_json(found: Comparison) -> dict[str, Any]:
    """Everything, for a program: counts, collections, and every difference by its kind."""
    return {
        "before": {"release_id": found.before.release_id, "rows": dict(found.before.counts)},
        "after": {"release_id": found.after.release_id, "rows": dict(found.after.counts)},
        "is_same": not found.changes.num_rows,
        "counts": found.counts,
        "collections": found.collections,
        "changes": {kind: first_items(found.changes, kind) for kind in (*_HEADS, "joined", "left")},
    }


def first_items(changes: pa.Table, kind: str, most: int | None = None) -> list[dict[str, Any]]:
    """The differences of a kind, one item a document: of changed with its fields, of merged and split with all parts.

    Of more than `most` those come first that differ in more than counts.
    """
    rows = changes.filter(pc.equal(changes.column("kind"), kind))
    own = "before" if kind in ("gone", "split", "left") else "after"
    if most is not None:
        rows = _telling_first(rows)
        first = rows.column(f"document_id_{own}").unique().slice(0, most)
        rows = rows.filter(pc.is_in(rows.column(f"document_id_{own}"), value_set=first))
    items: dict[tuple[str, str | None], dict[str, Any]] = {}
    for row in rows.to_pylist():
        document_id = row[f"document_id_{own}"]
        is_membership = kind in ("joined", "left")
        item = items.setdefault(
            (document_id, row["collection_id"]), {"document_id": document_id, "title": row[f"title_{own}"]}
        )
        if is_membership:
            item["collection_id"] = row["collection_id"]
        elif kind == "changed":
            item["document_id_before"] = row["document_id_before"]
            item.setdefault("fields", {})[row["field"]] = {"before": row["value_before"], "after": row["value_after"]}
        elif kind in ("merged", "split"):
            other = "before" if own == "after" else "after"
            part = {"document_id": row[f"document_id_{other}"], "title": row[f"title_{other}"]}
            item.setdefault("parts", []).append(part)
        elif kind == "redirected":
            item |= {"before": row["value_before"], "after": row["value_after"]}
    return list(items.values())


def _telling_first(rows: pa.Table) -> pa.Table:
    """The rows of documents that differ in more than counts, then the others."""
    is_count = pc.fill_null(pc.is_in(rows.column("field"), value_set=pa.array(_COUNTS)), fill_value=False)
    telling = rows.filter(pc.invert(is_count)).column("document_id_after")
    is_telling = pc.is_in(rows.column("document_id_after"), value_set=telling)
    return pa.concat_tables([rows.filter(is_telling), rows.filter(pc.invert(is_telling))])
