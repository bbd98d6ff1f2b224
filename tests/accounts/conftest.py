from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from accounts.models import User
from audit.models import Entry
from platforms.registry import PLATFORMS
from platforms.sandbox.running import RunningSandbox, running_sandbox
from tests.accounts.connection import at_the_sandbox
from tests.accounts.connection.at_the_sandbox import AtPlatform
from tests.accounts.platform import FAKE
from tests.factories import communications_officer, digital_officer


@pytest.fixture
def fake_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform “fake” is on the list of platforms."""
    monkeypatch.setitem(PLATFORMS, "fake", FAKE)


@pytest.fixture
def admin(settings: Settings) -> User:
    """A member of the digital team."""
    return digital_officer(name="Dot Admin")


@pytest.fixture
def officer(db: None) -> User:
    """A communications officer."""
    return communications_officer(name="Cat Officer")


class Trail:
    """The audit trail, from its end."""

    @property
    def last(self) -> Entry:
        return Entry.objects.order_by("-sequence")[0]

    def events(self) -> list[str]:
        return list(Entry.objects.order_by("sequence").values_list("event", flat=True))


@pytest.fixture
def trail(db: None) -> Trail:
    return Trail()


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(seed=3) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox: RunningSandbox, settings: Settings) -> RunningSandbox:
    """An empty sandbox, with whose platforms the council is registered."""
    shared_sandbox.control.reset()
    at_the_sandbox.set_up(settings, shared_sandbox)
    return shared_sandbox


@pytest.fixture(params=at_the_sandbox.PLATFORMS)
def at(request: pytest.FixtureRequest, sandbox: RunningSandbox) -> AtPlatform:
    """Every platform at which people sign in."""
    return AtPlatform(sandbox, request.param)


@pytest.fixture
def x(sandbox: RunningSandbox) -> AtPlatform:
    """Where a refresh token works once."""
    return AtPlatform(sandbox, "x")


@pytest.fixture
def facebook(sandbox: RunningSandbox) -> AtPlatform:
    """Where a person signs in, who runs several pages."""
    return AtPlatform(sandbox, "facebook")
