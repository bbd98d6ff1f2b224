"""A draft: what is in it, its settings, how it differs, and publishing it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.forms.refusal import show_refusal
from accounts.views.form_page import FormPage
from accounts.views.permission import person_of
from training.actions.writing.versions import change_version, publish_draft
from training.forms.writing.courses import PublishForm, VersionForm
from training.models import CourseVersion
from training.views.writing.courses import authors
from training.views.writing.found import course_called, current_of, draft_of, no_draft
from training.views.writing.stale import stale_page
from training.writing.comparing import differences
from training.writing.locks import StaleWords
from training.writing.problems import problems_of
from training.writing.words import draft_token, settings_of


@authors
def draft(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = course_called(slug)
    version = draft_of(found)
    if version is None:
        return no_draft(request, found)
    problems = problems_of(version)
    questions = version.questions.select_related("lesson", "taught_in")
    context = {
        "course": found,
        "version": version,
        "lessons": version.lessons.all(),
        "bank": [each for each in questions if each.lesson is None],
        "inside": [each for each in questions if each.lesson],
        "settings": settings_of(version).in_words().items(),
        "obstacles": [each for each in problems if each.blocks],
        "advice": [each for each in problems if not each.blocks],
    }
    return render(request, "training/writing/draft.html", context)


@authors
def draft_settings(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = course_called(slug)
    version = draft_of(found)
    back = reverse("writing_draft", args=[slug])
    if version is None and request.method != "POST":
        return no_draft(request, found)
    form = VersionForm(
        request.POST or None, settings=settings_of(version or CourseVersion(course=found))
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_version(
                by=person_of(request),
                course=found,
                settings=form.settings(),
                seen=form.cleaned_data["seen"],
            )
        except StaleWords as stale:
            return stale_page(request, stale.kept, form.settings(), back)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "The settings of the draft are saved.")
            return redirect(back)
    page = FormPage(title="Quiz and time", caption=found.title, button="Save", back=back, done="")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form_page.html", {"page": page, "form": form}, status=status)


@authors
def changes(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = course_called(slug)
    version = draft_of(found)
    if version is None:
        return no_draft(request, found)
    before = current_of(found)
    context = {
        "course": found,
        "version": version,
        "before": before,
        "differences": differences(before, version) if before else [],
    }
    return render(request, "training/writing/changes.html", context)


@authors
def publish(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = course_called(slug)
    version = draft_of(found)
    if version is None:
        return no_draft(request, found)
    obstacles = [each for each in problems_of(version) if each.blocks]
    form = PublishForm(
        request.POST or None, token=draft_token(version), is_first=version.number == 1
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            published = publish_draft(
                by=person_of(request),
                course=found,
                seen=given["seen"],
                what_changed=given.get("what_changed", ""),
                again_by=given["again_by"],
            )
        except ValidationError as refusal:
            form.data = {**request.POST.dict(), "seen": draft_token(version)}
            show_refusal(form, refusal)
        else:
            messages.success(request, f"Version {published.number} is published.")
            return redirect("writing_course", slug)
    context = {"course": found, "version": version, "form": form, "obstacles": obstacles}
    status = 422 if form.is_bound else 200
    return render(request, "training/writing/publish.html", context, status=status)
