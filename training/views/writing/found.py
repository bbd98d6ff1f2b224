"""What an author's page is about, or a 404; and what is no draft any more."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect

from training.models import Course, CourseVersion, Lesson, Question
from training.writing.locks import NO_DRAFT


def course_called(slug: str) -> Course:
    return get_object_or_404(Course, slug=slug)


def draft_of(course: Course) -> CourseVersion | None:
    return course.versions.filter(published_at=None).first()


def current_of(course: Course) -> CourseVersion | None:
    """The version that learners take now."""
    return CourseVersion.objects.newest().filter(course=course).first()


def no_draft(request: HttpRequest, course: Course) -> HttpResponseRedirect:
    """To the page of the course: somebody published or withdrew the draft meanwhile."""
    messages.info(request, NO_DRAFT)
    return redirect("writing_course", course.slug)


def lesson_in(draft: CourseVersion | None, pk: int, request: HttpRequest) -> Lesson | None:
    """None only where something was typed for one that is gone, so that it is not lost."""
    found = draft.lessons.filter(pk=pk).first() if draft else None
    if found is None and request.method != "POST":
        raise Http404
    return found


def question_in(draft: CourseVersion | None, pk: int, request: HttpRequest) -> Question | None:
    found = draft.questions.filter(pk=pk).first() if draft else None
    if found is None and request.method != "POST":
        raise Http404
    return found
