"""Errands: what is done at a platform once a delivery is live, one row for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

WAITING, BY_HAND = "waiting", "by_hand"
"""The states that every errand has: due at `try_at`, and left for a person."""


class Errand(models.Model):
    """Claimed with a lease and tried again, as `publishing.delivery.errands` does it.

    Each kind has its `delivery`, and its states with their words.
    """

    under_way: ClassVar[str]
    """The state in which a worker has it, with a lease."""
    transitions: ClassVar[Mapping[str, frozenset[str]]]
    """Which state may follow which."""

    state = models.CharField(max_length=16, default=WAITING)
    try_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    detail = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Who did it by hand."""

    class Meta:
        abstract = True
