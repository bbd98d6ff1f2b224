"""Several people, clicks or workers at the same moment: each is a thread of its own.

Threads see only what is committed: a test that uses this has `django_db(transaction=True)`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connections

Refusals = type[Exception] | tuple[type[Exception], ...]


def at_once(*calls: Callable[[], Any], refusals: Refusals = ()) -> list[Any]:
    """What each of these calls, begun together, returned, or the refusal that it raised.

    Only an error of one of `refusals` is an answer; any other is raised.
    """
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait(timeout=20)
        try:
            return call()
        except refusals as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls, timeout=60))


def told_at_once(*calls: Callable[[], Any]) -> list[str]:
    """What each of these calls, begun together, came to: "" or the words of its refusal."""
    return [
        " ".join(each.messages) if isinstance(each, ValidationError) else ""
        for each in at_once(*calls, refusals=ValidationError)
    ]
