"""What is still to be made of posts that repeat, for the calendar and for their own page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import SocialAccount
from pages.addresses import address_of
from platforms import known
from publishing.models import Post, Series, SeriesState
from publishing.models.series import SeriesQuerySet
from publishing.planning.spans import Span
from publishing.repeating.days import DaysOff, days_between, days_of, days_off_now, moment_of

MOST_SERIES = 300
"""Repeating posts that the calendar looks at."""
SHOWN = 10


@dataclass(frozen=True, slots=True)
class ToCome:
    """One occurrence that is planned and not made yet."""

    series: Series
    on: date
    at: datetime
    accounts: tuple[SocialAccount, ...]

    @property
    def address(self) -> str:
        return address_of("series", self.series.pk)

    @property
    def platforms(self) -> list[known.Known]:
        by_key = known.known_platforms()
        return [by_key[key] for key in dict.fromkeys(a.platform for a in self.accounts)]


def to_come_in(series: SeriesQuerySet, span: Span) -> dict[date, list[ToCome]]:
    """By day of the span: what of these active ones is still to be made. Four queries."""
    now, today = timezone.now(), timezone.localdate()
    if span.last < today:
        return {}
    accounts = SocialAccount.objects.order_by("name", "pk")
    active = series.filter(state=SeriesState.ACTIVE, starts_on__lte=span.last)
    rows = list(
        active.select_related("author").prefetch_related(Prefetch("accounts", accounts))[
            :MOST_SERIES
        ]
    )
    if not rows:
        return {}
    off, first = days_off_now(), max(span.first, today)
    there = made_on(rows, first, span.last)
    found: dict[date, list[ToCome]] = {}
    for each in rows:
        for day in days_between(each, first, span.last, off):
            at = moment_of(each, day).at
            if (each.pk, day) not in there and at > now:
                to_come = ToCome(each, day, at, tuple(each.accounts.all()))
                found.setdefault(day, []).append(to_come)
    for several in found.values():
        several.sort(key=lambda one: (one.at, one.series.name, one.series.pk))
    return dict(sorted(found.items()))


def made_on(rows: Iterable[Series], first: date, last: date) -> set[tuple[int, date]]:
    """Series and day of what is made already. One query."""
    posts = Post.objects.filter(series__in=[each.pk for each in rows])
    made = posts.filter(occurs_on__range=(first, last)).order_by()
    return {(pk, day) for pk, day in made.values_list("series", "occurs_on") if pk and day}


def next_days(series: Series, off: DaysOff | None = None, most: int = SHOWN) -> list[datetime]:
    """When its next posts go out, made or not; none of one that has ended."""
    if series.state == SeriesState.ENDED:
        return []
    now, off = timezone.now(), off or days_off_now()
    yesterday = timezone.localdate() - timedelta(days=1)
    days = (day for day in days_of(series, off) if day > yesterday)
    moments = (moment_of(series, day).at for day in days)
    return list(islice((at for at in moments if at > now), most))


def not_made(series: Series, made: Collection[date | None], since: date) -> list[date]:
    """Days since then whose time has passed, and on which no post was made."""
    now, today = timezone.now(), timezone.localdate()
    days = days_between(series, max(since, timezone.localdate(series.created_at)), today,
                        days_off_now())  # fmt: skip
    return [day for day in days if day not in made and moment_of(series, day).at <= now]
