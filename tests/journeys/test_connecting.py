"""Connecting an account at its platform: there and back, the wrong one, again, and the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.connection.adapters import connect
from accounts.models import Credential, SocialAccount
from platforms.sandbox.running import RunningSandbox, running_sandbox
from tests.accounts.connection.at_the_sandbox import AtPlatform, set_up
from tests.factories import AccountFactory, digital_officer
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HANDLE = "WealdmoorLibs"


@pytest.fixture
def sandbox(settings: Settings, live_server: LiveServer) -> Iterator[RunningSandbox]:
    settings.BASE_URL = live_server.url
    with running_sandbox(seed=11) as sandbox:
        set_up(settings, sandbox)
        yield sandbox


@pytest.fixture
def account(sandbox: RunningSandbox) -> SocialAccount:
    x = AtPlatform(sandbox, "x")
    x.add("SamsOwn")
    account: SocialAccount = x.register(HANDLE, name="Wealdmoor Libraries")
    return account


def at_the_platform(tom: Visitor, who: str, answer: str = "Allow") -> None:
    """What the person does at the platform's own page."""
    tom.press("Go to X")
    tom.page.get_by_label(who).check()
    tom.press(answer)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_account_is_connected_refused_connected_again_and_disconnected(
    script: bool, visitor: NewVisitor, account: SocialAccount
) -> None:
    tom = visitor(script=script).is_signed_in_as(digital_officer(name="Tom Okafor"))
    tom.open(reverse("account", args=[account.pk]))
    tom.press("Connection")
    assert "The account is not connected" in tom.words

    # The wrong account: nothing is kept, and the page says why.
    tom.press("Connect")
    at_the_platform(tom, "SamsOwn")
    here = reverse("connection", args=[account.pk])
    assert tom.page.url == f"{tom.base_url}{here}"
    assert "You signed in at X as @SamsOwn. It should be @WealdmoorLibs." in tom.words
    assert not Credential.objects.exists()

    # Whoever says no connects nothing.
    tom.press("Connect")
    at_the_platform(tom, HANDLE, "Cancel")
    assert "You did not allow it" in tom.words

    # The right one, in three clicks: there, allow, and back by itself.
    tom.clicks = 0
    tom.press("Connect")
    at_the_platform(tom, HANDLE)
    assert tom.clicks == 3
    assert tom.page.url == f"{tom.base_url}{here}"
    assert "Connected: signed in as @WealdmoorLibs." in tom.words
    assert connect(SocialAccount.objects.get()).identify().handle == HANDLE
    # The address with the code is told to no page.
    assert "code=" not in tom.page.evaluate("document.referrer")

    tom.press("Connect again")
    at_the_platform(tom, HANDLE)
    assert Credential.objects.get().generation == 2

    tom.press("Disconnect")
    tom.page.get_by_label("Take the permission back at X").check()
    tom.page.get_by_label("Reason").fill("The library has another account now")
    tom.press("Disconnect")
    assert "The account is disconnected, and its secret is destroyed." in tom.words
    assert not Credential.objects.exists()


def test_the_pages_are_fit_for_everybody(
    visitor: NewVisitor, account: SocialAccount, sandbox: RunningSandbox
) -> None:
    tom = visitor().is_signed_in_as(digital_officer(name="Tom Okafor"))
    wrong = {}

    def look(what: str) -> None:
        wrong[what] = violations(tom)

    tom.open(reverse("connection", args=[account.pk]))
    look("not connected")
    tom.press("Connect")
    look("on the way")
    at_the_platform(tom, "SamsOwn")
    look("refused")
    tom.press("Connect")
    at_the_platform(tom, HANDLE)
    look("connected")
    tom.press("Disconnect")
    look("disconnect")
    sandbox.control.fault("error_before", platform="x", endpoint="revoke")
    tom.page.get_by_label("Take the permission back at X").check()
    tom.page.get_by_label("Reason").fill("The library has another account now")
    tom.press("Disconnect")
    assert "The permission still stands at X" in tom.words
    look("not taken back")
    for platform in ("youtube", "flickr"):
        tom.open(reverse("connection", args=[AccountFactory(platform=platform).pk]))
        look(platform)
    assert {what: found for what, found in wrong.items() if found} == {}
