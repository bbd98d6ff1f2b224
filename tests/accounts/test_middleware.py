"""The copy of a person's rights: for pages that are read, for as long as they are read."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.middleware import RightsMiddleware
from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def rights_during(method: str, user: User) -> object:
    """What stands on the person while a view answers."""
    seen: list[object] = []

    def view(request: HttpRequest) -> HttpResponse:
        assert isinstance(request.user, User)
        seen.append(request.user.rights)
        return HttpResponse()

    request = RequestFactory().generic(method, "/")
    request.user = user
    RightsMiddleware(view)(request)
    return seen[0]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_that_is_read_keeps_a_copy(method: str) -> None:
    assert rights_during(method, UserFactory()) is not None


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_changes_something_asks_the_database_anew(method: str) -> None:
    assert rights_during(method, UserFactory()) is None
