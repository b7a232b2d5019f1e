"""The sentences in which containers say what was not read."""

from collections import Counter

from pipelines.read.containers.streams import CutError, DamageError
from pipelines.records import Issue

_DONE = {"response_skipped": "skipped", "response_refused": "refused", "response_cut": "cut"}


def refused(problem: str, name: str, sentence: str, value: str | None = None) -> Issue:
    """An issue about a file, a member or a web archive."""
    return Issue(problem, f"{name}: {sentence}", source_path=name, value=value)


def damaged(name: str, damage: DamageError, where: str = "", rest: str = "the rest is not read") -> Issue:
    """A container that ends too early or is damaged, from where on, and what becomes of the rest."""
    if isinstance(damage, CutError):
        return refused("archive_cut", name, f"cut{where}: {damage}")
    return refused("archive_damaged", name, f"damaged{where}: {damage}; {rest}")


class Tally:
    """Responses of one web archive that are not read, or not whole, counted by reason."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], int] = {}

    def add(self, problem: str, reason: str, number: int) -> None:
        """Count the record of this number."""
        self._counts[problem, reason] += 1
        self._first.setdefault((problem, reason), number)

    def issues(self) -> list[Issue]:
        """One issue a reason, in the order in which they were first met."""
        return [self._issue(key, count) for key, count in self._counts.items()]

    def _issue(self, key: tuple[str, str], count: int) -> Issue:
        problem, reason = key
        responses = "response" if count == 1 else "responses"
        sentence = f"{count:,} {responses} {_DONE[problem]}: {reason} (first: !{self._first[key]})"
        return refused(problem, self._name, sentence, str(count))
