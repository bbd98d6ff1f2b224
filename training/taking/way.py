"""Where somebody is in a course, and the page on which they go on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.urls import reverse

from accounts.models import User
from training.models import Course, DrawnQuestion, Enrolment, Lesson, LessonRead
from training.taking.contents import lessons_of


@dataclass(frozen=True)
class Way:
    """One enrolment, its lessons, and which of them were read."""

    enrolment: Enrolment

    @cached_property
    def lessons(self) -> list[Lesson]:
        return lessons_of(self.enrolment.version, refresher=self.enrolment.is_refresher)

    @cached_property
    def read(self) -> frozenset[int]:
        """The ids of the lessons that were read."""
        return frozenset(each.lesson_id for each in self.enrolment.read.all())

    @property
    def unread(self) -> list[Lesson]:
        return [each for each in self.lessons if each.pk not in self.read]

    @property
    def is_under_way(self) -> bool:
        return self.enrolment.ended_at is None

    @property
    def is_package(self) -> bool:
        """Whether it consists of a SCORM package, in place of lessons and a quiz."""
        return hasattr(self.enrolment.version, "package")

    @property
    def may_be_asked(self) -> bool:
        """Whether every lesson was read, so that the quiz is open."""
        return not self.unread

    @cached_property
    def sent_to(self) -> list[Lesson]:
        """What the refresher leaves out, but a wrong answer sent them to. Reading it counts not."""
        wrong = DrawnQuestion.objects.filter(attempt__enrolment=self.enrolment, is_right=False)
        named = Lesson.objects.filter(pk__in=wrong.values("question__taught_in"))
        return list(named.exclude(pk__in=[each.pk for each in self.lessons]))

    def lesson_at(self, position: int) -> Lesson | None:
        """The one to be read at that place, or None."""
        of_the_course = next((each for each in self.lessons if each.position == position), None)
        if of_the_course or not self.enrolment.is_refresher:
            return of_the_course
        return next((each for each in self.sent_to if each.position == position), None)

    def opens(self, lesson: Lesson) -> bool:
        """Whether that lesson can be read at this moment; never one of another version."""
        if lesson not in self.lessons:
            return lesson in self.sent_to
        return not self.is_under_way or self.may_open(lesson)

    def may_open(self, lesson: Lesson) -> bool:
        """Lessons are read in their order; what was read can be read again."""
        return lesson.pk in self.read or lesson in self.unread[:1]

    def after(self, lesson: Lesson) -> Lesson | None:
        """The lesson that follows; None after the last."""
        return next((each for each in self.lessons if each.position > lesson.position), None)

    def before(self, lesson: Lesson) -> Lesson | None:
        return next((each for each in self.lessons[::-1] if each.position < lesson.position), None)

    @property
    def goes_on_at(self) -> str:
        """The address of the first lesson that is unread, or of the quiz; or of the package."""
        slug = self.enrolment.course.slug
        if self.is_package:
            return reverse("training_package", args=[slug])
        for lesson in self.unread:
            return reverse("lesson", args=[slug, lesson.position])
        return reverse("quiz", args=[slug])


def way_of(user: User, course: Course) -> Way | None:
    """The enrolment of `user` that is under way, whether it still counts or not."""
    return next(iter(ways_of(user, [course]).values()), None)


def ways_of(user: User, courses: Iterable[Course]) -> dict[int, Way]:
    """By the course's id, for those of `courses` that are under way. Three queries."""
    under_way = (
        Enrolment.objects.under_way()
        .filter(user=user, course__in=courses)
        .select_related("course", "version__course", "version__package", "user")
        .prefetch_related(
            "version__lessons", Prefetch("read", LessonRead.objects.only("enrolment", "lesson"))
        )
    )
    return {each.course_id: Way(each) for each in under_way}


def last_way_of(user: User, course: Course) -> Way | None:
    """The one under way, or else the last that was completed: its lessons can be read again."""
    return way_of(user, course) or next(
        (
            Way(each)
            for each in Enrolment.objects.filter(
                user=user, course=course, completion__isnull=False
            ).select_related("course", "version__course", "version__package", "user")[:1]
        ),
        None,
    )
