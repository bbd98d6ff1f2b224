"""The rounds of errands: what is due is a row, claimed with a lease, and handed to a worker.

As with deliveries, the database is the schedule. An open circuit holds an errand until it closes. A
lease that ran out is tried again: each errand sees to it that doing it twice is harmless.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from platforms.errors import PlatformError
from publishing.delivery.back_off import pause
from publishing.delivery.circuit import count_failure, is_platforms_trouble, open_circuits
from publishing.delivery.locking import lock_delivery
from publishing.delivery.queueing import enqueue
from publishing.models.errands import WAITING, Errand

One = TypeVar("One", bound=Errand)
PutOff = Callable[[One, str, timedelta, datetime], None]

TRIES_AT_MOST = 8
"""About ten minutes of trying; then a person is quicker."""


class ImpossibleErrand(RuntimeError):
    """Somebody tried what the table of transitions does not know."""


def hand_out(kind: type[One], *, task: str, put_off: PutOff[One], silent: str) -> None:
    """Give `task` what is due now. Two at once do no harm: each row goes to one of them.

    What a worker had when its lease ran out is put off with `silent` as the reason.
    """
    now = timezone.now()
    with transaction.atomic():
        for errand in _overdue(kind, now):
            put_off(errand, silent, timedelta(0), now)
        due = _claim(kind, now)
    enqueue(task, due)


def _overdue(kind: type[One], now: datetime) -> list[One]:
    """Whoever had these is dead, or so slow that they count as dead."""
    rows = kind._default_manager.select_for_update(of=("self",), skip_locked=True, no_key=True)
    overdue = rows.filter(state=kind.under_way, try_at__lte=now).order_by("pk")
    return list(overdue.select_related("delivery__account")[: settings.SWEEP_AT_MOST])


def _claim(kind: type[Errand], now: datetime) -> list[int]:
    broken = open_circuits(now).filter(platform=OuterRef("delivery__account__platform"))
    rows = kind._default_manager.select_for_update(of=("self",), skip_locked=True, no_key=True)
    due = rows.filter(state=WAITING, try_at__lte=now).exclude(Exists(broken))
    ids = list(due.order_by("try_at", "pk").values_list("pk", flat=True)[: settings.SWEEP_AT_MOST])
    until = now + timedelta(seconds=settings.LEASE_S)
    kind._default_manager.filter(pk__in=ids).update(
        state=kind.under_way, lease_until=until, try_at=until, tries=F("tries") + 1
    )
    return ids


def lock_errand(kind: type[One], pk: int, *related: str) -> One:
    """The errand with its post and delivery, all locked in the order of the locks.

    Raises the model's DoesNotExist.
    """
    rows = kind._default_manager
    delivery = lock_delivery(rows.values_list("delivery", flat=True).get(pk=pk))
    locked = rows.select_for_update(of=("self",), no_key=True)
    errand = locked.select_related(*related).get(pk=pk)
    errand.delivery = delivery  # type: ignore[attr-defined]
    return errand


def move_errand(errand: Errand, to: str, **changes: Any) -> None:
    """Write the new state of a locked errand; its lease ends. Raises ImpossibleErrand."""
    if to not in errand.transitions[errand.state]:
        raise ImpossibleErrand(f"{errand}: {errand.state} → {to}")
    length = errand._meta.get_field("detail").max_length
    changes = {"lease_until": None, **changes, "state": to}
    if "detail" in changes:
        changes["detail"] = changes["detail"][:length]
    for name, value in changes.items():
        setattr(errand, name, value)
    errand.save(update_fields=list(changes))


def next_try(errand: Errand, asked: timedelta, longest: timedelta) -> timedelta | None:
    """How long to wait before it is tried again; None where a person is quicker by now."""
    wait = pause(errand.tries, asked)
    return None if errand.tries >= TRIES_AT_MOST or wait > longest else wait


def tell_circuit(platform: str, answer: object) -> None:
    """Count what is the platform's own trouble. What follows a settled try cannot unsettle it."""
    if isinstance(answer, PlatformError) and is_platforms_trouble(answer):
        count_failure(platform, answer, timezone.now())
