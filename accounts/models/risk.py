"""Risk assessments of social accounts: likelihood × impact, signed off, in date or not."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

_ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class RiskLevel(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


MEDIUM_FROM, HIGH_FROM = 7, 15
"""Scores at which our three levels begin.

Based on the matrix of the National Patient Safety Agency, "A risk matrix for risk managers" (2008),
which has four bands: 1 to 3, 4 to 6, 8 to 12 and 15 to 25. Its two lowest are low here, the third
is medium and the highest is high. No two scores multiply to 7, 13 or 14.
"""
LIKELIHOODS = ("Rare", "Unlikely", "Possible", "Likely", "Almost certain")
IMPACTS = ("Negligible", "Minor", "Moderate", "Major", "Catastrophic")
"""What the scores 1 to 5 are called there."""


def level_of(score: int) -> RiskLevel:
    if score >= HIGH_FROM:
        return RiskLevel.HIGH
    return RiskLevel.MEDIUM if score >= MEDIUM_FROM else RiskLevel.LOW


class RiskAssessmentQuerySet(models.QuerySet["RiskAssessment"]):
    def in_date(self, on: date | None = None) -> RiskAssessmentQuerySet:
        """Signed off, and not past the day on which a review is due."""
        return self.filter(signed_off_at__isnull=False, review_on__gte=on or timezone.localdate())


class RiskAssessment(models.Model):
    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="risk_assessments"
    )
    likelihood = models.PositiveSmallIntegerField(validators=_ONE_TO_FIVE)
    impact = models.PositiveSmallIntegerField(validators=_ONE_TO_FIVE)
    summary = models.TextField(max_length=2000)
    controls = models.TextField(max_length=2000, blank=True)
    """What is done so that it does not happen, or harms less."""
    is_retrospective = models.BooleanField("made in retrospect", default=False)
    """The account was in use before anybody assessed its risk."""
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    assessed_at = models.DateTimeField(default=timezone.now)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField()
    risk_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Who sees to it that the controls are kept."""
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.CharField(max_length=1000, blank=True)
    """What whoever would have signed it off wants put right in the next one."""

    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-assessed_at", "-id"]
        indexes = [
            models.Index(
                fields=["account", "-assessed_at", "-id"],
                condition=Q(signed_off_at__isnull=False),
                name="risk_newest_signed",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="risk_scores_are_one_to_five",
                condition=Q(likelihood__gte=1, likelihood__lte=5, impact__gte=1, impact__lte=5),
            ),
            models.CheckConstraint(
                name="risk_sign_off_has_who_and_when",
                condition=Q(signed_off_by__isnull=True, signed_off_at__isnull=True)
                | Q(signed_off_by__isnull=False, signed_off_at__isnull=False),
            ),
            models.CheckConstraint(
                name="risk_assessor_does_not_sign_off",
                condition=Q(signed_off_by__isnull=True) | ~Q(signed_off_by=F("assessed_by")),
            ),
            models.CheckConstraint(
                name="risk_returned_has_who_when_and_why",
                condition=Q(returned_by__isnull=True, returned_at__isnull=True, returned_because="")
                | (
                    Q(returned_by__isnull=False, returned_at__isnull=False)
                    & ~Q(returned_because="")
                ),
            ),
            models.CheckConstraint(
                name="risk_is_signed_off_or_returned",
                condition=Q(signed_off_at__isnull=True) | Q(returned_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Risk assessment of {self.account}"

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    @property
    def level(self) -> RiskLevel:
        return level_of(self.score)
