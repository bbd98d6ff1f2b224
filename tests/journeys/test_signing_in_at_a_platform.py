"""The sandbox's page for signing in, as somebody meets it in a browser."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from platforms.sandbox.running import running_sandbox
from platforms.sign_in import new_state, new_verifier
from tests.platforms.signing_in import SECRET, at_platform

pytestmark = pytest.mark.browser
NAMES = {"x": "Wealdmoor District Council", "facebook": "Sam Officer", "youtube": "Wealdmoor"}


@pytest.mark.parametrize("platform", NAMES)
@pytest.mark.parametrize("answer", ["Allow", "Cancel"])
def test_the_page_is_answered_and_leads_back(browser: Browser, platform: str, answer: str) -> None:
    state, verifier = new_state(), new_verifier()
    with running_sandbox() as sandbox:
        back = f"{sandbox.url}/"
        at = at_platform(sandbox, platform, redirect_uri=back)
        sandbox.control.register_app(platform, "council", SECRET, back)
        context = browser.new_context(java_script_enabled=False)
        query = _answer(context.new_page(), at.sign_in.address(state, verifier), platform, answer)
        context.close()

        assert query["state"] == state
        if answer == "Cancel":
            assert query["error"] == "access_denied"
        else:
            tokens = at.sign_in.exchange(query["code"], verifier)
            assert at.sign_in.candidates(tokens)


def _answer(page: Page, address: str, platform: str, answer: str) -> dict[str, str]:
    page.goto(address)
    page.get_by_label(NAMES[platform]).check()
    page.get_by_role("button", name=answer).click()
    page.get_by_role("heading", name="Sandbox platforms").wait_for()
    return dict(parse_qsl(urlsplit(page.url).query))
