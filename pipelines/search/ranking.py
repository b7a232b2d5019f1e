"""How well a document answers: BM25 over two fields, of which the title weighs more than the summary.

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.6: what a term counts in each field is
put in proportion to the field's length and weighed, then added up, then saturated; a rare term says more than a common one.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.search.folding import folded, may_have
from pipelines.search.query import Term

# A word in a title says three times as much as in a summary of average length.
WEIGHTS = {"title": 3.0, "summary": 1.0}
# The usual values: how soon more of the same word says nothing more, and how much a long text is held against it.
_SATURATION, _LENGTH = 1.2, 0.75
# Scores are rounded, so that documents that answer as well stay in the order of their dates on every machine.
_DIGITS = 9

_Numbers = npt.NDArray[np.float64]


class Ranking(NamedTuple):
    """For each document whether it has every term, and how well it answers."""

    has_all: npt.NDArray[np.bool_]
    scores: _Numbers


def rank(documents: pa.Table, terms: Sequence[Term]) -> Ranking:
    """Every document of a table against the terms; where there is no term, each has all and none answers better."""
    has_all = np.ones(documents.num_rows, dtype=np.bool_)
    scores = np.zeros(documents.num_rows)
    fields = [_field(documents.column(name), terms) for name in WEIGHTS] if terms else []
    for term in terms:
        counted = np.zeros(documents.num_rows)
        for weight, field in zip(WEIGHTS.values(), fields, strict=True):
            counts = np.asarray(pc.count_substring(field.texts, term.pattern), dtype=np.float64)
            counted[field.rows] += weight * counts / field.shares
        has_term = counted > 0
        has_all &= has_term
        scores += _rarity(documents.num_rows, int(has_term.sum())) * counted / (_SATURATION + counted)
    return Ranking(has_all, scores.round(_DIGITS))


class _Field(NamedTuple):
    """The rows that may have a term, their folded texts, and how much longer than the average of all rows each is, tempered."""

    rows: npt.NDArray[np.bool_]
    texts: pa.Array
    shares: _Numbers


def _field(texts: pa.ChunkedArray, terms: Sequence[Term]) -> _Field:
    rows = may_have(texts, [term.words for term in terms])
    lengths = np.asarray(pc.fill_null(pc.utf8_length(texts), 0), dtype=np.float64)
    average = lengths.mean() or 1.0 if lengths.size else 1.0
    chosen = np.asarray(rows)
    return _Field(chosen, folded(texts.filter(rows)), 1 - _LENGTH + _LENGTH * lengths[chosen] / average)


def _rarity(documents: int, having: int) -> float:
    return float(np.log1p((documents - having + 0.5) / (having + 0.5)))
