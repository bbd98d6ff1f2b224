"""Beginning a course, and going on from a lesson to the next."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from training.actions.completions import keep_completion
from training.models import CompletedBy, Completion, Course, Enrolment, Lesson
from training.taking.contents import (
    questions_asked,
    still_counts,
    takes_refresher,
    version_taken_now,
)
from training.taking.way import Way, way_of


class NotUnderWay(ValidationError):
    """What was begun has ended, or does not count any more: the course is to be begun anew."""

    def __init__(self) -> None:
        super().__init__("The course has changed since you began. Start it again.")


@dataclass(frozen=True, slots=True)
class Begun:
    enrolment: Enrolment
    instead_of: Enrolment | None
    """What had been begun before and does not count any more."""


@transaction.atomic
def begin(*, by: User, course: Course) -> Begun:
    """Enrol `by` in the version that is taken now, in its refresher where that is enough.

    Somebody who is under way stays where they are, as long as that counts. Raises ValidationError
    for a course that cannot be taken here.
    """
    person = User.objects.select_for_update().get(pk=by.pk)
    version = version_taken_now(course) if course.archived_at is None else None
    if version is None or not person.is_employed():
        raise ValidationError("This course cannot be taken here.")
    way = way_of(person, course)
    if way and still_counts(way.enrolment):
        return Begun(way.enrolment, None)
    if way:
        end(way.enrolment)
    enrolment = Enrolment.objects.create(
        user=person,
        version=version,
        course=course,
        is_refresher=takes_refresher(person, version),
    )
    return Begun(enrolment, way.enrolment if way else None)


@transaction.atomic
def read_lesson(*, by: User, lesson: Lesson) -> Way:
    """Keep that `by` went on from `lesson`. Doing it again changes nothing.

    Where the course has no quiz, the last lesson completes it. Raises NotUnderWay, and
    ValidationError while an earlier lesson is unread.
    """
    way = going_on(by, lesson.version.course)
    if lesson not in way.lessons:
        raise NotUnderWay
    if not way.may_open(lesson):
        raise ValidationError(f"Read “{way.unread[0]}” first.")
    enrolment = way.enrolment
    enrolment.read.get_or_create(lesson=lesson)
    on = Way(
        Enrolment.objects.select_related("course", "version__course", "user").get(pk=enrolment.pk)
    )
    if on.may_be_asked and not questions_asked(enrolment.version, refresher=enrolment.is_refresher):
        complete(enrolment, score=None)
    return on


def going_on(by: User, course: Course) -> Way:
    """What `by` is taking, locked against their other tabs; raises NotUnderWay."""
    person = User.objects.select_for_update().get(pk=by.pk)
    way = way_of(person, course)
    if way is None or not still_counts(way.enrolment):
        raise NotUnderWay
    return way


def complete(enrolment: Enrolment, *, score: int | None) -> Completion:
    """End it with a completion, from today; within the transaction of whoever found it passed."""
    end(enrolment)
    return keep_completion(
        by=enrolment.user,
        person=enrolment.user,
        course=enrolment.course,
        version=enrolment.version,
        completed_on=timezone.localdate(),
        how=CompletedBy.REFRESHER if enrolment.is_refresher else CompletedBy.COURSE,
        enrolment=enrolment,
        score=score,
    )


def end(enrolment: Enrolment) -> None:
    enrolment.ended_at = timezone.now()
    enrolment.save(update_fields=["ended_at"])
