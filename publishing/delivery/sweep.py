"""The sweep: once a second it looks at the rows and hands out what is due.

One short transaction takes back leases that ran out, and claims what is due to be read back and to
be sent. Only after its commit do the ids go to the broker; what gets lost there runs out of its
lease and is found again.
"""

from __future__ import annotations

import logging

from django.db import IntegrityError, transaction
from django.utils import timezone

from publishing.delivery.claim import claim_due
from publishing.delivery.leases import take_back
from publishing.delivery.queueing import RECONCILE, SEND, enqueue
from publishing.delivery.reconcile import claim_looks
from publishing.models import OPEN_DELIVERY_STATES, Delivery

log = logging.getLogger(__name__)


def sweep() -> None:
    """Hand out what is due now. Two sweeps at once do no harm: each row goes to one of them."""
    now = timezone.now()
    if not Delivery.objects.filter(try_at__lte=now, state__in=OPEN_DELIVERY_STATES).exists():
        return
    try:
        with transaction.atomic():
            take_back(now)
            looks = claim_looks(now)
            sends = claim_due(now)
    except IntegrityError:
        log.info("Another sweep claimed for the same account; the next one goes on.")
        return
    enqueue(RECONCILE, looks)
    enqueue(SEND, sends)
