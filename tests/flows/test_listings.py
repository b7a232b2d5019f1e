"""The flow through a real server, once for all tests of this file."""

import os
import shutil
from pathlib import Path

import pytest

from pipelines.build import BuildSettings, build
from pipelines.engine import LocalEngine
from pipelines.errors import QualityGateError, RejectedError
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


def latest_artifact(listings):
    from prefect.artifacts import Artifact

    return Artifact.get(listings.ARTIFACT_KEY).data


def last_state():
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        return client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=1)[0].state_name


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
