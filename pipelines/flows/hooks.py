"""What happens when a run ends without a release: a line in the log, and a notice to whoever the environment names.

A hook runs in the process of the flow where that is alive, in the worker's where it is not. It is told nothing by parameters: a
server shows those to everybody.
"""

import os
from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State
from prefect.utilities.urls import url_for

from pipelines.errors import RejectedError
from pipelines.flows.storage import error_of
from pipelines.notices.notice import Notice
from pipelines.notices.telling import tell


def tell_of_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 as Prefect calls it
    """Tell of a run that failed, ran out of time, or made a release that the gate kept back."""
    error = error_of(state)
    release_id = error.release_id if isinstance(error, RejectedError) else None
    what = "rejected" if release_id else "timed out" if state.name == "TimedOut" else "failed"
    reason = str(error) if error else state.message or "no reason is known"
    tell(Notice(what, reason, flow_run.name, url_for(flow_run), release_id), os.environ)


def tell_of_crash(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 as Prefect calls it
    """Tell of a run whose process ended, or was ended, before it could say why."""
    tell(Notice("crashed", state.message or "no reason is known", flow_run.name, url_for(flow_run)), os.environ)
