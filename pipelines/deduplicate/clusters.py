"""Clusters: texts that are one document, from what the rules say of pairs.

A cluster never holds two texts that a rule keeps apart. Pairs are joined in the order of their evidence, the strongest
first, so where evidence conflicts the weakest link is the one that gives, and the case goes to review. A text that fits
two documents equally well joins neither; one that lacks a field is joined last, and only where one document fits. What a
person judged to be one is joined before everything.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, groupby
from typing import NamedTuple, Protocol

from pipelines.deduplicate.comparison import Compared
from pipelines.deduplicate.rules import RULES, Rule

# No document has this many distinct texts; beyond, nothing is joined, so that what hostile raw costs stays bounded.
LARGEST_CLUSTER = 200
_STRENGTH = {rule.name: at for at, rule in enumerate(RULES)}


class Edge(NamedTuple):
    """Two texts that a rule calls the same."""

    rule: Rule
    score: float
    compared: Compared

    @property
    def left(self) -> int:
        """The one text."""
        return self.compared.left

    @property
    def right(self) -> int:
        """The other."""
        return self.compared.right


class Refused(NamedTuple):
    """An edge that could not be followed: several documents fit, or following it would join what is kept apart."""

    edge: Edge
    rule: str


# Of two documents that a text fits, one is the better only where it agrees by more than this (of a score 0..1).
MARGIN = 0.05
SEVERAL_FIT = "several_documents_fit"
CONFLICT = "conflicting_evidence"


class Evidence(Protocol):
    """What clustering asks about texts."""

    def order(self, text: int) -> tuple[str, ...]:
        """The content of a text, by which ties are settled, so that no order of input matters."""
        ...

    def keeps_apart(self, left: int, right: int) -> bool:
        """Whether a rule or a person keeps two texts apart."""
        ...

    def is_never_one(self, left: int, right: int) -> bool:
        """Whether they are apart whatever a person judged of other pairs: judged different, or on one page."""
        ...

    def lacks(self, text: int, rule: Rule) -> bool:
        """Whether a text is without the field for whose sake a rule joins only where one document fits."""
        ...


class Clusters(NamedTuple):
    """Clusters of two texts and more, the edges that joined them, and those that could not be followed."""

    members: list[list[int]]
    joined: list[Edge]
    refused: list[Refused]


def cluster(edges: Sequence[Edge], evidence: Evidence, together: Iterable[tuple[int, int]] = ()) -> Clusters:
    """Cluster texts by their edges; `together` are pairs that a person judged to be one."""
    judged: dict[int, list[tuple[int, int]]] = defaultdict(list)
    found = Clusters([], [], [])
    parts = _Parts()
    for left, right in together:
        parts.join(left, right)
    for edge in edges:
        parts.join(edge.left, edge.right)
    for left, right in together:
        judged[parts.find(left)].append((left, right))
    by_part: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_part[parts.find(edge.left)].append(edge)
    for part in sorted({*by_part, *judged}):
        here = by_part[part]
        if part not in judged and _is_complete(here):
            _join_all(here, found)
        else:
            _Component(here, evidence, judged.get(part, ())).settle(found)
    return found


def _is_complete(edges: Sequence[Edge]) -> bool:
    """Whether every two texts of a component are joined by an edge, so that nothing speaks against any of them."""
    if len(edges) == 1:
        return True
    texts = {edge.left for edge in edges} | {edge.right for edge in edges}
    return len(edges) * 2 == len(texts) * (len(texts) - 1)


def _join_all(edges: Sequence[Edge], found: Clusters) -> None:
    """Make one cluster; its first text is joined with each of the others."""
    first = min(edge.left for edge in edges)
    found.joined.extend(edge for edge in edges if edge.left == first)
    found.members.append([first, *(edge.right for edge in edges if edge.left == first)])


class _Parts:
    """Disjoint sets of texts, each found by its root."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def find(self, text: int) -> int:
        above = self._above
        root = text
        while (over := above.get(root, root)) != root:
            root = over
        while above.get(text, text) != root:
            above[text], text = root, above.get(text, text)
        return root

    def join(self, left: int, right: int) -> None:
        one, other = self.find(left), self.find(right)
        self._above[max(one, other)] = min(one, other)


class _Component:
    """Texts that edges connect, on their way to clusters."""

    def __init__(self, edges: Sequence[Edge], evidence: Evidence, together: Sequence[tuple[int, int]]) -> None:
        self._evidence = evidence
        self._edges = self._ranked(edges)
        self._same = {(edge.left, edge.right) for edge in edges} | {(edge.right, edge.left) for edge in edges}
        texts = {text for pair in together for text in pair} | {
            text for edge in edges for text in (edge.left, edge.right)
        }
        self._members = {text: [text] for text in texts}
        self._judged = {text: [text] for text in texts}
        for left, right in together:
            self._merge(self._judged, left, right)
            self._merge(self._members, left, right)

    def settle(self, found: Clusters) -> None:
        """Follow every edge that can be followed, rule by rule, and tell what came of it."""
        for _, group in groupby(self._edges, key=lambda edge: edge.rule.name):
            edges = list(group)
            rule = edges[0].rule
            if rule.wants is None:
                self._follow(edges, found, rule)
                continue
            one_lacks = [
                edge for edge in edges if self._is_without(edge.left, rule) != self._is_without(edge.right, rule)
            ]
            self._follow(one_lacks, found, rule)
            both_lack = [
                edge for edge in edges if self._is_without(edge.left, rule) and self._is_without(edge.right, rule)
            ]
            self._follow(both_lack, found, rule)
        seen = {id(members): members for members in self._members.values()}
        found.members.extend(sorted(members) for members in seen.values() if len(members) > 1)

    def _follow(self, edges: Sequence[Edge], found: Clusters, rule: Rule) -> None:
        """Join what the edges of one rule join, but for texts that fit two documents equally well."""
        waiting = [edge for edge in edges if self._members[edge.left] is not self._members[edge.right]]
        unsure = self._unsure(waiting, rule) if len(waiting) > 1 and not rule.takes_best else set()
        for edge in waiting:
            ours, theirs = self._members[edge.left], self._members[edge.right]
            if ours is theirs:
                continue
            if id(edge) in unsure:
                found.refused.append(Refused(edge, SEVERAL_FIT))
            elif self._is_parted(ours, theirs):
                found.refused.append(Refused(edge, CONFLICT))
            else:
                self._merge(self._members, edge.left, edge.right)
                found.joined.append(edge)

    def _unsure(self, edges: Sequence[Edge], rule: Rule) -> set[int]:
        """The identities of edges from a cluster to several that fit it about as well and are not one themselves."""
        fits: dict[int, dict[int, list[Edge]]] = defaultdict(lambda: defaultdict(list))
        clusters: dict[int, list[int]] = {}
        for edge in edges:
            ours, theirs = self._members[edge.left], self._members[edge.right]
            if self._is_parted(ours, theirs):
                continue
            clusters |= {id(ours): ours, id(theirs): theirs}
            fits[id(ours)][id(theirs)].append(edge)
            fits[id(theirs)][id(ours)].append(edge)
        unsure: set[int] = set()
        for one, targets in fits.items():
            if len(targets) == 1:
                continue
            best = max(edge.score for edges in targets.values() for edge in edges)
            rivals = {
                other: near
                for other, edges in targets.items()
                if (near := [e for e in edges if e.score > best - MARGIN])
            }
            if len(rivals) > 1 and (
                (
                    rule.wants
                    and self._is_without(clusters[one][0], rule)
                    and not all(self._is_without(clusters[other][0], rule) for other in rivals)
                )
                or any(self._is_parted(clusters[a], clusters[b]) for a, b in combinations(rivals, 2))
            ):
                unsure.update(id(edge) for near in rivals.values() for edge in near)
        return unsure

    def _is_without(self, text: int, rule: Rule) -> bool:
        return all(self._evidence.lacks(member, rule) for member in self._members[text])

    def _is_parted(self, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        """Whether two clusters hold texts that must not stand in one."""
        if len(ours) + len(theirs) > LARGEST_CLUSTER:
            return True
        return any(self._is_pair_parted(one, other) for one in ours for other in theirs)

    def _is_pair_parted(self, one: int, other: int) -> bool:
        if (one, other) in self._same:
            return False
        if not self._evidence.keeps_apart(one, other):
            return False
        # What a person judged to be one text is one to the rules as well: what is like either, is like both.
        excused = any((a, b) in self._same for a in self._judged[one] for b in self._judged[other])
        return not excused or self._evidence.is_never_one(one, other)

    def _merge(self, groups: dict[int, list[int]], left: int, right: int) -> None:
        one, other = groups[left], groups[right]
        if one is other:
            return
        if len(one) < len(other):
            one, other = other, one
        one.extend(other)
        for text in other:
            groups[text] = one

    def _ranked(self, edges: Sequence[Edge]) -> list[Edge]:
        """The strongest evidence first; what is equally strong by what the texts say."""

        def said(edge: Edge) -> list[tuple[str, ...]]:
            return sorted((self._evidence.order(edge.left), self._evidence.order(edge.right)))

        ranked: list[Edge] = []
        for _, equal in groupby(sorted(edges, key=_strength), key=_strength):
            tied = list(equal)
            ranked += sorted(tied, key=said) if len(tied) > 1 else tied
        return ranked


def _strength(edge: Edge) -> tuple[int, float]:
    return _STRENGTH[edge.rule.name], -edge.score
