"""The flow through a real server, once for all tests of this file."""

import json
import os
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import httpx
import pytest

from pipelines.build import BuildSettings, build
from pipelines.engine import LocalEngine
from pipelines.errors import NoPagesError, QualityGateError, RejectedError
from pipelines.flows.api import embed_server, send_nothing

pytestmark = pytest.mark.flow

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"


@pytest.fixture(scope="module")
def listings(tmp_path_factory):
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    send_nothing()
    embed_server(tmp_path_factory.mktemp("prefect"))
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        from pipelines.flows import listings as flows

        yield flows


@pytest.fixture
def raw(tmp_path):
    return shutil.copytree(SAMPLE, tmp_path / "raw")


@pytest.fixture
def at_once(monkeypatch):
    """Tries follow each other without a pause."""
    from pipelines.flows import tasks

    monkeypatch.setattr(tasks, "SECONDS_BETWEEN_TRIES", (0.0, 0.0))


def latest_artifact(listings):
    return artifact(listings.ARTIFACT_KEY)


def artifact(key):
    from prefect.artifacts import Artifact

    return Artifact.get(key).data


def last_run():
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC)
    return next(run for run in runs if run.state_name != "Scheduled")


def last_state():
    return last_run().state_name


def task_runs(run):
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

    with get_client(sync_client=True) as client:
        return client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run.id])))


def eventually(found, seconds=10):
    """What is found in the end: Prefect hands on lines of logs and states of tasks a little later."""
    until = time.monotonic() + seconds
    while not (value := found()) and time.monotonic() < until:
        time.sleep(0.2)
    return value


def lose_half(raw):
    for page in raw.glob("old-*"):
        page.unlink()


def test_the_flow_publishes_the_same_bytes_as_a_build_without_prefect(listings, tmp_path):
    through = listings.run(BuildSettings(SAMPLE, tmp_path / "prefect"), workers=1).published
    without = build(BuildSettings(SAMPLE, tmp_path / "plain"), LocalEngine()).published
    assert through.release_id == without.release_id
    assert {p.name: p.read_bytes() for p in through.path.iterdir()} == {
        p.name: p.read_bytes() for p in without.path.iterdir()
    }


def test_the_quality_summary_is_an_artifact(listings, tmp_path):
    release_id = listings.run(BuildSettings(SAMPLE, tmp_path), workers=1).published.release_id
    artifact = latest_artifact(listings)
    assert artifact.startswith(f"# Release {release_id}")
    assert "| entries | 94 = 64 documents + 30 merged |" in artifact
    assert "note-not-a-listing.txt:1: page refused" in artifact


def test_a_failed_quality_gate_is_a_failed_run_that_leaves_the_release_before_in_place(listings, tmp_path):
    before = listings.run(BuildSettings(SAMPLE, tmp_path / "processed"), workers=1).published.path
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "note.txt").write_text("Nothing here is a listing.\n", encoding="utf-8")
    with pytest.raises(QualityGateError):
        listings.run(BuildSettings(tmp_path / "raw", tmp_path / "processed"), workers=1)
    assert last_state() == "Failed"
    assert (tmp_path / "processed" / "current").resolve() == before.resolve()
    assert "Nothing published" in latest_artifact(listings)


def test_a_release_that_is_kept_back_is_a_failed_run_with_its_summary_and_how_to_accept_it(listings, tmp_path):
    raw = shutil.copytree(SAMPLE, tmp_path / "raw")
    settings = BuildSettings(raw, tmp_path / "processed")
    before = listings.run(settings, workers=1).published.path
    for page in raw.glob("old-*"):
        page.unlink()
    with pytest.raises(RejectedError) as caught:
        listings.run(settings, workers=1)
    artifact = latest_artifact(listings)
    assert last_state() == "Failed"
    assert (tmp_path / "processed" / "current").resolve() == before.resolve()
    assert caught.value.path == tmp_path / "processed" / "rejected" / caught.value.release_id
    assert artifact.startswith(
        f"# Nothing published\n\n`quality gate: release {caught.value.release_id} is not published: "
    )
    assert "documents_stay: 28 of 64 failed, 10% may" in artifact
    assert f"archive-listings accept {caught.value.release_id}" in artifact
    assert f"# Release {caught.value.release_id}" in artifact
    assert "| entries | 37 = 36 documents + 1 merged |" in artifact


def test_the_artifact_of_a_published_release_tells_what_the_gate_checked(listings, tmp_path):
    listings.run(BuildSettings(SAMPLE, tmp_path), workers=1)
    assert "## Gate, beside no release" in latest_artifact(listings)
    assert "- passed: `pages.layout: few_pages_refused: 1 of 14 failed, 25% may: " in latest_artifact(listings)


def test_shards_are_tasks_and_may_run_in_several_processes(listings, tmp_path, monkeypatch):
    from pipelines import reading as room

    monkeypatch.setattr(room, "PAGES_A_SHARD", 5)
    shutil.copytree(SAMPLE, tmp_path / "raw")
    result = listings.run(BuildSettings(tmp_path / "raw", tmp_path / "processed"), workers=2)
    assert result.report["counts"]["entries"] == 94


def test_a_run_in_which_nothing_is_new_says_so_and_runs_nothing_else(listings, raw, tmp_path):
    first = listings.run(BuildSettings(raw, tmp_path / "processed"), workers=1)
    second = listings.run(BuildSettings(raw, tmp_path / "processed"), workers=1)
    run = last_run()
    release_id = first.published.release_id
    assert (run.name, run.state_name) == ("nothing new", "Completed")
    assert run.state.message == f"Nothing is new since {release_id}."
    assert eventually(lambda: [task.name for task in task_runs(run)]) == ["look for what is new"]
    assert second.published == first.published._replace(is_new=False)
    assert (second.report, second.verdict) == (first.report, first.verdict)
    assert json.loads((tmp_path / "processed" / "last-run.json").read_bytes())["status"] == "unchanged"


class Rejected(NamedTuple):
    """A release that was published, then one of half of its pages, which was not."""

    published: str
    error: RejectedError
    runs: list
    told: list


@pytest.fixture(scope="module")
def rejected(listings, tmp_path_factory, start_receiver):
    folder = tmp_path_factory.mktemp("rejected")
    raw = shutil.copytree(SAMPLE, folder / "raw")
    settings = BuildSettings(raw, folder / "processed")
    server = start_receiver()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVE_LISTINGS_WEBHOOK_URL", server.address)
        release_id = listings.run(settings, workers=1).published.release_id
        first, told_of_first = last_run(), list(server.taken)
        lose_half(raw)
        with pytest.raises(RejectedError) as caught:
            listings.run(settings, workers=1)
    return Rejected(release_id, caught.value, [first, last_run()], [told_of_first, server.taken])


def test_the_name_of_a_run_says_what_came_of_it(rejected):
    assert [run.name for run in rejected.runs] == [
        f"{rejected.published} published",
        f"rejected {rejected.error.release_id}",
    ]
    assert rejected.runs[0].state.message == f"Release {rejected.published} is published."


def test_a_failed_gate_is_never_tried_again(rejected):
    run = rejected.runs[1]
    counts = eventually(lambda: {task.name: task.run_count for task in task_runs(run) if task.name == "publish"})
    assert (run.run_count, counts) == (1, {"publish": 1})


def test_a_rejected_release_is_told_to_the_webhook_and_a_published_one_is_not(rejected):
    of_first, ((_, body),) = rejected.told
    assert of_first == []
    assert (body["what"], body["release_id"]) == ("rejected", rejected.error.release_id)
    assert body["run_url"].endswith(f"/runs/flow-run/{rejected.runs[1].id}")


def test_checks_report_and_progress_are_artifacts(listings, raw, tmp_path):
    from pipelines.flows import telling

    listings.run(BuildSettings(raw, tmp_path / "processed"), workers=1)
    checks = json.loads(artifact(telling.CHECKS_KEY))
    assert len(checks) > 200
    assert [check["passed"] for check in checks] == sorted(check["passed"] for check in checks)
    assert {check["check"] for check in checks if not check["passed"]} == {
        "decided", "nothing_refused", "not_cut", "page_read",
    }  # fmt: skip
    assert not [check for check in checks if "*" in check["column"]]
    report = (tmp_path / "processed" / "report.html").as_uri()
    assert artifact(telling.REPORT_KEY) == f"[report.html]({report})"
    assert artifact(telling.PROGRESS_KEY) == 100


def test_the_link_leads_to_where_a_browser_finds_the_report(listings, raw, tmp_path):
    from pipelines.flows import telling

    listings.listings(raw=raw, processed=tmp_path / "processed", report_address="https://example.org/listings/")
    assert artifact(telling.REPORT_KEY) == "[report.html](https://example.org/listings/report.html)"


def test_the_log_of_a_run_tells_what_each_stage_took(rejected):
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId

    here = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[rejected.runs[0].id]))

    def said():
        with get_client(sync_client=True) as client:
            lines = [line.message for line in client.read_logs(here)]
        return [line for line in lines if line.startswith("publish: done: 19 files")] and lines

    assert [line for line in eventually(said) if line.startswith("read pages: done: 14 files, ")]


@pytest.mark.usefixtures("at_once")
def test_reading_that_the_storage_refused_is_tried_again(listings, raw, tmp_path, monkeypatch):
    from pipelines import reading
    from pipelines.read.sources import refused_file

    tries = []

    def find_sources(folder, found=reading.find_sources):
        tries.append(folder)
        sources, issues = found(folder)
        return (
            (sources, issues) if len(tries) > 1 else ([], [refused_file("file_unreadable", ".", "Stale file handle")])
        )

    monkeypatch.setattr(reading, "find_sources", find_sources)
    result = listings.run(BuildSettings(raw, tmp_path / "processed"), workers=1)
    assert len(tries) == 2
    assert result.report["counts"]["pages"] == 14


@pytest.mark.usefixtures("at_once")
def test_an_error_of_the_operating_system_is_tried_again_as_well(listings, raw, tmp_path, monkeypatch):
    from pipelines import reading

    tries = []

    def find_sources(folder, found=reading.find_sources):
        tries.append(folder)
        if len(tries) == 1:
            raise OSError(5, "Input/output error")
        return found(folder)

    monkeypatch.setattr(reading, "find_sources", find_sources)
    listings.run(BuildSettings(raw, tmp_path / "processed"), workers=1)
    assert len(tries) == 2


@pytest.mark.usefixtures("at_once")
def test_what_the_storage_refuses_for_good_is_an_issue_as_ever(listings, raw, tmp_path, monkeypatch):
    from pipelines import reading
    from pipelines.read.sources import refused_file

    tries = []

    def find_sources(folder, found=reading.find_sources):
        tries.append(folder)
        sources, issues = found(folder)
        return sources, [*issues, refused_file("file_unreadable", "locked", "Permission denied")]

    monkeypatch.setattr(reading, "find_sources", find_sources)
    result = listings.run(BuildSettings(raw, tmp_path / "processed"), workers=1)
    assert len(tries) == 3
    assert result.report["issues"]["by_problem"]["file_unreadable"] == 1


def test_a_webhook_that_is_away_changes_nothing(listings, tmp_path, monkeypatch):
    monkeypatch.setenv("ARCHIVE_LISTINGS_WEBHOOK_URL", "http://127.0.0.1:1/")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoPagesError):
        listings.run(BuildSettings(tmp_path / "empty", tmp_path / "processed"), workers=1)
    assert last_state() == "Failed"


def test_a_server_that_takes_no_artifacts_costs_no_release(listings, raw, tmp_path, monkeypatch):
    from pipelines.flows import telling

    def refuse(*_arguments, **_named):
        message = "422"
        raise RuntimeError(message)

    for name in ("create_markdown_artifact", "create_table_artifact", "create_progress_artifact", "get_client"):
        monkeypatch.setattr(telling, name, refuse)
    result = listings.run(BuildSettings(raw, tmp_path / "processed"), workers=1)
    assert result.published.is_new
    assert last_state() == "Completed"


@pytest.fixture(scope="module")
def deployed(listings, tmp_path_factory):  # noqa: ARG001 which starts the server
    """The deployments of prefect.yaml, by name, and the folder that they run in."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.settings import PREFECT_API_URL

    house, home = SAMPLE.parents[1], tmp_path_factory.mktemp("home")
    with get_client(sync_client=True) as client:
        client.create_work_pool(WorkPoolCreate(name="archive-listings", type="process"))
        command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
        search = os.pathsep.join(filter(None, (str(house), os.environ.get("PYTHONPATH"))))
        known = {"PREFECT_API_URL": PREFECT_API_URL.value(), "ARCHIVE_LISTINGS_HOME": str(home), "PYTHONPATH": search}
        told = subprocess.run(
            command, cwd=house, env={**os.environ, **known}, capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, told.stdout + told.stderr
        names = ("nightly", "on-demand")
        return {name: client.read_deployment_by_name(f"archive-listings/{name}") for name in names}, home


def test_prefect_yaml_is_deployed_as_it_stands(deployed):
    deployments, home = deployed
    (schedule,) = deployments["nightly"].schedules
    assert (schedule.schedule.cron, schedule.schedule.timezone) == ("15 3 * * *", "Europe/Berlin")
    assert deployments["on-demand"].schedules == []
    for deployment in deployments.values():
        assert deployment.entrypoint == "pipelines.flows.listings.listings"
        assert deployment.global_concurrency_limit.limit == 1
        assert deployment.concurrency_options.collision_strategy.value == "ENQUEUE"
        assert deployment.enforce_parameter_schema
        assert "archive-listings" in deployment.tags
        assert deployment.pull_steps == [{"prefect.deployments.steps.set_working_directory": {"directory": str(home)}}]


@pytest.mark.xfail(
    version("sqlalchemy") >= "2.1",
    reason="with SQLAlchemy 2.1 the server of Prefect 3.8 puts down no scheduled run ('bulk_dml decorated function')",
    strict=True,
)
def test_the_server_puts_down_the_runs_of_a_schedule(deployed):
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
    from prefect.settings import PREFECT_API_URL

    nightly = deployed[0]["nightly"]
    address = f"{PREFECT_API_URL.value()}/deployments/{nightly.id}/schedule"
    assert httpx.post(address, json={"min_runs": 3}, timeout=60).is_success  # Prefect's client would try for minutes
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[nightly.id])))
    times = {run.expected_start_time.astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M") for run in runs}
    assert len(runs) >= 3
    assert times == {"03:15"}


def test_every_parameter_has_a_type_a_default_and_a_description_that_a_form_can_show(listings):
    from prefect.utilities.callables import parameter_schema

    properties = parameter_schema(listings.listings).properties
    assert {name: field["type"] for name, field in properties.items()} == {
        "raw": "string", "processed": "string", "judgements": "string", "workers": "integer", "keep": "integer",
        "wait": "number", "gate": "string", "authority": "string", "accepts": "boolean", "is_fresh": "boolean", "openlineage": "string",
        "report_address": "string",
    }  # fmt: skip
    assert all("default" in field and len(field["description"]) > 10 for field in properties.values())
    assert properties["workers"]["minimum"] == 1
    assert (properties["wait"]["minimum"], properties["wait"]["maximum"]) == (0, 1_000_000_000)


def test_a_run_that_takes_too_long_is_ended_and_told(listings, raw, tmp_path, receiver, monkeypatch):
    from pipelines.release import locked

    server = receiver()
    monkeypatch.setenv("ARCHIVE_LISTINGS_WEBHOOK_URL", server.address)
    hasty = listings.listings.with_options(timeout_seconds=2)
    with locked(tmp_path / "processed"), pytest.raises(TimeoutError):
        hasty(raw=raw, processed=tmp_path / "processed", wait=60)
    assert last_state() == "TimedOut"
    assert [body["what"] for _, body in server.taken] == ["timed out"]
