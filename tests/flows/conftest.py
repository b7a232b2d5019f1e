import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
SECONDS_TO_START = 120


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def eventually(found, seconds, what):
    """What is found in the end; a failure that says what was waited for."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if value := found():
            return value
        time.sleep(0.5)
    return pytest.fail(f"{what}: not within {seconds} seconds")


def _heed_interrupts():
    """A test that runs in the background has inherited to ignore them, and Prefect ends by one."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Prefect:
    """A server on this machine, with a home of its own, and what a person does with it."""

    def __init__(self, home):
        self.port = free_port()
        self.home = home
        self.url = f"http://127.0.0.1:{self.port}/api"
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "ARCHIVE_LISTINGS"))
        }
        self.env = {
            **kept,
            "PREFECT_HOME": str(home),
            "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
            "PREFECT_API_URL": self.url,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
            "PYTHONPATH": os.pathsep.join(filter(None, (str(HOUSE), os.environ.get("PYTHONPATH")))),
        }
        self.started = []

    def start(self, name, *command, **environ):
        """Start a program that stays; what it says goes to a file."""
        log = self.home / f"{name}.log"
        with log.open("w", encoding="utf-8") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", *map(str, command)],
                cwd=self.home,
                env={**self.env, **environ},
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_heed_interrupts,  # noqa: PLW1509 no thread of ours runs while a program is started
            )
        process.log = log
        self.started.append(process)
        return process

    def worker(self, name, **environ):
        process = self.start(
            name, "prefect", "worker", "start", "--pool", "archive-listings", "--name", name, **environ
        )
        eventually(lambda: "started!" in process.log.read_text(encoding="utf-8"), SECONDS_TO_START, "a worker")
        return process

    def command(self, *words, cwd=None, **environ):
        told = subprocess.run(
            [sys.executable, "-m", "prefect", "--no-prompt", *map(str, words)],
            cwd=cwd or self.home,
            env={**self.env, **environ},
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout

    def api(self, path, body=None, method="POST"):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data, {"Content-Type": "application/json"}, method=method)  # noqa: S310 loopback
        for seconds in (1, 2, 4, 8, 0):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 loopback
                    return json.loads(answer.read() or "null")
            except urllib.error.HTTPError as error:
                if error.code != 503 or not seconds:  # what a database says that somebody else writes to
                    raise
                time.sleep(seconds)
        return None

    def is_healthy(self):
        try:
            return self.api("/health", method="GET")
        except (OSError, urllib.error.URLError):
            return False

    def runs(self, **filters):
        return self.api("/flow_runs/filter", {"sort": "START_TIME_DESC", **filters})

    def run_now(self, deployment, **parameters):
        """Ask for a run; its id."""
        chosen = [word for name, value in parameters.items() for word in ("-p", f"{name}={json.dumps(value)}")]
        told = self.command("deployment", "run", f"archive-listings/{deployment}", *chosen)
        return re.search("UUID: ([0-9a-f-]{36})", told)[1]

    def ended(self, run_id, seconds=120):
        """A run, once it has ended."""

        def found():
            run = self.api(f"/flow_runs/{run_id}", method="GET")
            return run["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") and run

        return eventually(found, seconds, f"the end of run {run_id}")

    def artifacts(self, run_id):
        """The artifacts of a run, by key; of a key that was updated the last."""
        found = self.api("/artifacts/filter", {"sort": "UPDATED_DESC", "flow_runs": {"id": {"any_": [run_id]}}})
        return {artifact["key"]: artifact["data"] for artifact in reversed(found)}

    def children(self, process):
        """The processes that one of ours started, found in /proc."""
        path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        return [int(word) for word in path.read_text(encoding="ascii").split()]

    def end(self):
        for process in reversed(self.started):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in reversed(self.started):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)


@pytest.fixture(scope="module")
def prefect(tmp_path_factory):
    """A server that has started."""
    made = Prefect(tmp_path_factory.mktemp("prefect"))
    made.start("server", "prefect", "server", "start", "--host", "127.0.0.1", "--port", made.port, "--no-ui")
    eventually(made.is_healthy, SECONDS_TO_START, "a server")
    yield made
    made.end()
