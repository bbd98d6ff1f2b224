"""Training records: who completed what, for HR and for line managers; and recording more."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import may
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from training.actions.attendance import record_attendance
from training.forms.records import CompletionForm
from training.models import Completion
from training.sections import training_sections

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
    form = CompletionForm(request.POST or None, request.FILES or None)
    page = FormPage(
        title="Record a completed course",
        button="Record",
        back=reverse("training_records"),
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


def _how_many(form: CompletionForm) -> str:
    people = len(form.cleaned_data["people"]) if form.is_bound and form.is_valid() else 1
    return "The completion is recorded." if people == 1 else f"{people} completions are recorded."
