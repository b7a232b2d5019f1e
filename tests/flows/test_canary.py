"""When a bound in pyproject.toml can go, and when one is missing."""

import importlib.metadata
import subprocess
import sys

from packaging.version import Version


def test_the_prefect_server_imports_with_the_locked_fastapi():
    code = "from prefect.server.api.server import create_app; create_app(ephemeral=True)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=300)
    assert told.returncode == 0, told.stderr


def test_the_bounds_that_the_server_needs_are_still_in_force():
    assert Version(importlib.metadata.version("fastapi")) < Version("0.155"), (
        "the server does not start with fastapi 0.155"
    )
    assert Version(importlib.metadata.version("prefect")) < Version("3.9"), (
        "3.9 asks for a certifi that is not published"
    )
