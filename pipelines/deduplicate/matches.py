"""The rows of `matches`: why texts were joined, what keeps look-alikes apart, and what a person should look at."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipelines.deduplicate.clusters import CONFLICT, SEVERAL_FIT, Clusters
from pipelines.deduplicate.evidence import Question, TextEvidence
from pipelines.deduplicate.judgements import Judged, Judgement
from pipelines.deduplicate.rules import Decision
from pipelines.deduplicate.texts import Codes, Texts
from pipelines.text import one_line


class Match(NamedTuple):
    """Two entries whose texts were compared; the smaller entry id stands left."""

    left_entry_id: str
    right_entry_id: str
    rule: str
    score: float
    decision: Decision
    decided_by: str
    evidence: str


_WHY_REFUSED = {
    SEVERAL_FIT: "Several documents fit, and nothing tells which: ",
    CONFLICT: "Joining these would join what is kept apart elsewhere: ",
}


def matches_table(
    records: pa.Table, texts: Texts, evidence: TextEvidence, judged: Judged, clusters: Clusters, cluster_of: Codes,
    questions: Sequence[Question], document_of: Codes,
) -> pa.Table:  # fmt: skip
    """Every row, by the ids of its entries."""
    rows = _Rows(records.column("entry_id").to_pylist(), texts, evidence, cluster_of.tolist())
    found = [
        *rows.judged(judged), *rows.joined(clusters), *rows.refused(clusters), *rows.open(questions),
        *rows.typography(records), *rows.repeated(document_of),
    ]  # fmt: skip
    first: dict[tuple[str, str], Match] = {}
    for match in found:  # one row a pair: what a person said, then what joined, then what is open
        first.setdefault(match[:2], match)
    columns = list(zip(*(first[pair] for pair in sorted(first)), strict=True)) or [()] * len(Match._fields)
    kinds = {"score": pa.float64()}
    return pa.table({
        name: pa.array(values, kinds.get(name, pa.string())) for name, values in zip(Match._fields, columns, strict=True)
    })


class _Rows:
    """Makes rows from what was decided of texts; each text is named by its first entry."""

    def __init__(self, entry_ids: Sequence[str], texts: Texts, evidence: TextEvidence, cluster_of: Sequence[int]) -> None:
        self._entry_ids = entry_ids
        self._first = texts.first_entry.tolist()
        self._texts = texts
        self._evidence = evidence
        self._cluster_of = cluster_of
        self._told: set[tuple[int, int]] = set()

    def judged(self, judged: Judged) -> Iterator[Match]:
        """What a person decided. Between the documents of two texts judged different nothing else is open."""
        for decision, pairs in (("same", judged.together), ("different", judged.apart)):
            for (left, right), judgement in pairs.items():
                yield self._row(left, right, "judgement", 1.0 if decision == "same" else 0.0, decision, _said(judgement), "person")
                self._told.add(self._clusters(left, right))

    def joined(self, clusters: Clusters) -> Iterator[Match]:
        """What joined the texts of a document."""
        for edge in clusters.joined:
            yield self._told_by(edge.rule.name, edge.rule.says, edge.score, "same", edge.left, edge.right)

    def refused(self, clusters: Clusters) -> Iterator[Match]:
        """Pairs that a rule calls the same and that could not be followed; one between two documents."""
        for edge, why in sorted(clusters.refused, key=lambda refused: -refused.edge.score):
            if self._is_news(edge.left, edge.right):
                says = _WHY_REFUSED[why] + edge.rule.says
                yield self._told_by(why, says, edge.score, "review", edge.left, edge.right)

    def open(self, questions: Sequence[Question]) -> Iterator[Match]:
        """What is left to a person, and what keeps look-alikes apart; one row between two documents."""

        def rank(question: Question) -> tuple[object, ...]:
            ends = sorted((self._evidence.order(question.left), self._evidence.order(question.right)))
            return (question.rule.decision != "review", -question.score, *ends)

        for question in sorted(questions, key=rank):
            if self._is_news(question.left, question.right):
                rule = question.rule
                yield self._told_by(rule.name, rule.says, question.score, rule.decision, question.left, question.right)

    def typography(self, records: pa.Table) -> Iterator[Match]:
        """One row for each way of printing a text other than that of its first entry."""
        printed = [
            column.combine_chunks().dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
            for column in (records.column("title"), records.column("summary"))
        ]
        rows = np.stack((self._texts.of_entry, *printed))
        _, first = np.unique(rows, axis=1, return_index=True)
        at = np.sort(first)
        titles = records.column("title").take(pa.array(at)).to_pylist()
        of = self._texts.of_entry[at].tolist()
        for entry, text, title in zip(at.tolist(), of, titles, strict=True):
            if entry != self._first[text]:
                says = f"Both print the same once typography is folded: “{one_line(title or '', 80)}”."
                yield self._pair(self._first[text], entry, "same_text", 1.0, "same", says)

    def repeated(self, document_of: Codes) -> Iterator[Match]:
        """Texts that stand twice on a page: two documents by the law of pages, and a question."""
        pairs = np.stack((self._texts.of_entry, document_of))
        _, first = np.unique(pairs, axis=1, return_index=True)
        by_text: dict[int, int] = {}
        for entry in np.sort(first).tolist():
            text = int(self._texts.of_entry[entry])
            if text in by_text:
                says = "A page lists both, which print the same, and a page lists a document once."
                yield self._pair(by_text[text], entry, "listed_twice_on_a_page", 1.0, "review", says)
            else:
                by_text[text] = entry

    def _clusters(self, left: int, right: int) -> tuple[int, int]:
        one, other = sorted((self._cluster_of[left], self._cluster_of[right]))
        return one, other

    def _is_news(self, left: int, right: int) -> bool:
        """Whether two texts are of two documents between which nothing was told yet."""
        clusters = self._clusters(left, right)
        if clusters[0] == clusters[1] or clusters in self._told:
            return False
        self._told.add(clusters)
        return True

    def _told_by(self, rule: str, says: str, score: float, decision: Decision, left: int, right: int) -> Match:
        return self._row(left, right, rule, score, decision, says)

    def _row(self, left: int, right: int, rule: str, score: float, decision: Decision, says: str, decided_by: str = "rule") -> Match:
        if self._entry_ids[self._first[right]] < self._entry_ids[self._first[left]]:
            left, right = right, left
        sentence = self._evidence.sentence(says, left, right) if decided_by == "rule" else says
        return self._pair(self._first[left], self._first[right], rule, score, decision, sentence, decided_by)

    def _pair(self, left: int, right: int, rule: str, score: float, decision: Decision, evidence: str, decided_by: str = "rule") -> Match:
        one, other = sorted((self._entry_ids[left], self._entry_ids[right]))
        return Match(one, other, rule, score, decision, decided_by, evidence)


def _said(judgement: Judgement) -> str:
    return f"{judgement.by} on {judgement.on.isoformat()}: {one_line(judgement.why, 300)}"
