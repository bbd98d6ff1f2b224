"""Access reviews: every so often the owner confirms or removes each person with a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models.people import User


class AccessReviewQuerySet(models.QuerySet["AccessReview"]):
    def open(self) -> AccessReviewQuerySet:
        return self.filter(closed_at__isnull=True)

    def asking(self, user: User) -> AccessReviewQuerySet:
        """Open ones with a role that `user` could answer for: any but their own."""
        asked = ReviewedGrant.objects.unanswered().exclude(grant__user=user)
        return self.open().filter(models.Exists(asked.filter(review=models.OuterRef("pk"))))


class AccessReview(models.Model):
    """One review of one account. What is not answered by `due_on` lapses the day after."""

    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="access_reviews"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AccessReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "account",
                condition=Q(closed_at__isnull=True),
                name="one_open_access_review_of_an_account",
            )
        ]

    def __str__(self) -> str:
        return f"Access review of {self.account}"


class ReviewAnswer(models.TextChoices):
    CONFIRMED = "confirmed", "Still needs it"
    REMOVED = "removed", "Removed"
    LAPSED = "lapsed", "Lapsed"
    ENDED = "ended", "Ended meanwhile"


class ReviewedGrantQuerySet(models.QuerySet["ReviewedGrant"]):
    def unanswered(self) -> ReviewedGrantQuerySet:
        """What is still asked: a role that ended by itself needs no answer."""
        today = timezone.localdate()
        return self.filter(
            Q(grant__ends_on__isnull=True) | Q(grant__ends_on__gte=today),
            answer="",
            grant__ended_at__isnull=True,
        )


class ReviewedGrant(models.Model):
    """One role of one person, as the review asks about it."""

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="grants")
    grant = models.ForeignKey(
        "accounts.AccountGrant", on_delete=models.PROTECT, related_name="reviews"
    )
    answer = models.CharField(max_length=10, choices=ReviewAnswer, blank=True)
    """Empty while nobody has answered."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=250, blank=True)

    objects = ReviewedGrantQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("review", "grant", name="a_grant_is_asked_about_once"),
            models.CheckConstraint(
                name="a_review_answer_is_known",
                condition=Q(answer="") | Q(answer__in=ReviewAnswer.values),
            ),
            models.CheckConstraint(
                name="a_persons_answer_has_who_and_when",
                condition=~Q(answer__in=(ReviewAnswer.CONFIRMED, ReviewAnswer.REMOVED))
                | Q(by__isnull=False, at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant}: {self.get_answer_display() or 'not answered'}"
