"""What is told of a run that did not publish: short, and of text from raw at most one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.text import one_line

MOST_OF_A_REASON = 300


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: `what` is `rejected`, `failed`, `stopped`, `crashed` or `timed out`; `reason` may hold text from raw."""

    what: str
    reason: str
    run: str
    run_url: str | None = None
    release_id: str | None = None

    @property
    def line(self) -> str:
        """What happened, to which run, and why."""
        about = self.release_id or one_line(self.run, 80)
        return f"{self.what}: {about}: {one_line(self.reason, MOST_OF_A_REASON)}"

    @property
    def subject(self) -> str:
        """What happened, to which run."""
        return f"archive-listings: {self.what}: {self.release_id or one_line(self.run, 80)}"

    def as_json(self) -> dict[str, Any]:
        """The body of a webhook; `text` is what Slack, Mattermost and their kind show."""
        return {
            "text": f"archive-listings: {self.line}",
            "project": "archive-listings",
            "what": self.what,
            "reason": one_line(self.reason, MOST_OF_A_REASON),
            "run": one_line(self.run, 80),
            "run_url": self.run_url,
            "release_id": self.release_id,
        }

    def as_mail(self) -> str:
        """The text of a mail."""
        lines = [one_line(self.reason, MOST_OF_A_REASON), "", "The release before stays in place."]
        lines += ["", f"Run: {one_line(self.run, 80)}"]
        if self.run_url:
            lines.append(f"See: {self.run_url}")
        if self.release_id:
            lines.append(f"Look at it: archive-listings diff current {self.release_id}")
        return "\n".join(lines) + "\n"


def notice_of(account: Mapping[str, Any]) -> Notice:
    """The notice of a run without Prefect, of which its account is known; it is told apart by when it began."""
    run = f"the run of {account['started_at']}"
    return Notice(account["status"], account["error"]["message"], run, release_id=account["release_id"])
