"""What the gate asks of a release that is to follow another: that little is lost, and that few new pairs wait for a person.

These rows are in no release: they depend on what was published before, and the same raw must give the same bytes
(docs/decisions/0013-what-the-gate-compares-stays-outside.md).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from pipelines.compare.links import Links, link_documents
from pipelines.compare.memberships import NONE, left_collections, memberships
from pipelines.compare.side import Side, load_side, side_of
from pipelines.gate.content import judged
from pipelines.gate.pairs import new_review_pairs
from pipelines.gate.thresholds import Thresholds
from pipelines.text import one_line
from pipelines.validate import WHOLE_ROWS, CheckResult

# A message names the collections that lost most; the others are in the comparison of both releases.
MOST_NAMED = 3


def check_succession(before: Path, tables: Mapping[str, pa.Table], thresholds: Thresholds) -> Iterator[CheckResult]:
    """The tables beside the release in a folder.

    Raises:
        ReleaseError: the release before cannot be read.
    """
    old, new = load_side(before, ["document_id"]), side_of("", tables)
    links = link_documents(old, new)
    yield from _check_documents(old.documents.num_rows, new.documents.num_rows, len(links.gone), thresholds)
    yield _check_collections(old, new, links, thresholds)
    count = new.documents.num_rows
    demand = (
        "For each document few pairs wait for a person that did not in the release before (threshold new_review_pairs)."
    )
    share = judged(thresholds.new_review_pairs, count, thresholds)
    found = new_review_pairs(before, tables)
    yield CheckResult("few_new_review_pairs", "matches", "decision", demand, "error", count, found, share)


def _check_documents(before: int, after: int, gone: int, thresholds: Thresholds) -> Iterator[CheckResult]:
    """How many fewer there are, for merging too much loses none; and how many are gone, for new ones can hide those."""
    for check_id, column, demand, failed, threshold in (
        (
            "documents_not_fewer",
            WHOLE_ROWS,
            "There are hardly fewer documents than in the release before (threshold fewer_documents).",
            max(0, before - after),
            thresholds.fewer_documents,
        ),
        (
            "documents_stay",
            "document_id",
            "Hardly any document of the release before is gone (threshold gone_documents).",
            gone,
            thresholds.gone_documents,
        ),
    ):
        share = judged(threshold, before, thresholds)
        yield CheckResult(check_id, "documents", column, demand, "error", before, failed, share)


def _check_collections(old: Side, new: Side, links: Links, thresholds: Thresholds) -> CheckResult:
    """The collection that lost the greatest share of its documents stands for all."""
    lost, counts = (
        {row["values"]: row["counts"] for row in rows.column("collection_id").value_counts().to_pylist()}
        for rows in (left_collections(old, new, links), memberships(old))
    )
    large = [id_ for id_, count in counts.items() if id_ != NONE and count >= thresholds.judged_from]
    ranked = sorted(large, key=lambda id_: (-lost.get(id_, 0) / counts[id_], -counts[id_], id_))
    fallen = [id_ for id_ in ranked if lost.get(id_, 0) / counts[id_] > thresholds.collection_documents_gone]
    titles = {row["collection_id"]: row["title"] for row in old.collections.to_pylist()}
    told = [f"{one_line(titles.get(id_) or id_, 80)} lost {lost[id_]} of {counts[id_]}" for id_ in fallen]
    if len(told) > MOST_NAMED:
        told[MOST_NAMED:] = [f"{len(told) - MOST_NAMED} more"]
    named = f": {', '.join(told)}" if told else ""
    worst = ranked[0] if ranked else NONE
    return CheckResult(
        "collections_keep_documents",
        "document_collections",
        "document_id",
        f"No collection of the release before lost many of its documents (threshold collection_documents_gone){named}.",
        "error",
        counts[worst] if ranked else 0,
        lost.get(worst, 0) if ranked else 0,
        float(thresholds.collection_documents_gone),
    )
