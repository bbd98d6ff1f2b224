"""Everything on the page "Your training": each course and policy, and what to press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from training.models import Completion, Course, CourseVersion
from training.standing import Learning, standings
from training.standing_in_words import in_words
from training.taking.way import Way, ways_of


class Step(StrEnum):
    """What one can do about it now; the value is what the button says."""

    START = "Start"
    CONTINUE = "Continue"
    READ = "Read and acknowledge"
    ELSEWHERE = ""


@dataclass(frozen=True, slots=True)
class Line:
    learning: Learning
    words: str
    step: Step
    href: str
    """Where the step is taken; a course is started by a POST to it."""
    progress: str
    """How far one has come, as in "2 of 5 lessons read"."""
    certificate: Completion | None

    @property
    def is_begun(self) -> bool:
        """Whether something was begun, even if that has to be begun anew."""
        return bool(self.progress)

    @property
    def is_of_own_accord(self) -> bool:
        """Not done, and nobody asks for it: nothing to be alarmed about."""
        return not self.learning.is_asked and self.learning.expires is None

    @property
    def is_taken_elsewhere(self) -> bool:
        return self.step is Step.ELSEWHERE


@dataclass(frozen=True, slots=True)
class MyLearning:
    courses: tuple[Line, ...]
    policies: tuple[Line, ...]

    @property
    def to_do(self) -> list[Line]:
        """What is asked and due, the most urgent first; then what was begun of one's own accord."""
        lines = (*self.courses, *self.policies)
        due = [each for each in lines if each.learning.is_due]
        due.sort(key=lambda each: (each.learning.due_on or date.max, str(each.learning.thing)))
        return [*due, *(each for each in lines if each.is_begun and each not in due)]

    @property
    def is_due(self) -> bool:
        return any(each.learning.is_due for each in (*self.courses, *self.policies))

    @property
    def first(self) -> Line | None:
        """The first that can be done here: its button is the page's main one."""
        return next((each for each in self.to_do if each.step), None)


def my_learning(user: User) -> MyLearning:
    """A constant number of queries, however many courses there are."""
    found = standings([user])
    courses = [each.thing for each in found if isinstance(each.thing, Course)]
    newest = set(
        CourseVersion.objects.newest()
        .filter(course__in=courses)
        .order_by()
        .values_list("course", flat=True)
    )
    ways, certificates = ways_of(user, courses), _certificates(user)
    today = timezone.localdate()
    lines = [
        _course_line(
            each,
            in_words(each, today),
            ways.get(each.thing.pk),
            certificates.get(each.thing.pk),
            is_here=each.thing.pk in newest,
        )
        if each.is_course
        else _policy_line(each, in_words(each, today))
        for each in found
    ]
    return MyLearning(
        tuple(line for line in lines if line.learning.is_course),
        tuple(line for line in lines if not line.learning.is_course),
    )


def _certificates(user: User) -> dict[int, Completion]:
    """By the course's id: that which is good the longest."""
    done = Completion.objects.on_record().filter(user=user).order_by("expires_on", "pk")
    return {each.course_id: each for each in done}


def _course_line(
    learning: Learning,
    words: str,
    way: Way | None,
    done: Completion | None,
    *,
    is_here: bool,
) -> Line:
    # Below the least version that counts, what was begun is to be begun anew.
    if way and way.enrolment.version.number >= learning.thing.least:
        return Line(learning, words, Step.CONTINUE, way.goes_on_at, _progress(way), done)
    step = Step.START if is_here else Step.ELSEWHERE
    progress = "It has changed since you began: start again" if way else ""
    href = reverse("course_start", args=[learning.thing.slug])
    return Line(learning, words, step, href, progress, done)


def _progress(way: Way) -> str:
    if way.is_package:
        return "You have begun it"
    if not way.unread:
        return "Next: the quiz"
    read = len(way.lessons) - len(way.unread)
    return f"{read} of {len(way.lessons)} lessons read"


def _policy_line(learning: Learning, words: str) -> Line:
    href = reverse("policy", args=[learning.thing.slug])
    return Line(learning, words, Step.READ, href, "", None)
