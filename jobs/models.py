"""What the background work leaves behind for people to see."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a worker, or the timer that wakes them, was last seen alive. One row each."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    detail = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"
