"""The lessons of a draft."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.db.models import Max

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.models import Course, CourseVersion, Lesson
from training.writing.locks import StaleWords, lock_draft, refuse_stale
from training.writing.words import LessonWords, lesson_words

_OUT_OF_THE_WAY = 32_000
"""No course has as many lessons: where one stands while two change places."""


@transaction.atomic
def add_lesson(*, by: User, course: Course, words: LessonWords) -> Lesson:
    """After the last one. Raises ValidationError where there is no draft."""
    demand(by, Permission.EDIT_COURSES)
    draft = lock_draft(course)
    last = draft.lessons.aggregate(last=Max("position"))["last"] or 0
    lesson = Lesson.objects.create(version=draft, position=last + 1, **asdict(words))
    _record(Event.LESSON_ADDED, by, draft, lesson)
    return lesson


@transaction.atomic
def change_lesson(
    *, by: User, course: Course, lesson_id: int, words: LessonWords, seen: str
) -> Lesson:
    """Raises StaleWords where somebody else changed or deleted it since `seen`."""
    demand(by, Permission.EDIT_COURSES)
    draft = lock_draft(course)
    lesson = draft.lessons.filter(pk=lesson_id).first()
    if lesson is None:
        raise StaleWords(None)
    before = lesson_words(lesson)
    refuse_stale(before, seen, words)
    if words == before:
        return lesson
    for name, value in asdict(words).items():
        setattr(lesson, name, value)
    lesson.save()
    _record(Event.LESSON_CHANGED, by, draft, lesson)
    return lesson


@transaction.atomic
def move_lesson(*, by: User, course: Course, lesson_id: int, up: bool) -> None:
    """Change places with the one before it, or after it; the first and the last stay."""
    demand(by, Permission.EDIT_COURSES)
    draft = lock_draft(course)
    lessons = list(draft.lessons.all())
    at = next((n for n, each in enumerate(lessons) if each.pk == lesson_id), None)
    if at is None:
        return
    other = at - 1 if up else at + 1
    if not 0 <= other < len(lessons):
        return
    _change_places(lessons[at], lessons[other])
    _record(Event.LESSON_MOVED, by, draft, lessons[at])


@transaction.atomic
def delete_lesson(*, by: User, course: Course, lesson_id: int) -> None:
    """With the questions inside it. Deleting it twice is harmless."""
    demand(by, Permission.EDIT_COURSES)
    draft = lock_draft(course)
    lesson = draft.lessons.filter(pk=lesson_id).first()
    if lesson is None:
        return
    title, position = lesson.title, lesson.position
    lesson.delete()
    for each in draft.lessons.filter(position__gt=position):
        Lesson.objects.filter(pk=each.pk).update(position=each.position - 1)
    record(Event.LESSON_DELETED, by=by, on=course, after={"lesson": title, "version": draft.number})


def _change_places(one: Lesson, other: Lesson) -> None:
    mine, theirs = one.position, other.position
    lessons = Lesson.objects
    lessons.filter(pk=one.pk).update(position=_OUT_OF_THE_WAY)
    lessons.filter(pk=other.pk).update(position=mine)
    lessons.filter(pk=one.pk).update(position=theirs)


def _record(event: Event, by: User, draft: CourseVersion, lesson: Lesson) -> None:
    after = {"lesson": lesson.title, "version": draft.number}
    record(event, by=by, on=draft.course, after=after)
