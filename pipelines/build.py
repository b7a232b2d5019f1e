"""The one composition: raw to a published release. What runs the stages is the engine's business.

raw files -> shards of pages, read -> one reading -> findings (collections, documents) -> checked tables -> a release.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from pipelines.authority import read_authority
from pipelines.collector import collector_paused
from pipelines.deduplicate import Before, History, Judgement, Traces, deduplicate_traced
from pipelines.engine import Engine
from pipelines.gate.content import check_refusals
from pipelines.gate.publishing import publish_or_reject
from pipelines.gate.thresholds import GATE, Thresholds, read_thresholds
from pipelines.gate.verdict import Verdict
from pipelines.holdings import described_twice, find_collections
from pipelines.judgements import read_judgements
from pipelines.laws import check_foreign_keys, check_keys, check_laws
from pipelines.memory.digests import digests_of_settings
from pipelines.memory.remembered import Remembered
from pipelines.options import AUTHORITY
from pipelines.quality import check_content, guard, quality_table
from pipelines.quarantine import refuse_entries, refuse_rows
from pipelines.reading import read_raw
from pipelines.records import Issue, RawReading
from pipelines.release import Published, locked, read_history
from pipelines.report import make_report
from pipelines.report.writing import refresh_after_build
from pipelines.settings import RELEASES_KEPT
from pipelines.tables import Findings, Tables, entries_table, issues_table, make_tables
from pipelines.title_tables import ReadBefore
from pipelines.titles.authority import Authority
from pipelines.validate import ROWS_CAN_BE_LEFT_OUT, CheckResult, validate

_GONE_ON_FROM = ("matches", "document_parties", "title_evidence")


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """What a build reads and where it publishes; the files of judgements, thresholds (`gate`) and names (`authority`) need not be there.

    `accepts` publishes what fails only by a threshold.
    `keep` is how many of the last releases are kept, `wait` for how many seconds another run in the folder is waited for. `is_fresh`
    is to believe nothing of what the builds before remembered.
    """

    raw: Path
    processed: Path
    judgements: Path = Path("judgements.toml")
    keep: int = RELEASES_KEPT
    wait: float = 0.0
    gate: Path = GATE
    accepts: bool = False
    is_fresh: bool = False
    authority: Path = AUTHORITY

    def digests(self) -> dict[str, str | None]:
        """Hashes of what a build follows from beside raw and code."""
        return digests_of_settings(self.judgements, self.gate, self.keep, self.authority)


class Checked(NamedTuple):
    """Tables that passed all but the gate's checks, `quality` among them; their report; and the gate's checks, which are in `quality`.

    `traces`: those of deduplication, for the next build.
    """

    tables: Tables
    report: dict[str, Any]
    gate: tuple[CheckResult, ...]
    traces: Traces | None = None


class Known(NamedTuple):
    """What is known of documents: what the release before published, what persons judged, how documents were told apart before, and what names stand for."""

    history: History = History()
    judgements: Sequence[Judgement] = ()
    before: Before | None = None
    authority: Authority | None = None
    titles: ReadBefore | None = None


class BuildResult(NamedTuple):
    """A release, what it says of itself, and what the gate says of it; where the run was watched, its account."""

    published: Published
    report: dict[str, Any]
    verdict: Verdict
    run: dict[str, Any] | None = None


def build(settings: BuildSettings, engine: Engine) -> BuildResult:
    """Build a release from raw and publish it.

    Raises:
        NoPagesError: raw holds no file.
        SettingsError, JudgementsError, AuthorityError, LayoutError: a file that says how to build cannot be followed.
        StructureError, QualityGateError: what was made is not fit to be published.
        RejectedError: it may be fit, and is kept for a person to look at.
        ReleaseError: another build runs, or the release could not be written.
        In each case the release before stays in place.
    """
    with locked(settings.processed, settings.wait):
        thresholds = read_thresholds(settings.gate)
        remembered = Remembered.open(settings.raw, settings.processed, settings.digests(), is_fresh=settings.is_fresh)
        reading = read_raw(settings.raw, engine, remembered)
        before = remembered.before()
        known = Known(
            read_history(settings.processed, before),
            read_judgements(settings.judgements),
            before,
            read_authority(settings.authority),
            remembered.titles_before(before),
        )
        making = partial(make_checked_tables, reading, known, thresholds)
        checked = engine.call("tell documents apart", making)
        publishing = partial(
            publish_or_reject, settings.processed, checked, thresholds, settings.keep, accepts=settings.accepts
        )
        published, verdict = engine.call("publish", publishing)
        doubts = refresh_after_build(settings.processed, published, verdict.as_json(), checked.tables)
        published = published._replace(doubts=(*published.doubts, *doubts))
        if not verdict.failed:
            remembered.finish(published.path, verdict.as_json(), checked.traces)
    return BuildResult(published, checked.report, verdict)


@collector_paused()
def make_checked_tables(reading: RawReading, known: Known, thresholds: Thresholds | None = None) -> Checked:
    """Tables from all that was read, checked against their declarations and each other.

    An entry that a check refuses is left out and everything is made anew without it, so that no table knows of it.
    """
    findings, traces = _findings(reading, known)
    tables = make_tables(findings, known.authority, known.titles)
    entries = validate("entries", tables["entries"])
    if entries.refusals:
        pages, refused = refuse_entries(reading.pages, tables["entries"], entries.refusals)
        findings, traces = _findings(RawReading(tuple(pages), (*reading.issues, *refused)), known)
        tables = make_tables(findings, known.authority, known.titles)
    checked = check_tables(tables, entries.results, thresholds)
    # Where a check left out a row, the release is not all that was found, and the next build cannot go on from it.
    is_all = all(checked.tables[name].num_rows == tables[name].num_rows for name in _GONE_ON_FROM)
    return checked._replace(traces=traces if is_all else None)


def check_tables(tables: Tables, entry_results: Sequence[CheckResult], thresholds: Thresholds | None = None) -> Checked:
    """Every check but those on rows of entries, whose results are given; then `quality` and the report.

    Raises:
        StructureError: a table is not as declared.
        QualityGateError: a check failed that guards publishing.
    """
    validations = {name: validate(name, table) for name, table in tables.items() if name != "entries"}
    tables = dict(tables)
    left_out: list[Issue] = []
    for name, validation in validations.items():
        if validation.refusals and name in ROWS_CAN_BE_LEFT_OUT:
            tables[name], issues = refuse_rows(name, tables[name], validation.refusals)
            left_out += issues
    if left_out:
        tables["issues"] = pa.concat_tables([tables["issues"], issues_table(left_out)]).sort_by("issue_id")
    results = [*entry_results, *(result for validation in validations.values() for result in validation.results)]
    results += [*check_keys(tables), *check_foreign_keys(tables), *check_laws(tables), *check_content(tables)]
    guard(results)
    gate = tuple(check_refusals(tables, thresholds or Thresholds()))
    results += gate
    # The table of checks is checked like any other, on the rows that it has before its own are added.
    results += validate("quality", quality_table(results)).results
    tables["quality"] = quality_table(results)
    return Checked(tables, make_report(tables), gate)


def _findings(reading: RawReading, known: Known) -> tuple[Findings, Traces | None]:
    """Collections and documents in what was read, and every issue about it; and the traces of how documents were told apart."""
    collections = find_collections(reading.pages)
    entries = entries_table(reading.pages)
    deduplication, traces = deduplicate_traced(entries, known.judgements, known.history, known.before)
    issues = [
        *reading.issues,
        *(issue for page in reading.pages for issue in page.issues),
        *described_twice(collections, reading.pages),
        *deduplication.issues,
    ]
    return Findings(reading.pages, entries, collections, deduplication, issues), traces
