"""What happens at every request of somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from accounts.access import has_two_factor, must_have_two_factor
from accounts.models import User
from accounts.rights import Rights

GetResponse = Callable[[HttpRequest], HttpResponseBase]

READS = frozenset({"GET", "HEAD"})

WITHOUT_SECOND_FACTOR = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "brand_css",
        "health",
        "help",
        "accessibility",
        "privacy",
    }
)
"""The pages that stay open to somebody who has yet to set up their second factor."""


class RightsMiddleware:
    """A page that is read asks "may they?" a dozen times: the facts are read once for all.

    A request that changes something gets no such copy. Its action asks the database anew, inside
    its own transaction.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in READS and isinstance(request.user, User):
            request.user.rights = Rights(request.user, timezone.now())
        return self.get_response(request)


class TwoFactorMiddleware:
    """Sends whoever needs a second factor and has none to the page where it is set up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        user = request.user
        name = request.resolver_match.url_name if request.resolver_match else None
        if not isinstance(user, User) or name in WITHOUT_SECOND_FACTOR:
            return None
        if must_have_two_factor(user) and not has_two_factor(user):
            return redirect("mfa_activate_totp")
        return None
