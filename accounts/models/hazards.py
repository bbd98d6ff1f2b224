"""Hazards: the council's template of what can go wrong, and what an assessment said of each."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class HazardQuerySet(models.QuerySet["Hazard"]):
    def in_use(self) -> HazardQuerySet:
        """What a new assessment asks about; older ones keep the others."""
        return self.filter(is_in_use=True)


class Hazard(models.Model):
    """One thing that can go wrong, as the corporate team words it. It is never deleted."""

    name = models.CharField("hazard", max_length=120)
    description = models.CharField("what can happen", max_length=300, blank=True)
    usual_controls = models.CharField("usual controls", max_length=500, blank=True)
    """What the council does about it everywhere; an assessment begins with it."""
    position = models.PositiveSmallIntegerField(default=0)
    is_in_use = models.BooleanField("in use", default=True)

    objects = HazardQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_hazard_of_a_name")]

    def __str__(self) -> str:
        return self.name


class AssessedHazard(models.Model):
    """What one assessment says of one hazard: before the controls, and what is left after them."""

    assessment = models.ForeignKey(
        "accounts.RiskAssessment", on_delete=models.CASCADE, related_name="hazards"
    )
    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    """The hazard's name at that time: an assessment does not change with the template."""
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    controls = models.CharField(max_length=500, blank=True)
    residual_likelihood = models.PositiveSmallIntegerField()
    residual_impact = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("assessment", "hazard", name="a_hazard_is_assessed_once"),
            models.CheckConstraint(
                name="hazard_scores_are_one_to_five",
                condition=Q(
                    likelihood__range=(1, 5),
                    impact__range=(1, 5),
                    residual_likelihood__range=(1, 5),
                    residual_impact__range=(1, 5),
                ),
            ),
            models.CheckConstraint(
                name="controls_do_not_add_to_a_hazard",
                condition=Q(residual_likelihood__lte=F("likelihood"))
                & Q(residual_impact__lte=F("impact")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    @property
    def residual(self) -> int:
        return self.residual_likelihood * self.residual_impact
