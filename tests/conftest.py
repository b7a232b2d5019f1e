import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the expected readings anew; read the diff")


@pytest.fixture
def update_golden(request):
    return request.config.getoption("--update-golden")


class _Receiver(HTTPServer):
    """Takes what is posted; answers with a status, and where that is a redirect, with a place to go to."""

    def __init__(self, status):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = status
        self.taken = []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/services/secret?token=word"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((dict(self.headers), json.loads(body)))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", self.server.address)
        self.end_headers()

    def do_GET(self):
        self.server.taken.append((dict(self.headers), "GET"))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments):
        return


@pytest.fixture(scope="session")
def start_receiver():
    """Starts a receiver of JSON on this machine."""
    started = []

    def start(status=200):
        server = _Receiver(status)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver(start_receiver):
    """The same."""
    return start_receiver
