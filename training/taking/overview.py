"""What a course asks of one person, before they begin it and on the way."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from training.models import Course, CourseVersion, Lesson
from training.taking.contents import (
    lessons_of,
    questions_asked,
    still_counts,
    takes_refresher,
    version_taken_now,
)
from training.taking.quiz import open_attempt
from training.taking.way import Way, way_of


@dataclass(frozen=True, slots=True)
class LessonLine:
    lesson: Lesson
    is_read: bool
    is_next: bool

    @property
    def is_open(self) -> bool:
        return self.is_read or self.is_next


@dataclass(frozen=True, slots=True)
class Overview:
    version: CourseVersion
    is_refresher: bool
    lessons: tuple[LessonLine, ...]
    questions: int
    way: Way | None
    """None: not begun."""
    is_outdated: bool
    """Something was begun that does not count any more: it is to be begun anew."""
    is_in_quiz: bool

    @property
    def minutes(self) -> int:
        return self.version.refresher_minutes if self.is_refresher else self.version.minutes

    @property
    def read(self) -> int:
        return sum(each.is_read for each in self.lessons)


def overview_of(user: User, course: Course) -> Overview | None:
    """None for a course that is taken elsewhere."""
    newest = version_taken_now(course)
    if newest is None:
        return None
    begun = way_of(user, course)
    way = begun if begun and still_counts(begun.enrolment) else None
    version = way.enrolment.version if way else newest
    refresher = way.enrolment.is_refresher if way else takes_refresher(user, newest)
    following = way.unread[0] if way and way.unread else None
    return Overview(
        version=version,
        is_refresher=refresher,
        lessons=tuple(
            LessonLine(each, bool(way and each.pk in way.read), each == following)
            for each in lessons_of(version, refresher=refresher)
        ),
        questions=questions_asked(version, refresher=refresher),
        way=way,
        is_outdated=begun is not None and way is None,
        is_in_quiz=open_attempt(user, course) is not None,
    )
