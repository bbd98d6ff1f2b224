"""Claiming: which delivery goes next, and the lease by which one worker has it.

An account has one delivery on its way at most, and they leave in due order. An earlier one that
waits for its next try, is being sent, or has an unknown outcome that we still look into goes first;
one that is held or waits for a person does not.

A platform has a bounded number on its way, so that one which hangs does not take every thread of
the workers. Nothing is claimed that a stop holds, nor where a platform's circuit is open; what a
stop lets through does not wait for what it holds.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import SocialAccount
from platforms.registry import PLATFORMS
from publishing.delivery.circuit import open_circuits
from publishing.models import Attempt, Delivery, DeliveryState, Stop
from publishing.models.deliveries import DeliveryQuerySet

log = logging.getLogger(__name__)

GOES_FIRST = Q(state__in=[DeliveryState.WAITING, DeliveryState.SENDING]) | Q(
    state=DeliveryState.UNKNOWN, asks_person=False
)
"""What later deliveries of the same account wait for."""


@dataclass(frozen=True, slots=True)
class Claimable:
    """A delivery that may be claimed now; its row is locked."""

    pk: int
    platform: str
    attempts_so_far: int


def claim_due(now: datetime) -> list[int]:
    """Claim what is due, in due order, as far as each platform has room. Inside a transaction."""
    return [each.pk for each in _claim(dict.fromkeys(PLATFORMS, settings.DELIVERIES_AT_ONCE), now)]


def claim_next(platforms: Iterable[str]) -> list[int]:
    """Claim others for the places that deliveries have just left, each named by its platform.

    Its own transaction, and its failure is nothing to the deliveries that were settled.
    """
    now = timezone.now()
    try:
        with transaction.atomic():
            return [each.pk for each in _claim(Counter(platforms), now)]
    except IntegrityError:
        log.info("Somebody else claimed for the same account at the same moment.")
        return []


def _claim(wanted: Mapping[str, int], now: datetime) -> list[Claimable]:
    """So many of each platform at most, as far as it has room. Inside a transaction."""
    busy = in_flight(now)
    places = {
        platform: min(number, settings.DELIVERIES_AT_ONCE - busy[platform])
        for platform, number in wanted.items()
    }
    free = [platform for platform, number in places.items() if number > 0]
    picked = []
    for found in _rows(_next_of_each_account(now, free)) if free else ():
        if places[found.platform] > 0:
            places[found.platform] -= 1
            picked.append(found)
    _take(picked, now)
    return picked


def in_flight(now: datetime) -> Counter[str]:
    """How many deliveries workers have in their hands, by platform.

    A lease that ran out does not count: whoever had it is dead, and has no place any more.
    """
    leased = Delivery.objects.filter(lease_until__gt=now).values("account__platform")
    counted = leased.annotate(number=Count("pk")).values_list("account__platform", "number")
    return Counter(dict(counted.order_by()))


def _next_of_each_account(now: datetime, platforms: Collection[str]) -> DeliveryQuerySet:
    """The first in line of each account, where it is due and may go; locked, in due order.

    It starts from the accounts: their number is small, however long the queues are.
    """
    first = _in_line().filter(account=OuterRef("pk")).order_by("due_at", "pk")
    accounts = SocialAccount.objects.filter(platform__in=platforms)
    sending = Delivery.objects.filter(account=OuterRef("account"), state=DeliveryState.SENDING)
    return (
        Delivery.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        .filter(
            pk__in=accounts.values_list(Subquery(first.values("pk")[:1])),
            state=DeliveryState.WAITING,
            try_at__lte=now,
        )
        .exclude(Exists(sending))
        .exclude(Exists(open_circuits(now).filter(platform=OuterRef("account__platform"))))
        .order_by("due_at", "pk")
    )


def _in_line() -> DeliveryQuerySet:
    """What goes before what is due later on the same account, without what a stop holds.

    Where no stop is in force no row is asked about one; one that is placed now is the gate's.
    """
    waiting = Q(state=DeliveryState.WAITING)
    in_force = Stop.objects.in_force()
    line = Delivery.objects.filter(GOES_FIRST)
    return line.exclude(waiting, Exists(in_force.holding())) if in_force.exists() else line


def _rows(deliveries: DeliveryQuerySet) -> list[Claimable]:
    newest = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-number")
    so_far = Coalesce(Subquery(newest.values("number")[:1]), 0)
    return [Claimable(*row) for row in deliveries.values_list("pk", "account__platform", so_far)]


def _take(claimed: list[Claimable], now: datetime) -> None:
    """Write leases and attempts for locked deliveries: two queries, however many there are."""
    if not claimed:
        return
    ids = [each.pk for each in claimed]
    lease_until = now + timedelta(seconds=settings.LEASE_S)
    Delivery.objects.filter(pk__in=ids).update(
        state=DeliveryState.SENDING,
        lease_until=lease_until,
        try_at=lease_until,
        changed_at=now,
        reason="",
    )
    Attempt.objects.bulk_create(
        Attempt(delivery_id=each.pk, number=each.attempts_so_far + 1, claimed_at=now)
        for each in claimed
    )
