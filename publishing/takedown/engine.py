"""The rounds of removing: what is due is a row, claimed with a lease, and handed to a worker.

As with deliveries, the database is the schedule. A stop does not hold a removal: it takes away. A
circuit that is open does, until it closes. A lease that ran out is simply tried again, because
removing twice is harmless.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from publishing.delivery.circuit import open_circuits
from publishing.delivery.queueing import enqueue
from publishing.models import Removal, RemovalState
from publishing.takedown.settling import SILENT, put_off

REMOVE = "publishing.remove_delivery"


def wake() -> None:
    """Hand out what is due now. Two at once do no harm: each row goes to one of them."""
    now = timezone.now()
    with transaction.atomic():
        _take_back(now)
        due = _claim(now)
    enqueue(REMOVE, due)


def _take_back(now: datetime) -> None:
    """Whoever had these is dead, or so slow that they count as dead."""
    silent = (
        Removal.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        .filter(state=RemovalState.REMOVING, try_at__lte=now)
        .select_related("delivery__account")
        .order_by("pk")
    )
    for removal in silent[: settings.SWEEP_AT_MOST]:
        put_off(removal, SILENT, timedelta(0), now)


def _claim(now: datetime) -> list[int]:
    broken = open_circuits(now).filter(platform=OuterRef("delivery__account__platform"))
    due = (
        Removal.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        .filter(state=RemovalState.WAITING, try_at__lte=now)
        .exclude(Exists(broken))
        .order_by("try_at", "pk")
    )
    ids = list(due.values_list("pk", flat=True)[: settings.SWEEP_AT_MOST])
    until = now + timedelta(seconds=settings.LEASE_S)
    Removal.objects.filter(pk__in=ids).update(
        state=RemovalState.REMOVING, lease_until=until, try_at=until, tries=F("tries") + 1
    )
    return ids
