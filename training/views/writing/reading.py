"""Reading a version as its learners see it, without taking it; with the right answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from training.lesson_texts import page_of
from training.models import CourseVersion
from training.views.writing.courses import authors
from training.views.writing.found import course_called


@authors
def read(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The version's first page: its lessons in order, and the bank of questions."""
    found = course_called(slug)
    version = get_object_or_404(CourseVersion, course=found, number=number)
    context = {
        "course": found,
        "version": version,
        "lessons": version.lessons.all(),
        "bank": version.questions.bank().with_all_its_words(),
    }
    return render(request, "training/writing/read.html", context)


@authors
def read_lesson(request: HttpRequest, slug: str, number: int, position: int) -> HttpResponse:
    found = course_called(slug)
    version = get_object_or_404(CourseVersion, course=found, number=number)
    lessons = version.lessons.select_related("video")
    lesson = get_object_or_404(lessons, position=position)
    context = {
        "course": found,
        "version": version,
        "lesson": lesson,
        "page": page_of(lesson.text, found),
        "transcript": page_of(lesson.transcript, found) if lesson.transcript else None,
        "questions": lesson.questions.prefetch_related("answers"),
        "before": version.lessons.filter(position__lt=position).order_by("-position").first(),
        "after": version.lessons.filter(position__gt=position).order_by("position").first(),
    }
    return render(request, "training/writing/read_lesson.html", context)
