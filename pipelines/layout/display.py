"""How a trial looks to a person: every line with its fate, then what was read, then why the other layouts do not read it."""

from collections import Counter
from typing import Any

from rich.text import Text

from pipelines.layout.fates import LineFate
from pipelines.layout.trial import Trial, Verdict
from pipelines.problems import PROBLEMS
from pipelines.records import Entry, Issue, PageReading
from pipelines.wording import Sheet, plain

# More lines than this nobody reads on a terminal; --json has all.
MOST_LINES = 2_000
MOST_ISSUES = 40
_WIDEST_INDENT = 8
_STYLES = {"date": "cyan", "title": "bold", "summary": "green", "number": "magenta"}
_FATE_STYLES = {"furniture": "dim", "issue": "bold yellow", "entry": ""}
_SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}


def show_trial(sheet: Sheet, trial: Trial) -> None:
    """Write everything about one page."""
    if trial.drafted:
        sheet.line(f"The page is refused. This is how {trial.drafted} would read it:", "bold yellow")
    width = max([len(_label(fate)) for fate in trial.lines[:MOST_LINES] if fate.fate != "blank"], default=0)
    for fate in trial.lines[:MOST_LINES]:
        sheet.line(_line(fate, width))
    if len(trial.lines) > MOST_LINES:
        sheet.line(f"… and {len(trial.lines) - MOST_LINES} more lines; --json has all", "dim")
    sheet.line()
    _show_summary(sheet, trial.reading)
    _show_verdicts(sheet, trial)


def _line(fate: LineFate, width: int) -> Text:
    """Number, fate and text of a line; its indent is kept, for it may be what a layout goes by."""
    shown = Text().append(f"{fate.line:>5}", "dim")
    if fate.fate == "blank":
        return shown
    style = _STYLES.get(fate.fields[0], "") if fate.fields else _FATE_STYLES[fate.fate]
    shown.append(f"  {_label(fate):<{width}}  ", _FATE_STYLES[fate.fate])
    indent = len(fate.text) - len(fate.text.lstrip())
    return shown.append(" " * min(indent, _WIDEST_INDENT)).append_text(plain(fate.text, style))


def _label(fate: LineFate) -> str:
    """What became of a line, in a word or two."""
    if fate.fate == "entry":
        return f"entry {fate.entry} {', '.join(fate.fields)}".rstrip()
    return f"{fate.fate}: {fate.name}"


def _show_summary(sheet: Sheet, reading: PageReading) -> None:
    ledger, frame = reading.ledger, reading.frame
    counts = Counter(issue.problem for issue in reading.issues)
    if reading.layout:
        count = len(reading.entries)
        sheet.line(
            f"Read as {reading.layout}: {count} {'entry' if count == 1 else 'entries'}, kind {frame.kind}", "bold"
        )
    else:
        sheet.line("Refused", "bold red")
    for name, value in (
        ("heading", frame.heading),
        ("description", frame.description),
        ("caption", frame.image_caption),
    ):
        if value:
            sheet.line(f"{name}: {value}", indent=2)
    if frame.pager:
        sheet.line("pager: {} - {} of {}".format(*frame.pager), indent=2)
    sheet.line(
        f"lines: {ledger.line_count}, of them {ledger.entry_line_count} in entries, {ledger.furniture_line_count} furniture, "
        f"{ledger.issue_line_count} issues, {ledger.blank_line_count} blank",
        indent=2,
    )
    for issue in reading.issues[:MOST_ISSUES]:
        severity = PROBLEMS[issue.problem].severity
        sheet.line(f"{severity} {issue.problem}: {issue.message}", _SEVERITY_STYLES[severity], indent=2)
    if len(reading.issues) > MOST_ISSUES:
        rest = ", ".join(f"{count} {problem}" for problem, count in counts.most_common())
        sheet.line(f"… in all {rest}", "dim", indent=2)


def _show_verdicts(sheet: Sheet, trial: Trial) -> None:
    claiming = [verdict for verdict in trial.verdicts if verdict.claims]
    others = [verdict for verdict in trial.verdicts if not verdict.claims]
    sheet.line()
    if len(claiming) > 1:
        names = " and ".join(verdict.layout for verdict in claiming)
        sheet.line(f"Claimed by {names}; a page that two layouts claim is refused", "bold yellow")
    sheet.line(f"Why no {'other ' if claiming or trial.reading.layout else ''}layout reads it", "bold")
    for verdict in others:
        sheet.line(_verdict(verdict), indent=2)


def _verdict(verdict: Verdict) -> Text:
    place = f", line {verdict.line}" if verdict.line else ""
    name = Text().append_text(plain(verdict.layout, "bold"))
    return name.append(f"{place}: ", "dim").append_text(plain(verdict.reason))


def trial_as_json(trial: Trial) -> dict[str, Any]:
    """Everything about one page, for a program."""
    reading = trial.reading
    return {
        "status": "read" if reading.layout else "refused",
        "source_path": reading.page.source_path,
        "page_id": reading.page.page_id,
        "layout": reading.layout,
        "kind": reading.frame.kind,
        "heading": reading.frame.heading,
        "description": reading.frame.description,
        "pager": list(reading.frame.pager) if reading.frame.pager else None,
        "is_cut": reading.is_cut,
        "entries": [_entry_as_json(entry) for entry in reading.entries],
        "issues": [issue_as_json(issue) for issue in reading.issues],
        "shown_as": trial.drafted or reading.layout,
        "lines": [fate._asdict() for fate in trial.lines],
        "layouts": [verdict._asdict() for verdict in trial.verdicts],
    }


def _entry_as_json(entry: Entry) -> dict[str, Any]:
    return {**entry._asdict(), "date": entry.date.edtf if entry.date else None}


def issue_as_json(issue: Issue) -> dict[str, Any]:
    """An issue, for a program."""
    return {"problem": issue.problem, "line_first": issue.line_first, "message": issue.message}
