"""Versions: each edit makes a new one, and none ever changes. Decisions are about a version."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import SocialAccount


class Version(models.Model):
    post = models.ForeignKey("publishing.Post", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    title = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    """The text for every account that has none of its own."""
    link = models.URLField(max_length=500, blank=True)
    campaign = models.CharField(max_length=100, blank=True)
    publish_at = models.DateTimeField(null=True)
    """When it goes out; empty: as soon as it is approved."""
    digest = models.CharField(max_length=64)
    """`publishing.digest.digest_of(version)`: what an approval is bound to."""

    class Meta:
        ordering = ["post", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="one_version_for_each_number")
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def governed_accounts(self) -> list[SocialAccount]:
        return [text.account for text in self.texts.select_related("account")]


class VersionText(models.Model):
    """What one account is to say: the version's text, or one of its own."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="texts")
    account = models.ForeignKey(
        "accounts.SocialAccount",
        on_delete=models.PROTECT,
        related_name="version_texts",
        db_index=False,
    )
    text = models.TextField()
    is_own = models.BooleanField(default=False)

    class Meta:
        ordering = ["account__name", "account_id"]
        # Which versions are for this account, and for that one as well: from the index alone.
        indexes = [models.Index(fields=["account", "version"], name="text_account_version")]
        constraints = [
            models.UniqueConstraint(fields=["version", "account"], name="one_text_for_each_account")
        ]

    def __str__(self) -> str:
        return f"{self.version} on {self.account}"


class VersionMedia(models.Model):
    """A picture or video of a version, in order, with the text that stands in for it."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="media")
    file = models.ForeignKey(
        "publishing.MediaFile", on_delete=models.PROTECT, related_name="used_in"
    )
    position = models.PositiveSmallIntegerField()
    alt_text = models.CharField(max_length=1500)

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="one_picture_for_each_position"
            ),
            models.CheckConstraint(name="picture_has_alt_text", condition=~models.Q(alt_text="")),
        ]

    def __str__(self) -> str:
        return f"{self.version}, picture {self.position}"
