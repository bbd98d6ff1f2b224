"""Courses, their immutable versions, and what a version is made of: lessons and questions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, FilteredRelation, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User

PER_CENT = (MinValueValidator(1), MaxValueValidator(100))


class CourseQuerySet(models.QuerySet["Course"]):
    def in_use(self) -> Self:
        """What can be taken and assigned; what was put away is kept for the records."""
        return self.filter(archived_at=None)

    def in_use_at(self, at: datetime) -> Self:
        """What was there at that moment, and had not been put away."""
        there = Q(archived_at=None) | Q(archived_at__gt=at)
        return self.filter(there, added_at__lte=at)

    def needed(self, at: datetime | None = None) -> Self:
        """What writing, moving or approving needs; at a moment, of what was offered by then."""
        return self.in_use_at(at or timezone.now()).filter(
            Q(needed_to_write=True) | Q(needed_to_approve=True)
        )

    def with_least_version(self, on: date, at: datetime | None = None) -> Self:
        """`least`: completions of earlier versions do not count any more on that day.

        It is the newest version whose author asks everybody again, from the day named there.
        """
        asking = CourseVersion.objects.published(at).filter(
            course=OuterRef("pk"), asks_again_from__lte=on
        )
        newest = asking.order_by("-number").values("number")[:1]
        return self.annotate(least=Coalesce(Subquery(newest), 0))

    def with_expiry_for(
        self, users: Collection[User], on: date, at: datetime | None = None
    ) -> Self:
        """Each for every one of `users` and every version that they completed, and once if nobody.

        `done_by` is the person's id, or None; `expires` the last day that any completion of that
        version is good for, `counts` the last that posting accepts, both None if there is none. A
        row with `done_version` below `least` does not count. With `at`, as far as it was on record
        at that moment.
        """
        recorded = at or timezone.now()
        done = (
            Q(completions__user__in=users, completions__completed_on__lte=on)
            & Q(completions__recorded_at__lte=recorded)
            & (Q(completions__withdrawn_at=None) | Q(completions__withdrawn_at__gt=recorded))
        )
        return self.with_least_version(on, at).annotate(
            done=FilteredRelation("completions", condition=done),
            done_by=F("done__user_id"),
            done_version=F("done__version_number"),
            expires=Max("done__expires_on"),
            counts=Max("done__counts_until"),
        )


class Course(models.Model):
    """What is learnt. Its lessons are in its versions; one without versions is taken elsewhere."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=150)
    summary = models.CharField(max_length=400, blank=True)
    """For whom, and what one can do afterwards."""
    needed_to_write = models.BooleanField(default=False)
    """Whoever writes, moves or approves posts needs this course in date."""
    needed_to_approve = models.BooleanField(default=False)
    """Whoever approves posts needs this course in date as well."""
    valid_months = models.PositiveSmallIntegerField(default=12)
    grace_days = models.PositiveSmallIntegerField(default=0)
    """How long after it ran out a completion still lets its holder post."""
    added_at = models.DateTimeField(default=timezone.now)
    """Before that nobody could be asked for it."""
    archived_at = models.DateTimeField(null=True, blank=True)

    least: int
    done_by: int | None
    done_version: int | None
    expires: date | None
    counts: date | None
    """All only on rows of `with_expiry_for`."""

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CourseVersionQuerySet(models.QuerySet["CourseVersion"]):
    def published(self, at: datetime | None = None) -> Self:
        """Those that learners have, or had at that moment."""
        return self.filter(published_at__lte=at or timezone.now())

    def newest(self) -> Self:
        """The published version of each course that is taken now."""
        newest = (
            CourseVersion.objects.published()
            .filter(course=OuterRef("course"))
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest)).select_related("course")


class CourseVersion(models.Model):
    """One wording of a course. A draft until it is published; then nothing in it changes."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    pass_mark = models.PositiveSmallIntegerField(default=80, validators=PER_CENT)
    """Per cent of the questions."""
    questions_drawn = models.PositiveSmallIntegerField(default=10)
    """How many of the bank a quiz asks; where it holds fewer, all of them."""
    refresher_questions_drawn = models.PositiveSmallIntegerField(default=6)
    attempts_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    """How often one may try the quiz before the lessons have to be read again; None: ever again."""
    minutes = models.PositiveSmallIntegerField(default=30)
    refresher_minutes = models.PositiveSmallIntegerField(default=10)
    what_changed = models.TextField(blank=True)
    asks_again_from = models.DateField(null=True, blank=True)
    """From this day on, only completions of this version or a later one count. None: it does not
    ask again, whoever completed an earlier version need do nothing before that expires.
    """
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = CourseVersionQuerySet.as_manager()

    class Meta:
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"], name="one_course_version_for_each_number"
            ),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(published_at=None),
                name="one_draft_of_each_course",
            ),
            models.CheckConstraint(
                name="course_version_passes_between_1_and_100_per_cent",
                condition=Q(pass_mark__gte=1, pass_mark__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}, version {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class LessonFile(models.Model):
    """A picture or a video of a course's lessons, made again at upload (uploads/)."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="files")
    file = models.FileField(max_length=200)
    digest = models.CharField(max_length=64)
    content_type = models.CharField(max_length=40)
    original_name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "digest"], name="one_lesson_file_for_the_same_bytes"
            )
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_video(self) -> bool:
        return self.content_type.startswith("video/")


class Lesson(models.Model):
    """One page of a course, in Markdown; `![words](picture:7)` shows the course's file 7."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    text = models.TextField()
    in_refresher = models.BooleanField(default=False)
    """Whether whoever did the course before reads it again; the others are left out."""
    video = models.ForeignKey(
        LessonFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    transcript = models.TextField(blank=True)
    """What is said and shown in the video, for people who cannot hear or see it."""

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="one_lesson_at_each_position"
            ),
            models.CheckConstraint(
                name="no_video_without_a_transcript",
                condition=Q(video=None) | ~Q(transcript=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class QuestionKind(models.TextChoices):
    SINGLE = "single", "One answer is right"
    MULTIPLE = "multiple", "Several answers are right"


class QuestionQuerySet(models.QuerySet["Question"]):
    def bank(self) -> Self:
        """What a quiz draws from."""
        return self.filter(lesson=None)

    def with_all_its_words(self) -> Self:
        """Two queries for any number of them: their lessons, and then their answers."""
        return self.select_related("lesson", "taught_in").prefetch_related("answers")


class Question(models.Model):
    """Of the bank, or short and inside a lesson. With a situation it is a scenario question."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="questions")
    lesson = models.ForeignKey(
        Lesson, null=True, blank=True, on_delete=models.CASCADE, related_name="questions"
    )
    taught_in = models.ForeignKey(
        Lesson, null=True, blank=True, on_delete=models.SET_NULL, related_name="asked_in_quiz"
    )
    """Of the bank: the lesson of its version to be read again by whoever answers it wrongly."""
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=QuestionKind)
    situation = models.TextField(blank=True)
    text = models.CharField(max_length=400)
    why = models.TextField()
    """Shown once it is answered: why the right answer is right."""
    in_refresher = models.BooleanField(default=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.CheckConstraint(
                name="a_question_inside_a_lesson_is_taught_there",
                condition=Q(lesson=None) | Q(taught_in=None),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Answer(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    is_right = models.BooleanField(default=False)
    why = models.CharField(max_length=400, blank=True)
    """Shown to whoever chose it, or left it out, wrongly."""

    class Meta:
        ordering = ["question", "position"]

    def __str__(self) -> str:
        return self.text
