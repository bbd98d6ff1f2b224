"""Handing work to the workers. The rows are the truth; a message only says "look at it now"."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from celery import current_app

log = logging.getLogger(__name__)

SEND = "publishing.send_delivery"
RECONCILE = "publishing.reconcile_delivery"
LOOK_AT_LINKS = "publishing.look_at_links"


def enqueue(task: str, ids: Iterable[int]) -> None:
    """Ask for `task` on each of `ids`, after their rows are committed.

    A broker that cannot be reached is logged and no more: the leases run out, and the next sweep
    finds the rows again.
    """
    for pk in ids:
        try:
            current_app.send_task(task, args=[pk])
        except Exception:
            log.exception("The broker did not take %s for %s; its lease will run out.", task, pk)
            return
