"""Warnings that were given: each once, whatever restarts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class WarningKind(models.TextChoices):
    RISK_REVIEW = "risk_review", "Review of the risk"
    CONNECTION = "connection", "End of the connection"
    ACCESS_REVIEW = "access_review", "Access review"


class Warned(models.Model):
    kind = models.CharField(max_length=20, choices=WarningKind)
    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="warnings"
    )
    about = models.CharField(max_length=64)
    """What of the account it is about; for a review of the risk, the number of the
    assessment; for a connection, that of its secret and its last day; for an access review, the
    review's."""
    days = models.SmallIntegerField()
    """How long before the day it was for; 0 on the day, -1 once the consequence is there."""
    at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)
    """When its e-mail was handed over; empty while it still has to be."""

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint("kind", "account", "about", "days", name="warned_once"),
            models.CheckConstraint(
                name="warning_kind_is_known", condition=Q(kind__in=WarningKind.values)
            ),
        ]
        indexes = [
            models.Index("id", condition=Q(mailed_at__isnull=True), name="warning_to_be_mailed")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.account}, {self.days} days"
