"""Do two summaries tell of one document?"""

from rapidfuzz.distance import LCSseq

# Two summaries clearly differ where less than this share of the shorter one's words stands, in order, in the longer.
# Of 10,396 generated pairs of one document's summaries (re-worded, mistyped, shortened) 0.2 % lie below, of 3,216 pairs
# of two documents none above; what lies below is left for a person (docs/decisions/0005-summaries-that-differ.md).
SAME_FROM = 0.75


def similarity(one: str, other: str) -> float:
    """The share of the shorter text's words that stand in the same order in the longer one, 0..1.

    Both are folded and not empty. A summary that was shortened, also within a word, scores 1: cutting takes
    nothing away that was said before the cut.

    >>> similarity("mao asks for aid", "stalin says that mao asks stalin for more aid")
    1.0
    """
    shorter, longer = sorted((one, other), key=lambda text: (len(text), text))
    if longer.startswith(shorter):
        return 1.0
    words, others = shorter.split(), longer.split()
    if len(words) > len(others):
        words, others = others, words
    return LCSseq.similarity(words, others) / len(words)
