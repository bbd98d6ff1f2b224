"""What every page is given: the council, its brand, the navigation, and what must be said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from council_social import brand
from council_social.navigation import items_for


def frame() -> dict[str, Any]:
    """The part that needs no request and no database: error pages use it as it is."""
    return {
        "council_name": settings.COUNCIL_NAME,
        "brand": brand.current(),
        "help_contact": settings.HELP_CONTACT,
        "demonstration": settings.DEMONSTRATION,
        "two_factor_off": not settings.TWO_FACTOR_REQUIRED,
    }


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor; the navigation is worked out only where a page draws it."""
    return {
        **frame(),
        "navigation": SimpleLazyObject(lambda: items_for(request)),
        "session_ends": SimpleLazyObject(lambda: _session_ends(request)),
    }


def _session_ends(request: HttpRequest) -> str:
    """The earliest moment at which the session can end, as ISO time; empty before signing in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.at_terminal or user.last_login is None:
        return ""
    ends = user.last_login + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return str(ends.isoformat())
