"""Grants of roles: who gave which role to whom, why, and until when."""

from __future__ import annotations

from datetime import datetime
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.permissions import AccountRole, CorporateRole

G_co = TypeVar("G_co", bound="Grant", covariant=True)


class GrantQuerySet(models.QuerySet[G_co]):
    def in_force(self, at: datetime | None = None) -> Self:
        """Grants that hold at that moment (now by default)."""
        moment = at or timezone.now()
        return self.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=moment),
            Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate(moment)),
            granted_at__lte=moment,
        )


class Grant(models.Model):
    """What both kinds of grant share. `ends_on` is planned, `ended_at` is what happened."""

    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=250, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        abstract = True


class CorporateGrant(Grant):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="corporate_grants"
    )
    role = models.CharField(max_length=40, choices=CorporateRole.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at__isnull=True),
                name="one_open_grant_of_a_corporate_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class AccountGrant(Grant):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="account_grants"
    )
    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="grants"
    )
    role = models.CharField(max_length=40, choices=AccountRole.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "account", "role"],
                condition=Q(ended_at__isnull=True),
                name="one_open_grant_of_an_account_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} of {self.account}"
