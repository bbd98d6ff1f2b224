"""Recording that somebody completed a course."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from pages.days import months_after
from training.models import Completion, Course


@transaction.atomic
def record_completion(
    *, by: User | None, person: User, course: Course, completed_on: date
) -> Completion:
    """Keep that `person` completed `course`; it is good for the course's number of months.

    Raises ValidationError for a day in the future, for one that is recorded already, and for a
    person who has left.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    if by is not None:
        demand(by, Permission.RECORD_TRAINING, on=locked)
    if not locked.is_employed():
        raise ValidationError({"person": f"{locked.name} does not work for the council any more."})
    if completed_on > timezone.localdate():
        raise ValidationError({"completed_on": "The day must be today or in the past."})
    if locked.completions.filter(course=course, completed_on=completed_on).exists():
        raise ValidationError(
            {"completed_on": "This course is already recorded for this person and this day."}
        )
    completion = Completion.objects.create(
        course=course,
        user=locked,
        completed_on=completed_on,
        expires_on=months_after(completed_on, course.valid_months),
        recorded_by=by,
    )
    record(
        Event.COURSE_COMPLETED,
        by=by,
        on=locked,
        after={
            "person": locked.name,
            "course": course.title,
            "completed_on": completed_on,
            "expires_on": completion.expires_on,
        },
    )
    return completion
