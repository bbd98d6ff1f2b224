"""One person on the way through a course: the lessons they read, the quizzes they tried."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from training.models.courses import CourseVersion, Lesson, Question


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def under_way(self) -> Self:
        return self.filter(ended_at=None)


class Enrolment(models.Model):
    """A person taking one version of a course, from its first page to the completion.

    It ends with the completion, or when a newer version takes its place.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments"
    )
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey("training.Course", on_delete=models.PROTECT, related_name="+")
    """That of `version`, so that the database can refuse a second one under way."""
    is_refresher = models.BooleanField(default=False)
    """Only the lessons and questions that a refresher repeats."""
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course"],
                condition=Q(ended_at=None),
                name="one_enrolment_under_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.version}"


class LessonRead(models.Model):
    """That somebody went on from a lesson to the next page."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="read")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["read_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="a_lesson_is_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.lesson}"


class QuizAttempt(models.Model):
    """One go at the quiz, with the questions as they were drawn. No time limit: it can be left."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    """Per cent, rounded down; None until it is over."""
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["enrolment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "number"], name="one_quiz_attempt_for_each_number"
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(ended_at=None),
                name="one_quiz_attempt_under_way",
            ),
            models.CheckConstraint(
                name="a_quiz_attempt_that_is_over_has_its_score",
                condition=Q(ended_at=None, score=None, passed=None)
                | Q(ended_at__isnull=False, score__isnull=False, passed__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}, attempt {self.number}"


class DrawnQuestion(models.Model):
    """A question of an attempt, in the order in which it is asked, and what was answered."""

    attempt = models.ForeignKey(QuizAttempt, on_delete=models.CASCADE, related_name="drawn")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    order = models.JSONField(default=list)
    """The ids of its answers, in the order in which they are shown."""
    chosen = models.JSONField(null=True, blank=True)
    """The ids of the answers that were chosen; None: not answered yet."""
    answered_at = models.DateTimeField(null=True, blank=True)
    is_right = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"], name="one_question_at_each_position"
            ),
            models.UniqueConstraint(
                fields=["attempt", "question"], name="a_question_is_drawn_once"
            ),
            models.CheckConstraint(
                name="an_answer_is_judged_when_it_is_given",
                condition=Q(answered_at=None, is_right=None)
                | Q(answered_at__isnull=False, is_right__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}, question {self.position}"
