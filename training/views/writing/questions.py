"""Writing questions: of the bank, and inside lessons."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.forms.refusal import show_refusal
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import person_of
from pages.numbers import whole_number
from training.actions.writing.questions import (
    add_question,
    change_question,
    delete_question,
    move_question,
)
from training.forms.writing.questions import QuestionForm
from training.models import Course, Question
from training.views.writing.courses import authors
from training.views.writing.found import course_called, draft_of, no_draft, question_in
from training.views.writing.stale import stale_page
from training.writing.locks import StaleWords


@authors
def new_question(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = course_called(slug)
    draft = draft_of(found)
    if draft is None and request.method != "POST":
        return no_draft(request, found)
    lesson = whole_number(request.GET.get("lesson", ""))
    form = QuestionForm(request.POST or None, draft=draft, question=None, lesson=lesson)
    return _answer(request, found, None, form)


@authors
def question(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    found = course_called(slug)
    draft = draft_of(found)
    kept = question_in(draft, pk, request)
    form = QuestionForm(request.POST or None, draft=draft, question=kept)
    return _answer(request, found, pk, form, kept)


def _answer(
    request: HttpRequest,
    course: Course,
    pk: int | None,
    form: QuestionForm,
    kept: Question | None = None,
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, course, pk, form)
        except StaleWords as stale:
            return stale_page(request, stale.kept, form.words(), _draft_page(course))
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "The question is saved.")
            return redirect(_way_on(request, course))
    context = {"course": course, "question": kept, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "training/writing/question.html", context, status=status)


def _save(request: HttpRequest, course: Course, pk: int | None, form: QuestionForm) -> None:
    by, words = person_of(request), form.words()
    if pk is None:
        add_question(by=by, course=course, words=words)
    else:
        seen = form.cleaned_data["seen"]
        change_question(by=by, course=course, question_id=pk, words=words, seen=seen)


def _way_on(request: HttpRequest, course: Course) -> str:
    if request.POST.get("do") == "another":
        return reverse("writing_question_new", args=[course.slug])
    return f"{_draft_page(course)}#questions"


@authors
@require_POST
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    found = course_called(slug)
    try:
        move_question(
            by=person_of(request), course=found, question_id=pk, up=request.POST.get("to") == "up"
        )
    except ValidationError:
        return no_draft(request, found)
    return redirect(f"{_draft_page(found)}#questions")


@authors
def delete(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    found = course_called(slug)
    kept = question_in(draft_of(found), pk, request)
    page = FormPage(
        title="Delete the question",
        caption=kept.text if kept else "",
        button="Delete",
        button_kind="warning",
        back=f"{_draft_page(found)}#questions",
        done="The question is deleted from the draft.",
        warning="Its answers are deleted too. What is published stays as it is.",
    )
    form = forms.Form(request.POST if request.method == "POST" else None)
    by = person_of(request)
    return answer(request, page, form, lambda: delete_question(by=by, course=found, question_id=pk))


def _draft_page(course: Course) -> str:
    return reverse("writing_draft", args=[course.slug])
