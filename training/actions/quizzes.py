"""The quiz: its questions are drawn, each is answered once, and the last answer settles it."""

from __future__ import annotations

from collections.abc import Collection
from random import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from training.actions.taking import NotUnderWay, complete, end, going_on
from training.models import Course, DrawnQuestion, QuestionKind, QuizAttempt
from training.taking.contents import bank_of, questions_asked
from training.taking.drawing import draw, is_right, score_of, shuffled, tries_left

_CHANCE = SystemRandom()


@transaction.atomic
def begin_attempt(*, by: User, course: Course) -> QuizAttempt:
    """A new go at the quiz, its questions and the order of their answers drawn now.

    While one is open it is that one. Raises NotUnderWay, and ValidationError while a lesson is
    unread or where the course has no quiz.
    """
    way = going_on(by, course)
    if not way.may_be_asked:
        raise ValidationError(f"Read “{way.unread[0]}” first. Then you can take the quiz.")
    enrolment, version = way.enrolment, way.enrolment.version
    attempts = list(enrolment.attempts.all())
    if attempts and attempts[-1].ended_at is None:
        return attempts[-1]
    if tries_left(len(attempts), version.attempts_allowed) == 0:
        raise ValidationError("You have no tries left. Read the lessons again.")
    most = questions_asked(version, refresher=enrolment.is_refresher)
    if not most:
        raise ValidationError("This course has no quiz.")
    attempt = QuizAttempt.objects.create(enrolment=enrolment, number=len(attempts) + 1)
    bank = bank_of(version, refresher=enrolment.is_refresher)
    for position, question in enumerate(draw(bank, most, _CHANCE), start=1):
        ids = question.answers.values_list("pk", flat=True)
        attempt.drawn.create(question=question, position=position, order=shuffled(ids, _CHANCE))
    return attempt


@transaction.atomic
def answer(*, by: User, drawn: DrawnQuestion, chosen: Collection[int]) -> DrawnQuestion:
    """Keep what `by` answered, and judge it; the last answer of an attempt settles that.

    The first answer counts: a second one changes nothing. Raises NotUnderWay, and ValidationError
    for somebody else's question and for answers that it does not have.
    """
    enrolment = drawn.attempt.enrolment
    if enrolment.user_id != by.pk:
        raise ValidationError("This is not a question of your quiz.")
    User.objects.select_for_update().get(pk=by.pk)
    locked = DrawnQuestion.objects.select_related("attempt", "question").get(pk=drawn.pk)
    if locked.answered_at is not None:
        return locked
    if going_on(by, enrolment.course).enrolment != enrolment:
        raise NotUnderWay
    _demand_answers_of(locked, chosen)
    right = locked.question.answers.filter(is_right=True).values_list("pk", flat=True)
    locked.chosen = sorted(set(chosen))
    locked.answered_at = timezone.now()
    locked.is_right = is_right(locked.chosen, right)
    locked.save(update_fields=["chosen", "answered_at", "is_right"])
    _settle_if_over(locked.attempt)
    return locked


def _demand_answers_of(drawn: DrawnQuestion, chosen: Collection[int]) -> None:
    if not chosen:
        raise ValidationError({"chosen": "Choose an answer."})
    if not set(chosen) <= set(drawn.order):
        raise ValidationError({"chosen": "Choose from the answers on the page."})
    if drawn.question.kind == QuestionKind.SINGLE and len(set(chosen)) > 1:
        raise ValidationError({"chosen": "Choose one answer only."})


def _settle_if_over(attempt: QuizAttempt) -> None:
    """Passed, the course is completed. Failed for the last time, it begins anew."""
    judged = [each.is_right for each in attempt.drawn.all()]
    if None in judged:
        return
    enrolment, version = attempt.enrolment, attempt.enrolment.version
    attempt.ended_at = timezone.now()
    attempt.score = score_of([bool(each) for each in judged])
    attempt.passed = attempt.score >= version.pass_mark
    attempt.save(update_fields=["ended_at", "score", "passed"])
    if attempt.passed:
        complete(enrolment, score=attempt.score)
    elif tries_left(attempt.number, version.attempts_allowed) == 0:
        end(enrolment)
