"""A page in a real Chromium: what it asks for, runs and shows, and what axe-core finds in it."""

import contextlib

import pytest

from tests.read.browser import BROWSER, no_browser

needs_browser = pytest.mark.skipif(BROWSER is None, reason=no_browser() or "")


@contextlib.contextmanager
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page with all that it does beside showing itself: requests, dialogs, messages of the console, other windows."""

    def __init__(self, browser, path, **options):
        self.done = []
        self.page = browser.new_page(**options)
        self.page.on("request", lambda request: self.note("request", request.url, path))
        self.page.on("dialog", lambda dialog: (self.done.append(("dialog", dialog.message)), dialog.dismiss()))
        self.page.on("console", lambda message: self.done.append(("console", message.text)))
        self.page.on("pageerror", lambda error: self.done.append(("error", str(error))))
        self.page.on("popup", lambda other: self.done.append(("popup", other.url)))
        self.page.goto(path.absolute().as_uri())

    def note(self, kind, address, path):
        if address != path.absolute().as_uri():
            self.done.append((kind, address))
