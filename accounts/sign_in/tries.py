"""Counting tries in the database: exact, however many come at once and wherever they are answered.

A cache will not do: only Redis counts in one step, and a council without it has files, which two
processes read and write beside one another.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Tries

KEPT = timedelta(days=1)
"""Longer than anything is counted."""


def counted(name: str, *, within: timedelta) -> int:
    """Which try under `name` this is, from one on; from one again, `within` after the first.

    Counted for good as soon as this returns, unless the caller is in a transaction of its own.
    """
    now = timezone.now()
    with transaction.atomic():
        rows = Tries.objects.select_for_update()
        row, _ = rows.get_or_create(digest=_digest(name), defaults={"began_at": now})
        if row.began_at + within <= now:
            row.count, row.began_at = 0, now
        row.count += 1
        row.save(update_fields=["count", "began_at"])
        return row.count


def forget_tries(name: str) -> None:
    Tries.objects.filter(digest=_digest(name)).delete()


def forget_old_tries() -> None:
    """Delete what does not count any more."""
    Tries.objects.filter(began_at__lt=timezone.now() - KEPT).delete()


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
