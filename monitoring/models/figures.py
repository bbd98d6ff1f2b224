"""Daily figures: an account's public numbers (followers, views), one row a day and name."""

from __future__ import annotations

from django.db import models

from monitoring.models.mentions import AccountDataQuerySet


class DailyFigureQuerySet(AccountDataQuerySet["DailyFigure"]):
    """Figures, each of one account on one day."""


class DailyFigure(models.Model):
    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="figures"
    )
    on = models.DateField()
    name = models.CharField(max_length=40)
    value = models.BigIntegerField()

    objects = DailyFigureQuerySet.as_manager()

    class Meta:
        ordering = ["on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "name", "on"], name="one_figure_for_a_day_and_name"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} on {self.on}: {self.name} {self.value}"
