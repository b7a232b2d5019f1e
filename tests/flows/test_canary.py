"""Whether the bounds in pyproject.toml are still needed. A failure here says which can go."""

import importlib.metadata
import subprocess
import sys

import pytest
from packaging.requirements import Requirement


def requirement(package, of):
    found = [Requirement(line) for line in importlib.metadata.requires(of) or []]
    return next(need for need in found if need.name == package and not (need.marker and "extra" in str(need.marker)))


@pytest.mark.flow
def test_the_prefect_server_imports_with_the_locked_fastapi():
    code = "from prefect.server.api.server import create_app; create_app(ephemeral=True)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=300)
    assert told.returncode == 0, told.stderr


def test_prefect_still_admits_a_fastapi_with_which_its_server_does_not_work():
    need = requirement("fastapi", of="prefect")
    assert need.specifier.contains("0.155.0"), "Prefect bounds fastapi itself now: our own bound on fastapi can go"


def test_our_bound_on_fastapi_is_in_force():
    need = requirement("fastapi", of="archive-listings")
    assert need.specifier.contains("0.150.0")
    assert not need.specifier.contains("0.151.0")
    assert need.specifier.contains(importlib.metadata.version("fastapi"))
