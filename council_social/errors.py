"""Error pages: what happened, and what to do, in the council's own look.

A view that refuses for a reason of its own (409 stale, 410 gone, 422, 503) renders the template
named for its status with `what` (a sentence) and, where there is one, `href` and `action`.
"""

from __future__ import annotations

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from council_social.context import frame

RETRY_AFTER_S = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; what is too big to read is 413."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return too_big()
    return _without_database("400.html", 400)


def too_big(what: str = "") -> HttpResponse:
    """413: `what` says which limit, where it is not the one for files."""
    return _without_database("413.html", 413, what=what)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: what is missing and who can grant it, from the exception's `explanation`."""
    context = {"explanation": getattr(exception, "explanation", None)}
    return render(request, "403.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from our page, or came after signing out."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, without saying whether it exists for somebody else."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where the database cannot be reached. Neither page asks the database anything."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        answer = _without_database("503.html", 503)
        answer["Retry-After"] = str(RETRY_AFTER_S)
        return answer
    return _without_database("500.html", 500)


def _without_database(template: str, status: int, **context: Any) -> HttpResponse:
    return HttpResponse(render_to_string(template, {**frame(), **context}), status=status)
