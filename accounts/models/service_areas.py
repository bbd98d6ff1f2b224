"""Service areas: the parts of the council, in a tree under directorates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ServiceAreaQuerySet(models.QuerySet["ServiceArea"]):
    def within(self, area: ServiceArea) -> ServiceAreaQuerySet:
        """`area` itself and everything below it."""
        return self.filter(path__startswith=area.path) if area.path else self.filter(pk=area.pk)


class ServiceArea(models.Model):
    """One part of the council. `path` holds the ids from the top, as in `/1/7/`.

    `accounts.actions.service_areas` keeps it right.
    """

    name = models.CharField(max_length=120, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=255, db_index=True, editable=False, default="")

    objects = ServiceAreaQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="service_area_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
            )
        ]

    def __str__(self) -> str:
        return self.name
