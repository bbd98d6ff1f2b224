"""Posts that repeat: what is said again, on which days, and who answers for it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.access import may
from accounts.models import SocialAccount
from accounts.permissions import Permission
from accounts.reach import has_a_team, holds_a_role_somewhere, with_a_role

if TYPE_CHECKING:
    from accounts.models import User


class Frequency(models.TextChoices):
    WEEKLY = "weekly", "Every week, or every few weeks"
    MONTHLY = "monthly", "Every month, on a day of the month"
    MONTHLY_WEEKDAY = "monthly_weekday", "Every month, on a weekday such as the first Monday"


class SeriesState(models.TextChoices):
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    HELD = "held", "Held"
    ENDED = "ended", "Ended"


_S = SeriesState

SERIES_TRANSITIONS: dict[SeriesState, frozenset[SeriesState]] = {
    _S.ACTIVE: frozenset({_S.PAUSED, _S.HELD, _S.ENDED}),
    _S.PAUSED: frozenset({_S.ACTIVE, _S.ENDED}),
    _S.HELD: frozenset({_S.ACTIVE, _S.ENDED}),
    _S.ENDED: frozenset(),
}
"""Which state may follow which. A person pauses; the service holds, and says why."""


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, user: User) -> SeriesQuerySet:
        """As posts are: all for the corporate team and auditors; else one's own, one's team's and
        those on accounts on which one holds a role.
        """
        if not user.is_employed():
            return self.none()
        if may(user, Permission.SEE_ALL_POSTS):
            return self.all()
        ways = Q(author=user)
        if has_a_team(user):
            ways |= Q(author__in=user.team.order_by().values("pk"))
        if holds_a_role_somewhere(user):
            there = Series.accounts.through.objects.filter(socialaccount__in=with_a_role(user))
            ways |= Q(pk__in=there.order_by().values("series"))
        return self.filter(ways)


class Series(models.Model):
    """A post that repeats. Each occurrence is a post of its own, with its own approval."""

    name = models.CharField(max_length=100)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="series"
    )
    """On whose behalf its posts are made and sent for approval."""
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    """Who last changed it: the editor of what is made from it, who never approves that."""
    begun_from = models.ForeignKey("publishing.Post", on_delete=models.PROTECT, related_name="+")
    """The post that was to repeat. It is none of the series' own."""
    accounts = models.ManyToManyField("accounts.SocialAccount", related_name="series")
    """Those that the content is for."""
    content = models.JSONField(default=dict)
    """As `publishing.drafts.Content`, without a day and a time."""
    answers = models.JSONField(default=dict, blank=True)
    """What its author answered to advisory findings, by the finding's key."""
    frequency = models.CharField(max_length=20, choices=Frequency)
    every = models.PositiveSmallIntegerField(default=1)
    """Each so many weeks or months."""
    weekdays = models.JSONField(default=list, blank=True)
    """Numbers of days, Monday is 0; for a weekday of the month, that one."""
    day_of_month = models.PositiveSmallIntegerField(null=True)
    """In a shorter month, its last day."""
    nth = models.SmallIntegerField(null=True)
    """Which of the month's weekdays: 1 to 4; -1 is the last."""
    at = models.TimeField()
    """In London, summer and winter."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    times = models.PositiveSmallIntegerField(null=True)
    """How often it comes in all."""
    skips_bank_holidays = models.BooleanField(default=False)
    days_ahead = models.PositiveSmallIntegerField(default=14)
    """How many days before it goes out an occurrence is made and sent for approval."""
    state = models.CharField(max_length=10, choices=SeriesState, default=SeriesState.ACTIVE)
    trouble = models.CharField(max_length=500, blank=True)
    """Why it is held, or why the newest occurrence could not be sent for approval, in words."""
    told_at = models.DateTimeField(null=True)
    """When somebody was told that it is held; empty: to be told, if it is."""
    revision = models.PositiveIntegerField(default=1)
    """Grows with every change; a form that holds an older one is stale (409)."""
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    """Given by the form in which it was begun: a second click does not begin a second one."""
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="series_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="series_ends_in_one_way",
                condition=Q(ends_on__isnull=True) | Q(times__isnull=True),
            ),
            models.CheckConstraint(name="series_comes_round", condition=Q(every__range=(1, 52))),
            models.CheckConstraint(
                name="series_of_months_has_its_day",
                condition=~Q(frequency="monthly") | Q(day_of_month__range=(1, 31)),
            ),
            models.CheckConstraint(
                name="series_of_a_weekday_says_which",
                condition=~Q(frequency="monthly_weekday") | Q(nth__in=[1, 2, 3, 4, -1]),
            ),
            models.CheckConstraint(
                name="series_is_made_in_good_time", condition=Q(days_ahead__range=(1, 60))
            ),
            models.CheckConstraint(
                name="series_state_is_known", condition=Q(state__in=SeriesState.values)
            ),
            models.CheckConstraint(
                name="held_series_says_why", condition=~Q(state="held") | ~Q(trouble="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def give_to(self, person: User) -> None:
        """Its posts are made on behalf of `person`, who has not answered any finding yet."""
        self.author, self.answers = person, {}

    def governed_accounts(self) -> list[SocialAccount]:
        return list(self.accounts.all())
