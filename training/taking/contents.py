"""What somebody reads and is asked: the whole course, or what its refresher repeats."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from training.models import Course, CourseVersion, Enrolment, Lesson, Question


def version_taken_now(course: Course) -> CourseVersion | None:
    """The version that whoever begins today takes; None for what is taken elsewhere."""
    return CourseVersion.objects.newest().filter(course=course).first()


def takes_refresher(user: User, version: CourseVersion) -> bool:
    """Whether `user` did enough of the course before to take only what its refresher repeats.

    Any completion will do, unless a version since then asked everybody again; and some lesson or
    question has to be marked for the refresher.
    """
    marked = Q(in_refresher=True)
    if not (version.lessons.filter(marked) or version.questions.bank().filter(marked)):
        return False
    asking = CourseVersion.objects.published().filter(
        course=version.course, number__lte=version.number, asks_again_from__isnull=False
    )
    least = asking.order_by("-number").values_list("number", flat=True).first() or 0
    done = user.completions.on_record().filter(course=version.course)
    return done.filter(version_number__gte=least).exists()


def lessons_of(version: CourseVersion, *, refresher: bool) -> list[Lesson]:
    """In the order in which they are read."""
    return [each for each in version.lessons.all() if each.in_refresher or not refresher]


def bank_of(version: CourseVersion, *, refresher: bool) -> Collection[Question]:
    """What the quiz draws from. A refresher without questions of its own draws from all."""
    bank = version.questions.bank()
    marked = bank.filter(in_refresher=True)
    return marked if refresher and marked.exists() else bank


def questions_asked(version: CourseVersion, *, refresher: bool) -> int:
    """How many questions a quiz has: as many as are drawn, or as there are. 0: there is none."""
    wanted = version.refresher_questions_drawn if refresher else version.questions_drawn
    return min(wanted, len(bank_of(version, refresher=refresher)))


def still_counts(enrolment: Enrolment) -> bool:
    """Whether a completion of it would: else a newer version takes its place.

    A refresher does not count where what it refreshes was withdrawn meanwhile.
    """
    day = timezone.localdate()
    course = Course.objects.in_use().with_least_version(day).filter(pk=enrolment.course_id).first()
    if course is None or enrolment.version.number < course.least:
        return False
    return not enrolment.is_refresher or takes_refresher(enrolment.user, enrolment.version)
