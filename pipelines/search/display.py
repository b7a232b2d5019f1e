"""How an answer looks to a person, and to a program."""

from datetime import date
from typing import Any

from rich.text import Text

from pipelines.search.filters import Wanted
from pipelines.search.finding import Found, Result
from pipelines.search.snippets import Snippet
from pipelines.text import one_line
from pipelines.wording import Sheet, plain

_HIT = "bold yellow"
_DATE_WIDTH = 12
# Titles of collections are long, and a document may stand in many.
_MOST_COLLECTIONS = 4


def show_result(sheet: Sheet, release_id: str, result: Result) -> None:
    """Write a page: which part of how much it is, and the documents on it."""
    if not result.total:
        sheet.line(f"No document of {release_id} answers; a word that ends in * is the beginning of one.")
        return
    sheet.line(
        Text().append(f"{result.first} - {result.last} of {result.total}", "bold").append(f"   {release_id}", "dim")
    )
    for found in result.found:
        sheet.line()
        _show(sheet, found)
    if result.page < result.pages:
        sheet.line()
        sheet.line(Text(f"--page {result.page + 1} shows the next", "dim"))


def _show(sheet: Sheet, found: Found) -> None:
    day = one_line(found.row["date_edtf"] or found.row["date_text"] or "undated", 40)
    title = _marked(found.title) if found.title.text else Text("untitled", "dim")
    sheet.line(Text().append(f"{day:<{_DATE_WIDTH}}", "cyan").append_text(title))
    if found.collections:
        titles = [one_line(title) for _, title in found.collections[:_MOST_COLLECTIONS]]
        more = len(found.collections) - len(titles)
        sheet.line(plain("; ".join(titles) + (f"; and {more} more" if more else ""), "dim"), indent=_DATE_WIDTH)
    sheet.line(Text(found.row["document_id"], "dim"), indent=_DATE_WIDTH)
    if found.summary.text:
        sheet.line(_marked(found.summary), indent=_DATE_WIDTH)


def _marked(snippet: Snippet) -> Text:
    text = Text(snippet.text)
    for first, end in snippet.hits:
        text.stylize(_HIT, first, end)
    return text


def as_json(release_id: str, wanted: Wanted, result: Result) -> dict[str, Any]:
    """Everything, for a program: rows as they are, and of title and summary what a person is shown, with the places of the hits in it."""
    return {
        "release_id": release_id,
        "asked": {
            "text": wanted.text, "collection": wanted.collection, "from": wanted.first, "to": wanted.last,
            "precision": wanted.precision, "genre": wanted.genre, "party": wanted.party,
        },
        "total": result.total,
        "page": result.page,
        "pages": result.pages,
        "first": result.first,
        "last": result.last,
        "documents": [_document(found) for found in result.found],
    }  # fmt: skip


def _document(found: Found) -> dict[str, Any]:
    row = {name: value.isoformat() if isinstance(value, date) else value for name, value in found.row.items()}
    collections = [{"collection_id": collection_id, "title": title} for collection_id, title in found.collections]
    shown = {
        name: {"text": snippet.text, "hits": [list(hit) for hit in snippet.hits]}
        for name, snippet in (("title", found.title), ("summary", found.summary))
    }
    return {**row, "score": found.score, "collections": collections, "shown": shown}
