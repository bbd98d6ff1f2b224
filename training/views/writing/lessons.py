"""Writing a lesson: its text with a preview, its pictures, its video."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.forms.refusal import show_refusal
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import person_of
from training.actions.writing.files import add_file
from training.actions.writing.lessons import add_lesson, change_lesson, delete_lesson, move_lesson
from training.forms.writing.lessons import LessonForm
from training.lesson_texts import page_of
from training.models import Course, Lesson
from training.views.writing.courses import authors
from training.views.writing.found import course_called, draft_of, lesson_in, no_draft
from training.views.writing.stale import stale_page
from training.writing.locks import StaleWords
from uploads.refused import UploadRefused


@authors
def new_lesson(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = course_called(slug)
    if draft_of(found) is None and request.method != "POST":
        return no_draft(request, found)
    return _answer(request, found, None, None)


@authors
def lesson(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    found = course_called(slug)
    return _answer(request, found, pk, lesson_in(draft_of(found), pk, request))


def _answer(
    request: HttpRequest, course: Course, pk: int | None, kept: Lesson | None
) -> HttpResponseBase:
    form = LessonForm(request.POST or None, request.FILES or None, course=course, lesson=kept)
    if request.method != "POST":
        return _page(request, course, kept, form)
    do = request.POST.get("do", "save")
    if do == "picture":
        return _page(request, course, kept, _with_picture(request, course, kept, form))
    if do == "preview" or not form.is_valid():
        return _page(request, course, kept, form, 200 if do == "preview" else 422)
    try:
        _save(request, course, pk, form)
    except StaleWords as stale:
        return stale_page(request, stale.kept, form.words(), _draft_page(course))
    except UploadRefused as refused:
        form.refuse_file("video", str(refused))
    except ValidationError as refusal:
        show_refusal(form, refusal)
    else:
        messages.success(request, f"The lesson “{form.words().title}” is saved.")
        return redirect(_draft_page(course))
    return _page(request, course, kept, form, 422)


def _save(request: HttpRequest, course: Course, pk: int | None, form: LessonForm) -> None:
    by, file = person_of(request), form.cleaned_data.get("video")
    video = add_file(by=by, course=course, file=file) if file else None
    if video and not video.is_video:
        raise ValidationError({"video": "This is a picture. Use “Add a picture” for it."})
    words = form.words(video)
    if pk is None:
        add_lesson(by=by, course=course, words=words)
    else:
        seen = form.cleaned_data["seen"]
        change_lesson(by=by, course=course, lesson_id=pk, words=words, seen=seen)


def _with_picture(
    request: HttpRequest, course: Course, kept: Lesson | None, form: LessonForm
) -> LessonForm:
    """The form with the picture at the end of its text, unsaved; or with what is wrong with it."""
    form.is_valid()
    file, words = request.FILES.get("picture"), request.POST.get("picture_words", "").strip()
    for field in set(form.errors) - {"picture"}:
        del form.errors[field]
    if not file:
        form.add_error("picture", "Choose a picture.")
    if not words:
        form.add_error("picture_words", "Say what the picture shows. Then choose it again.")
    if not file or not words:
        return form
    try:
        added = add_file(by=person_of(request), course=course, file=file)
    except UploadRefused as refused:
        form.refuse_file("picture", str(refused))
        return form
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return form
    if added.is_video:
        form.add_error("picture", "This is a video. Choose it under “Video”.")
        return form
    messages.info(request, "The picture stands at the end of your text. Move it, then save.")
    typed = request.POST.copy()
    plain = words.replace("[", "(").replace("]", ")").replace("\n", " ")
    typed["text"] = f"{typed.get('text', '').rstrip()}\n\n![{plain}](picture:{added.pk})\n"
    typed["picture_words"] = ""
    again = LessonForm(typed, course=course, lesson=kept)
    again.is_valid()
    again.errors.clear()
    return again


def _page(
    request: HttpRequest, course: Course, kept: Lesson | None, form: LessonForm, status: int = 200
) -> HttpResponse:
    """What is wrong with a form is never a success, whatever was asked of it."""
    context = {
        "course": course,
        "lesson": kept,
        "form": form,
        "page": page_of(str(form["text"].value() or ""), course),
    }
    if form.is_bound and form.errors:
        status = 422
    return render(request, "training/writing/lesson.html", context, status=status)


@authors
@require_POST
def preview_text(request: HttpRequest, slug: str) -> HttpResponse:
    """The part of the page that shows how the typed text will look."""
    found = course_called(slug)
    page = page_of(request.POST.get("text", "")[:100_000], found)
    return render(request, "training/writing/text_preview.html", {"page": page})


@authors
@require_POST
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    found = course_called(slug)
    try:
        move_lesson(
            by=person_of(request), course=found, lesson_id=pk, up=request.POST.get("to") == "up"
        )
    except ValidationError:
        return no_draft(request, found)
    return redirect(f"{_draft_page(found)}#lessons")


@authors
def delete(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    found = course_called(slug)
    kept = lesson_in(draft_of(found), pk, request)
    page = FormPage(
        title="Delete the lesson",
        caption=kept.title if kept else "",
        button="Delete",
        button_kind="warning",
        back=f"{_draft_page(found)}#lessons",
        done="The lesson is deleted from the draft.",
        warning=(
            "The questions inside it are deleted too. Questions of the quiz that send people to it"
            " stay, and name no lesson. What is published stays as it is."
        ),
    )
    form = forms.Form(request.POST if request.method == "POST" else None)
    by = person_of(request)
    return answer(request, page, form, lambda: delete_lesson(by=by, course=found, lesson_id=pk))


def _draft_page(course: Course) -> str:
    return reverse("writing_draft", args=[course.slug])
