"""One group of entries that share an identity key, split into documents.

Two things keep entries of a group apart: summaries that clearly differ, and standing on one page, for a page lists a
document once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipelines.deduplicate.appearance import BY_PLACE, Appearance, Match
from pipelines.deduplicate.summaries import SAME_FROM, similarity
from pipelines.text import fold, one_line

# With more distinct summaries than this under one date and title, only equal ones are joined: comparing all with all
# would grow with the square. The largest group seen has three.
LARGEST_COMPARED_GROUP = 100

Members = list[Appearance]


def split_group(group: Sequence[Appearance]) -> list[Members]:
    """The documents of a group, in an order that its content alone decides.

    Entries with compatible summaries go together, the fullest summary first, and only where it is compatible with every
    summary already there, so that nothing is chained. Entries without a summary join where there is one document to
    join, and otherwise stay by themselves. Of two entries on one page the later one goes to a document of its own.
    """
    if _is_plain(group):
        return [list(group)]
    by_summary: dict[str, Members] = defaultdict(list)
    for appearance in group:
        by_summary[fold(appearance.entry.summary or "")].append(appearance)
    without = by_summary.pop("", [])
    clusters = _cluster_summaries(by_summary)
    if len(clusters) == 1:  # a page that lists it with its summary means another document without
        pages = {appearance.page_id for appearance in clusters[0]}
        clusters[0] = sorted([*clusters[0], *(a for a in without if a.page_id not in pages)], key=BY_PLACE)
        without = [appearance for appearance in without if appearance.page_id in pages]
    if without:
        clusters.append(without)
    return [document for cluster in clusters for document in _one_a_page(cluster)]


def _is_plain(group: Sequence[Appearance]) -> bool:
    """Whether nothing keeps any two of the group apart: one summary at most, and no page twice."""
    summaries = {appearance.entry.summary for appearance in group} - {None}
    if len(summaries) > 1 and len({fold(summary) for summary in summaries if summary}) > 1:
        return False
    return len({appearance.page_id for appearance in group}) == len(group)


def _cluster_summaries(by_summary: dict[str, Members]) -> list[Members]:
    """Distinct summaries to clusters: complete linkage, taken greedily from the fullest."""
    order = sorted(by_summary, key=lambda text: (-len(text), text))
    if len(order) > LARGEST_COMPARED_GROUP:
        return [by_summary[text] for text in order]
    clusters: list[list[str]] = []
    for text in order:
        pages = {appearance.page_id for appearance in by_summary[text]}
        for cluster in clusters:
            others = {appearance.page_id for other in cluster for appearance in by_summary[other]}
            if not pages & others and all(similarity(text, other) >= SAME_FROM for other in cluster):
                cluster.append(text)
                break
        else:
            clusters.append([text])
    return [sorted((a for text in cluster for a in by_summary[text]), key=BY_PLACE) for cluster in clusters]


def _one_a_page(cluster: Members) -> Iterator[Members]:
    """The n-th entry of each page: a page lists a document once."""
    seen: dict[str, int] = defaultdict(int)
    documents: list[Members] = []
    for appearance in cluster:
        nth = seen[appearance.page_id]
        seen[appearance.page_id] += 1
        if nth == len(documents):
            documents.append([])
        documents[nth].append(appearance)
    yield from documents


def doubt_between(left: Appearance, right: Appearance, *, share_a_page: bool) -> Match:
    """The open question between two documents of one date and title."""
    one, other = fold(left.entry.summary or ""), fold(right.entry.summary or "")
    same = f"Both are dated {_shown(left.entry.date_text)} and titled {_shown(left.entry.title)}"
    if share_a_page:
        score = similarity(one, other) if one and other else 1.0
        return _open(
            left,
            right,
            "listed_twice_on_a_page",
            score,
            f"{same}, but one page lists both, and a page lists a document once.",
        )
    if not one or not other:
        why = f"{same}, but one has no summary, and documents with different summaries share its date and title."
        return _open(left, right, "summary_missing_between", 0.5, why)
    score = similarity(one, other)
    why = f"{same}, but only {score:.0%} of the shorter summary's words stand in the longer: {_shown(left.entry.summary)} / {_shown(right.entry.summary)}."
    return _open(left, right, "summaries_differ", score, why)


def _open(left: Appearance, right: Appearance, rule: str, score: float, evidence: str) -> Match:
    first, second = sorted((left.entry_id, right.entry_id))
    return Match(first, second, rule, round(score, 4), "review", evidence)


def _shown(text: str | None) -> str:
    return f"“{one_line(text, 80)}”" if text else "nothing"
