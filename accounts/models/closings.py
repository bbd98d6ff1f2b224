"""Closings: why an account was closed, what became of its posts, and where its archive is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ClosingQuerySet(models.QuerySet["Closing"]):
    def open(self) -> ClosingQuerySet:
        return self.filter(finished_at__isnull=True, abandoned_at__isnull=True)


class Closing(models.Model):
    """One closing of an account. Finished, it is closed; abandoned, it is live or suspended."""

    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="closings"
    )
    reason = models.CharField(max_length=500)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(default=timezone.now)
    state_before = models.CharField(max_length=12)
    """The account's state when it began: one that was not live does not become so by giving up."""
    archive = models.ForeignKey(
        "accounts.AccountArchive",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    abandoned_at = models.DateTimeField(null=True, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "account",
                condition=Q(finished_at__isnull=True, abandoned_at__isnull=True),
                name="one_open_closing_of_an_account",
            ),
            models.CheckConstraint(
                name="a_closing_ends_in_one_way",
                condition=Q(finished_at__isnull=True) | Q(abandoned_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_finished_closing_has_an_archive",
                condition=Q(finished_at__isnull=True) | Q(archive__isnull=False),
            ),
            models.CheckConstraint(name="a_closing_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"Closing of {self.account}"

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.abandoned_at is None


class AccountArchive(models.Model):
    """A ZIP of everything that was posted on an account and said to it, with checksums."""

    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="archives"
    )
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="+")
    file = models.CharField(max_length=200)
    """Its name in the default store."""
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    posts = models.PositiveIntegerField()
    mentions = models.PositiveIntegerField()
    pictures = models.PositiveIntegerField()
    lost = models.PositiveIntegerField(default=0)
    """Pictures that the store did not have any more, or not as they were kept."""
    up_to = models.DateTimeField(default=timezone.now)
    """Everything until then is in it."""

    class Meta:
        ordering = ["-up_to", "-id"]

    def __str__(self) -> str:
        return f"Archive of {self.account}"
