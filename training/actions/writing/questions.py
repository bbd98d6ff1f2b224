"""The questions of a draft: of the bank, and inside lessons."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.models import Answer, Course, CourseVersion, Question
from training.writing.locks import StaleWords, lock_draft, refuse_stale
from training.writing.words import QuestionWords, question_words

INSIDE_ALREADY = (
    "A question inside a lesson is read again there. Leave this empty, or ask it in the quiz."
)


@transaction.atomic
def add_question(*, by: User, course: Course, words: QuestionWords) -> Question:
    """After the last one. Raises ValidationError where there is no draft, or no such lesson."""
    demand(by, Permission.EDIT_COURSES)
    draft = lock_draft(course)
    _refuse_strange_lesson(draft, words)
    last = draft.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question(version=draft, position=last + 1)
    _write(question, words)
    _record(Event.QUESTION_ADDED, by, draft, question.text)
    return question


@transaction.atomic
def change_question(
    *, by: User, course: Course, question_id: int, words: QuestionWords, seen: str
) -> Question:
    """Raises StaleWords where somebody else changed or deleted it since `seen`."""
    demand(by, Permission.EDIT_COURSES)
    draft = lock_draft(course)
    question = draft.questions.filter(pk=question_id).first()
    if question is None:
        raise StaleWords(None)
    before = question_words(question)
    refuse_stale(before, seen, words)
    if words == before:
        return question
    _refuse_strange_lesson(draft, words)
    question.answers.all().delete()
    _write(question, words)
    _record(Event.QUESTION_CHANGED, by, draft, question.text)
    return question


@transaction.atomic
def move_question(*, by: User, course: Course, question_id: int, up: bool) -> None:
    """Change places with its neighbour in the bank, or in the same lesson."""
    demand(by, Permission.EDIT_COURSES)
    draft = lock_draft(course)
    question = draft.questions.filter(pk=question_id).first()
    if question is None:
        return
    beside = draft.questions.filter(lesson=question.lesson_id)
    if up:
        other = beside.filter(position__lt=question.position).order_by("-position").first()
    else:
        other = beside.filter(position__gt=question.position).order_by("position").first()
    if other is None:
        return
    question.position, other.position = other.position, question.position
    Question.objects.bulk_update([question, other], ["position"])
    _record(Event.QUESTION_MOVED, by, draft, question.text)


@transaction.atomic
def delete_question(*, by: User, course: Course, question_id: int) -> None:
    """Deleting it twice is harmless."""
    demand(by, Permission.EDIT_COURSES)
    draft = lock_draft(course)
    question = draft.questions.filter(pk=question_id).first()
    if question is None:
        return
    text = question.text
    question.delete()
    _record(Event.QUESTION_DELETED, by, draft, text)


def _refuse_strange_lesson(draft: CourseVersion, words: QuestionWords) -> None:
    if words.lesson_id and words.taught_in_id:
        raise ValidationError({"taught_in": INSIDE_ALREADY})
    there = set(draft.lessons.values_list("pk", flat=True))
    for name, lesson in (("lesson", words.lesson_id), ("taught_in", words.taught_in_id)):
        if lesson and lesson not in there:
            raise ValidationError({name: "That lesson has been deleted. Choose another."})


def _write(question: Question, words: QuestionWords) -> None:
    question.kind, question.lesson_id = words.kind, words.lesson_id
    question.taught_in_id = words.taught_in_id
    question.situation, question.text, question.why = words.situation, words.text, words.why
    question.in_refresher = words.in_refresher
    question.save()
    Answer.objects.bulk_create(
        Answer(
            question=question,
            position=position,
            text=each.text,
            is_right=each.is_right,
            why=each.why,
        )
        for position, each in enumerate(words.answers, 1)
    )


def _record(event: Event, by: User, draft: CourseVersion, text: str) -> None:
    record(event, by=by, on=draft.course, after={"question": text, "version": draft.number})
