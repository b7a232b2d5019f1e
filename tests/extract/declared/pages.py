"""Pages of text and declared layouts, as the tests of this folder write them."""

from pathlib import Path

from pipelines.extract.declared import claim, filled_lines, read_declarations
from pipelines.extract.declared.reading import read_declaration
from pipelines.records import Marks, Page, PageText

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[2] / "docs" / "layouts"

# The least that a layout says; tests add to it.
HEAD = 'name = "Test"\n[page]\nbegins = "Harbour list"\n'


def page(text, *, links=None, aside=None):
    lines = text.split("\n")
    marks = None if links is None and aside is None else Marks(links or {}, aside or {})
    return PageText(
        Page("p1-0", "page.txt", "0" * 64, len(text), "utf-8"), tuple(lines[:-1] if not lines[-1] else lines), (), marks
    )


def declared(text):
    return read_declaration(text, "raw/layouts/x.toml")


def layout(*blocks, head="", tables="", top=""):
    """A layout with the given [[entry]] blocks, each as its keys or as its template alone."""
    entries = "".join(f"[[entry]]\n{block if '=' in block else f'line = {block!r}'}\n" for block in blocks)
    return declared(f"{top}{HEAD}{head}\n{tables}\n{entries}")


def claimed(text, how):
    return claim(filled_lines(page(text)), how)


def all_layouts():
    return (*read_declarations(EXAMPLES), *read_declarations(HERE / "layouts"))
