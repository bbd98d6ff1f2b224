"""The product in a browser: a live server, Chromium, and nothing said in the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from playwright.sync_api import Error as BrowserError
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.chromium import find_chromium
from tests.journeys.visitor import Visitor

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LONGEST_WAIT_MS = 30_000
# The usual five seconds are short on a machine that is busy.
expect.set_options(timeout=LONGEST_WAIT_MS)

NewVisitor = Callable[..., Visitor]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For a module only: the playwright of another module would refuse to start beside it."""
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, and Django would think that we are in it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))
            yield started
            started.close()


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer) -> Iterator[NewVisitor]:
    """Makes people at browsers of their own; at the end none may have met a broken policy."""
    visitors: list[Visitor] = []

    def new(*, script: bool = True, width: int = 1280) -> Visitor:
        context = browser.new_context(
            java_script_enabled=script, viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(LONGEST_WAIT_MS)
        visitors.append(Visitor(context.new_page(), live_server.url))
        return visitors[-1]

    yield new
    problems = [problem for each in visitors for problem in each.problems]
    for each in visitors:
        # No page may still be asking the live server for anything when the database is emptied.
        with suppress(BrowserError):
            each.page.context.close()
    assert problems == []


@pytest.fixture
def second_host(live_server: LiveServer, settings: Settings) -> str:
    """The live server under its other name, where packages run: another site to a browser."""
    settings.BASE_URL = live_server.url
    settings.PACKAGES_URL = f"http://127.0.0.1:{urlsplit(live_server.url).port}"
    return settings.PACKAGES_URL
