"""What is kept of a person's rights during a request, and when nothing may be kept."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.middleware import RightsMiddleware
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "is_kept"), [("GET", True), ("HEAD", True), ("POST", False), ("DELETE", False)]
)
def test_rights_are_read_once_for_a_page_and_anew_for_every_change(method, is_kept):
    request = RequestFactory().generic(method, "/")
    request.user = UserFactory()
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.user.rights)  # type: ignore[union-attr]
        return HttpResponse()

    RightsMiddleware(view)(request)

    assert [rights is not None for rights in seen] == [is_kept]
