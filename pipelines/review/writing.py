"""Decisions on their way into the file of judgements, and who takes them."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from pipelines.deduplicate import Judgement
from pipelines.deduplicate.judgements import Verdict, content_of
from pipelines.errors import JudgementsError, ListingsError
from pipelines.judgements import HEADER, add_judgements, read_judgements
from pipelines.published import Listed, Release
from pipelines.text import one_line

# A tool that hangs must not hang a review.
_SECONDS_FOR_GIT = 5


class NotJudgedError(ListingsError):
    """Two entries cannot be judged so; the message says why, and nothing was written."""


class Decision(NamedTuple):
    """What somebody decided of two entries."""

    entry_ids: tuple[str, str]
    verdict: Verdict
    by: str
    why: str


class Written(NamedTuple):
    """A judgement as it was added to the file, and the text that it became there (none where somebody else wrote meanwhile)."""

    judgement: Judgement
    text: str


def today() -> date:
    """Today, where this machine is."""
    return datetime.now(UTC).astimezone().date()


def reviewer(by: str | None, environment: Mapping[str, str]) -> str | None:
    """Who judges: the name given, or the one that git is told, or the user of this machine; None where nothing tells."""
    return cleaned(by or "") or cleaned(_name_in_git()) or cleaned(environment.get("USER", "")) or None


def _name_in_git() -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    try:
        told = subprocess.run(  # noqa: S603 the git of this machine, and a question without a value from elsewhere
            [git, "config", "user.name"], capture_output=True, check=False, timeout=_SECONDS_FOR_GIT
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.decode("utf-8", "replace") if told.returncode == 0 else ""


def cleaned(text: str) -> str:
    r"""What a person typed, on one line; bytes that are no text become `�`, for the file is UTF-8.

    >>> cleaned("  Same letter,\n as \udce9 notes ")
    'Same letter, as ��� notes'
    """
    return " ".join(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").split())


def write_judgement(path: Path, judgement: Judgement) -> Written:
    """Add a judgement to the file; returns what can be taken back.

    Raises:
        JudgementsError: the file cannot be read or written.
    """
    before = _text(path) or HEADER
    add_judgements(path, [judgement])
    after = _text(path)
    return Written(judgement, after.removeprefix(before) if after.startswith(before) else "")


def take_back(path: Path, written: Written) -> bool:
    """Remove a judgement that was added; False where the file does not hold it any more.

    Raises:
        JudgementsError: the file cannot be read or written.
    """
    text = _text(path)
    if not written.text or written.text not in text:
        return False
    before, _, after = text.rpartition(written.text)
    path = path.resolve()  # of a link, what it leads to
    waiting = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        waiting.write_text(before + after, encoding="utf-8")
        waiting.replace(path)
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise JudgementsError(message) from error
    return True


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}"
        raise JudgementsError(message) from error


def judge(release: Release, path: Path, decision: Decision) -> Written | Judgement:
    """Write a judgement of two entries; returns what was written, or the judgement of the file that says so already.

    Raises:
        NotJudgedError: an entry does not exist, the file says the opposite, or no judgement can tell the two apart.
        JudgementsError, ReleaseError: a file cannot be read or written.
    """
    left, right = _two_entries(release, decision.entry_ids)
    contents = {left.content, right.content}
    for known in read_judgements(path):
        if {content_of(known.left), content_of(known.right)} == contents:
            if known.decision == decision.verdict:
                return known
            message = f"{known.place}: says {known.decision} (by {one_line(known.by)}); delete it there first"
            raise NotJudgedError(message)
    if len(contents) == 1 and left.document_id == right.document_id:
        message = f"{left.entry_id} and {right.entry_id} print the same and are one document; judgements are about texts, and these are one text"
        raise NotJudgedError(message)
    return write_judgement(path, Judgement(decision.verdict, left.said, right.said, decision.by, today(), decision.why))


def _two_entries(release: Release, entry_ids: tuple[str, str]) -> tuple[Listed, Listed]:
    """The entries of two ids."""
    if len(set(entry_ids)) == 1:
        message = f"{entry_ids[0]}: given twice; a judgement is about two entries"
        raise NotJudgedError(message)
    found = {entry.entry_id: entry for entry in release.entries("entry_id", entry_ids)}
    missing = [entry_id for entry_id in entry_ids if entry_id not in found]
    if missing:
        hint = " (a document; `explain` lists its entries)" if missing[0].startswith("d1-") else ""
        message = f"{one_line(missing[0])}: no such entry in release {release.release_id}{hint}"
        raise NotJudgedError(message)
    left, right = (found[entry_id] for entry_id in entry_ids)
    return left, right
