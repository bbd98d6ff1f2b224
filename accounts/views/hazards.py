"""The template of hazards: reading it, adding to it, changing it, putting it in order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.actions import hazards as actions
from accounts.forms.risk import ChangeHazardForm, HazardForm
from accounts.models import Hazard
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of


@permission_required(Permission.EDIT_HAZARDS)
def hazards(request: HttpRequest) -> HttpResponse:
    """Every hazard in the order of the template, those out of use among them."""
    return render(request, "accounts/hazards.html", {"hazards": Hazard.objects.all()})


@permission_required(Permission.EDIT_HAZARDS)
def add(request: HttpRequest) -> HttpResponse:
    form = HazardForm(request.POST or None)
    page = FormPage(
        title="Add a hazard",
        button="Add hazard",
        back=reverse("hazards"),
        done="The hazard is in the template.",
    )
    return answer(
        request, page, form, lambda: actions.add_hazard(by=person_of(request), **form.cleaned_data)
    )


@permission_required(Permission.EDIT_HAZARDS)
def change(request: HttpRequest, hazard_id: int) -> HttpResponse:
    found = get_object_or_404(Hazard, pk=hazard_id)
    kept = {
        name: getattr(found, name)
        for name in ("name", "description", "usual_controls", "is_in_use")
    }
    form = ChangeHazardForm(request.POST or None, initial=kept)
    page = FormPage(
        title="Change a hazard",
        button="Save",
        back=reverse("hazards"),
        done="The hazard is changed.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.change_hazard(by=person_of(request), hazard=found, **form.cleaned_data),
    )


@permission_required(Permission.EDIT_HAZARDS)
@require_POST
def move(request: HttpRequest, hazard_id: int) -> HttpResponse:
    """One place up or down; the list shows where it is now."""
    found = get_object_or_404(Hazard, pk=hazard_id)
    actions.move_hazard(by=person_of(request), hazard=found, up=request.POST.get("to") == "up")
    return HttpResponseRedirect(reverse("hazards"))
