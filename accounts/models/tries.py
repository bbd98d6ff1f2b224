"""How often something was tried that must not be guessed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Tries(models.Model):
    """The tries under one name, counted from the first of them. The name is kept as a digest."""

    digest = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"{self.count} since {self.began_at:%-d %B %Y at %H:%M}"
