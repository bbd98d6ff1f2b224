"""Policy documents in immutable versions, and people's acknowledgements of a version."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, FilteredRelation, Max, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.access import holds
from accounts.permissions import Permission

if TYPE_CHECKING:
    from accounts.models import User


class PolicyKind(models.TextChoices):
    POLICY = "policy", "Policy"
    STRATEGY = "strategy", "Strategy"
    GUIDELINES = "guidelines", "Guidelines"
    SITE_OWNERS_POLICY = "site_owners_policy", "Site owner’s policy"
    MEMBERS_GUIDANCE = "members_guidance", "Members’ guidance"


NEED_A_COMMITTEE = frozenset({PolicyKind.POLICY, PolicyKind.STRATEGY})
"""These come into force only once a committee has approved their wording."""


class PolicyDocumentQuerySet(models.QuerySet["PolicyDocument"]):
    def visible_to(self, reader: User) -> Self:
        """For everybody who works here what was ever published, also once it is put away: people
        accepted those words. Whoever keeps the policies sees all of them.
        """
        if not reader.is_employed():
            return self.none()
        if holds(reader, Permission.EDIT_POLICIES):
            return self.all()
        published = PolicyVersion.objects.published().filter(document=OuterRef("pk"))
        return self.filter(Exists(published))

    def in_use_at(self, at: datetime) -> Self:
        """What was there at that moment, and had not been put away."""
        return self.filter(Q(archived_at=None) | Q(archived_at__gt=at))

    def with_least_version(self, on: date, at: datetime | None = None) -> Self:
        """Those that are needed on that day; `least` is the first version that counts then."""
        needed = PolicyVersion.objects.published(at).filter(
            document=OuterRef("pk"), needed_from__lte=on
        )
        newest = needed.order_by("-number").values("number")[:1]
        return self.annotate(least=Subquery(newest)).filter(least__isnull=False)

    def with_expiry_for(
        self, users: Collection[User], on: date, at: datetime | None = None
    ) -> Self:
        """Each that is needed, for every one of `users` and every version they acknowledged.

        Once if nobody did. `done_by` is the person's id, or None; `expires` the last day that any
        acknowledgement of that version is good for, or None. A row with `done_version` below
        `least` does not count. With `at`, as far as it was given by that moment.
        """
        done = Q(
            acknowledgements__user__in=users,
            acknowledgements__acknowledged_at__lte=at or timezone.now(),
        )
        return self.with_least_version(on, at).annotate(
            done=FilteredRelation("acknowledgements", condition=done),
            done_by=F("done__user_id"),
            done_version=F("done__version_number"),
            expires=Max("done__expires_on"),
            counts=Max("done__expires_on"),
        )


class PolicyDocument(models.Model):
    """A document that is kept in versions. Its text is in them."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=PolicyKind, default=PolicyKind.POLICY)
    summary = models.CharField(max_length=250, blank=True)
    needed_to_write = models.BooleanField(default=False)
    """Whoever writes, moves or approves posts must have acknowledged the current version."""
    valid_months = models.PositiveSmallIntegerField(default=12)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    archived_because = models.CharField(max_length=250, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_policies",
    )
    """Who sees to it that it is reviewed."""
    review_on = models.DateField(null=True, blank=True)
    """By when somebody has to look whether it is still right; None until it is published."""

    least: int
    done_by: int | None
    done_version: int | None
    expires: date | None
    counts: date | None
    """All only on rows of `with_expiry_for`."""

    objects = PolicyDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                name="put_away_policy_says_who_and_why",
                condition=Q(archived_at=None, archived_by=None, archived_because="")
                | (
                    Q(archived_at__isnull=False, archived_by__isnull=False)
                    & ~Q(archived_because="")
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def published(self, at: datetime | None = None) -> Self:
        return self.filter(published_at__lte=at or timezone.now())

    def drafts(self) -> Self:
        return self.filter(published_at=None, withdrawn_at=None)

    def current(self, on: date | None = None, at: datetime | None = None) -> Self:
        """The version of each document that is in force on that day (today by default)."""
        in_force = PolicyVersion.objects.published(at).filter(
            document=OuterRef("document"), in_force_from__lte=on or timezone.localdate()
        )
        newest = in_force.order_by("-number").values("pk")[:1]
        return self.filter(pk=Subquery(newest)).select_related("document")


class PolicyVersion(models.Model):
    """One wording. A draft until it is published; from then on nothing in it changes."""

    document = models.ForeignKey(PolicyDocument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    what_changed = models.TextField(blank=True)
    in_force_from = models.DateField(null=True, blank=True)
    needed_from = models.DateField(null=True, blank=True)
    """From this day on, acknowledgements of earlier versions do not count any more."""
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    went_on_because = models.TextField(blank=True)
    """Why it was published without the sign-off of some who were asked; empty where all gave it."""
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                condition=Q(withdrawn_at=None),
                name="one_policy_version_for_each_number",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(published_at=None, withdrawn_at=None),
                name="one_draft_of_each_policy",
            ),
            models.CheckConstraint(
                name="published_policy_has_its_days",
                condition=Q(published_at=None)
                | Q(in_force_from__isnull=False, needed_from__gte=F("in_force_from")),
            ),
            models.CheckConstraint(
                name="policy_version_is_published_or_withdrawn_or_neither",
                condition=Q(published_at=None) | Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, version {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None and self.withdrawn_at is None

    @property
    def digest(self) -> str:
        """What stands for the wording: sign-offs and decisions of committees are bound to it."""
        return digest_of(self.text)


class PolicyWording(models.Model):
    """A text that a draft had and has not any more: what somebody read, signed or decided on."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="wordings")
    digest = models.CharField(max_length=64)
    text = models.TextField()
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    """Both of the last time, where a draft had the same words more than once."""

    class Meta:
        ordering = ["version", "-replaced_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "digest"], name="each_wording_of_a_draft_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}, until {self.replaced_at:%-d %B %Y}"


def digest_of(text: str) -> str:
    """SHA-256 of a wording, in hexadecimal. Line ends and spaces at the end say nothing."""
    plain = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return hashlib.sha256(plain.encode()).hexdigest()


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    def counting(self, on: date, at: datetime | None = None) -> Self:
        """Good on that day, as far as given by that moment (now by default)."""
        return self.filter(expires_on__gte=on, acknowledged_at__lte=at or timezone.now())


class Acknowledgement(models.Model):
    document = models.ForeignKey(
        PolicyDocument, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    version_number = models.PositiveIntegerField()
    """That of `version`, as `document` is its document: for comparing without looking it up."""
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
