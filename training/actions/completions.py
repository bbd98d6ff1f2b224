"""Keeping that somebody completed a course, from wherever it is known, and taking it back."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from pages.days import midnight_after, months_after
from training.models import CompletedBy, Completion, Course, CourseVersion, Enrolment


@transaction.atomic
def record_completion(
    *,
    by: User | None,
    person: User,
    course: Course,
    completed_on: date,
    how: CompletedBy = CompletedBy.OTHER_SYSTEM,
    note: str = "",
    evidence: str = "",
    score: int | None = None,
) -> Completion:
    """Keep that `person` completed `course` elsewhere; good for the course's number of months.

    `evidence` is the name of a file in the storage. Raises ValidationError for a day in the future,
    for one that is recorded already, and for a person who has left.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    if by is not None:
        demand(by, Permission.RECORD_TRAINING, on=locked)
    if not locked.is_employed():
        raise ValidationError({"person": f"{locked.name} does not work for the council any more."})
    if completed_on > timezone.localdate():
        raise ValidationError({"completed_on": "The day must be today or in the past."})
    recorded = locked.completions.on_record().filter(course=course, completed_on=completed_on)
    if recorded.exists():
        raise ValidationError(
            {"completed_on": "This course is already recorded for this person and this day."}
        )
    then = CourseVersion.objects.published(midnight_after(completed_on)).filter(course=course)
    return keep_completion(
        by=by,
        person=locked,
        course=course,
        version=then.order_by("-number").first(),
        completed_on=completed_on,
        how=how,
        score=score,
        note=note,
        evidence=evidence,
    )


def keep_completion(
    *,
    by: User | None,
    person: User,
    course: Course,
    version: CourseVersion | None,
    completed_on: date,
    how: CompletedBy,
    enrolment: Enrolment | None = None,
    score: int | None = None,
    note: str = "",
    evidence: str = "",
) -> Completion:
    """The completion, kept and audited; within the transaction of whoever calls it."""
    expires_on = months_after(completed_on, course.valid_months)
    completion = Completion.objects.create(
        course=course,
        version=version,
        version_number=version.number if version else 0,
        user=person,
        enrolment=enrolment,
        by=how,
        score=score,
        completed_on=completed_on,
        expires_on=expires_on,
        counts_until=expires_on + timedelta(days=course.grace_days),
        recorded_by=by,
        note=note,
        evidence=evidence,
    )
    record(
        Event.COURSE_COMPLETED,
        by=by,
        on=person,
        after={
            "person": person.name,
            "course": course.title,
            "how": how.label,
            "completed_on": completed_on,
            "expires_on": expires_on,
            "certificate": completion.reference,
        },
    )
    return completion


@transaction.atomic
def withdraw_completion(*, by: User, completion: Completion, reason: str) -> Completion:
    """Take back a completion that should not have been recorded; from now on it does not count.

    Raises ValidationError where that has been done already.
    """
    locked = Completion.objects.select_for_update().get(pk=completion.pk)
    demand(by, Permission.RECORD_TRAINING, on=locked.user)
    if locked.withdrawn_at:
        raise ValidationError("This completion has been withdrawn already.")
    take_back_completion(by=by, locked=locked, reason=reason)
    return locked


def take_back_completion(*, by: User, locked: Completion, reason: str) -> None:
    """The withdrawal, kept and audited; within the transaction of whoever calls it and may."""
    locked.withdrawn_at = timezone.now()
    locked.withdrawn_by = by
    locked.withdrawn_because = reason
    locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record(
        Event.COMPLETION_WITHDRAWN,
        by=by,
        on=locked.user,
        after={
            "person": locked.user.name,
            "course": locked.course.title,
            "completed_on": locked.completed_on,
        },
        reason=reason,
    )
