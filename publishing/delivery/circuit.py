"""Circuits: a platform that fails again and again is left alone for a while.

Only trouble that is the platform's own counts: what certainly was not accepted because the platform
is down, and answers that never came. After the pause sending starts again; the first success closes
the circuit, the first failure opens it once more.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from audit.catalogue import Event
from audit.record import Subject, record
from platforms.errors import OutcomeUnknown, PlatformError, TryLater
from platforms.registry import PLATFORMS
from publishing.models import Circuit


def open_circuits(now: datetime) -> QuerySet[Circuit]:
    return Circuit.objects.filter(open_until__gt=now)


def is_platforms_trouble(error: PlatformError) -> bool:
    """Whether the error says something about the whole platform."""
    if isinstance(error, TryLater):
        return error.whole_platform
    return isinstance(error, OutcomeUnknown)


def count_failure(platform: str, error: PlatformError, now: datetime) -> None:
    """Count one more failure in a row, and open the circuit when there are too many."""
    with transaction.atomic():
        Circuit.objects.get_or_create(platform=platform)
        circuit = Circuit.objects.select_for_update().get(platform=platform)
        circuit.failures += 1
        opens = circuit.failures >= settings.CIRCUIT_FAILURES and not circuit.is_open(now)
        if opens:
            circuit.opened_at = circuit.opened_at or now
            circuit.open_until = now + timedelta(seconds=settings.CIRCUIT_OPEN_S)
            circuit.reason = error.message[:500]
        circuit.save()
        if opens:
            record(
                Event.CIRCUIT_OPENED,
                by=None,
                on=_subject(platform),
                after={"failures": circuit.failures, "until": circuit.open_until},
                reason=error.message,
            )


def count_success(platform: str) -> None:
    """Forget the failures; close the circuit if it was open."""
    with transaction.atomic():
        circuit = Circuit.objects.select_for_update().filter(platform=platform).first()
        if circuit is None or not circuit.failures:
            return
        was_opened = circuit.opened_at is not None
        circuit.failures = 0
        circuit.opened_at = circuit.open_until = None
        circuit.reason = ""
        circuit.save()
        if was_opened:
            record(Event.CIRCUIT_CLOSED, by=None, on=_subject(platform))


def _subject(platform: str) -> Subject:
    known = PLATFORMS.get(platform)
    return Subject("publishing.circuit", platform, known.name if known else platform)
