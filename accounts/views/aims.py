"""The list of strategic aims, and changing it."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.actions import aims as actions
from accounts.forms.register import AimForm, ChangeAimForm
from accounts.models import StrategicAim
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of


@permission_required(Permission.EDIT_AIMS)
def aims(request: HttpRequest) -> HttpResponse:
    """Every aim, those in use first, with the number of accounts that serve it."""
    rows = StrategicAim.objects.annotate(served_by=Count("accounts"))
    return render(request, "accounts/aims.html", {"aims": rows.order_by("-is_in_use", "name")})


@permission_required(Permission.EDIT_AIMS)
def add(request: HttpRequest) -> HttpResponse:
    form = AimForm(request.POST or None)
    page = FormPage(
        title="Add a strategic aim",
        button="Add aim",
        back=reverse("aims"),
        done="The aim is on the list.",
    )
    return answer(
        request, page, form, lambda: actions.add_aim(by=person_of(request), **form.cleaned_data)
    )


@permission_required(Permission.EDIT_AIMS)
def change(request: HttpRequest, aim_id: int) -> HttpResponse:
    found = get_object_or_404(StrategicAim, pk=aim_id)
    form = ChangeAimForm(
        request.POST or None, initial={"name": found.name, "is_in_use": found.is_in_use}
    )
    page = FormPage(
        title="Change a strategic aim",
        button="Save",
        back=reverse("aims"),
        done="The aim is changed.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.change_aim(by=person_of(request), aim=found, **form.cleaned_data),
    )
