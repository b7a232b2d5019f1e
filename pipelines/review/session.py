"""Judging on a terminal: pair after pair, one key each; every decision is in the file before the next pair is shown."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from rich.text import Text

from pipelines.deduplicate import Judgement
from pipelines.deduplicate.judgements import Verdict
from pipelines.review.display import show_pair
from pipelines.review.pairs import Pair
from pipelines.review.writing import Written, cleaned, take_back, today, write_judgement
from pipelines.wording import Sheet

DEFAULT_REASON = "Read side by side."
_VERDICTS: dict[str, Verdict] = {"s": "same", "d": "different"}
_SKIP, _UNDO, _QUIT = "k", "u", "q"
_KEYS = (("s", "same"), ("d", "different"), (_SKIP, "later"), (_UNDO, "undo"), (_QUIT, "quit"))


class Asker(Protocol):
    """Who answers: a person at a terminal, or a test."""

    def key(self) -> str:
        """One key in lower case; empty where there is no more input."""
        ...

    def line(self, prompt: str) -> str | None:
        """A line of text; None where it was taken back."""
        ...


class Tally(NamedTuple):
    """What came of a session."""

    same: int
    different: int
    skipped: int

    @property
    def judged(self) -> int:
        """How many pairs were judged."""
        return self.same + self.different


class Session:
    """One person's way through pairs."""

    def __init__(self, pairs: Sequence[Pair], path: Path, by: str, sheet: Sheet, asker: Asker) -> None:
        """Take the pairs, the file that decisions go to, who decides, and where to write and ask."""
        self._pairs = pairs
        self._path = path
        self._by = by
        self._sheet = sheet
        self._asker = asker
        # One step a pair that was passed: what was written, or None where it was skipped.
        self._steps: list[Written | None] = []

    def run(self) -> Tally:
        """Ask until the pairs are at an end or the person is; Ctrl-C is a way to quit.

        Raises:
            JudgementsError: a decision cannot be written.
        """
        try:
            while self._ask():
                pass
        except KeyboardInterrupt:
            self._sheet.line()
        verdicts = [step.judgement.decision for step in self._steps if step]
        same, different = verdicts.count("same"), verdicts.count("different")
        return Tally(same, different, len(self._steps) - len(verdicts))

    def _ask(self) -> bool:
        """Show the next pair and take one answer; False at the end."""
        at = len(self._steps)
        is_over = at == len(self._pairs)
        if is_over:
            self._sheet.line("That was the last pair.", "bold")
        else:
            show_pair(self._sheet, self._pairs[at], at + 1, len(self._pairs))
        while True:
            self._show_keys(is_over=is_over)
            key = self._asker.key()
            if key in ("", _QUIT):
                return False
            if (key == _UNDO and self._undo()) or (not is_over and self._pass(self._pairs[at], key)):
                return True

    def _show_keys(self, *, is_over: bool) -> None:
        text = Text()
        for key, meaning in _KEYS:
            if not is_over or key in (_UNDO, _QUIT):
                text.append(f"[{key}]", "bold cyan").append(f" {meaning}  ")
        self._sheet.line(text)

    def _pass(self, pair: Pair, key: str) -> bool:
        """Take a verdict or a skip; False where the key means neither or the person thought again."""
        if key == _SKIP:
            self._steps.append(None)
            self._tell("later: it stays open")
            return True
        if key not in _VERDICTS:
            return False
        verdict = _VERDICTS[key]
        self._sheet.line(verdict, "bold")
        reason = self._asker.line(f"Why? (Enter: {DEFAULT_REASON}) ")
        if reason is None:
            self._tell("not judged")
            return False
        said = (pair.left.entry.said, pair.right.entry.said)
        judgement = Judgement(verdict, *said, self._by, today(), cleaned(reason) or DEFAULT_REASON)
        self._steps.append(write_judgement(self._path, judgement))
        self._tell(f"{verdict}: written to {self._path}")
        return True

    def _undo(self) -> bool:
        """Take the last step back; False where there is none."""
        if not self._steps:
            self._tell("nothing to undo")
            return False
        step = self._steps.pop()
        if step is None:
            self._tell("back to the pair that was skipped")
        elif take_back(self._path, step):
            self._tell(f"undone: {step.judgement.decision} is out of {self._path} again")
        else:
            self._tell(f"{self._path} was changed meanwhile and does not hold it as it was written; look there")
        return True

    def _tell(self, what: str) -> None:
        self._sheet.line(what, "dim")
        self._sheet.line()
