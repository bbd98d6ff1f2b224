"""Stops: an order that holds delivery until two people have released it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from platforms.registry import PLATFORMS


class StopScope(models.TextChoices):
    EVERYTHING = "everything", "Everything"
    PLATFORM = "platform", "One platform"
    ACCOUNT = "account", "One account"
    SERVICE_AREA = "service_area", "One service area"


class StopQuerySet(models.QuerySet["Stop"]):
    def in_force(self) -> StopQuerySet:
        return self.filter(released_at__isnull=True)


class Stop(models.Model):
    """Its scope says what it holds; accounts and posts that are let through are named."""

    scope = models.CharField(max_length=12, choices=StopScope, default=StopScope.EVERYTHING)
    platform = models.CharField(max_length=20, blank=True)
    account = models.ForeignKey(
        "accounts.SocialAccount", null=True, on_delete=models.PROTECT, related_name="stops"
    )
    service_area = models.ForeignKey(
        "accounts.ServiceArea", null=True, on_delete=models.PROTECT, related_name="stops"
    )
    """With every part of the council below it."""
    allowed_accounts = models.ManyToManyField("accounts.SocialAccount", related_name="+")
    allowed_posts = models.ManyToManyField("publishing.Post", related_name="+")
    reason = models.CharField(max_length=500)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField(default=timezone.now)
    release_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """The first of the two who release it."""
    release_asked_at = models.DateTimeField(null=True)
    release_reason = models.CharField(max_length=500, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True)

    objects = StopQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope"],
                condition=Q(released_at__isnull=True, scope="everything"),
                name="one_stop_of_everything_in_force",
            ),
            models.UniqueConstraint(
                fields=["platform"],
                condition=Q(released_at__isnull=True, scope="platform"),
                name="one_stop_of_a_platform_in_force",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(released_at__isnull=True, scope="account"),
                name="one_stop_of_an_account_in_force",
            ),
            models.UniqueConstraint(
                fields=["service_area"],
                condition=Q(released_at__isnull=True, scope="service_area"),
                name="one_stop_of_a_service_area_in_force",
            ),
            models.CheckConstraint(
                name="stop_names_what_its_scope_says",
                condition=Q(scope="everything", platform="", account=None, service_area=None)
                | (Q(scope="platform", account=None, service_area=None) & ~Q(platform=""))
                | Q(scope="account", platform="", account__isnull=False, service_area=None)
                | Q(scope="service_area", platform="", account=None, service_area__isnull=False),
            ),
            models.CheckConstraint(
                name="stop_release_has_who_and_when",
                condition=Q(released_by__isnull=True, released_at__isnull=True)
                | Q(released_by__isnull=False, released_at__isnull=False),
            ),
            models.CheckConstraint(
                name="stop_release_was_asked_by_who_and_when",
                condition=Q(release_asked_by__isnull=True, release_asked_at__isnull=True)
                | Q(release_asked_by__isnull=False, release_asked_at__isnull=False),
            ),
            models.CheckConstraint(name="stop_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"Stop of {self.what}"

    @property
    def what(self) -> str:
        """What it holds, in words, e.g. "all delivery" or "Libraries"."""
        if self.scope == StopScope.PLATFORM:
            known = PLATFORMS.get(self.platform)
            return known.name if known else self.platform
        held = self.account or self.service_area
        return str(held) if held else "all delivery"
