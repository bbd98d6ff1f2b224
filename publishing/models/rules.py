"""What the corporate team sets for the checks: severities, words, topics; and links looked at."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone


class CheckSetting(models.Model):
    """How severe one check is here; without a row it is as severe as the check itself says."""

    check_key = models.CharField(max_length=40, primary_key=True)
    severity = models.CharField(
        max_length=10,
        choices=[
            ("blocking", "Blocking"),
            ("advisory", "Advisory"),
            ("note", "Note"),
            ("off", "Off"),
        ],
    )
    reason = models.CharField(max_length=500)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="check_setting_has_a_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return self.check_key


class WordRuleKind(models.TextChoices):
    BLOCKED = "blocked", "Not to be used"
    EXCEPTION = "exception", "Allowed after all"


class WordRule(models.Model):
    """A word or phrase that the council adds to the list that comes with us, or takes off it."""

    text = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=WordRuleKind)
    reason = models.CharField(max_length=300, blank=True)
    """Shown to whoever uses it: what is wrong with it, or what to write instead."""
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                Lower("text"),
                condition=Q(removed_at__isnull=True),
                name="one_rule_in_force_for_a_word",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Topic(models.Model):
    """Something to speak of with care, found by its words; routes and elections name topics."""

    name = models.CharField(max_length=100)
    words = models.TextField(max_length=5000)
    """Words and phrases, one a line; any of them makes a post touch the topic."""
    guidance = models.CharField(max_length=500, blank=True)
    """Shown to whoever writes about it."""
    is_sensitive = models.BooleanField(default=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_topic_of_a_name")]

    def __str__(self) -> str:
        return self.name


class LinkOutcome(models.TextChoices):
    ANSWERS = "answers", "Answers"
    BROKEN = "broken", "Broken"
    SILENT = "silent", "No answer"
    REFUSED = "refused", "Not looked at"


class LinkLook(models.Model):
    """What a link answered when it was last looked at."""

    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the address."""
    address = models.CharField(max_length=2000)
    outcome = models.CharField(max_length=10, choices=LinkOutcome)
    status = models.PositiveSmallIntegerField(null=True)
    detail = models.CharField(max_length=300, blank=True)
    looked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.address
