"""How much anybody may send, judged by what they announce, before any of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from council_social.errors import too_big

SIGNED_OUT = (
    "You are not signed in, so we do not take anything that big. Sign in, then send it again."
)


class BodyLimitMiddleware:
    """413 for a body over `UPLOAD_MAX_BYTES`, or `SIGNED_OUT_MAX_BYTES` without a session.

    Stands after the middleware that knows the user. All of that runs before the first look at a
    form, which is the CSRF check's. A body without a length (chunked) needs no limit: Django takes
    its length as nothing, and nothing of it is read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        announced = _announced(request)
        if announced > settings.UPLOAD_MAX_BYTES:
            return too_big()
        if announced > settings.SIGNED_OUT_MAX_BYTES and not request.user.is_authenticated:
            return too_big(SIGNED_OUT)
        return self.get_response(request)


def _announced(request: HttpRequest) -> int:
    """The length of the body in bytes, as Django will believe it."""
    try:
        return int(request.headers.get("content-length") or 0)
    except ValueError:
        return 0
