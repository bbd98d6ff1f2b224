"""Adding an account to the register, and changing what stands there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.actions.answerable import change_owner
from accounts.actions.details import change_account
from accounts.actions.register import register_account
from accounts.forms.register import ChangeAccountForm, ChangeAnswerableForm, NewAccountForm
from accounts.health import credential_of
from accounts.models import SocialAccount
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of


@permission_required(Permission.MANAGE_ACCOUNTS)
def add(request: HttpRequest) -> HttpResponse:
    form = NewAccountForm(request.POST or None)
    page = FormPage(
        title="Add an account",
        lead="An account of the council begins as requested. One of a partner is watched only.",
        button="Add account",
        back=reverse("accounts"),
        on=_page_of,
        done="The account is on the register.",
    )
    return answer(
        request,
        page,
        form,
        lambda: register_account(by=person_of(request), **form.facts()),
    )


@permission_required(Permission.MANAGE_ACCOUNTS)
def change(request: HttpRequest, account_id: int) -> HttpResponse:
    found = _account(request, account_id)
    form = ChangeAccountForm(
        request.POST or None, found, is_connected=credential_of(found) is not None
    )
    page = FormPage(
        title="Change details",
        caption=str(found),
        button="Save",
        back=_page_of(found),
        done="The details are changed.",
    )
    return answer(
        request,
        page,
        form,
        lambda: change_account(by=person_of(request), account=found, **form.facts()),
    )


@permission_required(Permission.MANAGE_ACCOUNTS)
def people(request: HttpRequest, account_id: int) -> HttpResponse:
    found = _account(request, account_id)
    form = ChangeAnswerableForm(
        request.POST or None, initial={"owner": found.owner_id, "deputy": found.deputy_id}
    )
    page = FormPage(
        title="Change owner and deputy",
        caption=str(found),
        lead="Both hold the site owner’s rights on this account, from the moment you save.",
        button="Save",
        back=_page_of(found),
        done="The owner and the deputy are kept.",
    )
    return answer(
        request,
        page,
        form,
        lambda: change_owner(by=person_of(request), account=found, **form.cleaned_data),
    )


def _account(request: HttpRequest, account_id: int) -> SocialAccount:
    rows = SocialAccount.objects.visible_to(person_of(request))
    rows = rows.select_related("service_area", "owner", "deputy", "credential")
    return get_object_or_404(rows.defer("credential__ciphertext"), pk=account_id)


def _page_of(account: Any) -> str:
    return reverse("account", args=[account.pk])
