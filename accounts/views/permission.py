"""Who may open a page: signed in, and holding a permission."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from accounts.access import NotAllowed, demand, may
from accounts.models import User
from accounts.permissions import Permission

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

__all__ = ["NotAllowed", "permission_required", "person_of"]


def permission_required(
    permission: Permission, *others: Permission
) -> Callable[[View[P]], View[P]]:
    """Only for whoever holds `permission`, or one of `others`, on anything at all.

    The rest get the 403 page with the reasons. On what it is held is for the view to say, by
    looking among what the person can see.
    """

    def decorate(view: View[P]) -> View[P]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not any(may(request.user, other) for other in others):
                demand(request.user, permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def person_of(request: HttpRequest) -> User:
    """The person who is signed in, in a view that nobody else reaches."""
    if not isinstance(request.user, User):
        raise TypeError("This view must be guarded by permission_required.")
    return request.user
