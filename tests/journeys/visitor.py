"""Somebody at a browser: signs in, reads, presses, and counts what they pressed."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Response

from accounts.models import User
from tests.accounts.sign_in.two_factor import code_now
from tests.factories import PASSWORD

CODE_LASTS_S = 30
EXPECTED = (
    # Chromium says so of any page that answers 4xx: refusals, which the tests ask for.
    "Failed to load resource: the server responded with a status of 4",
    # htmx says so of a preview that is on its way when one leaves the page.
    "htmx:afterRequest",
    "htmx:sendAbort",
)


@dataclass
class Visitor:
    """`clicks` counts links and buttons, as the table of journeys does; typing is not counted."""

    page: Page
    base_url: str
    clicks: int = 0
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and not said.text.startswith(EXPECTED):
            self.problems.append(said.text)

    def is_signed_in_as(self, user: User) -> Visitor:
        """As after signing in; how that goes has its own tests."""
        client = Client()
        client.force_login(user)
        cookies = [
            {"name": name, "value": morsel.value, "url": self.base_url}
            for name, morsel in client.cookies.items()
        ]
        self.page.context.add_cookies(cookies)  # type: ignore[arg-type]
        return self

    def sign_in(self, user: User) -> None:
        """Through the front door: password, then the code of their app."""
        self.open("/sign-in/")
        self.page.get_by_label("E-mail address").fill(user.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        code = self.page.get_by_label("Code")
        code.wait_for()
        if (left := CODE_LASTS_S - time.time() % CODE_LASTS_S) < 3:
            time.sleep(left)  # it would be over before it is sent
        code.fill(code_now())
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{self.base_url}/")
        self.clicks = 0

    def open(self, path: str) -> Response | None:
        return self.page.goto(f"{self.base_url}{path}")

    def press(self, name: str, *, twice: bool = False) -> None:
        """A link, or a button, whose visible words are `name`; the page that follows is there."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        target = button.or_(link).first
        self.clicks += 1
        if twice:
            # Not a navigation: without a script the second press ends the first one's.
            with self.page.expect_event("load"):
                target.dblclick(no_wait_after=True)
        else:
            with self.page.expect_navigation():
                target.click()
        self.page.wait_for_load_state()

    @property
    def words(self) -> str:
        return self.page.inner_text("main")

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base_url).partition("?")[0]
