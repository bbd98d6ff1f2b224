"""How many people an assignment covers, and how many of them have it still to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from training.asked import covered_by, overdue_under
from training.models import Acknowledgement, Assignment, Completion, Course, PolicyDocument


@dataclass(frozen=True, slots=True)
class Covered:
    """Of the people of today: whom it covers, who has it not in date, and who is late with it."""

    people: int
    to_do: int
    late: int


def covered(assignment: Assignment) -> Covered:
    """One query."""
    now = timezone.now()
    to_do = ~Q(_in_date(assignment, timezone.localdate(now)))
    counted = (
        User.objects.employed()
        .filter(covered_by(assignment, now))
        .aggregate(
            people=Count("pk"),
            to_do=Count("pk", filter=to_do),
            late=Count("pk", filter=to_do & overdue_under(assignment, now)),
        )
    )
    return Covered(**counted)


def _in_date(assignment: Assignment, day: date) -> Exists:
    """What shows that somebody has it: of a version that still counts."""
    mine = {"user": OuterRef(OuterRef("pk")), "version_number__gte": OuterRef("least")}
    if assignment.course:
        done = Completion.objects.in_date(day).filter(course=OuterRef("pk"), **mine)
        courses = Course.objects.with_least_version(day).filter(pk=assignment.course.pk)
        return Exists(courses.filter(Exists(done)))
    accepted = Acknowledgement.objects.counting(day).filter(document=OuterRef("pk"), **mine)
    policies = PolicyDocument.objects.with_least_version(day).filter(pk=assignment.thing.pk)
    return Exists(policies.filter(Exists(accepted)))
