"""The flow served: registered with the configured API, and run here when it says so."""

import os
from collections.abc import Mapping
from typing import Any

from pipelines.errors import OrchestrationError, UsageError
from pipelines.flows.api import configured_api, send_nothing
from pipelines.text import one_line

TAGS = ("archive-listings",)
_HOW_TO_START = (
    "start one that stays with `prefect server start` and name it with `prefect config set "
    "PREFECT_API_URL=http://127.0.0.1:4200/api`"
)


def serve(name: str, cron: str | None, timezone: str, parameters: Mapping[str, Any]) -> None:
    """Register the flow and run it at its times, until it is stopped.

    Raises:
        UsageError: no API is configured, or the times or their zone are none.
        OrchestrationError: no server answers there.
    """
    if configured_api(os.environ) is None:
        message = f"no Prefect API is configured, and a schedule needs a server; {_HOW_TO_START}"
        raise UsageError(message)
    send_nothing()
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy  # noqa: PLC0415 two seconds
    from prefect.types.entrypoint import EntrypointType  # noqa: PLC0415

    from pipelines.flows.listings import listings  # noqa: PLC0415

    schedule = _schedule(cron, timezone) if cron else None
    _ask_whether_it_answers()
    # The lock in the folder of releases is what keeps two runs apart; the limit keeps the second from waiting in a process.
    listings.serve(
        name=name,
        schedule=schedule,
        parameters=dict(parameters),
        tags=list(TAGS),
        global_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE),
        limit=1,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _schedule(cron: str, timezone: str) -> Any:  # noqa: ANN401 Prefect's schedule
    from prefect.client.schemas.schedules import CronSchedule  # noqa: PLC0415 see above
    from prefect.schedules import Cron  # noqa: PLC0415

    try:
        CronSchedule(cron=cron, timezone=timezone)
    except ValueError as error:
        message = f"--cron {one_line(cron)!r} --timezone {one_line(timezone)!r}: no such times: {_first_line(error)}"
        raise UsageError(message) from None
    return Cron(cron, timezone=timezone)


def _first_line(error: ValueError) -> str:
    """What pydantic found wrong first, without its own address."""
    faults: list[dict[str, Any]] = getattr(error, "errors", list)()
    return one_line(str(faults[0]["msg"])) if faults else one_line(str(error))


def _ask_whether_it_answers() -> None:
    from prefect.client.orchestration import get_client  # noqa: PLC0415 see above
    from prefect.settings import PREFECT_API_URL  # noqa: PLC0415

    with get_client(sync_client=True) as client:
        fault = client.api_healthcheck()
    if fault is not None:
        message = f"Prefect: no server answers at {PREFECT_API_URL.value()}: {one_line(str(fault))}; {_HOW_TO_START}"
        raise OrchestrationError(message)
