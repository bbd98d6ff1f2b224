"""Somebody who learns, and their browser."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import UserFactory
from tests.visiting import as_person


@pytest.fixture
def user() -> User:
    return UserFactory(name="Nia New")


@pytest.fixture
def client(user: User) -> Client:
    return as_person(user)
