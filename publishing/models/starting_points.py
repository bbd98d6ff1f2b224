"""Templates and snippets: what a post can begin with, and words that are used again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import BigIntegerField, Q, Value
from django.db.models.functions import Cast, Coalesce, Lower
from django.utils import timezone

from accounts.access import may
from accounts.permissions import Permission
from accounts.reach import holds_everywhere

if TYPE_CHECKING:
    from accounts.models import User


class StartingPointQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Whoever writes sees those of the whole council, of their part of it, and their own.

        Whoever plans for the whole council sees all.
        """
        if not may(user, Permission.WRITE_POST):
            return self.none()
        if holds_everywhere(user, Permission.PLAN_CONTENT):
            return self.all()
        area = user.service_area
        above = [int(pk) for pk in area.path.split("/") if pk] if area else []
        mine = [*above, area.pk] if area else []
        for_me = Q(service_area__isnull=True) | Q(service_area__in=mine) | Q(made_by=user)
        return self.filter(for_me)

    def in_use(self) -> Self:
        return self.filter(archived_at__isnull=True)


class StartingPoint(models.Model):
    """What templates and snippets have in common."""

    name = models.CharField(max_length=100)
    service_area = models.ForeignKey(
        "accounts.ServiceArea", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Empty: for the whole council."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True)

    objects = StartingPointQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name", "id"]
        constraints = [
            # Null is a part of the council too: the whole of it.
            models.UniqueConstraint(
                Lower("name"),
                Coalesce(Cast("service_area", BigIntegerField()), Value(0)),
                condition=Q(archived_at__isnull=True),
                name="one_%(class)s_of_a_name_in_use",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whose(self) -> str:
        return str(self.service_area or "The whole council")


class PostTemplate(StartingPoint):
    """A post to begin with; `is_for_emergencies` puts it on the page of urgent posts."""

    guidance = models.CharField(max_length=500, blank=True)
    content = models.JSONField(default=dict)
    """See `publishing.starting_points.pattern.Pattern`."""
    is_for_emergencies = models.BooleanField(default=False)


class Snippet(StartingPoint):
    """Some words, such as opening hours or hashtags, to put into a text."""

    text = models.TextField(max_length=2000)

    class Meta(StartingPoint.Meta):
        constraints = [
            *StartingPoint.Meta.constraints,
            models.CheckConstraint(name="snippet_has_a_text", condition=~Q(text="")),
        ]
