"""Sending one delivery, in three steps: check and start; call the platform; settle.

The first and the last are transactions. Between them no lock and no transaction is held, however
long the platform takes. Whatever dies in between, the row says what may have happened: see
`publishing.delivery.sweep`.
"""

from __future__ import annotations

import logging
import time

from django.utils import timezone

from accounts.connections import connect
from platforms.contract import Sent
from platforms.errors import OutcomeUnknown, PlatformError
from publishing.delivery import circuit, settle
from publishing.delivery.begin import Begun, NotSent, Start, begin, begin_all
from publishing.delivery.claim import claim_for, claim_next
from publishing.delivery.lease import Lease, LeaseLost
from publishing.delivery.moves import Locked
from publishing.delivery.outgoing import BytesChanged, check_bytes, outgoing_of
from publishing.delivery.queueing import SEND, enqueue
from publishing.delivery.settle import Settlement
from publishing.delivery.together import Together

log = logging.getLogger(__name__)


CARRY_ON_S = 2.0
"""How long a thread goes on with the next delivery by itself, before it looks at the queue again: a
worker that is told to end has not long to wait.
"""

_begin: Together[int, Start] = Together(begin, begin_all)
_settle: Together[Settlement, None] = Together(settle.settle_one, settle.settle_published)
_claim_next: Together[str, int | None] = Together(claim_next, claim_for)


def send_delivery(delivery_id: int) -> None:
    """Send a delivery that a sweep has claimed; nothing happens if somebody else does or did.

    Then the next that may take its place at the platform, for a while and without the broker.
    """
    until = time.monotonic() + CARRY_ON_S
    following: int | None = delivery_id
    while following is not None:
        platform = _send(following)
        following = _claim_next(platform) if platform else None
        if following is not None and time.monotonic() > until:
            enqueue(SEND, [following])
            return


def _send(delivery_id: int) -> str:
    """The platform that has a place now; none where the delivery is not in our hands any more."""
    begun = _begin(delivery_id)
    if begun is None:
        return ""
    if isinstance(begun, NotSent):
        return begun.platform
    answer = _call(begun)
    if isinstance(answer, LeaseLost):
        log.warning("Delivery %s was given up: %s", delivery_id, answer)
        return ""
    _settle((begun.delivery, begun.attempt_id, answer))
    _tell_circuit(begun.delivery, answer)
    return begun.delivery.account.platform


def _call(begun: Begun) -> Sent | PlatformError | BytesChanged | LeaseLost:
    """Step two: an answer, or the error that stands for one. No transaction is open."""
    delivery = begun.delivery
    lease = Lease(delivery.pk, begun.attempt_id, delivery.resume)
    try:
        check_bytes(delivery.version)
        outgoing = outgoing_of(delivery, begun.key, begun.first_tried_at)
        return connect(delivery.account).publish(outgoing, delivery.resume, lease)
    except (PlatformError, BytesChanged, LeaseLost) as known:
        return known
    except Exception:
        # An adapter's mistake says nothing about whether the post is out.
        log.exception("Sending delivery %s failed in an unforeseen way.", delivery.pk)
        return OutcomeUnknown("Something unforeseen went wrong while it was being sent.")


def _tell_circuit(delivery: Locked, answer: Sent | PlatformError | BytesChanged) -> None:
    """What follows a settled delivery cannot unsettle it."""
    platform = delivery.account.platform
    if isinstance(answer, PlatformError) and circuit.is_platforms_trouble(answer):
        circuit.count_failure(platform, answer, timezone.now())
    elif isinstance(answer, Sent) and delivery.is_platform_failing:
        circuit.count_success(platform)
