"""Wards, and days that are no working days."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from publishing.actions import wards as actions
from publishing.forms.elections import NonWorkingDayForm, WardForm
from publishing.models import NonWorkingDay, Ward


@permission_required(Permission.RUN_ELECTIONS)
def wards(request: HttpRequest) -> HttpResponse:
    context = {
        "wards": Ward.objects.prefetch_related("accounts"),
        "days": NonWorkingDay.objects.order_by("-on"),
    }
    return render(request, "publishing/elections/wards.html", context)


@permission_required(Permission.RUN_ELECTIONS)
def new_ward(request: HttpRequest) -> HttpResponse:
    form = WardForm(request.POST or None)
    page = FormPage(
        title="Add a ward",
        button="Add ward",
        back=reverse("wards"),
        done="The ward is added.",
    )
    return answer(
        request, page, form, lambda: actions.add_ward(by=person_of(request), **form.cleaned_data)
    )


@permission_required(Permission.RUN_ELECTIONS)
def change_ward(request: HttpRequest, pk: int) -> HttpResponse:
    ward = get_object_or_404(Ward, pk=pk)
    kept = {"name": ward.name, "accounts": ward.accounts.all()}
    form = WardForm(request.POST or None, initial=kept)
    page = FormPage(
        title="Change a ward", button="Save", back=reverse("wards"), done="The ward is changed."
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.change_ward(ward_id=pk, by=person_of(request), **form.cleaned_data),
    )


@permission_required(Permission.RUN_ELECTIONS)
def new_day(request: HttpRequest) -> HttpResponse:
    form = NonWorkingDayForm(request.POST or None)
    page = FormPage(
        title="Add a day that is no working day",
        button="Add day",
        back=reverse("wards"),
        done="The day is added. Look at the suggested days of coming periods again.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.add_non_working_day(by=person_of(request), **form.cleaned_data),
    )
