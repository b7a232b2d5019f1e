"""What a declared layout is: another archive's listing page, described line by line by templates."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipelines.extract.declared.template import Line, Template, Values, match
from pipelines.records import PageKind

Templates = tuple[Template, ...]
RunsOver = Literal["lines", "paragraphs"]
# Fields that an entry has once; a summary may be put together from several blocks.
SINGLE_FIELDS = frozenset({"date", "title", "number"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Furniture: the name that its lines get, and the templates of such lines."""

    name: str
    templates: Templates


@dataclass(frozen=True, slots=True)
class Block:
    """A part of an entry, one line of it or several: the templates of its line, any of which may match."""

    templates: Templates
    is_optional: bool = False
    is_repeated: bool = False
    runs_over: RunsOver | None = None

    @property
    def bare(self) -> Template | None:
        """The template that any line matches, if there is one."""
        return next((template for template in self.templates if template.is_bare), None)

    @property
    def open_field(self) -> str:
        """The field that the lines belong to which it runs over."""
        return self.templates[0].fields[-1]

    @property
    def fields(self) -> frozenset[str]:
        """Every field that one of its templates has."""
        return frozenset(name for template in self.templates for name in template.fields)

    def told(self, line: Line, *, by_label: bool = False) -> Values | None:
        """What the line holds if a template that tells matches it, of those with a label alone where that is asked."""
        for template in self.templates:
            if not template.is_bare and (template.is_labelled or not by_label):
                values = match(template, line)
                if values is not None:
                    return values
        return None


@dataclass(frozen=True, slots=True)
class DeclaredLayout:
    """One declared layout. `place` is the file that declares it, for messages.

    `has` lists what must be there: of each group of templates one must match a line. `begins` must match the first line with
    text, no line may match `has_not`. The list of entries lies between `after` and `before`.
    """

    name: str
    place: str
    kind: PageKind
    about: str | None
    has: tuple[Templates, ...]
    begins: Templates
    has_not: Templates
    head: tuple[Rule, ...]
    between: tuple[Rule, ...]
    foot: tuple[Rule, ...]
    after: Templates
    before: Templates
    separator: Templates
    blank_lines: int
    is_in_any_order: bool
    may_be_empty: bool
    blocks: tuple[Block, ...]

    @property
    def is_separated(self) -> bool:
        """Whether entries are told apart by what stands between them rather than by how they begin."""
        return bool(self.separator) or self.blank_lines > 0

    @property
    def fields(self) -> frozenset[str]:
        """Every field that its entries can have."""
        return frozenset().union(*(block.fields for block in self.blocks))

    @property
    def expected_doubts(self) -> frozenset[str]:
        """Doubts about entries that say nothing here: of what the layout does not print, and of what it says."""
        expected = set() if "date" in self.fields else {"date_missing"}
        if any(block.runs_over and "title" in block.fields for block in self.blocks):
            expected.add("title_of_several_lines")
        return frozenset(expected)

    @property
    def page_marks(self) -> Iterator[Template]:
        """The templates that a page is recognised by."""
        for group in self.has:
            yield from group
        yield from self.begins


def first_match(templates: Templates, line: Line) -> Values | None:
    """What the line holds by the first template that matches it."""
    for template in templates:
        values = match(template, line)
        if values is not None:
            return values
    return None


def rule_of(rules: tuple[Rule, ...], line: Line) -> tuple[str, Values] | None:
    """The furniture rule that takes a line, and what the line holds; templates that any line matches are left aside."""
    for rule in rules:
        for template in rule.templates:
            values = None if template.is_bare else match(template, line)
            if values is not None:
                return rule.name, values
    return None


def bare_rule(rules: tuple[Rule, ...], field: str) -> str | None:
    """The rule with a template that is this field alone."""
    for rule in rules:
        if any(template.is_bare and template.fields == (field,) for template in rule.templates):
            return rule.name
    return None
