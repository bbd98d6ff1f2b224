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
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    assessed_at = models.DateTimeField(default=timezone.now)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField()

    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-assessed_at", "-id"]
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
        ]

    def __str__(self) -> str:
        return f"Risk assessment of {self.account}"

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    @property
    def level(self) -> RiskLevel:
        """Low up to 6, high from 15: the bands of the usual 5 × 5 matrix."""
        if self.score >= 15:
            return RiskLevel.HIGH
        return RiskLevel.MEDIUM if self.score > 6 else RiskLevel.LOW
