import ast
import gc
import importlib
import re
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

import pytest

import pipelines
from pipelines.extract.catalogue import LAYOUTS

# All texts are tried at the first length; the slowest of them at the other two, one four times the other.
SHORT, LONG, LONGER = 4_000, 25_000, 100_000
SLOWEST = 5
MOST_GROWTH = 12
MOST_SECONDS, MOST_SECONDS_WHEN_SHORTER = 2.0, 0.25
# Below this many seconds of the processor nothing is measured that noise could not have made.
FLOOR = 0.05

METHODS: dict[str, Callable[[re.Pattern[str], str], object]] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "search": lambda pattern, text: pattern.search(text),
    "findall": lambda pattern, text: pattern.findall(text),
    "finditer": lambda pattern, text: [found.span() for found in pattern.finditer(text)],
    "split": lambda pattern, text: pattern.split(text),
    "sub": lambda pattern, text: pattern.sub(text[:0], text),
    "subn": lambda pattern, text: pattern.subn(text[:0], text),
}
FROM_THE_START = ("match", "fullmatch")

ROOT = Path(pipelines.__path__[0])
TREES = {
    ".".join(("pipelines", *path.relative_to(ROOT).with_suffix("").parts)): ast.parse(path.read_text("utf-8"))
    for path in sorted(ROOT.rglob("*.py"))
}
# The first would run the program, the others are Prefect; a test below sees that they hold no pattern.
NOT_IMPORTED = ("pipelines.__main__", "pipelines.flows.")


def names_assigned(tree: ast.Module) -> set[str]:
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in tree.body if isinstance(node, ast.AnnAssign)]
    return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}


def patterns_within(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    match value:
        case re.Pattern():
            yield name, value
        case dict():
            for key, part in value.items():
                yield from patterns_within(f"{name}[{key!r}]", part)
        case tuple() | list() | set() | frozenset():
            for at, part in enumerate(value):
                yield from patterns_within(f"{name}[{at}]", part)
        case _ if is_dataclass(value) and not isinstance(value, type):
            for field in fields(value):
                yield from patterns_within(f"{name}.{field.name}", getattr(value, field.name))


def last_name(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None


def methods_by_name() -> dict[str, set[str]]:
    uses: dict[str, set[str]] = defaultdict(set)
    for tree in TREES.values():
        nodes, here = list(ast.walk(tree)), defaultdict(set)
        for node in nodes:
            if isinstance(node, ast.Attribute) and node.attr in METHODS and (name := last_name(node.value)):
                here[name].add(node.attr)
        for loop in nodes:
            if isinstance(loop, ast.For | ast.comprehension) and (name := last_name(loop.iter)):
                here[name] = here[name].union(
                    *(here.get(last_name(each) or "", set()) for each in ast.walk(loop.target))
                )
        for name, methods in here.items():
            uses[name] |= methods
    return uses


class Used(NamedTuple):
    """A pattern and the ways in which it is used; all ways of finding one text where that cannot be told."""

    pattern: re.Pattern[str]
    methods: list[str]


def all_patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module, tree in TREES.items():
        if not module.startswith(NOT_IMPORTED):
            values = vars(importlib.import_module(module.removesuffix(".__init__")))
            for name in sorted(names_assigned(tree) & values.keys()):
                yield from patterns_within(f"{module.removeprefix('pipelines.')}.{name}", values[name])


def used_patterns() -> dict[str, Used]:
    found = sorted(all_patterns(), key=lambda item: (item[0].count("["), item[0].count("."), item[0]))
    names: dict[re.Pattern[str], list[str]] = defaultdict(list)
    for name, pattern in found:
        names[pattern].append(name)
    uses, patterns = methods_by_name(), {}
    for pattern, own in names.items():
        methods = set().union(*(uses.get(re.sub(r"\[.*", "", name).split(".")[-1], set()) for name in own))
        patterns[own[0]] = Used(pattern, sorted(methods) or ["fullmatch", "match", "search"])
    return dict(sorted(patterns.items()))


PATTERNS = used_patterns()


class Text(NamedTuple):
    """A worst case: a beginning, something repeated up to a length, an end."""

    head: str
    unit: str
    tail: str

    def of_length(self, length: int) -> str:
        return self.head + self.unit * (length // len(self.unit)) + self.tail


PAGE_HEADS = [
    *["", "K", "Kb", "Kp", "Kpb", "KQ", "KQb", "KQp", "KQO", "KpO", "Kt", "KtP", "KP", "KtT", "P", "tP", "y", "c"],
    *["S", "St", "SA", "SAt", "SAtR", "SR", "StD", "SAtD", "StN", "StNi", "SAtNt", "Stt", "Sttbt", "D", "Di", "Dibi"],
    *["-", "--", "-d", "-dt", "t-", "t-dt", "d", "dt", "-b", "ytd", "-ddi", "-dtd"],
]
ENTRY_HEADS = ["", "b", "d", "D", "dt", "dtb", "Di", "Dib", "Dibi"]
LONGER_UNITS = ["-bb", "dtb", "-dt", "btb", "bdbtbt", "Dbibib", "ditbb", "-bdt", "-dtbb"]


def letter_texts(pattern: re.Pattern[str], *, is_page: bool) -> list[Text]:
    letters = sorted(set(re.findall("[A-Za-z-]", re.sub(r"\(\?P<\w+>|#.*", "", pattern.pattern))))
    units = [*letters, *map("".join, combinations(letters, 2)), *LONGER_UNITS]
    heads, tails = (PAGE_HEADS, ["", "!", "d!"]) if is_page else (ENTRY_HEADS, ["", "!"])
    return [Text(*parts) for parts in product(heads, units, tails)]


UNITS = [
    *["0", "1", "12", "1950", "9 ", "1,", "1.", "1-", "1-1", "1/", "/", "-", "–", "- ", " - ", " ", "  \t", "\n", ","],
    *[", ", ", 1950", "1950-1959, ", ", 1950-", "1950 ", "19500", "a", "ab ", "A", "A.", "a.", ". ", ".", ";", "; "],
    *["; and ", ";  ", "and ", " and A", "1950 and A", "1950, and ", "(", ")", "()", "[", "]", "[]", "([", "(Image: "],
    *["[Image: ", "(Image: (", "[Image: (", "[Image: ()", "Image:", "(a)", "january", "january ", "jan. ", "may-", "j"],
    *[
        "january 5, 1950 ",
        "january 5",
        "January 5, 1950-",
        "5 january ",
        "1950 to ",
        "to ",
        " to",
        "circa ",
        "c.",
        "ca ",
    ],
    *["~", "?", "1950?", "~?", "0s", "x", "195x", "see ", "see: ", " see also ", "For other collections ", "For "],
    *["For other collections on fish, see ", "For another collection", "For a collections resource guide see "],
    *[
        "collection ",
        "The ",
        "The a ",
        "collections on ",
        "w ",
        "w w collections",
        "•",
        "• ",
        " •",
        "* ",
        "·\t",
        "of ",
        "é",
    ],
    *["(1", "(1) ", "(1) document", "1 - 10 of ", "”", ".”", '."', '"', "’)", "_", "_a", "…", "\u2028", "K", "tb", "b"],
]
HEADS = [
    *[
        "",
        " ",
        "a",
        "1",
        "1950",
        ", 1950",
        "January ",
        "january 5",
        "circa ",
        "(Image: ",
        "[Image: (",
        "• ",
        "The ",
        "(1",
    ],
    *[
        "For other collections on fish, see ",
        "For other collections ",
        "For a collections resource guide see ",
        "1 - 1",
    ],
]


# What patterns over markup, addresses and bytes meet.
MARKUP_UNITS = [
    *[
        "<",
        "<a",
        "<a ",
        "<a b",
        "<a b=",
        '<a b="',
        "<a b='c'",
        "<p>",
        "</p>",
        "<p",
        "</",
        "<!",
        "<!--",
        "<!-- ",
        "-->",
        "--",
        "<script>",
    ],
    *[
        "<script ",
        "</script",
        "</style>",
        "<input ",
        "<input name=",
        '<input name="url" ',
        'name="url" ',
        'a="b" ',
        "a='b' ",
        "a=b ",
        "a=",
        '="',
    ],
    *[
        "a/",
        " /",
        "b ",
        "<base ",
        "<link rel=",
        "<meta ",
        "data:",
        "data:a;b=c",
        ";b=c",
        "http:/",
        "https://",
        "/20190101000000/",
        "%25",
        "url: ",
    ],
    *[
        "saved date: ",
        "display:",
        "display: ",
        "<?xml ",
        "charset=",
        "charset ",
        "<!-- saved from url=",
        "FILE ARCHIVED ON ",
        "ÿ",
        "Ã©",
        "&#1;",
    ],
]
MARKUP_HEADS = ["", "<a ", '<a b="', "<!--", "<script>", "<!-- saved from url=(0042)", "<meta ", "<input ", "data:a,"]


def texts_for(name: str, used: Used) -> list[Text]:
    if used.pattern.flags & re.VERBOSE and name.startswith("extract."):
        return letter_texts(used.pattern, is_page=name.endswith(".page"))
    if name.startswith(("read.", "addresses.")):
        return [
            Text(*parts) for parts in product(MARKUP_HEADS, [*MARKUP_UNITS, " ", "0", "a", "\n", ".", "/"], ["", ">"])
        ]
    heads = HEADS
    if not set(used.methods) <= set(FROM_THE_START):
        heads = ["", *(head for head in HEADS if (found := used.pattern.match(f"{head}a")) and found.end() > len(head))]
    return [Text(*parts) for parts in product(heads, UNITS, ["", "\x00"])]


class TookTooLongError(Exception):
    pass


def stop(*_: object) -> None:
    raise TookTooLongError


@pytest.fixture(autouse=True)
def _alarm():
    # The collector walks over all that other tests in this process have left, and would count as the pattern's time.
    gc.disable()
    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.signal(signal.SIGVTALRM, before)
    gc.enable()


def seconds(used: Used, text: str, most: float) -> float:
    if isinstance(used.pattern.pattern, bytes):
        text = text.encode("utf-8", "surrogateescape")
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, most)
        start = time.process_time()
        for method in used.methods:
            METHODS[method](used.pattern, text)
        return time.process_time() - start
    except TookTooLongError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def complaint(used: Used, text: Text) -> str | None:
    long, longer = text.of_length(LONG), text.of_length(LONGER)
    before = seconds(used, long, MOST_SECONDS_WHEN_SHORTER)
    taken = seconds(used, longer, MOST_SECONDS) if before < MOST_SECONDS_WHEN_SHORTER else float("inf")
    if taken < max(FLOOR, MOST_GROWTH * before):
        return None
    if taken < MOST_SECONDS:
        before = max(before, seconds(used, long, MOST_SECONDS_WHEN_SHORTER))
        taken = min(taken, seconds(used, longer, MOST_SECONDS), seconds(used, longer, MOST_SECONDS))
        if taken < max(FLOOR, MOST_GROWTH * before):
            return None
    return f"{text}: {before:.3f} s for {LONG} characters, {taken:.3f} s for {LONGER}"


def first_complaint(used: Used, texts: list[Text]) -> str | None:
    tried: list[tuple[float, Text]] = []
    for text in texts:
        taken = seconds(used, text.of_length(SHORT), MOST_SECONDS_WHEN_SHORTER)
        if taken > MOST_SECONDS_WHEN_SHORTER:
            return f"{text}: over {MOST_SECONDS_WHEN_SHORTER} s for {SHORT} characters"
        tried.append((taken, text))
    worst = (text for _, text in sorted(tried, reverse=True)[:SLOWEST])
    return next(filter(None, (complaint(used, text) for text in worst)), None)


@pytest.mark.parametrize("name", PATTERNS)
def test_time_grows_with_the_length_of_the_text(name):
    assert first_complaint(PATTERNS[name], texts_for(name, PATTERNS[name])) is None


@pytest.mark.parametrize("pattern", ["b*b*K", "(?:b|bb)*K", "(?:bb*)*K"])
def test_a_pattern_that_is_not_linear_is_found_out(pattern):
    assert first_complaint(Used(re.compile(pattern), ["fullmatch"]), [Text("", "b", "!")]) is not None


@pytest.mark.parametrize("pattern", ["b*+b*+K", "(?:b|t)*+K", "b*K", ".*b"])
def test_a_linear_pattern_is_not_accused(pattern):
    used = Used(re.compile(pattern), ["fullmatch"])
    assert first_complaint(used, [Text("", "b", "!"), Text("", "tb", "!")]) is None


def test_a_search_that_starts_anew_at_every_place_is_found_out():
    assert first_complaint(Used(re.compile("b*K"), ["search"]), [Text("", "b", "")]) is not None


def test_the_grammars_of_every_layout_are_tried():
    tried = {id(used.pattern) for used in PATTERNS.values()}
    assert [layout.name for layout in LAYOUTS if not {id(layout.page), id(layout.entry)} <= tried] == []


def test_the_grammars_are_used_as_they_are_tried():
    uses = methods_by_name()
    assert uses["page"] == {"fullmatch"}
    assert "finditer" in uses["entry"]


def test_a_module_that_is_not_imported_here_has_no_pattern():
    modules = [tree for module, tree in TREES.items() if module.startswith(NOT_IMPORTED)]
    assert [
        node.id for tree in modules for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "re"
    ] == []


def test_no_pattern_is_hidden_in_a_function():
    functions = [node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    makers = {*METHODS, "compile"}
    hiding = [
        function.name
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr in makers and last_name(node.value) == "re"
    ]
    assert hiding == ["grammar"]
