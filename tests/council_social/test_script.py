"""The one script in a real browser, under the real content policy, against answers made here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from csp.utils import build_policy
from django.conf import settings
from django.template import engines
from playwright.sync_api import Page, Route, sync_playwright

from tests.chromium import find_chromium

pytestmark = pytest.mark.browser

BUILD = Path(settings.BASE_DIR) / "static" / "build"
ADDRESS = "http://page.example"
PAUSE_MS = 1_700
SAVED = (
    'Saved at 3:02pm<input type="hidden" name="revision" id="id_revision" value="8"'
    ' hx-swap-oob="true">'
)
PAGE = """{% extends "base.html" %}{% load components %}{% block content %}<h1>Write</h1>
<form method="post" data-autosave="/save/" data-autosave-status="autosave-status">
  <input type="hidden" name="csrfmiddlewaretoken" value="old">
  <input type="hidden" name="revision" id="id_revision" value="7">
  <label for="text">Text</label><textarea id="text" name="text"></textarea>
  <label for="file">File</label><input type="file" id="file" name="file">
  {% include "components/button.html" with text="Send" only %}
  {% include "components/autosave_status.html" only %}
</form>
{% component "filter" %}<label for="q">Words</label><input id="q" name="q">{% endcomponent %}
{% include "components/session_warning.html" with ends="2020-01-01T00:00:00Z" only %}
{% endblock %}"""


@dataclass
class Server:
    """Plays the server: what it answers to a save, and what it was sent."""

    status: int = 200
    body: str = SAVED
    moved_to: str = ""
    saves: list[dict[str, list[str]]] = field(default_factory=list)
    submissions: list[dict[str, list[str]]] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        request = route.request
        path = request.url.removeprefix(ADDRESS).partition("?")[0]
        if path.startswith("/assets/"):
            route.fulfill(path=BUILD / path.removeprefix("/assets/"))
        elif path == "/save/":
            self.saves.append(parse_qs(request.post_data or ""))
            route.fulfill(status=self.status, body=self.body, content_type="text/html")
        elif request.method == "POST":
            self.submissions.append({"body": [request.post_data or ""]})
            route.fulfill(status=204)
        elif path == "/":
            html = engines["django"].from_string(PAGE).render({})
            policy = {"Content-Security-Policy": build_policy()}
            route.fulfill(body=html, content_type="text/html", headers=policy)
        else:
            route.fulfill(status=200, body="", content_type="text/css")


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def page(server: Server) -> Iterator[Page]:
    """The page above, open; at the end nothing may have gone against the content policy."""
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        opened = browser.new_page()
        opened.on("pageerror", lambda error: problems.append(str(error)))
        opened.on(
            "console",
            lambda line: problems.append(line.text) if "Content Security" in line.text else None,
        )
        opened.route("**/*", server.answer)
        opened.goto(f"{ADDRESS}/")
        yield opened
        browser.close()
    assert problems == []


def type_and_wait(page: Page, text: str) -> str:
    page.fill("#text", text)
    page.wait_for_timeout(PAUSE_MS)
    return page.inner_text("#autosave-status")


def test_a_draft_saves_itself_and_takes_the_new_revision(page: Page, server: Server) -> None:
    assert type_and_wait(page, "Bins") == "Saved at 3:02pm"

    assert server.saves[0]["text"] == ["Bins"]
    assert server.saves[0]["revision"] == ["7"]
    assert "file" not in server.saves[0]
    assert page.input_value("#id_revision") == "8"


def test_a_stale_tab_is_told_and_never_saves_again(page: Page, server: Server) -> None:
    server.status, server.body = 409, "<strong>Not saved.</strong> Ana changed this."

    assert "Ana changed this" in type_and_wait(page, "Bins")

    type_and_wait(page, "More")
    assert len(server.saves) == 1
    assert page.input_value("#text") == "More"


def test_being_signed_out_is_said_and_nothing_is_lost(page: Page, server: Server) -> None:
    server.status = 401

    assert "You have been signed out" in type_and_wait(page, "Bins")
    assert page.input_value("#text") == "Bins"


def test_after_signing_in_elsewhere_the_form_takes_the_new_token(page: Page) -> None:
    page.evaluate("document.cookie = 'csrftoken=new; path=/'; dispatchEvent(new Event('focus'))")

    assert page.input_value("input[name=csrfmiddlewaretoken]") == "new"


def test_a_failed_save_is_tried_again_with_the_next_word(page: Page, server: Server) -> None:
    server.status = 500
    assert "Not saved" in type_and_wait(page, "Bins")

    server.status = 200
    assert type_and_wait(page, "Bins!") == "Saved at 3:02pm"


def test_a_second_press_on_a_button_sends_nothing(page: Page, server: Server) -> None:
    page.evaluate(
        "() => { const f = document.querySelector('form[data-autosave]');"
        " f.requestSubmit(); f.requestSubmit(); }"
    )
    page.wait_for_timeout(500)

    assert len(server.submissions) == 1


def test_the_end_of_the_session_is_announced(page: Page) -> None:
    page.wait_for_timeout(200)

    assert page.is_visible("#session-warning")


def test_a_phone_opens_and_closes_the_filter(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    assert not page.is_visible("#filter")

    page.click("text=Show filter")
    assert page.is_visible("#filter")
