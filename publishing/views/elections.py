"""Election periods: the list, one period, and the forms that enter, change and cancel one."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.forms.refusal import show_refusal
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from publishing.actions import elections as actions
from publishing.elections.packs import pack_of
from publishing.elections.waiting import election_checks_for
from publishing.elections.working_days import reckon
from publishing.forms.elections import CancelForm, NamesForm, PeriodForm
from publishing.models import ElectionPeriod, NameKind, Nation, PollKind
from publishing.views.answers import answering

MOST_SHOWN = 200


@permission_required(Permission.RUN_ELECTIONS)
def elections(request: HttpRequest) -> HttpResponse:
    """Periods that run or come, those that are over, and what waits for the Monitoring Officer."""
    today = timezone.localdate()
    periods = list(ElectionPeriod.objects.prefetch_related("wards")[:MOST_SHOWN])
    coming = [each for each in periods if each.poll_on >= today and each.cancelled_at is None]
    context = {
        "coming": coming,
        "over": [each for each in periods if each not in coming],
        "waiting": election_checks_for(person_of(request)),
    }
    return render(request, "publishing/elections/list.html", context)


@permission_required(Permission.RUN_ELECTIONS)
def show_period(request: HttpRequest, pk: int) -> HttpResponse:
    period = _period(pk)
    names = list(period.names.all())
    context = {
        "period": period,
        "reckoned": reckon(period.poll_on, Nation(period.nation), PollKind(period.kind)),
        "pack": pack_of(period.nation),
        "names": [
            (kind.label, [each.name for each in names if each.kind == kind]) for kind in NameKind
        ],
        "reviews": period.reviews.select_related(
            "post__author", "post__version", "decided_by", "period"
        ).order_by("outcome", "pk")[:MOST_SHOWN],
    }
    return render(request, "publishing/elections/period.html", context)


@permission_required(Permission.RUN_ELECTIONS)
def new_period(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@permission_required(Permission.RUN_ELECTIONS)
@answering
def change_period(request: HttpRequest, pk: int) -> HttpResponse:
    return _form(request, _period(pk))


@permission_required(Permission.RUN_ELECTIONS)
def names(request: HttpRequest, pk: int) -> HttpResponse:
    period = _period(pk)
    there = list(period.names.all())
    kept = {
        kind.value: "\n".join(each.name for each in there if each.kind == kind) for kind in NameKind
    }
    form = NamesForm(request.POST or None, initial=kept)
    page = FormPage(
        title="Names in this period",
        caption=period.name,
        button="Save names",
        back=reverse("election", args=[pk]),
        done="The names are kept.",
        lead="A post that has one of these names needs the Monitoring Officer’s check.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.keep_names(period_id=pk, names=form.names, by=person_of(request)),
    )


@permission_required(Permission.RUN_ELECTIONS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    period = _period(pk)
    form = CancelForm(request.POST or None)
    page = FormPage(
        title="Cancel this election period",
        caption=period.name,
        button="Cancel the period",
        button_kind="warning",
        back=reverse("election", args=[pk]),
        done="The election period is cancelled.",
        lead="Posts need the Monitoring Officer’s check because of it no more.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.cancel_period(
            period_id=pk, reason=form.cleaned_data["reason"], by=person_of(request)
        ),
    )


def _form(request: HttpRequest, period: ElectionPeriod | None) -> HttpResponse:
    form = PeriodForm(request.POST or None, initial=_kept(period))
    reckoned = None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        reckoned = reckon(given["poll_on"], Nation(given["nation"]), PollKind(given["kind"]))
        if given["notice_on"] is not None:
            try:
                return redirect("election", pk=_write(request, form, period).pk)
            except ValidationError as refusal:
                show_refusal(form, refusal)
        else:
            typed = request.POST.copy()
            typed["notice_on"] = f"{reckoned.latest:%d/%m/%Y}"
            form = PeriodForm(typed)
    context = {"form": form, "period": period, "reckoned": reckoned}
    status = 422 if form.errors else 200
    return render(request, "publishing/elections/form.html", context, status=status)


def _write(request: HttpRequest, form: PeriodForm, period: ElectionPeriod | None) -> ElectionPeriod:
    by = person_of(request)
    if period is None:
        return actions.enter_period(details=form.details, by=by, key=form.cleaned_data["key"])
    return actions.change_period(period_id=period.pk, details=form.details, by=by)


def _kept(period: ElectionPeriod | None) -> dict[str, Any]:
    if period is None:
        return {"key": uuid.uuid4()}
    names = ("name", "nation", "kind", "poll_on", "notice_on", "notes")
    kept = {name: getattr(period, name) for name in names}
    return {**kept, "wards": period.wards.all(), "topics": period.topics.all()}


def _period(pk: int) -> ElectionPeriod:
    return get_object_or_404(ElectionPeriod.objects.prefetch_related("wards", "topics"), pk=pk)
