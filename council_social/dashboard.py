"""One screen shows it all: what waits, what failed, how the accounts and the workers are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from accounts.models import SocialAccount, User
from accounts.risk.reviews import due_by
from accounts.standing import risk_words
from jobs.heartbeats import HeartbeatStatus, statuses
from monitoring.health import Health, account_health
from monitoring.models import DailyMentions
from monitoring.volume import mentions_by_day, message
from pages.counts import counts
from publishing import emergencies
from publishing.models import (
    OPEN_DELIVERY_STATES,
    Circuit,
    Delivery,
    DeliveryState,
    Emergency,
    Stop,
    StopScope,
)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What the corporate team sees on the home page."""

    waiting: int
    due_today: int
    published_this_week: int
    unknown: int
    held: int
    rejected_this_week: int
    emergencies: list[tuple[Emergency, bool]]
    """What nobody has checked yet, the oldest first, and whether that is overdue."""
    stops: list[Stop]
    circuits: list[Circuit]
    health: Health
    reviews: list[tuple[SocialAccount, str]]
    """Live accounts whose risk is not assessed or overdue for review, the longest overdue first."""
    heartbeats: list[HeartbeatStatus]
    volume: list[tuple[date, int]]
    volume_message: str


def dashboard_for(user: User, now: datetime) -> Dashboard:
    """The dashboard of somebody who may see mentions.

    A constant number of queries. What seldom is, is only read where there is any.
    """
    volume = mentions_by_day(DailyMentions.objects.visible_to(user), timezone.localdate(now))
    unchecked = emergencies.visible_to(user).filter(checked_at__isnull=True)
    stops, circuits = Stop.objects.in_force(), Circuit.objects.filter(open_until__gt=now)
    overdue = due_by(SocialAccount.objects.live(), timezone.localdate(now) - timedelta(days=1))
    there = counts(
        {"emergencies": unchecked, "stops": stops, "circuits": circuits, "reviews": overdue}
    )
    return Dashboard(
        **_deliveries(user, now),
        emergencies=_emergencies(unchecked, now) if there["emergencies"] else [],
        stops=_widest_first(stops) if there["stops"] else [],
        circuits=list(circuits) if there["circuits"] else [],
        health=account_health(now),
        reviews=_reviews(overdue) if there["reviews"] else [],
        heartbeats=statuses(now),
        volume=volume,
        volume_message=message(volume),
    )


def _widest_first(stops: QuerySet[Stop]) -> list[Stop]:
    wide = list(StopScope)
    rows = stops.select_related("placed_by", "account", "service_area")
    return sorted(rows, key=lambda stop: wide.index(StopScope(stop.scope)))


def _emergencies(unchecked: QuerySet[Emergency], now: datetime) -> list[tuple[Emergency, bool]]:
    oldest = unchecked.select_related("version__post", "released_by").order_by("released_at", "id")
    return [(each, emergencies.is_overdue(each, now)) for each in oldest[:10]]


def _reviews(overdue: QuerySet[SocialAccount]) -> list[tuple[SocialAccount, str]]:
    first = overdue.order_by(F("review_due").asc(nulls_first=True), "name", "id")
    return [
        (account, risk_words(account))
        for account in first.prefetch_related("risk_assessments")[:10]
    ]


def _deliveries(user: User, now: datetime) -> dict[str, int]:
    """One query of those that are open, and those that ended within the week."""
    tonight = timezone.localtime(now).replace(hour=23, minute=59, second=59)
    waiting, lately = Q(state=DeliveryState.WAITING), Q(changed_at__gte=now - timedelta(days=7))
    figures = {
        "waiting": waiting | Q(state=DeliveryState.SENDING),
        "due_today": waiting & Q(due_at__lte=tonight),
        "unknown": Q(state=DeliveryState.UNKNOWN),
        "held": Q(state=DeliveryState.HELD),
        "published_this_week": Q(state=DeliveryState.PUBLISHED) & lately,
        "rejected_this_week": Q(state=DeliveryState.REJECTED) & lately,
    }
    among = Delivery.objects.visible_to(user).filter(lately | Q(state__in=OPEN_DELIVERY_STATES))
    return among.aggregate(**{name: Count("pk", filter=of) for name, of in figures.items()})
