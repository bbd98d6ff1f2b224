"""Training records: who completed what, for HR and for line managers; and recording more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import may
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from training.actions.completions import record_completion
from training.forms import CompletionForm
from training.models import Completion

ORDER = ("-completed_on", "-id")


@permission_required(Permission.SEE_TRAINING_RECORDS)
def records(request: HttpRequest) -> HttpResponse:
    """The newest first: everybody's for HR, their team's for a line manager."""
    me = person_of(request)
    rows = Completion.objects.visible_to(me).select_related("user", "course", "recorded_by")
    context = {
        "page": page_of(rows, ORDER, request.GET),
        "may_record": may(me, Permission.RECORD_TRAINING),
    }
    return render(request, "training/records.html", context)


@permission_required(Permission.RECORD_TRAINING)
def add(request: HttpRequest) -> HttpResponse:
    form = CompletionForm(request.POST or None)
    page = FormPage(
        title="Record a completed course",
        button="Record",
        back=reverse("training_records"),
        done="The completion is recorded.",
    )
    return answer(
        request,
        page,
        form,
        lambda: record_completion(by=person_of(request), **form.cleaned_data),
    )
