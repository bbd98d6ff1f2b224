"""Templates and snippets: what a post can begin with, and words that are used again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class PostTemplate(models.Model):
    """A post to begin with; `is_for_emergencies` puts it on the page of urgent posts."""

    name = models.CharField(max_length=100)
    guidance = models.CharField(max_length=500, blank=True)
    content = models.JSONField(default=dict)
    """As `publishing.drafts.Content`, without pictures, a day and a time."""
    service_area = models.ForeignKey(
        "accounts.ServiceArea", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Empty: for the whole council."""
    is_for_emergencies = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Snippet(models.Model):
    """Some words, such as opening hours or hashtags, to put into a text."""

    name = models.CharField(max_length=100)
    text = models.TextField(max_length=2000)
    service_area = models.ForeignKey(
        "accounts.ServiceArea", null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(name="snippet_has_a_text", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.name
