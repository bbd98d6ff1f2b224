"""Stops: an order that holds delivery until two people have released it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from accounts.models import ServiceArea
from platforms.registry import PLATFORMS

if TYPE_CHECKING:
    from publishing.models.deliveries import Delivery


class StopScope(models.TextChoices):
    EVERYTHING = "everything", "Everything"
    PLATFORM = "platform", "One platform"
    ACCOUNT = "account", "One account"
    SERVICE_AREA = "service_area", "One service area"


class StopQuerySet(models.QuerySet["Stop"]):
    def in_force(self) -> StopQuerySet:
        return self.filter(released_at__isnull=True)

    def holding(self) -> StopQuerySet:
        """Those whose scope has the delivery of the query around this one, and let it through
        neither by its account nor by its post. Whether they are in force is asked apart.
        """
        allowed = Stop.objects.filter(pk=OuterRef("pk")).order_by()
        return (
            self.filter(
                Q(scope=StopScope.EVERYTHING)
                | Q(scope=StopScope.PLATFORM, platform=OuterRef("account__platform"))
                | Q(scope=StopScope.ACCOUNT, account=OuterRef("account"))
                | Q(Exists(_areas_below()), scope=StopScope.SERVICE_AREA)
            )
            .exclude(Exists(allowed.filter(allowed_accounts=OuterRef(OuterRef("account")))))
            .exclude(Exists(allowed.filter(allowed_posts=OuterRef(OuterRef("post")))))
            .order_by()
        )


def _areas_below() -> models.QuerySet[ServiceArea]:
    """The stop's area, or one below it, where the delivery's account or its post belongs to it."""
    of_delivery = Q(pk=OuterRef(OuterRef("account__service_area"))) | Q(
        pk=OuterRef(OuterRef("post__service_area"))
    )
    # An area that was never put in its place has no path: every other would begin with it.
    below = Q(
        path__startswith=Coalesce(NullIf(OuterRef("service_area__path"), Value("")), Value("-"))
    )
    return ServiceArea.objects.filter(of_delivery, Q(pk=OuterRef("service_area")) | below)


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
    released_alone = models.BooleanField(default=False, editable=False)
    """By one person, as it was until two were asked for; never set for a stop of today."""

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
            models.CheckConstraint(
                name="two_people_release_a_stop",
                condition=Q(released_by__isnull=True)
                | Q(released_alone=True)
                | (Q(release_asked_by__isnull=False) & ~Q(release_asked_by=F("released_by"))),
            ),
            models.CheckConstraint(name="stop_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"Stop of {self.what}"

    @property
    def audit_name(self) -> str:
        return self.what

    @property
    def is_in_force(self) -> bool:
        return self.released_at is None

    @property
    def in_words(self) -> str:
        """Begins a sentence: "All delivery", "Delivery to Facebook", "Delivery for Libraries"."""
        if self.scope == StopScope.EVERYTHING:
            return "All delivery"
        joined = "for" if self.scope == StopScope.SERVICE_AREA else "to"
        return f"Delivery {joined} {self.what}"

    def holds(self, delivery: Delivery) -> bool:
        """What `StopQuerySet.holding` says, of rows that are in memory."""
        account, post = delivery.account, delivery.post
        if account in self.allowed_accounts.all() or post in self.allowed_posts.all():
            return False
        if self.scope == StopScope.PLATFORM:
            return account.platform == self.platform
        if self.scope == StopScope.ACCOUNT:
            return account.pk == self.account_id
        if self.scope == StopScope.SERVICE_AREA:
            return self._has_in_its_area(account.service_area, post.service_area)
        return True

    def _has_in_its_area(self, *areas: ServiceArea | None) -> bool:
        mine = self.service_area
        return mine is not None and any(
            area is not None
            and (area.pk == mine.pk or bool(mine.path and area.path.startswith(mine.path)))
            for area in areas
        )

    @property
    def what(self) -> str:
        """What it holds, in words, e.g. "all delivery" or "Libraries"."""
        if self.scope == StopScope.PLATFORM:
            known = PLATFORMS.get(self.platform)
            return known.name if known else self.platform
        held = self.account or self.service_area
        return str(held) if held else "all delivery"
