"""Sending one delivery, in three steps: check and start; call the platform; settle.

The first and the last are transactions. Between them no lock and no transaction is held, however
long the platform takes. Whatever dies in between, the row says what may have happened: see
`publishing.delivery.sweep`.
"""

from __future__ import annotations

import logging
import time

from django.utils import timezone

from accounts.connection.adapters import connect
from platforms.contract import Sent
from platforms.errors import OutcomeUnknown, PlatformError
from publishing.delivery import circuit
from publishing.delivery.begin import Begun, Start
from publishing.delivery.lease import Lease, LeaseLost
from publishing.delivery.locking import Locked
from publishing.delivery.outgoing import BytesChanged, check_bytes, outgoing_of
from publishing.delivery.rounds import Turn, take_turn
from publishing.delivery.settle import Settlement, settle

log = logging.getLogger(__name__)


CARRY_ON_S = 5.0
"""How long a thread goes on with the next delivery by itself, before it looks at the queue again: a
worker that is told to end has not long to wait.
"""


def send_delivery(delivery_id: int) -> None:
    """Send a delivery that a sweep has claimed; nothing happens if somebody else does or did.

    Then the next that may take its place at the platform, for a while and without the broker.
    """
    until = time.monotonic() + CARRY_ON_S
    start = take_turn(Turn(begin=delivery_id))
    while start is not None:
        start = _send(start, until) if isinstance(start, Begun) else _leave(start.platform, until)


def _send(begun: Begun, until: float) -> Start:
    """Call the platform, settle what comes of it, and begin another."""
    answer = _call(begun)
    platform = begun.delivery.account.platform
    if isinstance(answer, LeaseLost):
        log.warning("Delivery %s was given up: %s", begun.delivery.pk, answer)
        return None
    settlement = (begun.delivery, begun.attempt_id, answer)
    if isinstance(answer, Sent) and not begun.delivery.is_platform_failing:
        return _leave(platform, until, settlement)
    settle(*settlement)
    _tell_circuit(begun.delivery, answer)
    return _leave(platform, until)


def _leave(platform: str, until: float, settlement: Settlement | None = None) -> Start:
    """Leave the place at the platform to another, and begin that here if there is time."""
    goes_on = time.monotonic() < until
    return take_turn(Turn(settlement=settlement, freed=platform, goes_on=goes_on))


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
