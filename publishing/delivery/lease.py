"""The lease that a worker has on a delivery while it talks to the platform."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from publishing.models import Attempt, Delivery, DeliveryState
from publishing.models.deliveries import DeliveryQuerySet


class LeaseLost(Exception):
    """Somebody else answers for the delivery by now: stop before anything more is sent."""


class Lease:
    """A checkpoint as adapters call it: it keeps what they need to resume, and renews the lease.

    Raises LeaseLost when the lease ran out and was taken back. So a worker that slept through its
    lease (a suspended machine, a full disk) does not send what another may be sending.
    """

    def __init__(self, delivery_id: int, attempt_id: int, kept: Mapping[str, Any]) -> None:
        self._delivery_id = delivery_id
        self._attempt_id = attempt_id
        self.kept = dict(kept)

    def __call__(self, kept: Mapping[str, Any]) -> None:
        # From the first checkpoint on it is known how far the adapter has come: see `leases`.
        self.kept = {"publishing": False, **self.kept, **kept}
        until = timezone.now() + timedelta(seconds=settings.LEASE_S)
        renewed = _held_by(self._delivery_id, self._attempt_id).update(
            resume=self.kept, lease_until=until, try_at=until
        )
        if not renewed:
            raise LeaseLost(f"The lease of attempt {self._attempt_id} was taken back.")


def _held_by(delivery_id: int, attempt_id: int) -> DeliveryQuerySet:
    """The delivery, as long as this attempt is the one that is sending it."""
    is_open = Attempt.objects.filter(pk=attempt_id, delivery=OuterRef("pk"), ended_at__isnull=True)
    return Delivery.objects.filter(Exists(is_open), pk=delivery_id, state=DeliveryState.SENDING)
