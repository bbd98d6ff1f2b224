from __future__ import annotations

import pytest

from accounts.models import SocialAccount
from tests.factories import AccountFactory, person


@pytest.fixture
def account() -> SocialAccount:
    """A live account whose risk nobody has assessed."""
    return AccountFactory(name="Wealdmoor Parks", owner=person(name="Olu Owner"), risk=None)
