from __future__ import annotations

import pytest

from accounts.models import SocialAccount
from tests.factories import AccountFactory


@pytest.fixture
def account() -> SocialAccount:
    """The account that is closed."""
    return AccountFactory(name="Wealdmoor Parks", handle="wmparks", platform="x")
