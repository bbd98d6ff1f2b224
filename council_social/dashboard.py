"""One screen shows it all: what waits, what failed, how the accounts and the workers are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import SocialAccount, User
from accounts.risk.reviews import due_by
from accounts.standing import risk_words
from jobs.heartbeats import HeartbeatStatus, statuses
from monitoring.health import Health, account_health
from monitoring.models import DailyMentions
from monitoring.volume import mentions_by_day, message
from publishing import emergencies
from publishing.models import Circuit, Delivery, DeliveryState, Emergency, Stop, StopScope


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
    """The dashboard of somebody who may see mentions. A constant number of queries."""
    volume = mentions_by_day(DailyMentions.objects.visible_to(user), timezone.localdate(now))
    open_now = _open_deliveries(user, now)
    recent = _recent_deliveries(user, now)
    return Dashboard(
        **open_now,
        **recent,
        emergencies=_emergencies(user, now),
        stops=stops_in_force(),
        circuits=list(Circuit.objects.filter(open_until__gt=now)),
        health=account_health(now),
        reviews=_reviews(now),
        heartbeats=statuses(now),
        volume=volume,
        volume_message=message(volume),
    )


def stops_in_force() -> list[Stop]:
    """The widest first."""
    rows = Stop.objects.in_force().select_related("placed_by", "account", "service_area")
    wide = list(StopScope)
    return sorted(rows, key=lambda stop: wide.index(StopScope(stop.scope)))


def _emergencies(user: User, now: datetime) -> list[tuple[Emergency, bool]]:
    unchecked = emergencies.visible_to(user).filter(checked_at__isnull=True)
    oldest = unchecked.select_related("version__post", "released_by").order_by("released_at", "id")
    return [(each, emergencies.is_overdue(each, now)) for each in oldest[:10]]


def _reviews(now: datetime) -> list[tuple[SocialAccount, str]]:
    overdue = due_by(SocialAccount.objects.live(), timezone.localdate(now) - timedelta(days=1))
    first = overdue.order_by(F("review_due").asc(nulls_first=True), "name", "id")
    return [
        (account, risk_words(account))
        for account in first.prefetch_related("risk_assessments")[:10]
    ]


def _open_deliveries(user: User, now: datetime) -> dict[str, int]:
    tonight = timezone.localtime(now).replace(hour=23, minute=59, second=59)
    return (
        Delivery.objects.visible_to(user)
        .open()
        .aggregate(
            waiting=Count("pk", filter=Q(state__in=[DeliveryState.WAITING, DeliveryState.SENDING])),
            due_today=Count("pk", filter=Q(state=DeliveryState.WAITING, due_at__lte=tonight)),
            unknown=Count("pk", filter=Q(state=DeliveryState.UNKNOWN)),
            held=Count("pk", filter=Q(state=DeliveryState.HELD)),
        )
    )


def _recent_deliveries(user: User, now: datetime) -> dict[str, int]:
    week = Delivery.objects.visible_to(user).filter(changed_at__gte=now - timedelta(days=7))
    return week.aggregate(
        published_this_week=Count("pk", filter=Q(state=DeliveryState.PUBLISHED)),
        rejected_this_week=Count("pk", filter=Q(state=DeliveryState.REJECTED)),
    )
