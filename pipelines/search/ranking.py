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

from pipelines.search.folding import folded
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
    texts = {name: folded(documents.column(name)) for name in WEIGHTS} if terms else {}
    shares = {name: _length_shares(text) for name, text in texts.items()}
    for term in terms:
        counted = np.zeros(documents.num_rows)
        for name, text in texts.items():
            counts = np.asarray(pc.count_substring(text, term.pattern), dtype=np.float64)
            counted += WEIGHTS[name] * counts / shares[name]
        has_term = counted > 0
        has_all &= has_term
        scores += _rarity(documents.num_rows, int(has_term.sum())) * counted / (_SATURATION + counted)
    return Ranking(has_all, scores.round(_DIGITS))


def _length_shares(texts: pa.ChunkedArray) -> _Numbers:
    """How much longer than the average each text is, tempered."""
    lengths = np.asarray(pc.binary_length(texts), dtype=np.float64)
    average = lengths.mean() if lengths.size else 0.0
    return 1 - _LENGTH + _LENGTH * (lengths / average if average else lengths)


def _rarity(documents: int, having: int) -> float:
    return float(np.log1p((documents - having + 0.5) / (having + 0.5)))
