"""Departures: that somebody leaves, when it was recorded, and whether it was taken back."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Departure(models.Model):
    """One recorded last day of one person.

    `User.employed_until` says it for the present; these rows say what it said at any moment
    before, so that "who could post that day" does not change when somebody comes back.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="departures"
    )
    last_day = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    """When another last day was recorded, or that they work here again."""

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "user", condition=Q(undone_at__isnull=True), name="one_open_departure_of_a_person"
            ),
            models.CheckConstraint(
                name="departure_is_undone_after_it_was_recorded",
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("recorded_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} leaves after {self.last_day}"

    def counted(self, moment: datetime) -> bool:
        """Whether it was on record at that moment, and the last day was over."""
        on_record = self.recorded_at <= moment and (
            self.undone_at is None or self.undone_at > moment
        )
        return on_record and self.last_day < timezone.localdate(moment)
