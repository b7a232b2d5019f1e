"""The command `review`: on a terminal a session, elsewhere a list, for a program one object, for a script one judgement."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.deduplicate import Judgement
from pipelines.deduplicate.judgements import Verdict
from pipelines.errors import UsageError
from pipelines.judgements import read_judgements
from pipelines.published import Release, open_release
from pipelines.review.display import show_pair
from pipelines.review.pairs import OpenPairs, Pair, open_pairs
from pipelines.review.session import Session, Tally
from pipelines.review.writing import Decision, Written, cleaned, judge, reviewer, today
from pipelines.wording import Sheet


class ReviewSettings(NamedTuple):
    """What is reviewed, where decisions go, and who takes them."""

    processed: Path
    judgements: Path
    by: str | None = None
    limit: int | None = None
    is_json: bool = False


def review(settings: ReviewSettings) -> None:
    """Show the open pairs, and take decisions where a person sits at the terminal.

    Raises:
        ReleaseError, JudgementsError: the release or the file of judgements cannot be read, or a decision not be written.
        UsageError: nothing tells who judges.
    """
    release = open_release(settings.processed)
    found = open_pairs(release, read_judgements(settings.judgements))
    pairs = found.pairs[: settings.limit]
    if settings.is_json:
        _print_json(_as_json(release, found, pairs, settings))
        return
    _show(Sheet(), found, pairs, settings)


def _show(sheet: Sheet, found: OpenPairs, pairs: Sequence[Pair], settings: ReviewSettings) -> None:
    """The pairs for a person: one after another where there is a terminal to answer at, all at once elsewhere."""
    if not pairs:
        sheet.line("Nothing is open: no pair waits for a person.", "bold")
        _tell_judged(sheet, found, settings.judgements)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        _tell_count(sheet, found, pairs, settings.judgements)
        sheet.line()
        _judge_on_terminal(sheet, pairs, len(found.pairs), settings)
    else:
        for number, pair in enumerate(pairs, 1):
            show_pair(sheet, pair, number, len(pairs))
        _tell_count(sheet, found, pairs, settings.judgements)
        sheet.line(
            "On a terminal, `archive-listings review` asks for a decision on each; in a script, --judge writes one."
        )


def review_one(settings: ReviewSettings, entry_ids: tuple[str, str], verdict: str, why: str | None) -> None:
    """Write one judgement and say so.

    Raises:
        UsageError: the verdict is none, no reason is given, or nothing tells who judges.
        NotJudgedError, JudgementsError, ReleaseError: see `judge`.
    """
    by = reviewer(settings.by, os.environ)
    if verdict not in ("same", "different"):
        message = f"--judge: {verdict!r} is neither `same` nor `different`"
        raise UsageError(message)
    if why is None:
        message = "--judge needs a reason: --why TEXT"
        raise UsageError(message)
    if by is None:
        message = "nothing tells who judges: --by NAME"
        raise UsageError(message)
    release = open_release(settings.processed)
    written = judge(release, settings.judgements, Decision(entry_ids, _verdict(verdict), by, cleaned(why)))
    _tell_judgement(written, settings)


def _verdict(text: str) -> Verdict:
    return "same" if text == "same" else "different"


def _tell_judgement(written: Written | Judgement, settings: ReviewSettings) -> None:
    is_new = isinstance(written, Written)
    judgement = written.judgement if isinstance(written, Written) else written
    if settings.is_json:
        status = "written" if is_new else "already judged"
        told = {**judgement._asdict(), "left": judgement.left._asdict(), "right": judgement.right._asdict()}
        told = {**told, "on": judgement.on.isoformat(), "place": judgement.place or None}
        _print_json({"status": status, "judgements": str(settings.judgements), "judgement": told})
    elif is_new:
        Sheet().line(f"{judgement.decision}: written to {settings.judgements}; the next build applies it.")
    else:
        Sheet().line(f"{judgement.place} says {judgement.decision} already; nothing was written.")


def _judge_on_terminal(sheet: Sheet, pairs: Sequence[Pair], open_count: int, settings: ReviewSettings) -> None:
    from pipelines.review.terminal import Terminal  # noqa: PLC0415 there are machines without terminals

    with Terminal() as terminal:
        by = reviewer(settings.by, os.environ) or cleaned(
            terminal.line("Your name, for the file of judgements: ") or ""
        )
        if not by:
            message = "nothing tells who judges: --by NAME"
            raise UsageError(message)
        tally = Session(pairs, settings.judgements, by, sheet, terminal).run()
    _tell_tally(sheet, tally, open_count - tally.judged, settings.judgements)


def _tell_tally(sheet: Sheet, tally: Tally, open_count: int, path: Path) -> None:
    if tally.judged:
        sheet.line(f"{tally.judged} judged ({tally.same} same, {tally.different} different), in {path}.", "bold")
        sheet.line("The next build applies what was judged.")
    else:
        sheet.line("Nothing was judged.", "bold")
    skipped = f", {tally.skipped} of them skipped" if tally.skipped else ""
    sheet.line(f"{open_count} still open{skipped}." if open_count else "Nothing is open any more.")


def _tell_count(sheet: Sheet, found: OpenPairs, pairs: Sequence[Pair], path: Path) -> None:
    count, shown = len(found.pairs), len(pairs)
    what = "pair waits" if count == 1 else "pairs wait"
    sheet.line(f"{count} {what} for a person" + (f"; {shown} shown." if shown < count else "."), "bold")
    _tell_judged(sheet, found, path)


def _tell_judged(sheet: Sheet, found: OpenPairs, path: Path) -> None:
    if found.judged_count:
        one = found.judged_count == 1
        sheet.line(
            f"{found.judged_count} {'is' if one else 'are'} judged in {path} already; the next build applies {'it' if one else 'them'}."
        )


def _as_json(release: Release, found: OpenPairs, pairs: Sequence[Pair], settings: ReviewSettings) -> dict[str, Any]:
    by = reviewer(settings.by, os.environ)
    return {
        "release_id": release.release_id,
        "judgements": str(settings.judgements),
        "open_count": len(found.pairs),
        "judged_count": found.judged_count,
        "pairs": [pair.as_json(by, today()) for pair in pairs],
    }


def _print_json(content: dict[str, Any]) -> None:
    """One object; everything beyond ASCII is escaped, so nothing in it moves a cursor."""
    sys.stdout.write(json.dumps(content, indent=2) + "\n")
