"""People: the list, one person, and changing them."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.actions import people as actions
from accounts.forms.people import PersonForm
from accounts.left_behind import left_behind
from accounts.models import CorporateGrant, User
from accounts.people_filter import PersonFilter
from accounts.permissions import Permission
from accounts.reasons import held_by, rights_of
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from pages.selected import selected_filters

ORDER = ("name", "id")


@permission_required(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, by name."""
    in_force = Prefetch("corporate_grants", CorporateGrant.objects.in_force(), to_attr="roles")
    rows = User.objects.select_related("service_area").prefetch_related(in_force)
    chosen = PersonFilter(request.GET, queryset=rows)
    page = page_of(chosen.qs if chosen.is_valid() else rows.none(), ORDER, request.GET)
    context = {
        "form": chosen.form,
        "selected": selected_filters(chosen.form, request.GET),
        "page": page,
    }
    return render(request, "accounts/people.html", context)


@permission_required(Permission.MANAGE_PEOPLE)
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person with their roles."""
    rows = User.objects.select_related("service_area", "manager")
    found = get_object_or_404(rows, pk=person_id)
    held = held_by(found)
    context = {
        "person": found,
        "held": held,
        "team": found.team.employed().order_by("name"),
        "is_oneself": found == person_of(request),
        "rights": rights_of(found, held),
        "left_behind": left_behind(found) if found.employed_until else None,
    }
    return render(request, "accounts/person.html", context)


@permission_required(Permission.MANAGE_PEOPLE)
def add(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    page = FormPage(
        title="Add a person",
        button="Add person",
        back=reverse("people"),
        done=_how_they_sign_in(form),
    )
    return answer(
        request, page, form, lambda: actions.add_person(by=person_of(request), **form.cleaned_data)
    )


def _how_they_sign_in(form: PersonForm) -> str:
    if str(form.data.get("email", "")).strip():
        return "Added. They choose a password by “Forgotten your password?” on the sign-in page."
    return "Added. HR or the line manager gives them a code for the shared terminal."


@permission_required(Permission.MANAGE_PEOPLE)
def change(request: HttpRequest, person_id: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person_id)
    form = PersonForm(
        request.POST or None,
        initial={name: getattr(found, name) for name in PersonForm.base_fields},
    )
    page = FormPage(
        title="Change details",
        caption=found.name,
        button="Save",
        back=reverse("person", args=[found.pk]),
        done="The details are changed.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.change_person(by=person_of(request), person=found, **form.cleaned_data),
    )
