"""Where the demonstration may not be: anywhere but in `./run demo`."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.core.management.base import CommandError

NEEDED = ("aiohttp", "time_machine")
"""Packages for development that the demonstration uses; production does not install them."""


def refuse_elsewhere() -> None:
    """Raise CommandError in production, and wherever nobody asked for the demonstration."""
    if settings.PRODUCTION:
        raise CommandError("This is production: the demonstration is never loaded here.")
    if not settings.DEMONSTRATION:
        raise CommandError("The demonstration is loaded by `./run demo` and nowhere else.")
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise CommandError(f"The demonstration needs the packages for development: {missing}.")
