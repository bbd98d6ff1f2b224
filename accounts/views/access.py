"""Who has access to an account: now, and on any day; giving a role there, and taking it away."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import demand, may
from accounts.actions import roles as actions
from accounts.forms.access import DayForm
from accounts.forms.reason import ReasonForm
from accounts.forms.roles import ChangeEndForm, GiveRoleForm
from accounts.models import AccountGrant, AccountState, SocialAccount
from accounts.permissions import AccountRole, Permission
from accounts.sections import account_sections
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from accounts.who_has_access.csv_export import export_access
from accounts.who_has_access.on_a_day import who_could_post
from accounts.who_has_access.state_on_a_day import LIVE, states_on
from accounts.who_has_access.today import access_everywhere, access_on, everywhere
from pages.downloads import csv_download


@permission_required(Permission.SEE_ACCESS)
def access(request: HttpRequest, account_id: int) -> HttpResponse:
    """Everybody with access today, through what, since when, from whom and why."""
    reader, found = person_of(request), _account(request, account_id)
    manages = may(reader, Permission.MANAGE_PEOPLE) and found.state != AccountState.CLOSED
    reviews = list(found.access_reviews.all())
    context = {
        "account": found,
        "sections": account_sections(found, reader, "account_access"),
        "rows": access_on(found),
        "everywhere": [(grant, everywhere(grant)) for grant in access_everywhere()],
        "review": next((each for each in reviews if each.closed_at is None), None),
        "was_reviewed": bool(reviews),
        "may_review": may(reader, Permission.REVIEW_ACCESS, on=found),
        "manages_people": manages,
        "reader": reader,
        "form": DayForm(initial={"day": timezone.localdate()}),
    }
    return render(request, "accounts/access/access.html", context)


@permission_required(Permission.SEE_ACCESS)
def on_a_day(request: HttpRequest, account_id: int) -> HttpResponse:
    """Who could post on that day."""
    found = _account(request, account_id)
    form = DayForm(request.GET or None, initial={"day": timezone.localdate()})
    chosen: date | None = form.cleaned_data["day"] if form.is_valid() else None
    states = states_on(found, chosen) if chosen else []
    context = {
        "account": found,
        "sections": account_sections(found, person_of(request), "account_access"),
        "form": form,
        "day": chosen,
        "is_today": chosen == timezone.localdate(),
        "answer": who_could_post(found, chosen) if chosen else None,
        "states": states,
        "was_live": LIVE in states,
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/access/on_a_day.html", context, status=status)


@permission_required(Permission.SEE_ACCESS)
def on_a_day_csv(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """The same as a file; the audit trail says who took it out."""
    found = _account(request, account_id)
    form = DayForm(request.GET)
    if not form.is_valid():
        return on_a_day(request, account_id)
    day = form.cleaned_data["day"]
    pieces = export_access(found, day, by=person_of(request))
    return csv_download(pieces, f"access-{found.pk}-{day.isoformat()}.csv")


@permission_required(Permission.MANAGE_PEOPLE)
def give(request: HttpRequest, account_id: int) -> HttpResponse:
    found = _visible(request, account_id)
    form = GiveRoleForm(request.POST or None)
    page = FormPage(
        title="Give a role on this account",
        caption=str(found),
        lead="It counts at once. Posting also needs training and policies in date.",
        button="Give role",
        back=reverse("account_access", args=[found.pk]),
        done="The role is given.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.grant_account_role(
            by=person_of(request), account=found, **form.cleaned_data
        ),
    )


@permission_required(Permission.MANAGE_PEOPLE)
def change(request: HttpRequest, account_id: int, grant_id: int) -> HttpResponse:
    grant = _grant(request, account_id, grant_id)
    form = ChangeEndForm(request.POST or None, initial={"ends_on": grant.ends_on})
    page = FormPage(
        title="Change the last day",
        caption=f"{grant.user.name}: {grant.get_role_display()} of {grant.account}",
        button="Save",
        back=reverse("account_access", args=[grant.account_id]),
        done="The last day is kept.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.change_end_of_account_role(
            by=person_of(request), grant=grant, **form.cleaned_data
        ),
    )


@permission_required(Permission.MANAGE_PEOPLE)
def take(request: HttpRequest, account_id: int, grant_id: int) -> HttpResponse:
    grant = _grant(request, account_id, grant_id)
    form = ReasonForm(request.POST or None)
    page = FormPage(
        title="Take a role away",
        caption=f"{grant.user.name}: {grant.get_role_display()} of {grant.account}",
        lead="What it allows ends at once; posts approved with it are held.",
        button="Take role away",
        button_kind="warning",
        back=reverse("account_access", args=[grant.account_id]),
        done="The role is taken away.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.end_account_role(
            by=person_of(request),
            user=grant.user,
            account=grant.account,
            role=AccountRole(grant.role),
            **form.cleaned_data,
        ),
    )


def _account(request: HttpRequest, account_id: int) -> SocialAccount:
    """The account, for whoever may see who has access to it."""
    found = _visible(request, account_id)
    demand(person_of(request), Permission.SEE_ACCESS, on=found)
    return found


def _visible(request: HttpRequest, account_id: int) -> SocialAccount:
    rows = SocialAccount.objects.visible_to(person_of(request)).select_related("owner", "deputy")
    return get_object_or_404(rows, pk=account_id)


def _grant(request: HttpRequest, account_id: int, grant_id: int) -> AccountGrant:
    grants = _visible(request, account_id).grants.in_force().select_related("user", "account")
    return get_object_or_404(grants, pk=grant_id)
