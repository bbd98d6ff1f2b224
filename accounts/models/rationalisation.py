"""Rationalisation: a round in which every account is kept, fixed, merged or closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Fate(models.TextChoices):
    KEEP = "keep", "Keep"
    FIX = "fix", "Fix"
    MERGE = "merge", "Merge"
    CLOSE = "close", "Close"


class RationalisationRound(models.Model):
    name = models.CharField(max_length=120)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "name",
                condition=Q(closed_at__isnull=True),
                name="one_open_round_of_a_name",
            ),
            models.CheckConstraint(
                name="round_closed_by_who_and_when",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RationalisationDecision(models.Model):
    """What a round decides about one account; deciding again replaces it, with its own entry."""

    round = models.ForeignKey(
        RationalisationRound, on_delete=models.PROTECT, related_name="decisions"
    )
    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="rationalisations"
    )
    fate = models.CharField(max_length=6, choices=Fate)
    merge_into = models.ForeignKey(
        "accounts.SocialAccount",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField(max_length=500)
    due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    """When what was decided was carried out; what is kept is done at once."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("round", "account", name="one_decision_for_each_account"),
            models.CheckConstraint(name="fate_is_known", condition=Q(fate__in=Fate.values)),
            models.CheckConstraint(
                name="a_merge_names_another_account",
                condition=(Q(fate=Fate.MERGE) & ~Q(merge_into=F("account")))
                | (~Q(fate=Fate.MERGE) & Q(merge_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_merge_names_an_account",
                condition=~Q(fate=Fate.MERGE) | Q(merge_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_fate_display()}"
