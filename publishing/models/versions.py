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
    tags_link = models.BooleanField(default=False)
    """Whether the link leaves with the campaign's tags, which name each platform."""
    campaign = models.ForeignKey(
        "publishing.Campaign", null=True, on_delete=models.PROTECT, related_name="versions"
    )
    campaign_name = models.CharField(max_length=100, blank=True)
    """As it was when the version was made."""
    aim = models.ForeignKey(
        "accounts.StrategicAim", null=True, on_delete=models.PROTECT, related_name="versions"
    )
    aim_name = models.CharField(max_length=200, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    """For whoever decides; it is never published."""
    publish_at = models.DateTimeField(null=True)
    """When it goes out; empty: as soon as it is approved."""
    digest = models.CharField(max_length=64)
    """`publishing.digest.digest_of(version)`: what an approval is bound to."""
    format = models.PositiveSmallIntegerField(default=1)
    """Which document the digest is of: see `publishing.digest`."""

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
    captions = models.ForeignKey(
        "publishing.Captions", null=True, on_delete=models.PROTECT, related_name="used_in"
    )

    class Meta:
        ordering = ["version", "position"]
        indexes = [
            models.Index(
                fields=["version"],
                condition=models.Q(captions__isnull=False),
                name="version_with_captions",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="one_picture_for_each_position"
            ),
            models.CheckConstraint(name="picture_has_alt_text", condition=~models.Q(alt_text="")),
        ]

    def __str__(self) -> str:
        return f"{self.version}, picture {self.position}"


class VersionFinding(models.Model):
    """An advisory finding about the version when it was sent, and what the author answered."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="findings")
    check_key = models.CharField(max_length=40)
    message = models.CharField(max_length=500)
    source = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["version", "id"]

    def __str__(self) -> str:
        return f"{self.version}: {self.message}"
