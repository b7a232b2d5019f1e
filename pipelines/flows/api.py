"""Which Prefect API a run would use, found out without importing Prefect (which takes two seconds)."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

# An embedded server needs half a minute from a cold home, longer on a busy machine; Prefect's own limit is 20 seconds.
STARTUP_SECONDS = 180


def configured_api(environ: Mapping[str, str]) -> str | None:
    """Where a Prefect API is configured: the environment, or the active profile; None where none is.

    Source of the order: https://docs.prefect.io/v3/concepts/settings-and-profiles
    """
    if environ.get("PREFECT_API_URL"):
        return "the environment"
    home = Path(environ.get("PREFECT_HOME") or Path.home() / ".prefect")
    profiles = Path(environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml")
    try:
        declared = tomllib.loads(profiles.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    active = environ.get("PREFECT_PROFILE") or declared.get("active")
    profile = declared.get("profiles", {}).get(active, {})
    return f"the profile {active}" if profile.get("PREFECT_API_URL") else None


def embed_server(processed: Path) -> None:
    """Set this process up for a server of its own that starts dependably; call before Prefect is imported.

    Its home is beside the releases, so that nothing is written elsewhere and no other Prefect is touched. What the
    environment already says is kept.
    """
    home = server_home(processed).absolute()
    home.mkdir(parents=True, exist_ok=True)  # the server ends at once where its home's parent is missing
    for name, value in {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(STARTUP_SECONDS),
    }.items():
        os.environ.setdefault(name, value)


def server_home(processed: Path) -> Path:
    """Where an embedded server keeps its database."""
    return processed / ".prefect"


def send_nothing() -> None:
    """Turn off what Prefect would tell its makers; call before Prefect is imported."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
