"""Approvals: a decision about one version at one stage, bound to the version's digest."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Stage(models.TextChoices):
    APPROVAL = "approval", "Approval"
    SECOND_CHECK = "second_check", "Second check"
    """By another person, where the post's route asks for it (`publishing.routes`)."""
    ELECTION_CHECK = "election_check", "Monitoring Officer’s check"
    """By the Monitoring Officer, where the rules of an election period ask for it."""


class Decision(models.TextChoices):
    APPROVED = "approved", "Approved"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"


class Approval(models.Model):
    """`author` and `editor` are copied from the post and the version, so that the database itself
    refuses a decision by either; the trigger on deliveries compares the copies with the truth.
    """

    version = models.ForeignKey(
        "publishing.Version", on_delete=models.PROTECT, related_name="approvals"
    )
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.APPROVAL)
    decision = models.CharField(max_length=20, choices=Decision)
    digest = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions"
    )
    decided_at = models.DateTimeField(default=timezone.now)
    comment = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["decided_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="author_does_not_decide", condition=~Q(decided_by=F("author"))
            ),
            models.UniqueConstraint(
                fields=["version", "stage"], name="one_decision_for_a_version_and_stage"
            ),
            models.UniqueConstraint(
                fields=["version", "decided_by"], name="nobody_decides_twice_about_a_version"
            ),
            models.CheckConstraint(
                name="approval_stage_is_known", condition=Q(stage__in=Stage.values)
            ),
            models.CheckConstraint(
                name="changes_need_a_comment",
                condition=~Q(decision=Decision.CHANGES_REQUESTED, comment=""),
            ),
            models.CheckConstraint(
                name="decision_is_known", condition=Q(decision__in=Decision.values)
            ),
            models.CheckConstraint(
                name="editor_does_not_approve", condition=~Q(decided_by=F("editor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_decision_display()} by {self.decided_by}"
