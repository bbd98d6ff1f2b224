"""The quiz: its first page, one question a page, and the result."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.forms.refusal import show_refusal
from accounts.views.permission import person_of
from training.actions.quizzes import answer, begin_attempt
from training.actions.taking import NotUnderWay
from training.forms.quizzes import AnswerForm
from training.models import Course, DrawnQuestion, QuizAttempt
from training.taking.contents import questions_asked, still_counts
from training.taking.drawing import tries_left
from training.taking.quiz import (
    answers_of,
    attempt_shown,
    drawn_of,
    first_unanswered,
    judged_of,
    open_attempt,
)
from training.taking.read_again import read_again
from training.taking.way import Way, last_way_of, way_of


@login_required
def quiz(request: HttpRequest, slug: str) -> HttpResponse:
    """Before it begins: what it is like. While it is under way: on to its next question."""
    me, course = person_of(request), _course(slug)
    way = way_of(me, course)
    if way is None:
        return redirect("quiz_result" if attempt_shown(me, course) else "course", slug)
    if not still_counts(way.enrolment):
        return redirect("course", slug)
    if not way.may_be_asked:
        messages.info(request, f"Read “{way.unread[0]}” first. Then you can take the quiz.")
        return redirect(way.goes_on_at)
    if request.method == "POST":
        return _begin(request, course)
    if attempt := open_attempt(me, course):
        return redirect(_next(slug, attempt))
    return render(request, "training/taking/quiz.html", _first_page(way))


def _begin(request: HttpRequest, course: Course) -> HttpResponse:
    try:
        attempt = begin_attempt(by=person_of(request), course=course)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("course", course.slug)
    return redirect(_next(course.slug, attempt))


def _first_page(way: Way) -> dict[str, object]:
    enrolment, version = way.enrolment, way.enrolment.version
    used = enrolment.attempts.count()
    return {
        "course": enrolment.course,
        "version": version,
        "questions": questions_asked(version, refresher=enrolment.is_refresher),
        "used": used,
        "left": tries_left(used, version.attempts_allowed),
    }


@login_required
def question(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Answered: what was right and why. The next to be answered: the question. Else: on to that."""
    me, course = person_of(request), _course(slug)
    attempt = attempt_shown(me, course)
    if attempt is None:
        return redirect("quiz", slug)
    questions = drawn_of(attempt)
    at_hand = next((each for each in questions if each.position == position), None)
    if at_hand is None:
        raise Http404
    following = first_unanswered(questions)
    if request.method == "POST":
        return _answer(request, course, attempt, at_hand)
    if at_hand.answered_at is None and at_hand != following:
        return redirect(_next(slug, attempt))
    return _page(request, attempt, at_hand)


def _answer(
    request: HttpRequest, course: Course, attempt: QuizAttempt, at_hand: DrawnQuestion
) -> HttpResponse:
    """An answer from a page of an earlier quiz is none to this one."""
    if request.POST.get("drawn") != str(at_hand.pk):
        messages.info(request, "You have begun another quiz since. This is where it stands.")
        return redirect("quiz", course.slug)
    form = AnswerForm(request.POST, question=at_hand.question, answers=answers_of(at_hand))
    if at_hand.answered_at is not None:
        messages.info(request, "You have answered this question already. The first answer counts.")
        return redirect("quiz_question", course.slug, at_hand.position)
    if form.is_valid():
        try:
            answer(by=person_of(request), drawn=at_hand, chosen=form.chosen)
        except NotUnderWay as ended:
            messages.warning(request, ended.messages[0])
            return redirect("course", course.slug)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("quiz_question", course.slug, at_hand.position)
    return _page(request, attempt, at_hand, form)


def _page(
    request: HttpRequest,
    attempt: QuizAttempt,
    at_hand: DrawnQuestion,
    form: AnswerForm | None = None,
) -> HttpResponse:
    me, course = person_of(request), attempt.enrolment.course
    form = form or AnswerForm(question=at_hand.question, answers=answers_of(at_hand))
    questions, wrong = attempt.drawn.count(), at_hand.is_right is False
    context = {
        "course": course,
        "drawn": at_hand,
        "judged": judged_of(at_hand) if at_hand.answered_at else None,
        "again": read_again(at_hand.question, last_way_of(me, course)) if wrong else None,
        "form": form,
        "questions": questions,
        "is_last": at_hand.position == questions,
    }
    status = 422 if form.is_bound else 200
    return render(request, "training/taking/question.html", context, status=status)


@login_required
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """Of the attempt that came to its end last; while one is under way: on with that."""
    me, course = person_of(request), _course(slug)
    attempt = attempt_shown(me, course)
    if attempt is None or attempt.ended_at is None:
        return redirect("quiz", slug)
    questions = drawn_of(attempt)
    enrolment = attempt.enrolment
    way = last_way_of(me, course)
    context = {
        "course": course,
        "attempt": attempt,
        "version": enrolment.version,
        "questions": questions,
        "right": sum(bool(each.is_right) for each in questions),
        "wrong": [
            (judged_of(each), read_again(each.question, way))
            for each in questions
            if not each.is_right
        ],
        "completion": getattr(enrolment, "completion", None),
        "way": way if way and way.is_under_way else None,
        "left": tries_left(attempt.number, enrolment.version.attempts_allowed),
    }
    return render(request, "training/taking/result.html", context)


def _course(slug: str) -> Course:
    return get_object_or_404(Course.objects.in_use(), slug=slug)


def _next(slug: str, attempt: QuizAttempt) -> str:
    at_hand = first_unanswered(list(attempt.drawn.order_by("position")))
    if at_hand is None:
        return reverse("quiz_result", args=[slug])
    return reverse("quiz_question", args=[slug, at_hand.position])
