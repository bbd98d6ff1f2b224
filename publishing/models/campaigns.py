"""Campaigns: what several posts, on several accounts, say together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def open(self) -> CampaignQuerySet:
        """Those that new posts can be for."""
        return self.filter(closed_at__isnull=True)


class Campaign(models.Model):
    name = models.CharField(max_length=100)
    purpose = models.TextField(max_length=2000, blank=True)
    aim = models.ForeignKey(
        "accounts.StrategicAim", null=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    service_area = models.ForeignKey(
        "accounts.ServiceArea", null=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    tag = models.SlugField(max_length=60)
    """What stands for it in the addresses of links (`utm_campaign`); it never changes."""
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="one_campaign_of_a_name"),
            models.UniqueConstraint(fields=["tag"], name="one_campaign_of_a_tag"),
            models.CheckConstraint(
                name="campaign_ends_after_it_starts",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
