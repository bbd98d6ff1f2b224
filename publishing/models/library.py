"""The media library: what the council knows about a picture or video, and about the people in it.

An item is about bytes, not about a file: whoever uploads the same picture for another post meets
what is known of it already, and a consent that is withdrawn counts wherever the picture is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.access import may
from accounts.permissions import Permission
from publishing.models.media import MediaFile

if TYPE_CHECKING:
    from accounts.models import User


class Licence(models.TextChoices):
    COUNCIL = "council", "The council owns it"
    OPEN_GOVERNMENT = "open_government", "Open Government Licence"
    CREATIVE_COMMONS = "creative_commons", "Creative Commons"
    BOUGHT = "bought", "Bought from a picture library"
    PERMISSION = "permission", "By permission of its owner"
    PUBLIC_DOMAIN = "public_domain", "No rights reserved"


class People(models.TextChoices):
    NOT_SAID = "not_said", "Not said yet"
    NONE = "none", "Nobody who can be recognised"
    SHOWN = "shown", "People who can be recognised"


class Language(models.TextChoices):
    """What is spoken in a video, as BCP 47 writes it: those in which councils write by law."""

    ENGLISH = "en-GB", "English"
    WELSH = "cy", "Welsh"
    SCOTTISH_GAELIC = "gd", "Scottish Gaelic"
    IRISH = "ga", "Irish"


class MediaItemQuerySet(models.QuerySet["MediaItem"]):
    def visible_to(self, user: User) -> MediaItemQuerySet:
        """What is shared, for everybody who writes; one's own, and what is in posts that one reads.

        Whoever keeps the library sees everything.
        """
        if may(user, Permission.KEEP_LIBRARY):
            return self.all()
        if not may(user, Permission.WRITE_POST):
            return self.none()
        known = MediaFile.objects.visible_to(user).order_by().filter(digest=OuterRef("digest"))
        return self.filter(Q(is_shared=True, archived_at__isnull=True) | Exists(known))

    def shared(self) -> MediaItemQuerySet:
        """What stands in the library for everybody who writes."""
        return self.filter(is_shared=True, archived_at__isnull=True)


class MediaItem(models.Model):
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the stored bytes, as in `MediaFile`."""
    file = models.ForeignKey(
        "publishing.MediaFile", on_delete=models.PROTECT, related_name="library_items"
    )
    """One stored copy of the bytes."""
    title = models.CharField(max_length=200)
    alt_text = models.CharField(max_length=1500, blank=True)
    keywords = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=20, choices=Licence, blank=True)
    licence_ends_on = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    """Who made it, or where it is from: a name, an address, an order number."""
    credit = models.CharField(max_length=200, blank=True)
    """The words that must stand with it, if its licence asks for some."""
    people = models.CharField(max_length=10, choices=People, default=People.NOT_SAID)
    captions = models.ForeignKey(
        "publishing.Captions", null=True, on_delete=models.PROTECT, related_name="library_items"
    )
    """Those that a post begins with when it takes the video."""
    service_area = models.ForeignKey(
        "accounts.ServiceArea", null=True, on_delete=models.PROTECT, related_name="media_items"
    )
    is_shared = models.BooleanField(default=False)
    """Whether it stands in the library for everybody who writes; else only in its own posts."""
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True)
    """When it was taken out of the library."""

    objects = MediaItemQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-id"]
        indexes = [
            models.Index(
                fields=["-added_at", "-id"],
                condition=Q(is_shared=True, archived_at__isnull=True),
                name="media_item_in_library",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="people_in_a_picture_are_known_words", condition=Q(people__in=People.values)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class LegalBasis(models.TextChoices):
    """Article 6(1) of the UK GDPR, as far as pictures of people go."""

    CONSENT = "consent", "Consent"
    CONTRACT = "contract", "Contract"
    PUBLIC_TASK = "public_task", "Public task"
    LEGITIMATE_INTERESTS = "legitimate_interests", "Legitimate interests"


class Consent(models.Model):
    """Why one person, or one group, may be shown, and until when."""

    item = models.ForeignKey(MediaItem, on_delete=models.PROTECT, related_name="consents")
    who = models.CharField(max_length=200)
    """Enough to know whom it is about, such as "Girl with the red kite"."""
    legal_basis = models.CharField(max_length=20, choices=LegalBasis)
    reference = models.CharField(max_length=100)
    """Where the form or decision is kept."""
    given_on = models.DateField()
    expires_on = models.DateField(null=True)
    """The last day on which it counts; empty: no end."""
    is_child = models.BooleanField(default=False)
    parent_reference = models.CharField(max_length=100, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["item", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_child_has_its_parents_consent",
                condition=Q(is_child=False) | ~Q(parent_reference=""),
            ),
            models.CheckConstraint(
                name="consent_withdrawal_has_who_and_when",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_expires_after_it_was_given",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("given_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} in {self.item}"


class Captions(models.Model):
    """The spoken words of a video with their times, as WebVTT in UTF-8."""

    post = models.ForeignKey(
        "publishing.Post", null=True, on_delete=models.PROTECT, related_name="captions"
    )
    """The post that they were uploaded for."""
    video_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the video that they were made for: they go with no other."""
    language = models.CharField(max_length=10, choices=Language, default=Language.ENGLISH)
    text = models.TextField()
    digest = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the text."""
    original_name = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "captions"

    def __str__(self) -> str:
        return self.original_name
