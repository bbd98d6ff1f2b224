"""Planning: how much an account is to say, what recurs, and the calendar as a feed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class ContentPlan(models.Model):
    """How many posts a week an account is to have, and what about."""

    account = models.OneToOneField(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="content_plan"
    )
    posts_a_week = models.PositiveSmallIntegerField()
    themes = models.TextField(max_length=2000, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="content_plan_is_for_a_week", condition=Q(posts_a_week__range=(1, 100))
            )
        ]

    def __str__(self) -> str:
        return f"Content plan of {self.account}"


class CalendarFeed(models.Model):
    """A secret address at which a calendar program reads what one person may see."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds"
    )
    name = models.CharField(max_length=100)
    account = models.ForeignKey(
        "accounts.SocialAccount", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Only this account's; empty: all that the person sees."""
    token_digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret, which is shown once and never kept."""
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.name


class Frequency(models.TextChoices):
    DAILY = "daily", "Every day"
    WEEKLY = "weekly", "Every week"
    MONTHLY = "monthly", "Every month"


class SeriesState(models.TextChoices):
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


class Series(models.Model):
    """A post that recurs. Each occurrence is a post of its own, with its own approval."""

    name = models.CharField(max_length=100)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="series"
    )
    content = models.JSONField(default=dict)
    """As `publishing.drafts.Content`, without a day and a time."""
    frequency = models.CharField(max_length=10, choices=Frequency)
    every = models.PositiveSmallIntegerField(default=1)
    """Each so many days, weeks or months."""
    weekdays = models.JSONField(default=list, blank=True)
    """For weeks: numbers of days, Monday is 0."""
    day_of_month = models.PositiveSmallIntegerField(null=True)
    """For months; in a shorter month, its last day."""
    at = models.TimeField()
    """In London."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    days_ahead = models.PositiveSmallIntegerField(default=14)
    """How many days before it goes out an occurrence is made and sent for approval."""
    state = models.CharField(max_length=10, choices=SeriesState, default=SeriesState.ACTIVE)
    trouble = models.CharField(max_length=500, blank=True)
    """Why the newest occurrence could not be sent for approval, in words."""
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "series"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="series_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="series_comes_round", condition=Q(every__range=(1, 52))),
            models.CheckConstraint(
                name="series_of_months_has_its_day",
                condition=~Q(frequency="monthly") | Q(day_of_month__range=(1, 31)),
            ),
        ]

    def __str__(self) -> str:
        return self.name
