"""A lesson a page: its text, its video, its short questions, and Continue."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.views.permission import person_of
from training.actions.taking import NotUnderWay, read_lesson
from training.lesson_texts import page_of
from training.models import Course, Lesson
from training.taking.contents import questions_asked, still_counts
from training.taking.short_questions import short_questions
from training.taking.way import Way, last_way_of


@login_required
def lesson(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    course = get_object_or_404(Course.objects.in_use(), slug=slug)
    way = last_way_of(person_of(request), course)
    if way is None:
        messages.info(request, "Start the course first. Then its lessons open one by one.")
        return redirect("course", slug)
    if way.is_under_way and not still_counts(way.enrolment):
        return redirect("course", slug)
    at_hand = way.lesson_at(position)
    if at_hand is None:
        raise Http404
    if not way.opens(at_hand):
        messages.info(request, f"Read “{way.unread[0]}” first.")
        return redirect(way.goes_on_at)
    if request.method == "POST" and at_hand in way.lessons:
        return _go_on(request, way, at_hand)
    return render(request, "training/taking/lesson.html", _shown(request, way, at_hand))


def _go_on(request: HttpRequest, way: Way, at_hand: Lesson) -> HttpResponse:
    """To the page after it. Where there is none, the lesson completed the course."""
    slug = way.enrolment.course.slug
    if way.is_under_way:
        try:
            read_lesson(by=person_of(request), lesson=at_hand)
        except NotUnderWay as ended:
            messages.warning(request, ended.messages[0])
            return redirect("course", slug)
        except ValidationError as refusal:
            messages.info(request, refusal.messages[0])
            return redirect(way.goes_on_at)
    if following := way.after(at_hand):
        return redirect("lesson", slug, following.position)
    if _has_quiz(way):
        return redirect("quiz", slug)
    messages.success(request, f"You have completed “{way.enrolment.course}”.")
    return redirect("course", slug)


def _shown(request: HttpRequest, way: Way, at_hand: Lesson) -> dict[str, object]:
    """One that the refresher leaves out has no number, and leads only back."""
    course = way.enrolment.course
    counts = at_hand in way.lessons
    number = way.lessons.index(at_hand) + 1 if counts else 0
    after = way.after(at_hand) if counts else None
    return {
        "course": course,
        "lesson": at_hand,
        "page": page_of(at_hand.text, course),
        "transcript": page_of(at_hand.transcript, course) if at_hand.transcript else None,
        "questions": short_questions(at_hand, request.GET),
        "number": number,
        "where": f"Lesson {number} of {len(way.lessons)}",
        "way": way,
        "before": way.before(at_hand) if counts else None,
        "after": after,
        "goes_on": counts and (way.is_under_way or after),
        "has_quiz": _has_quiz(way),
    }


def _has_quiz(way: Way) -> bool:
    enrolment = way.enrolment
    return bool(questions_asked(enrolment.version, refresher=enrolment.is_refresher))
