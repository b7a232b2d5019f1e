"""OpenLineage run events, written by hand: they are small, and the specification is stable.

Source: https://openlineage.io/spec/2-0-2/OpenLineage.json and the facets named below it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from pipelines import __version__
from pipelines.release.places import CURRENT, MANIFEST
from pipelines.runs.account import message_of
from schemas.declared import declared

SPECIFICATION = "https://openlineage.io/spec"
RUN_EVENT = f"{SPECIFICATION}/2-0-2/OpenLineage.json#/$defs/RunEvent"
# What says whose event it is: a URI, which need not lead anywhere. It names the version that made the release.
PRODUCER = f"urn:archive-listings:{__version__}"
NAMESPACE = "OPENLINEAGE_NAMESPACE"
_FACETS = {
    "schema": "1-2-0/SchemaDatasetFacet",
    "version": "1-0-1/DatasetVersionDatasetFacet",
    "outputStatistics": "1-0-2/OutputStatisticsOutputDatasetFacet",
    "errorMessage": "1-0-1/ErrorMessageRunFacet",
    "processing_engine": "1-1-1/ProcessingEngineRunFacet",
}


@dataclass(frozen=True, slots=True)
class Lineage:
    """The events of one run: one when it starts, and one when it ends."""

    run_id: UUID
    raw: Path
    processed: Path

    def started(self) -> dict[str, Any]:
        """The run begins to read raw."""
        return self._event("START", inputs=[self._raw()])

    def completed(self, release: Path) -> dict[str, Any]:
        """The run published a release, or found it published: each of its tables with its columns, rows and bytes.

        A release whose manifest cannot be read has no tables to tell of.
        """
        try:
            manifest = json.loads((release / MANIFEST).read_bytes())
        except (OSError, ValueError):
            return self._event("COMPLETE", inputs=[self._raw()])
        tables = [
            self._table(name, facts, manifest["release_id"])
            for name, facts in manifest["files"].items()
            if name.endswith(".parquet")
        ]
        raw = self._raw(_facet("version", datasetVersion=manifest["inputs"]["sha256"]))
        return self._event("COMPLETE", inputs=[raw], outputs=tables)

    def failed(self, error: BaseException) -> dict[str, Any]:
        """The run ends without a release; one that the gate kept back is none."""
        message = _facet("errorMessage", message=message_of(error), programmingLanguage="Python")
        return self._event("FAIL", message, inputs=[self._raw()])

    def _event(
        self,
        event_type: str,
        run_facets: Mapping[str, Any] | None = None,
        *,
        inputs: list[dict[str, Any]],
        outputs: list[dict[str, Any]] | None = None,
    ) -> dict[str, Any]:
        engine = _facet("processing_engine", name="archive-listings", version=__version__)
        return {
            "eventType": event_type,
            "eventTime": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "run": {"runId": str(self.run_id), "facets": {**engine, **(run_facets or {})}},
            "job": {"namespace": os.environ.get(NAMESPACE) or "archive-listings", "name": "build"},
            "inputs": inputs,
            "outputs": outputs or [],
            "producer": PRODUCER,
            "schemaURL": RUN_EVENT,
        }

    def _raw(self, facets: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {**_file(self.raw), "facets": dict(facets or {})}

    def _table(self, file_name: str, facts: Mapping[str, Any], release_id: str) -> dict[str, Any]:
        statistics = _facet("outputStatistics", rowCount=facts["rows"], size=facts["bytes"])
        version = _facet("version", datasetVersion=release_id)
        facets = {**_columns(file_name.removesuffix(".parquet")), **version}
        return {**_file(self.processed / CURRENT / file_name), "facets": facets, "outputFacets": statistics}


def _file(path: Path) -> dict[str, str]:
    """A place of this machine as a dataset; a link is named, not followed, for `current` leads elsewhere tomorrow.

    Source: https://openlineage.io/docs/spec/naming, "Local file system".
    """
    return {"namespace": "file", "name": os.path.abspath(path)}  # noqa: PTH100 resolve would follow the link


def _columns(table: str) -> dict[str, Any]:
    fields = [
        {"name": column.name, "type": column.type, "description": column.description}
        for column in declared(table).columns
    ]
    return _facet("schema", fields=fields)


def _facet(facet: str, /, **content: Any) -> dict[str, Any]:  # noqa: ANN401 as facets are declared
    version, kind = _FACETS[facet].split("/")
    schema = f"{SPECIFICATION}/facets/{version}/{kind}.json#/$defs/{kind}"
    return {facet: {"_producer": PRODUCER, "_schemaURL": schema, **content}}
