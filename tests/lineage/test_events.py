"""OpenLineage events, beside what version 2-0-2 of the specification demands."""

import json
import re
import shutil
from pathlib import Path
from uuid import UUID

import pyarrow.parquet as pq
import pytest

from pipelines.cli import main
from pipelines.lineage import sending
from pipelines.lineage.events import Lineage

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"
URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@pytest.fixture
def events(tmp_path):
    """Builds with events to a file; what stands in it."""

    def build(raw=SAMPLE, *options):
        command = ["build", "--no-prefect", "--openlineage", str(tmp_path / "events.jsonl")]
        main([*command, "--raw", str(raw), "--processed", str(tmp_path / "processed"), *options])
        return [json.loads(line) for line in (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()]

    return build


def facets(event):
    datasets = [*event["inputs"], *event["outputs"]]
    for holder in (event["run"], event["job"], *datasets):
        yield from holder.get("facets", {}).items()
    for output in event["outputs"]:
        yield from output["outputFacets"].items()


def test_a_build_is_two_events_of_one_run(events):
    started, completed = events()
    assert (started["eventType"], completed["eventType"]) == ("START", "COMPLETE")
    assert started["run"]["runId"] == completed["run"]["runId"]
    assert started["eventTime"] <= completed["eventTime"]


def test_an_event_has_all_that_a_run_event_must_have(events):
    for event in events():
        assert event["schemaURL"] == "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
        assert URI.fullmatch(event["producer"])
        assert TIME.fullmatch(event["eventTime"])
        assert UUID(event["run"]["runId"]).version == 4
        assert event["job"] == {"namespace": "archive-listings", "name": "build"}
        assert all(dataset["namespace"] and dataset["name"] for dataset in (*event["inputs"], *event["outputs"]))


def test_every_facet_names_its_producer_and_its_schema(events):
    for event in events():
        for name, facet in facets(event):
            kind = facet["_schemaURL"].rpartition("/")[2]
            assert URI.fullmatch(facet["_producer"])
            assert facet["_schemaURL"].startswith("https://openlineage.io/spec/facets/")
            assert kind.lower().startswith(name.replace("_", "").lower()) or (name, kind) == (
                "version",
                "DatasetVersionDatasetFacet",
            )


def test_the_input_is_the_folder_of_pages(events):
    started, completed = events()
    assert [(input_["namespace"], input_["name"]) for input_ in started["inputs"]] == [("file", str(SAMPLE))]
    manifest = completed["inputs"][0]["facets"]["version"]["datasetVersion"]
    assert re.fullmatch("[0-9a-f]{64}", manifest)


def test_the_outputs_are_the_tables_as_they_were_published(events, tmp_path):
    _, completed = events()
    current = tmp_path / "processed" / "current"
    assert {output["name"] for output in completed["outputs"]} == {str(path) for path in current.glob("*.parquet")}
    for output in completed["outputs"]:
        table = pq.read_table(output["name"])
        statistics = output["outputFacets"]["outputStatistics"]
        assert statistics["rowCount"] == table.num_rows
        assert statistics["size"] == Path(output["name"]).stat().st_size
        assert [field["name"] for field in output["facets"]["schema"]["fields"]] == table.schema.names
        assert all(field["type"] and field["description"] for field in output["facets"]["schema"]["fields"])
        assert output["facets"]["version"]["datasetVersion"] == current.resolve().name


def test_a_rejected_release_is_a_failed_run_with_its_reason(events, tmp_path):
    raw = shutil.copytree(SAMPLE, tmp_path / "raw")
    events(raw)
    for page in raw.glob("old-*"):
        page.unlink()
    *_, started, failed = events(raw)
    assert (started["eventType"], failed["eventType"], failed["outputs"]) == ("START", "FAIL", [])
    message = failed["run"]["facets"]["errorMessage"]
    assert message["message"].startswith("quality gate: release r1-")
    assert message["programmingLanguage"] == "Python"


def test_a_run_in_which_nothing_is_new_is_no_event(events):
    assert len(events()) == len(events()) == 2


def test_events_can_be_sent_to_a_service(receiver, tmp_path, monkeypatch):
    server = receiver()
    monkeypatch.setenv("OPENLINEAGE_API_KEY", "word")
    monkeypatch.setenv("OPENLINEAGE_NAMESPACE", "archive")
    command = ["build", "--no-prefect", "--openlineage", server.address, "--raw", str(SAMPLE)]
    assert main([*command, "--processed", str(tmp_path)]) == 0
    assert [body["eventType"] for _, body in server.taken] == ["START", "COMPLETE"]
    assert {headers["Authorization"] for headers, _ in server.taken} == {"Bearer word"}
    assert {body["job"]["namespace"] for _, body in server.taken} == {"archive"}


@pytest.mark.parametrize("place", ["http://127.0.0.1:1/api/v1/lineage", "no/such/folder/events.jsonl"])
def test_a_service_that_is_away_fails_no_build(place, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    command = ["build", "--no-prefect", "--openlineage", place, "--raw", str(SAMPLE)]
    assert main([*command, "--processed", str(tmp_path / "processed")]) == 0
    said = capsys.readouterr().err
    assert "lineage: the START event was not taken" in said
    assert "lineage: the COMPLETE event was not taken" in said


def test_a_release_that_cannot_be_read_has_no_tables_to_tell_of(tmp_path):
    lineage = Lineage(UUID(int=0), tmp_path, tmp_path)
    assert lineage.completed(tmp_path / "gone")["outputs"] == []


def test_lines_of_two_runs_never_mix(tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(sending.os, "write", lambda _descriptor, line: written.append(line))
    sending.send(str(tmp_path / "events.jsonl"), {"eventType": "START", "text": "a\nb"})
    assert len(written) == 1
    assert written[0].count(b"\n") == 1
