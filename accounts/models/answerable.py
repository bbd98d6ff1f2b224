"""Who answered for an account, from when to when, and whether they accepted it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Part(models.TextChoices):
    OWNER = "owner", "Site owner"
    DEPUTY = "deputy", "Deputy"


class AnswerableQuerySet(models.QuerySet["Answerable"]):
    def open(self) -> AnswerableQuerySet:
        return self.filter(until__isnull=True)

    def at(self, moment: datetime) -> AnswerableQuerySet:
        """Whoever was the owner or the deputy at that moment."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=moment), since__lte=moment)


class Answerable(models.Model):
    """One person's time as the owner or the deputy of an account.

    The open ones name the same people as `SocialAccount.owner` and `deputy`, which say it for the
    present and for quick queries; `accounts.actions.answerable` writes both.
    """

    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="answerables"
    )
    part = models.CharField(max_length=6, choices=Part)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="answered_for"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_on_paper = models.CharField(max_length=250, blank=True)
    """What shows that they accepted, where they did not do it here themselves."""

    objects = AnswerableQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "part"],
                condition=Q(until__isnull=True),
                name="one_owner_and_one_deputy_at_a_time",
            ),
            models.CheckConstraint(
                name="answerable_part_is_known", condition=Q(part__in=Part.values)
            ),
            models.CheckConstraint(
                name="answerable_until_comes_after_since",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="accepted_on_paper_is_accepted",
                condition=Q(accepted_on_paper="") | Q(accepted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_part_display()} of {self.account}"
