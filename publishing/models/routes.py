"""Routes: who decides about which posts, at which stage; cover, reminders, what escalates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.permissions import AccountRole, CorporateRole
from publishing.models.approvals import Stage

ROLES = [*CorporateRole.choices, *AccountRole.choices]


class Route(models.Model):
    """It fits a post for which every kind of condition that is set holds; one with none fits all.

    Routes are read in their order (`publishing.routes`).
    """

    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField(default=True)
    accounts = models.ManyToManyField("accounts.SocialAccount", related_name="routes")
    service_areas = models.ManyToManyField("accounts.ServiceArea", related_name="routes")
    """Of the accounts, or of the post; with every part of the council below."""
    topics = models.ManyToManyField("publishing.Topic", related_name="routes")
    campaigns = models.ManyToManyField("publishing.Campaign", related_name="routes")
    risk_from = models.PositiveSmallIntegerField(null=True)
    """The score of an account's risk, 1 to 25, from which it fits."""
    in_election = models.BooleanField(default=False)
    is_paid = models.BooleanField(default=False)
    """Posts for which paid promotion is asked."""
    remind_after_h = models.PositiveSmallIntegerField(null=True)
    escalate_after_h = models.PositiveSmallIntegerField(null=True)
    escalate_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    expire_after_h = models.PositiveSmallIntegerField(null=True)
    """Hours after which a post that nobody decided about goes back to its author."""
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="one_route_of_a_name"),
            models.CheckConstraint(
                name="route_risk_is_a_score",
                condition=Q(risk_from__isnull=True) | Q(risk_from__range=(1, 25)),
            ),
            models.CheckConstraint(
                name="route_escalates_to_somebody",
                condition=Q(escalate_after_h__isnull=True, escalate_to__isnull=True)
                | Q(escalate_after_h__isnull=False, escalate_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RouteStage(models.Model):
    """Who decides at one stage: whoever has the role, or one of the people named, or both empty:
    everybody with the right to.
    """

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(
        max_length=20,
        choices=[(each.value, each.label) for each in (Stage.APPROVAL, Stage.SECOND_CHECK)],
    )
    role = models.CharField(max_length=30, choices=ROLES, blank=True)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    class Meta:
        ordering = ["route", "stage"]
        constraints = [
            models.UniqueConstraint(fields=["route", "stage"], name="one_of_a_stage_in_a_route")
        ]

    def __str__(self) -> str:
        return f"{self.route}: {self.get_stage_display()}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: object) -> AbsenceQuerySet:
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_at__isnull=True)


class Absence(models.Model):
    """While `person` is away, `cover` stands in where a route names `person`.

    Cover gives no right by itself: whoever covers needs the right to decide as well.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences"
    )
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="covers"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    """When it was taken back before its end."""

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="nobody_covers_themselves", condition=~Q(person=F("cover"))
            ),
            models.CheckConstraint(
                name="absence_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} away from {self.starts_on} to {self.ends_on}"


class NudgeKind(models.TextChoices):
    REMINDER = "reminder", "Reminder"
    ESCALATION = "escalation", "Escalation"
    EXPIRY = "expiry", "Sent back undecided"


class Nudge(models.Model):
    """That somebody was reminded of a decision: once for a version, a stage and a kind."""

    version = models.ForeignKey(
        "publishing.Version", on_delete=models.PROTECT, related_name="nudges"
    )
    stage = models.CharField(max_length=20, choices=Stage)
    kind = models.CharField(max_length=12, choices=NudgeKind)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "stage", "kind"], name="one_nudge_of_a_kind_for_a_stage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} about {self.version}"
