"""Emergencies: what went out at once, by one person with that right, and its check afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class AfterCheck(models.TextChoices):
    IN_ORDER = "in_order", "It was in order"
    NOT_IN_ORDER = "not_in_order", "It was not in order"


class Emergency(models.Model):
    """One version that was let go without an approval; bound to its digest as an approval is."""

    version = models.OneToOneField(
        "publishing.Version", on_delete=models.PROTECT, related_name="emergency"
    )
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=1000)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(default=timezone.now)
    is_about_election = models.BooleanField(null=True)
    """Whether it named somebody, or touched a topic, of an election period: then the Monitoring
    Officer checks it afterwards. Empty for those from before this was kept.
    """
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=AfterCheck, blank=True)
    comment = models.TextField(max_length=2000, blank=True)

    class Meta:
        verbose_name_plural = "emergencies"
        ordering = ["released_at", "id"]
        constraints = [
            models.CheckConstraint(name="emergency_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="somebody_else_checks_an_emergency",
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("released_by")),
            ),
            models.CheckConstraint(
                name="emergency_check_has_who_when_and_what",
                condition=Q(checked_by__isnull=True, checked_at__isnull=True, outcome="")
                | (Q(checked_by__isnull=False, checked_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="emergency_not_in_order_says_why",
                condition=~Q(outcome="not_in_order", comment=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Emergency: {self.version}"
