"""Judgements: what a person decided of two texts. They are keyed by content, and win over the rules."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from pipelines.dates import read_date
from pipelines.deduplicate.texts import NONE, Texts
from pipelines.records import Issue
from pipelines.text import fold, one_line

Verdict = Literal["same", "different"]
Pair = tuple[int, int]


class Said(NamedTuple):
    """A text as a judgement quotes it: what the page prints; None for what is missing."""

    date: str | None
    title: str | None
    summary: str | None


class Judgement(NamedTuple):
    """A reviewed decision on two texts: who decided, when, and why. `place` is where it is written, as `file:line`."""

    decision: Verdict
    left: Said
    right: Said
    by: str
    on: date
    why: str
    place: str = ""


class Judged(NamedTuple):
    """Judgements applied to texts.

    `together` and `apart` are pairs of texts (the smaller number first) with the judgement that says so; `listed_twice` the texts
    whose entries on one page were judged. `issues`: judgements that could not be followed.
    """

    together: dict[Pair, Judgement]
    apart: dict[Pair, Judgement]
    listed_twice: dict[int, Judgement]
    issues: tuple[Issue, ...]


def apply_judgements(judgements: Sequence[Judgement], texts: Texts) -> Judged:
    """Find the texts that judgements speak of.

    A judgement whose text is no longer there is dangling; one that would join what another parts is contradicted and not
    followed, for a wrong merge hides a document. Both are issues.
    """
    if not judgements:
        return Judged({}, {}, {}, ())
    wanted = {content_of(said) for judgement in judgements for said in (judgement.left, judgement.right)}
    found = _find(wanted, texts)
    together: dict[Pair, Judgement] = {}
    apart: dict[Pair, Judgement] = {}
    listed_twice: dict[int, Judgement] = {}
    issues: list[Issue] = []
    for judgement in judgements:
        missing = [said for said in (judgement.left, judgement.right) if content_of(said) not in found]
        if missing:
            issues.append(_dangling(judgement, missing[0]))
            continue
        left, right = found[content_of(judgement.left)], found[content_of(judgement.right)]
        if left == right:
            listed_twice |= dict.fromkeys(left, judgement)
            continue
        into = together if judgement.decision == "same" else apart
        for one in left:
            for other in right:
                into.setdefault(pair_of(one, other), judgement)
    issues += _drop_contradicted(together, apart)
    return Judged(together, apart, listed_twice, tuple(issues))


def pair_of(one: int, other: int) -> Pair:
    """Two texts, the smaller number first."""
    return (one, other) if one < other else (other, one)


def content_of(said: Said) -> tuple[str, str, str]:
    """What a text says, typography aside: by it a judgement finds its texts, whatever page lists them."""
    reading = read_date(said.date.strip()) if said.date else None
    label = reading.span.edtf if reading and reading.span else f"? {fold(said.date)}" if said.date else ""
    return label, _folded(said.title), _folded(said.summary)


def _folded(text: str | None) -> str:
    return fold(text) or text.strip() if text else ""


def _find(wanted: Iterable[tuple[str, str, str]], texts: Texts) -> dict[tuple[str, str, str], list[int]]:
    """The texts with these contents; several where they differ in their link alone."""
    wanted = set(wanted)
    titles = {title for _, title, _ in wanted}
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    codes = zip(texts.date_label.tolist(), texts.title.tolist(), texts.summary.tolist(), strict=True)
    for text, (label, title, summary) in enumerate(codes):
        folded = "" if title == NONE else texts.titles.folded[title]
        if folded in titles:
            said = (
                "" if label == NONE else texts.dates[label],
                folded,
                "" if summary == NONE else texts.summaries.folded[summary],
            )
            if said in wanted:
                found[said].append(text)
    return dict(found)


def _drop_contradicted(together: dict[Pair, Judgement], apart: dict[Pair, Judgement]) -> list[Issue]:
    """Take out each `same` that, after those before it, would join two texts that were judged different."""
    issues: list[Issue] = []
    groups: dict[int, set[int]] = {}
    for pair, judgement in list(together.items()):
        one, other = (groups.get(text, {text}) for text in pair)
        against = next((apart[a, b] for a, b in apart if (a in one and b in other) or (a in other and b in one)), None)
        if against is not None:
            del together[pair]
            issues.append(_contradicted(judgement, against))
            continue
        joined = one | other
        groups |= dict.fromkeys(joined, joined)
    return issues


def _dangling(judgement: Judgement, missing: Said) -> Issue:
    message = f"{judgement.place}: judgement by {judgement.by} is about a text that no page prints: {shown(missing)}"
    return Issue("judgement_dangling", message, value=shown(missing))


def _contradicted(judgement: Judgement, against: Judgement) -> Issue:
    message = (
        f"{judgement.place}: judgement by {judgement.by} ({judgement.decision}) is not followed, for {against.place} "
        f"(by {against.by}, {against.decision}) says otherwise: {shown(judgement.left)} / {shown(judgement.right)}"
    )
    return Issue("judgement_contradicted", message, value=shown(judgement.left))


def shown(said: Said) -> str:
    """A text in few words, for a message."""
    return one_line(", ".join(part for part in (said.date, said.title, said.summary) if part) or "nothing", 160)
