"""Training records: who completed what, for HR and for line managers; and recording more."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from pages.numbers import whole_number
from training.actions.attendance import record_attendance
from training.forms.records import CompletionForm
from training.models import Completion, Course
from training.people import kept_people_seen_by
from training.sections import training_sections

Row = TypeVar("Row", bound=Model)
ORDER = ("-completed_on", "-id")


@permission_required(Permission.SEE_TRAINING_RECORDS)
def records(request: HttpRequest) -> HttpResponse:
    """The newest first: everybody's for HR, their team's for a line manager."""
    me = person_of(request)
    rows = Completion.objects.visible_to(me).select_related("user", "course", "recorded_by")
    context = {
        "sections": training_sections(me, "training_records"),
        "page": page_of(rows, ORDER, request.GET),
        "may_record": may(me, Permission.RECORD_TRAINING),
    }
    return render(request, "training/records.html", context)


@permission_required(Permission.RECORD_TRAINING)
def add(request: HttpRequest) -> HttpResponse:
    """`?person=` and `?course=`, as links to it have them, are filled in already."""
    person = _named(request, "person", User.objects.employed())
    course = _named(request, "course", Course.objects.all())
    form = CompletionForm(
        request.POST or None,
        request.FILES or None,
        initial={"person": person, "course": course},
    )
    seen = person and kept_people_seen_by(person_of(request)).filter(pk=person.pk).exists()
    page = FormPage(
        title="Record a completed course",
        button="Record",
        back=reverse("training_person", args=[person.pk])
        if person and seen
        else reverse("training_records"),
        done=_how_many(form),
    )

    def record() -> object:
        try:
            return record_attendance(by=person_of(request), **form.cleaned_data)
        except ValidationError:
            form.ask_for_the_file_again()
            raise

    if form.is_bound and not form.is_valid():
        form.ask_for_the_file_again()
    return answer(request, page, form, record)


def _named(request: HttpRequest, name: str, rows: QuerySet[Row]) -> Row | None:
    key = whole_number(request.GET.get(name, ""))
    return None if key is None else rows.filter(pk=key).first()


def _how_many(form: CompletionForm) -> str:
    people = len(form.cleaned_data["people"]) if form.is_bound and form.is_valid() else 1
    return "The completion is recorded." if people == 1 else f"{people} completions are recorded."
