"""The courses as their authors see them: the list, a new one, one with its versions."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.forms.refusal import show_refusal
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from training.actions.starter import add_starter_courses, missing_courses
from training.actions.writing.courses import (
    add_course,
    bring_back,
    change_course,
    needed_because,
    put_away,
)
from training.actions.writing.versions import start_version, withdraw_draft
from training.forms.writing.courses import CourseForm, StarterForm
from training.sections import training_sections
from training.views.writing.found import course_called, current_of, draft_of
from training.views.writing.stale import stale_page
from training.writing.listing import courses_to_write
from training.writing.locks import StaleWords
from training.writing.words import facts_of

authors = permission_required(Permission.EDIT_COURSES)


@authors
def courses(request: HttpRequest) -> HttpResponse:
    context = {
        "sections": training_sections(person_of(request), "writing_courses"),
        "courses": courses_to_write(),
        "missing": missing_courses(),
    }
    return render(request, "training/writing/courses.html", context)


@authors
def add_starters(request: HttpRequest) -> HttpResponseBase:
    missing = missing_courses()
    sent = request.POST if request.method == "POST" else None
    form = StarterForm(sent, use_required_attribute=False)
    if form.is_valid():
        needed = form.cleaned_data["needed"] == "yes"
        added = add_starter_courses(by=person_of(request), needed=needed)
        words = "1 course is" if len(added) == 1 else f"{len(added)} courses are"
        messages.success(request, f"{words} added. People can take them now.")
        return redirect("writing_courses")
    context = {"form": form, "missing": missing}
    status = 422 if form.is_bound else 200
    return render(request, "training/writing/starters.html", context, status=status)


@authors
def add(request: HttpRequest) -> HttpResponse:
    form = CourseForm(request.POST or None)
    page = FormPage(
        title="New course",
        button="Add the course",
        back=reverse("writing_courses"),
        done="The course is added. Now write its first lesson.",
        lead="You write lessons and questions next. Nobody sees the course until you publish it.",
        on=lambda made: reverse("writing_draft", args=[made.slug]),
    )
    return answer(
        request, page, form, lambda: add_course(by=person_of(request), facts=form.facts())
    )


@authors
def course(request: HttpRequest, slug: str) -> HttpResponse:
    found = course_called(slug)
    context = {
        "course": found,
        "draft": draft_of(found),
        "current": current_of(found),
        "versions": found.versions.published().select_related("published_by").order_by("-number"),
        "needed_because": needed_because(found),
        "is_package": hasattr(current_of(found), "package"),
    }
    return render(request, "training/writing/course.html", context)


@authors
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    found = course_called(slug)
    form = CourseForm(request.POST or None, facts=facts_of(found))
    back = reverse("writing_course", args=[slug])
    if request.method == "POST" and form.is_valid():
        try:
            change_course(
                by=person_of(request),
                course=found,
                facts=form.facts(),
                seen=form.cleaned_data["seen"],
            )
        except StaleWords as stale:
            return stale_page(request, stale.kept, form.facts(), back)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "The settings are saved.")
            return redirect(back)
    page = FormPage(title="Settings", caption=found.title, button="Save", back=back, done="")
    context = {"page": page, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form_page.html", context, status=status)


@authors
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = course_called(slug)
    try:
        start_version(by=person_of(request), course=found)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("writing_course", slug)
    return redirect("writing_draft", slug)


@authors
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    found = course_called(slug)
    page = FormPage(
        title="Withdraw the draft",
        caption=found.title,
        button="Withdraw the draft",
        button_kind="warning",
        back=reverse("writing_course", args=[slug]),
        done="The draft is withdrawn.",
        warning="Everything in the draft is lost. What is published stays as it is.",
    )
    form = forms.Form(request.POST if request.method == "POST" else None)
    return answer(request, page, form, lambda: withdraw_draft(by=person_of(request), course=found))


@authors
@require_POST
def archive(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = course_called(slug)
    try:
        put_away(by=person_of(request), course=found)
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.error(request, message)
    else:
        messages.success(request, "The course is put away. What people completed stays on record.")
    return redirect("writing_course", slug)


@authors
@require_POST
def unarchive(request: HttpRequest, slug: str) -> HttpResponseBase:
    bring_back(by=person_of(request), course=course_called(slug))
    messages.success(request, "The course is back. People can take it again.")
    return redirect("writing_course", slug)
