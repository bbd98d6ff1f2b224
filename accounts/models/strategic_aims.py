"""Strategic aims: what the council wants to reach with its social accounts."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower


class StrategicAimQuerySet(models.QuerySet["StrategicAim"]):
    def in_use(self) -> StrategicAimQuerySet:
        """The aims that can be chosen; accounts keep the others that they have."""
        return self.filter(is_in_use=True)


class StrategicAim(models.Model):
    """One aim, as the council's strategy words it. It is never deleted: accounts name it."""

    name = models.CharField("aim", max_length=200)
    is_in_use = models.BooleanField("in use", default=True)

    objects = StrategicAimQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_strategic_aim_of_a_name")]

    def __str__(self) -> str:
        return self.name
