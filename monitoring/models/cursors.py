"""Intake cursors: how far the mentions of an account have been taken in, and how it goes."""

from __future__ import annotations

from django.db import models


class IntakeCursor(models.Model):
    account = models.OneToOneField(
        "accounts.SocialAccount", on_delete=models.CASCADE, related_name="intake"
    )
    cursor = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField(null=True)
    """Not before this time: the platform's own wish, or our back-off; empty means now."""
    lease_until = models.DateTimeField(null=True)
    """Until when one worker has the account's intake for itself."""
    succeeded_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"Intake of {self.account}"
