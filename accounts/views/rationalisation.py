"""Rationalisation: the rounds, one round with its accounts, and the decision on one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.actions import rationalising as actions
from accounts.forms.rationalisation import EndForm, RoundFilter, RoundForm
from accounts.housekeeping.findings import with_all_findings
from accounts.housekeeping.rationalisation import (
    FATE_COLOURS,
    Progress,
    accounts_of,
    in_all,
    progress_by_area,
    with_decisions,
)
from accounts.housekeeping.rationalisation_csv import export_round
from accounts.models import Fate, RationalisationDecision, RationalisationRound, SocialAccount
from accounts.permissions import Permission
from accounts.sections import register_sections
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.downloads import csv_download
from pages.keyset import page_of
from pages.selected import selected_filters, without_place

ORDER = ("name", "id")
AREA_COLUMNS = (
    "Area",
    *({"label": label, "number": True} for label in ("Accounts", *Fate.labels, "Not decided")),
)
DECIDED, DONE = {"label": "Decided", "number": True}, {"label": "Done", "number": True}


@permission_required(Permission.RATIONALISE)
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, those that are open first."""
    done = Count("decisions", filter=Q(decisions__done_at__isnull=False))
    rows = RationalisationRound.objects.select_related("opened_by", "closed_by")
    counted = rows.annotate(decided=Count("decisions"), done=done)
    made = list(counted.order_by("-opened_at", "-pk"))
    context = {
        "sections": register_sections(person_of(request), "rationalisation"),
        "open_rounds": [each for each in made if not each.closed_at],
        "ended": [each for each in made if each.closed_at],
        "open_columns": ("Round", "To be decided by", DECIDED, DONE, "Begun"),
        "ended_columns": ("Round", DECIDED, DONE, "Ended"),
        "today": timezone.localdate(),
    }
    return render(request, "accounts/rationalisation/rounds.html", context)


@permission_required(Permission.RATIONALISE)
def begin(request: HttpRequest) -> HttpResponse:
    form = RoundForm(request.POST or None)
    page = FormPage(
        title="Begin a rationalisation",
        lead="Every account in use is looked at, and kept, fixed, merged or closed.",
        button="Begin",
        back=reverse("rationalisation"),
        on=_page_of,
        done="The round has begun.",
    )
    by = person_of(request)
    return answer(request, page, form, lambda: actions.open_round(by=by, **form.cleaned_data))


@permission_required(Permission.RATIONALISE)
def one_round(request: HttpRequest, round_id: int) -> HttpResponse:
    """How far it is, in all and by area, and its accounts with what was decided and found."""
    found = get_object_or_404(RationalisationRound, pk=round_id)
    chosen, rows = _chosen(request, found)
    page = page_of(
        with_decisions(rows.select_related("service_area", "owner"), found), ORDER, request.GET
    )
    areas = progress_by_area(found)
    total = in_all(areas)
    context = {
        "round": found,
        "sections": register_sections(person_of(request), "rationalisation"),
        "form": chosen.form,
        "selected": selected_filters(chosen.form, request.GET),
        "query": without_place(request.GET),
        "page": page,
        "rows": [
            (account, rules, _decision(account))
            for account, rules in with_all_findings(list(page.rows))
        ],
        "areas": areas,
        "area_columns": AREA_COLUMNS,
        "total": total,
        "words_decided": f"{total.decided:,} of {total.accounts:,} decided",
        "words_done": f"{total.done:,} of {total.decided:,} done",
        "message": _message(total),
        "is_overdue": not found.closed_at and found.due_on < timezone.localdate(),
    }
    return render(request, "accounts/rationalisation/round.html", context)


@permission_required(Permission.RATIONALISE)
def round_csv(request: HttpRequest, round_id: int) -> StreamingHttpResponse:
    found = get_object_or_404(RationalisationRound, pk=round_id)
    chosen, rows = _chosen(request, found)
    words = {each.category: each.text for each in selected_filters(chosen.form, request.GET)}
    pieces = export_round(rows, found, by=person_of(request), chosen=words)
    return csv_download(pieces, f"rationalisation-{timezone.localdate().isoformat()}.csv")


@permission_required(Permission.RATIONALISE)
def end(request: HttpRequest, round_id: int) -> HttpResponse:
    found = get_object_or_404(RationalisationRound, pk=round_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    page = FormPage(
        title="End the round",
        caption=found.name,
        lead="Nothing is decided in it any more. What was decided can still be recorded as done.",
        button="End the round",
        button_kind="warning",
        back=_page_of(found),
        done="The round has ended.",
    )
    by = person_of(request)
    return answer(
        request, page, form, lambda: actions.end_round(by=by, round_=found, **form.cleaned_data)
    )


@require_POST
@permission_required(Permission.RATIONALISE)
def done(request: HttpRequest, round_id: int, account_id: int) -> HttpResponse:
    """What was decided of one account is carried out."""
    by = person_of(request)
    found = get_object_or_404(RationalisationRound, pk=round_id)
    account = get_object_or_404(SocialAccount.objects.on_register(by), pk=account_id)
    decision = get_object_or_404(found.decisions.filter(account=account))
    try:
        actions.mark_done(by=by, decision=decision)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"Recorded as done: {decision}.")
    return HttpResponseRedirect(_page_of(found))


def _chosen(
    request: HttpRequest, round_: RationalisationRound
) -> tuple[RoundFilter, QuerySet[Any]]:
    """The filters as asked for, and the accounts within: none while a filter is wrong."""
    rows = accounts_of(round_)
    chosen = RoundFilter(request.GET, queryset=rows, request=request)
    return chosen, chosen.qs if chosen.is_valid() else rows.none()


def _decision(account: Any) -> tuple[RationalisationDecision, str] | None:
    """With the colour of its tag."""
    return next(((each, FATE_COLOURS[each.fate]) for each in account.decided), None)


def _message(total: Progress) -> str:
    """What the picture shows, in a sentence."""
    leave = total.merge + total.close
    return f"Of {total.accounts:,}, {total.keep + total.fix:,} stay and {leave:,} go so far."


def _page_of(found: Any) -> str:
    return reverse("rationalisation_round", args=[found.pk])
