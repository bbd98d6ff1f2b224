"""Ambassadors: whom the people of a service area ask about social media."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import ServiceArea, User


class AmbassadorQuerySet(models.QuerySet["Ambassador"]):
    def serving(self, on: date | None = None) -> Self:
        """Who can be asked on that day (today by default): nobody who has left."""
        day = on or timezone.localdate()
        return self.filter(
            Q(until=None) | Q(until__gte=day),
            ended_at=None,
            since__lte=day,
            person__in=User.objects.employed(day),
        )

    def open(self) -> Self:
        """Those that nobody has ended, also of people who have left or who begin later."""
        return self.filter(ended_at=None)


class Ambassador(models.Model):
    """Somebody for one area and everything below it. `until` is planned, `ended_at` happened."""

    area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="ambassadors")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ambassador_for"
    )
    helps_with = models.CharField(max_length=400)
    reach = models.CharField(max_length=200)
    """How to reach them."""
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)
    """The last day."""
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AmbassadorQuerySet.as_manager()

    class Meta:
        ordering = ["area__name", "person__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "person"],
                condition=Q(ended_at=None),
                name="ambassador_once_for_an_area",
            ),
            models.CheckConstraint(
                name="ambassador_until_is_not_before_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="ambassador_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.area}"
