"""Answers to the checklists of an account: each item's newest, with who gave it and the proof."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Checklist(models.TextChoices):
    GO_LIVE = "go_live", "Go-live checklist"
    STANDARDS = "standards", "Standards checklist"


class ChecklistAnswer(models.Model):
    """`item` is a key of `accounts.checklists`; what follows from facts has no answer here."""

    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="checklist_answers"
    )
    checklist = models.CharField(max_length=10, choices=Checklist)
    item = models.CharField(max_length=40)
    is_met = models.BooleanField()
    proof = models.CharField(max_length=500, blank=True)
    """What was seen, or what is to be put right."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["checklist", "item"]
        constraints = [
            models.UniqueConstraint(
                "account", "checklist", "item", name="one_answer_for_each_item"
            ),
            models.CheckConstraint(
                name="checklist_is_known", condition=Q(checklist__in=Checklist.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.item}"
