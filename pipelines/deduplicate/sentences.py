"""The sentences of `matches.evidence`: what a rule says of two texts, with their values, for many pairs at once."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.deduplicate.summaries import Resemblance
from pipelines.deduplicate.texts import NONE, Codes, Texts
from pipelines.text import one_line
from pipelines.titles import Difference

# How much of a title or summary a sentence quotes.
_QUOTED = 80
_FIELD = re.compile(r"\{(\w+)\}")


class Pairs(NamedTuple):
    """Pairs of texts, and what their words said."""

    left: Codes
    right: Codes
    differences: Sequence[Difference | None]
    resemblances: Sequence[Resemblance | None]


def sentences(says: str, pairs: Pairs, texts: Texts) -> pa.Array:
    """One sentence for each pair; `says` names values in braces, such as `{left_title}`, `{only_right}` and `{summaries}`."""
    parts = _FIELD.split(says)  # literal, name, literal, name, … literal
    columns = [pa.scalar(part) if at % 2 == 0 else _values(part, pairs, texts) for at, part in enumerate(parts) if part]
    if len(columns) == 1:
        columns.append(pa.array([""] * len(pairs.left), pa.string()))
    return pc.binary_join_element_wise(*columns, "")


def _values(name: str, pairs: Pairs, texts: Texts) -> pa.Array:
    if name == "summaries":
        return pa.array([_agreement(resemblance) for resemblance in pairs.resemblances], pa.string())
    if name == "only_left":
        return pa.array([_listed(difference and difference.left) for difference in pairs.differences], pa.string())
    if name == "only_right":
        return pa.array([_listed(difference and difference.right) for difference in pairs.differences], pa.string())
    side, _, field = name.partition("_")
    at = {"left": pairs.left, "right": pairs.right}[side]
    codes, shown = {
        "date": (texts.date, lambda wanted: [texts.dates[code] for code in wanted]),
        "title": (texts.title, lambda wanted: map(_quoted, texts.titles.printed(wanted))),
        "summary": (texts.summary, lambda wanted: map(_quoted, texts.summaries.printed(wanted))),
        "link": (texts.link, lambda wanted: [texts.links[code] for code in wanted]),
    }[field]
    return _taken(codes[at], shown, "undated" if field == "date" else f"no {field}")


def _taken(codes: Codes, shown: Callable[[Codes], Iterable[str]], missing: str) -> pa.Array:
    """The value behind each code, as it is shown; each distinct one is worked out once."""
    distinct, at = np.unique(codes, return_inverse=True)
    known = distinct[distinct != NONE]
    words = [missing] * (len(distinct) - len(known)) + list(shown(known))
    return pa.array(words, pa.string()).take(pa.array(at))


def _agreement(resemblance: Resemblance | None) -> str:
    """How two summaries agree, as the end of a sentence."""
    if resemblance is None:
        return "a summary is missing"
    if resemblance.relation == "equal":
        return "their summaries are the same"
    return f"of the words of the shorter summary {resemblance.share:.0%} stand in the longer"


def _listed(words: Sequence[str] | None) -> str:
    return one_line(" ".join(words), _QUOTED) if words else "none"


def _quoted(text: str) -> str:
    return f"“{one_line(text, _QUOTED)}”"
