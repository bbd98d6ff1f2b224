"""Planning: how much an account is to say, and the calendar as a feed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
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
