"""A schedule with nobody watching: a real server, real workers, times that come, and what goes wrong (`make test-schedule`, minutes)."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.cli import main

HOUSE = Path(__file__).parents[2]
SAMPLE = HOUSE / "raw" / "sample"
pytestmark = [
    pytest.mark.flow,
    pytest.mark.skipif(
        "ARCHIVE_LISTINGS_SCHEDULE" not in os.environ, reason="minutes long; make test-schedule runs it"
    ),
]
KEYS = {
    "archive-listings-quality", "archive-listings-checks", "archive-listings-report", "archive-listings-progress",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(prefect):
    """A folder with pages, deployed from prefect.yaml but for the minute at which it runs."""
    folder = prefect.home / "site"
    shutil.copytree(SAMPLE, folder / "raw")
    text = (HOUSE / "prefect.yaml").read_text(encoding="utf-8")
    assert text.count('cron: "15 3 * * *"') == 1
    (folder / "prefect.yaml").write_text(text.replace('"15 3 * * *"', '"* * * * *"'), encoding="utf-8")
    prefect.command("work-pool", "create", "archive-listings", "--type", "process")
    return folder


@pytest.fixture(scope="module")
def deployed(prefect, site):
    """The times of the schedule are not come to before a test wants them."""
    prefect.command("deploy", "--all", cwd=site, ARCHIVE_LISTINGS_HOME=str(site))
    deployment = prefect.api("/deployments/name/archive-listings/nightly", method="GET")
    prefect.api(f"/deployments/{deployment['id']}/pause_deployment")
    return deployment["id"]


@pytest.fixture
def worker(prefect, deployed):  # noqa: ARG001 nothing to work at before
    process = prefect.worker(f"worker-{time.monotonic_ns()}")
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Pages enough that a run can be met at its work."""
    folder = tmp_path_factory.mktemp("many")
    command = [sys.executable, HOUSE / "benchmarks" / "pages.py", "--entries", "40000", "--seed", "1", "--out", folder]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "raw"


def release_of(processed):
    current = processed / "current"
    return {path.name: path.read_bytes() for path in current.iterdir()} if current.exists() else None


def is_at_work(processed):
    """Whether a run holds the lock and has begun to read."""
    return (processed / ".lock").exists() and (processed / ".lock").read_bytes().startswith(b'{"pid"')


def wait_until(found, seconds):
    until = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return value


@pytest.mark.usefixtures("worker")
def test_its_times_come_it_publishes_and_then_finds_nothing_new(prefect, site, deployed):
    asked = {
        "deployments": {"id": {"any_": [deployed]}},
        "flow_runs": {"state": {"type": {"any_": ["COMPLETED", "FAILED"]}}},
    }
    prefect.api(f"/deployments/{deployed}/resume_deployment")
    wait_until(lambda: len(prefect.runs(**asked)) >= 2, 300)
    prefect.api(f"/deployments/{deployed}/pause_deployment")
    *_, second, first = prefect.runs(**asked)
    release = (site / "processed" / "current").resolve().name
    assert first["name"] == f"{release} published"
    assert first["auto_scheduled"]
    assert prefect.artifacts(first["id"]).keys() == KEYS
    assert prefect.artifacts(first["id"])["archive-listings-progress"] == 100
    assert prefect.artifacts(first["id"])["archive-listings-quality"].startswith(f"# Release {release}")
    assert second["name"] == "nothing new"
    assert second["state"]["message"] == f"Nothing is new since {release}."
    assert prefect.artifacts(second["id"]) == {}
    assert second["total_run_time"] < first["total_run_time"]


@pytest.mark.usefixtures("worker")
def test_a_broken_gate_is_a_failed_run_and_current_stays(prefect, tmp_path):
    raw, processed = shutil.copytree(SAMPLE, tmp_path / "raw"), tmp_path / "processed"
    where = {"raw": str(raw), "processed": str(processed)}
    assert prefect.ended(prefect.run_now("on-demand", **where))["state_type"] == "COMPLETED"
    before = release_of(processed)
    for page in raw.glob("old-*"):
        page.unlink()
    run = prefect.ended(prefect.run_now("on-demand", **where))
    assert (run["state_type"], run["run_count"]) == ("FAILED", 1)
    assert run["name"].startswith("rejected r1-")
    assert "RejectedError" in run["state"]["message"]
    assert prefect.artifacts(run["id"])["archive-listings-quality"].startswith("# Nothing published")
    assert release_of(processed) == before
    assert json.loads((processed / "last-run.json").read_bytes())["status"] == "rejected"


@pytest.mark.usefixtures("deployed")
def test_a_worker_that_is_killed_takes_its_run_along_and_the_next_one_is_clean(prefect, many, tmp_path):
    processed = tmp_path / "processed"
    where = {"raw": str(many), "processed": str(processed)}
    first = prefect.worker("killed")
    run_id = prefect.run_now("nightly", **where)
    wait_until(lambda: is_at_work(processed), 120)
    first.kill()
    first.wait(10)
    assert prefect.ended(run_id)["state_type"] == "CRASHED"
    assert release_of(processed) is None
    second = prefect.worker("next")
    assert prefect.ended(prefect.run_now("nightly", **where))["state_type"] == "COMPLETED"
    second.terminate()
    second.wait(60)
    assert main(["verify", "--processed", str(processed)]) == 0
    assert not list(processed.glob(".staging-*"))


@pytest.mark.usefixtures("deployed")
def test_a_machine_that_dies_leaves_current_and_holds_nobody_up_for_long(prefect, site, many, tmp_path):
    """The worker and the run are killed at once, so that neither can say anything."""
    processed = tmp_path / "processed"
    shutil.copytree(SAMPLE, tmp_path / "raw")
    assert main(["build", "--no-prefect", "--raw", str(tmp_path / "raw"), "--processed", str(processed)]) == 0
    before = release_of(processed)
    rule = (HOUSE / "deploy" / "dead-runs.yaml").read_text(encoding="utf-8")
    (site / "dead-runs.yaml").write_text(rule.replace("within: 600", "within: 75"), encoding="utf-8")
    prefect.command("automation", "create", "--from-file", site / "dead-runs.yaml")
    where = {"raw": str(many), "processed": str(processed), "accepts": True}
    first = prefect.worker("dead")
    dead = prefect.run_now("nightly", **where)
    wait_until(lambda: is_at_work(processed), 120)
    for pid in (*prefect.children(first), first.pid):
        os.kill(pid, signal.SIGKILL)
    first.wait(10)
    assert release_of(processed) == before
    second = prefect.worker("after")
    assert prefect.ended(prefect.run_now("on-demand", **where))["state_type"] == "COMPLETED"
    assert main(["verify", "--processed", str(processed)]) == 0
    assert release_of(processed) != before
    assert prefect.ended(dead, seconds=240)["state_type"] == "CRASHED"
    assert prefect.ended(prefect.run_now("nightly", **where), seconds=400)["name"].endswith("unchanged")
    second.terminate()
    second.wait(60)


def test_serve_runs_at_its_times_and_ends_when_it_is_told_to(prefect, tmp_path):
    shutil.copytree(SAMPLE, tmp_path / "raw")
    words = ["pipelines", "serve", "--cron", "* * * * *", "--timezone", "Europe/Berlin", "--raw", tmp_path / "raw"]
    served = prefect.start("serve", *words, "--processed", tmp_path / "processed", "--judgements", tmp_path / "j.toml")
    wait_until((tmp_path / "processed" / "current").exists, 180)
    deployment = prefect.api("/deployments/name/archive-listings/served", method="GET")
    asked = {
        "deployments": {"id": {"any_": [deployment["id"]]}},
        "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}},
    }
    wait_until(lambda: prefect.runs(**asked), 60)
    served.send_signal(signal.SIGINT)
    assert served.wait(60) == 0, served.log.read_text(encoding="utf-8")
    (schedule,) = deployment["schedules"]
    assert schedule["schedule"]["timezone"] == "Europe/Berlin"
    assert deployment["parameters"]["raw"] == str(tmp_path / "raw")
    assert deployment["concurrency_limit"] == 1 or deployment["global_concurrency_limit"]["limit"] == 1
    assert prefect.runs(**asked)[-1]["name"].endswith("published")
