"""A page of HTML: the grammars read its content; where they cannot, the links to documents tell what is listed.

What stands in landmarks beside the content is furniture by the landmark's rule, and no grammar sees it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipelines.addresses import is_document
from pipelines.extract.catalogue import LAYOUTS
from pipelines.extract.cut import is_cut_file
from pipelines.extract.kinds import BLANK, FIXED, kinds_of
from pipelines.extract.ledger import balance
from pipelines.extract.linked import read_linked, read_without_list
from pipelines.records import Entry, Issue, Marks, PageReading, PageText, Span

# Lines that a site prints on every page of a layout are the grammars' business wherever they stand.
_SITE_LINES = frozenset(FIXED.values()) - {BLANK}
_PAGER = "p"
_BUILT_IN = frozenset(layout.name for layout in LAYOUTS)

Grammars = Callable[[PageText], PageReading]


def read_html_page(text: PageText, marks: Marks, grammars: Grammars) -> PageReading:
    """Read a page of HTML: by the links to documents that it holds; under the name of the grammar that finds the same entries.

    A page without such links, and one that a declared layout claims, is read by the grammars alone.
    """
    content = content_lines(text.lines, marks)
    by_grammar = _within(text, marks, content, grammars)
    if by_grammar.layout is not None and by_grammar.layout not in _BUILT_IN:
        return by_grammar  # a person declared it for such pages
    documents = [line for line in content if is_document(marks.links.get(line, ""))]
    if not documents:
        by_timeline = read_without_list(text, marks, content) if by_grammar.layout is None else None
        return by_timeline or by_grammar
    by_links = read_linked(text, marks, content, documents)
    if by_links is None:
        return by_grammar
    return replace(by_links, layout=by_grammar.layout) if _printed(by_grammar) == _printed(by_links) else by_links


def _printed(reading: PageReading) -> list[tuple[str | None, ...]]:
    return [(entry.date_text, entry.title, entry.summary, entry.url) for entry in reading.entries]


def content_lines(lines: Sequence[str], marks: Marks) -> list[int]:
    """The lines (0-based) that no landmark sets aside; where all that is listed stands in landmarks, every line."""
    linked = [line for line, url in marks.links.items() if is_document(url)]
    if linked and all(line in marks.aside for line in linked):
        return [line for line in range(len(lines)) if marks.aside.get(line) != "image"]
    if not marks.aside:
        return list(range(len(lines)))
    kinds = kinds_of(lines)
    kept = [
        line
        for line in range(len(lines))
        if line not in marks.aside or kinds[line] in _SITE_LINES or kinds[line] == _PAGER
    ]
    return [line for at, line in enumerate(kept) if kinds[line] != BLANK or not at or kinds[kept[at - 1]] != BLANK]


def _within(text: PageText, marks: Marks, content: Sequence[int], grammars: Grammars) -> PageReading:
    """What the grammars make of the content alone, its line numbers those of the page."""
    inner = text._replace(lines=tuple([text.lines[line] for line in content]), marks=None, issues=())
    return spread(grammars(inner), text, marks, content)


def spread(reading: PageReading, text: PageText, marks: Marks, content: Sequence[int]) -> PageReading:
    """A reading of some lines of a page as one of the page: line numbers led back, the other lines furniture."""
    place = [0, *(line + 1 for line in content)]
    entries = tuple([_entry_at(entry, place, marks, text.lines) for entry in reading.entries])
    furniture = [Span(span.rule, place[span.line_first], place[span.line_last]) for span in reading.furniture]
    is_cut = any(entry.is_possibly_cut for entry in entries)
    issues = [
        _issue_at(issue, place, text) for issue in reading.issues if is_cut or issue.problem != "entry_possibly_cut"
    ]
    claimed = [False] * len(text.lines)
    for first, last in _spans(entries, issues):
        claimed[first - 1 : last] = [True] * (last - first + 1)
    kinds = kinds_of(text.lines)
    inner = set(content)
    furniture += [
        Span(marks.aside.get(line, "outside_content"), line + 1, line + 1)
        for line in range(len(text.lines))
        if line not in inner and not claimed[line] and kinds[line] != BLANK
    ]
    balanced = finish(replace(reading, entries=entries, furniture=tuple(furniture), issues=tuple(issues)), kinds)
    is_cut = reading.is_cut or is_cut_file(text)
    return replace(balanced, issues=(*text.issues, *balanced.issues), is_cut=is_cut)


def _entry_at(entry: Entry, place: Sequence[int], marks: Marks, lines: Sequence[str]) -> Entry:
    """An entry at its lines of the page, with the link of its title: the first of its lines that a document is behind."""
    first, last = place[entry.line_first], place[entry.line_last]
    linked = [line for line in range(first - 1, last) if line in marks.links]
    titled = [line for line in linked if entry.title and entry.title.split("\n")[0] in lines[line]]
    documents = [line for line in linked if is_document(marks.links[line])]
    url = next((marks.links[line] for line in [*documents, *titled]), None)
    # Where the site goes on below, or the page is closed, it was not cut.
    is_cut = entry.is_possibly_cut and not marks.is_closed and not any(line.strip() for line in lines[last:])
    return entry._replace(line_first=first, line_last=last, url=url, is_possibly_cut=is_cut)


def _issue_at(issue: Issue, place: Sequence[int], text: PageText) -> Issue:
    if issue.line_first is None or issue.line_last is None:
        return issue
    first, last = place[issue.line_first], place[issue.line_last]
    path = text.page.source_path
    message = issue.message
    if message.startswith(f"{path}:{issue.line_first}:"):
        message = f"{path}:{first}:{message.removeprefix(f'{path}:{issue.line_first}:')}"
    return replace(issue, line_first=first, line_last=last, message=message)


def _spans(entries: Sequence[Entry], issues: Sequence[Issue]) -> list[tuple[int, int]]:
    spans = [(entry.line_first, entry.line_last) for entry in entries]
    return spans + [
        (issue.line_first, issue.line_last)
        for issue in issues
        if issue.raw_text is not None and issue.line_first and issue.line_last
    ]


def finish(reading: PageReading, kinds: str) -> PageReading:
    """The ledger of a page, balanced anew."""
    doubted = _spans((), reading.issues)
    furniture = [(span.line_first, span.line_last) for span in reading.furniture]
    ledger = balance(kinds, [(entry.line_first, entry.line_last) for entry in reading.entries], furniture, doubted)
    return replace(reading, ledger=ledger)
