"""A real Chromium that saves made pages, in four ways. Nothing of it reaches a network: every host is mapped to a server on
127.0.0.1 that knows the one page.

    files = save_by_chromium(page, folder)     # "dom" and "mhtml" are bytes, "complete" and "html_only" are paths

The truth of a saved file is `truth_of_saved(page, way)`: a browser that writes absolute links also tells where the page was.
"""

from __future__ import annotations

import base64
import contextlib
import email
import itertools
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from tests.read.html_furniture import PIXEL

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREEN = shutil.which("Xvfb")
KEYBOARD = shutil.which("xdotool")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-default-browser-check", "--no-proxy-server",
)  # fmt: skip
HEADLESS_WAYS = ("dom", "mhtml")
WINDOW_WAYS = {"html_only": 0, "complete": 1}  # the numbers of Chromium's preference savefile.type
PATIENCE = 30.0


def no_browser():
    """Why no page can be saved by a browser here, or None."""
    return None if BROWSER else "Chromium is not installed (Debian: apt-get install chromium)"


def no_window():
    """Why nothing can be saved by a browser that has a window here, or None."""
    lacking = [name for name, found in (("Xvfb", SCREEN), ("xdotool", KEYBOARD)) if not found]
    return f"not installed: {', '.join(lacking)} (Debian: apt-get install xvfb xdotool)" if lacking else no_browser()


def truth_of_saved(page, way):
    """The truth of a page as one way of saving leaves it: `dom` and `html_only` keep links as they were, the others make them
    absolute and state the page's address.
    """
    if way in ("dom", "html_only"):
        return page.truth
    entries = tuple(
        replace(entry, url=urljoin(page.address, entry.url) if entry.url else None) for entry in page.truth.entries
    )
    return replace(page.truth, page_url=page.address, entries=entries)


@contextlib.contextmanager
def served(page):
    """The port of a server on 127.0.0.1 that sends the page at its address, a pixel for pictures, nothing else."""
    wanted = urlsplit(page.address)
    wanted_path = f"{wanted.path}?{wanted.query}" if wanted.query else wanted.path

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path.rstrip("?") == wanted_path or self.path.replace("%5B", "[").replace("%5D", "]") == wanted_path:
                self.send(
                    200, f"text/html; charset={page.encoding.removesuffix('-sig').replace('cp', 'windows-')}", page.html
                )
            elif self.path.endswith((".png", ".jpg", ".gif")):
                self.send(200, "image/png", base64.b64decode(PIXEL.partition(",")[2]))
            else:
                self.send(404, "text/plain", b"")

        def send(self, status, kind, body):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def flags(profile, port):
    return (*FLAGS, f"--user-data-dir={profile}", f"--host-resolver-rules=MAP * 127.0.0.1:{port}")


@contextlib.contextmanager
def running(command, **options):
    """A process with its children in a group of their own, which ends with the block."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **options
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(found, what):
    """What `found` returns as soon as it is something; an assertion fails where that takes too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        value = found()
        if value:
            return value
        time.sleep(0.1)
    message = f"waited {PATIENCE:.0f} s for {what}"
    raise AssertionError(message)


@contextlib.contextmanager
def fresh_profile():
    """An empty folder for a browser's profile; what the browser still writes while it ends does not matter."""
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def dom_of(page, port):
    """The document serialised from the tree that Chromium built."""
    with fresh_profile() as profile:
        command = [BROWSER, "--headless", *flags(profile, port), "--timeout=10000", "--dump-dom", page.address]
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=2 * PATIENCE, check=True
        )
    return done.stdout


class Devtools:
    """Just enough of the DevTools protocol: ask, and wait for an event."""

    def __init__(self, socket):
        self.socket = socket
        self.numbers = itertools.count(1)
        self.events = []

    def ask(self, method, **parameters):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self.socket.recv(PATIENCE))
            if told.get("id") == number:
                assert "error" not in told, told["error"]
                return told["result"]
            self.events.append(told.get("method"))

    def wait_for(self, event):
        while event not in self.events:
            self.events.append(json.loads(self.socket.recv(PATIENCE)).get("method"))


@contextlib.contextmanager
def devtools(port):
    """A headless browser with one empty tab."""
    from websockets.sync.client import connect

    with fresh_profile() as profile:
        command = [BROWSER, "--headless", *flags(profile, port), "--remote-debugging-port=0", "about:blank"]
        with running(command):
            told = profile / "DevToolsActivePort"
            until(lambda: told.exists() and told.read_text().count("\n"), "the DevTools port")
            here = f"127.0.0.1:{told.read_text().split()[0]}"
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"http://{here}/json/list", timeout=PATIENCE) as answer:
                tabs = json.load(answer)
            tab = next(tab for tab in tabs if tab["type"] == "page")
            with connect(tab["webSocketDebuggerUrl"], max_size=None, proxy=None) as socket:
                tools = Devtools(socket)
                tools.ask("Page.enable")
                yield tools


def mhtml_of(page, port):
    """The page as Page.captureSnapshot of the DevTools protocol writes it."""
    with devtools(port) as tools:
        tools.ask("Page.navigate", url=page.address)
        tools.wait_for("Page.loadEventFired")
        return tools.ask("Page.captureSnapshot", format="mhtml")["data"].encode()


def texts_shown(pages):
    """What Chromium shows of each page as text (`innerText`), without style sheets of other files: a witness for the truth."""
    unused_port = 9  # discard: these pages are put into the tab, and what they ask for is not to be had
    with devtools(unused_port) as tools:
        frame = tools.ask("Page.getFrameTree")["frameTree"]["frame"]["id"]

        def shown():
            text = "document.body && document.body.innerText"
            return tools.ask("Runtime.evaluate", expression=text, returnByValue=True)["result"].get("value")

        for page in pages:
            tools.ask("Page.setDocumentContent", frameId=frame, html=page.html.decode(page.encoding))
            yield until(shown, "the page's body")


@contextlib.contextmanager
def screen():
    """The name of an X display that nobody sees."""
    reading, writing = os.pipe()
    with running(
        [SCREEN, "-displayfd", str(writing), "-screen", "0", "1024x768x24", "-nolisten", "tcp"], pass_fds=(writing,)
    ):
        os.close(writing)
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"


def typed(display, *command):
    done = subprocess.run(
        [KEYBOARD, *command],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.stdout.split()


def saved_in_window(page, port, folder, way):
    """The path of what `Save page as…` (Ctrl+S, then the button) leaves in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with fresh_profile() as profile, screen() as display:
        preferences = {
            "savefile": {"default_directory": str(folder), "type": WINDOW_WAYS[way]},
            "download": {"default_directory": str(folder), "prompt_for_download": False},
        }
        (profile / "Default").mkdir()
        (profile / "Default" / "Preferences").write_text(json.dumps(preferences))
        command = [BROWSER, *flags(profile, port), "--window-size=1000,700", "--window-position=0,0", page.address]
        with running(command, env={**os.environ, "DISPLAY": display, "HOME": str(profile), "LC_ALL": "C"}):
            window = until(lambda: typed(display, "search", "--onlyvisible", "--name", "Chromium$"), "the window")[-1]
            time.sleep(1.5)
            typed(display, "windowfocus", "--sync", window)
            typed(display, "key", "ctrl+s")
            dialog = until(lambda: typed(display, "search", "--onlyvisible", "--name", "^Save"), "the dialog")[-1]
            time.sleep(0.5)
            typed(display, "windowfocus", "--sync", dialog)
            typed(display, "key", "alt+s")  # the button's mnemonic; Return does nothing without a window manager
            path = until(lambda: next(iter(folder.glob("*.htm*")), None), "the saved file")
            sizes = [-1, path.stat().st_size]
            while sizes[-1] != sizes[-2] or not sizes[-1]:
                time.sleep(0.4)
                sizes.append(path.stat().st_size)
            return path


def save_by_chromium(page, folder, ways=HEADLESS_WAYS):
    """The page as Chromium saves it, by way: bytes (`dom`, `mhtml`) or a path in the folder (`complete`, `html_only`).

    The page's address must be http (`make_html(…, scheme="http")`), for the server here has no certificate.
    """
    assert page.address.startswith("http://"), "make the page with scheme='http'"
    assert page.truth.replay_url is None, "an archive's replay is not at the page's own address"
    with served(page) as port:
        makers = {"dom": dom_of, "mhtml": mhtml_of}
        return {
            way: makers[way](page, port) if way in makers else saved_in_window(page, port, Path(folder) / way, way)
            for way in ways
        }


def html_of_mhtml(snapshot):
    """The HTML part of a snapshot, decoded from its transfer encoding."""
    message = email.message_from_bytes(snapshot)
    return next(part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/html")


@pytest.fixture
def saved_by_chromium(tmp_path):
    """A function: a made page to what Chromium saves of it. The test is skipped where a way needs what is not installed."""

    def save(page, ways=HEADLESS_WAYS):
        reason = no_window() if set(ways) & set(WINDOW_WAYS) else no_browser()
        if reason:
            pytest.skip(reason)
        return save_by_chromium(page, tmp_path, ways)

    return save
