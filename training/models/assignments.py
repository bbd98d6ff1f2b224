"""Assignments: who has to learn or accept what, and by when; and the reminders that were sent."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.permissions import AccountRole, CorporateRole
from training.models.courses import Course
from training.models.policies import PolicyDocument


class Group(models.TextChoices):
    """What people are told apart by; the field of the same name says which."""

    EVERYBODY = "everybody", "Everybody"
    CORPORATE_ROLE = "corporate_role", "A role"
    ACCOUNT_ROLE = "account_role", "A role on any social account"
    SERVICE_AREA = "service_area", "A service area and everything below it"
    PERSON = "person", "One person"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self, at: datetime | None = None) -> Self:
        """Those that held at that moment (now by default)."""
        moment = at or timezone.now()
        open_then = Q(ended_at=None) | Q(ended_at__gt=moment)
        return self.filter(open_then, made_at__lte=moment)


class Assignment(models.Model):
    """One rule: a group of people has to have one course, or one policy, in date.

    Somebody has `due_days` from the day on which the rule, or their coming under it, began; or
    until `due_on`.
    """

    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    policy = models.ForeignKey(
        PolicyDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    group = models.CharField(max_length=15, choices=Group)
    corporate_role = models.CharField(max_length=40, choices=CorporateRole.choices, blank=True)
    account_role = models.CharField(max_length=40, choices=AccountRole.choices, blank=True)
    service_area = models.ForeignKey(
        "accounts.ServiceArea", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    due_days = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    holds_posting = models.BooleanField(default=False)
    """Whoever it covers may not write, move or approve posts while it is overdue."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    needed_for = ""
    """What it is needed for, where the rule follows from the course and is not stored."""

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="assignment_is_of_a_course_or_a_policy",
                condition=Q(course=None, policy__isnull=False)
                | Q(course__isnull=False, policy=None),
            ),
            models.CheckConstraint(
                name="assignment_names_its_group_and_no_other",
                condition=Q(
                    group=Group.EVERYBODY,
                    corporate_role="",
                    account_role="",
                    service_area=None,
                    person=None,
                )
                | Q(group=Group.CORPORATE_ROLE, account_role="", service_area=None, person=None)
                & ~Q(corporate_role="")
                | Q(group=Group.ACCOUNT_ROLE, corporate_role="", service_area=None, person=None)
                & ~Q(account_role="")
                | Q(
                    group=Group.SERVICE_AREA,
                    corporate_role="",
                    account_role="",
                    service_area__isnull=False,
                    person=None,
                )
                | Q(
                    group=Group.PERSON,
                    corporate_role="",
                    account_role="",
                    service_area=None,
                    person__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="assignment_is_due_after_days_or_on_a_day",
                condition=Q(due_days=None, due_on__isnull=False)
                | Q(due_days__isnull=False, due_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course or self.policy}: {self.whom}"

    @property
    def thing(self) -> Course | PolicyDocument:
        thing = self.course or self.policy
        if thing is None:
            raise AssertionError("The database keeps no assignment of nothing.")
        return thing

    @property
    def why(self) -> str:
        """Why somebody whom it covers is asked."""
        return self.needed_for or ("Posting" if self.holds_posting else self.whom)

    @property
    def whom(self) -> str:
        """The group in words, as in "Site owners of any account" or "Libraries"."""
        match Group(self.group):
            case Group.EVERYBODY:
                return "Everybody"
            case Group.CORPORATE_ROLE:
                return CorporateRole(self.corporate_role).label
            case Group.ACCOUNT_ROLE:
                return f"{AccountRole(self.account_role).label} of any social account"
            case Group.SERVICE_AREA:
                return str(self.service_area)
            case Group.PERSON:
                return str(self.person)
        raise AssertionError(self.group)


class ReminderKind(models.TextChoices):
    ASKED = "asked", "Asked for the first time"
    DAYS_14 = "14", "14 days before"
    DAYS_7 = "7", "7 days before"
    DAY_1 = "1", "The day before"
    OVERDUE = "overdue", "Overdue"
    ESCALATED = "escalated", "Told to the manager"
    BY_HAND = "by_hand", "Asked for by a person"


class LearningReminder(models.Model):
    """That somebody was reminded of one thing: each kind once for each due date."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="learning_reminders"
    )
    course = models.ForeignKey(Course, null=True, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(
        PolicyDocument, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=ReminderKind)
    due_on = models.DateField()
    sent_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_on", "-id"]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(mailed_at=None), name="learning_reminder_unmailed"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course", "kind", "due_on", "sent_on"],
                condition=Q(policy=None),
                name="one_reminder_of_a_course_a_day",
            ),
            models.UniqueConstraint(
                fields=["user", "policy", "kind", "due_on", "sent_on"],
                condition=Q(course=None),
                name="one_reminder_of_a_policy_a_day",
            ),
            models.CheckConstraint(
                name="reminder_is_of_a_course_or_a_policy",
                condition=Q(course=None, policy__isnull=False)
                | Q(course__isnull=False, policy=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.course or self.policy}, {self.get_kind_display()}"
