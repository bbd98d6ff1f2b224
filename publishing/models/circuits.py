"""Circuits: a platform that fails again and again is left alone for a while."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from platforms.registry import PLATFORMS


class Circuit(models.Model):
    platform = models.CharField(max_length=20, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    """Failures of the whole platform in a row; a success sets it to nothing."""
    opened_at = models.DateTimeField(null=True)
    open_until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.platform

    @property
    def name(self) -> str:
        """The platform's name as people write it."""
        return PLATFORMS[self.platform].name if self.platform in PLATFORMS else self.platform

    def is_open(self, now: datetime) -> bool:
        return self.open_until is not None and now < self.open_until
