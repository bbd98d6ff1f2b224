"""Giving roles and taking them away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.actions import roles as actions
from accounts.forms.reason import ReasonForm
from accounts.forms.roles import AccountRoleForm, CorporateRoleForm
from accounts.models import User
from accounts.permissions import AccountRole, CorporateRole, Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of


@permission_required(Permission.MANAGE_PEOPLE)
def give_corporate(request: HttpRequest, person_id: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person_id)
    form = CorporateRoleForm(request.POST or None)
    page = FormPage(
        title="Give a corporate role",
        caption=found.name,
        lead="A corporate role holds on every account.",
        button="Give role",
        back=reverse("person", args=[found.pk]),
        done="The role is given.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.grant_corporate_role(
            by=person_of(request), user=found, **form.cleaned_data
        ),
    )


@permission_required(Permission.MANAGE_PEOPLE)
def give_on_account(request: HttpRequest, person_id: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person_id)
    form = AccountRoleForm(request.POST or None, initial=request.GET.dict())
    page = FormPage(
        title="Give a role on an account",
        caption=found.name,
        button="Give role",
        back=reverse("person", args=[found.pk]),
        done="The role is given.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.grant_account_role(by=person_of(request), user=found, **form.cleaned_data),
    )


@permission_required(Permission.MANAGE_PEOPLE)
def take_corporate(request: HttpRequest, person_id: int, grant_id: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person_id)
    grant = get_object_or_404(found.corporate_grants.in_force(), pk=grant_id)
    form = ReasonForm(request.POST or None)
    return answer(
        request,
        _taking(found, grant.get_role_display()),
        form,
        lambda: actions.end_corporate_role(
            by=person_of(request),
            user=found,
            role=CorporateRole(grant.role),
            **form.cleaned_data,
        ),
    )


@permission_required(Permission.MANAGE_PEOPLE)
def take_on_account(request: HttpRequest, person_id: int, grant_id: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person_id)
    grants = found.account_grants.in_force().select_related("account")
    grant = get_object_or_404(grants, pk=grant_id)
    form = ReasonForm(request.POST or None)
    return answer(
        request,
        _taking(found, f"{grant.get_role_display()} of {grant.account}"),
        form,
        lambda: actions.end_account_role(
            by=person_of(request),
            user=found,
            account=grant.account,
            role=AccountRole(grant.role),
            **form.cleaned_data,
        ),
    )


def _taking(person: User, role: str) -> FormPage:
    return FormPage(
        title="Take a role away",
        caption=person.name,
        lead=f"{role}. What it allows ends at once; posts approved with it are held.",
        button="Take role away",
        button_kind="warning",
        back=reverse("person", args=[person.pk]),
        done="The role is taken away.",
    )
