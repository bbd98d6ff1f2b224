"""Policy documents in immutable versions, and people's acknowledgements of a version."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Max, OuterRef, Q, Subquery
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User


class PolicyDocument(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=150)
    needed_to_write = models.BooleanField(default=False)
    """Whoever writes, moves or approves posts must have acknowledged the current version."""
    valid_months = models.PositiveSmallIntegerField(default=12)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def current(self, on: date | None = None) -> Self:
        """The version of each document that is in force on that day (today by default)."""
        newest = (
            PolicyVersion.objects.filter(
                document=OuterRef("document"), in_force_from__lte=on or timezone.localdate()
            )
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest)).select_related("document")

    def with_expiry_for(self, users: Collection[User], at: datetime | None = None) -> Self:
        """Each once for every one of `users` who has acknowledged it, and once if nobody has.

        `done_by` is the person's id, or None; `expires` the last day that any acknowledgement of
        theirs is good for, or None. With `at`, as far as it was given by that moment.
        """
        done = Q(acknowledgements__user__in=users)
        if at:
            done &= Q(acknowledgements__acknowledged_at__lte=at)
        return self.annotate(
            done=FilteredRelation("acknowledgements", condition=done),
            done_by=F("done__user_id"),
            expires=Max("done__expires_on"),
        )


class PolicyVersion(models.Model):
    document = models.ForeignKey(PolicyDocument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    in_force_from = models.DateField()

    done_by: int | None
    expires: date | None
    """Both only on rows of `with_expiry_for`."""

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="one_policy_version_for_each_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}, version {self.number}"


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    def in_date(self, on: date | None = None) -> AcknowledgementQuerySet:
        return self.filter(expires_on__gte=on or timezone.localdate())


class Acknowledgement(models.Model):
    version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    acknowledged_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField()

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        ordering = ["-acknowledged_at", "-id"]
        indexes = [models.Index(fields=["user", "expires_on"], name="acknowledgement_user_expiry")]

    def __str__(self) -> str:
        return f"{self.user}: {self.version}"
