from __future__ import annotations

import pytest
from pytest_django import Settings

from accounts.models import User
from audit.models import Entry
from platforms.registry import PLATFORMS
from tests.accounts.platform import FAKE
from tests.factories import digital_officer


@pytest.fixture
def fake_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform “fake” is on the list of platforms."""
    monkeypatch.setitem(PLATFORMS, "fake", FAKE)


@pytest.fixture
def admin(settings: Settings) -> User:
    """A member of the digital team."""
    return digital_officer(name="Dot Admin")


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
