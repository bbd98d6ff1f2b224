"""What a web process keeps for good is not searched for rubbish again and again."""

from __future__ import annotations

import gc

from django.urls import get_resolver

NEW_OBJECTS = 50_000
"""Made and not yet freed before Python looks for rubbish: a few pages' worth, a few megabytes."""


def keep_what_is_loaded() -> None:
    """Load every page's code, then take all that is loaded out of Python's search for rubbish.

    Else each search goes through the whole application, in the middle of somebody's page.
    """
    list(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 10, 10)
