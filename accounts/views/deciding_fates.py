"""The page on which a rationalisation decides about one account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.access import demand
from accounts.actions.rationalising import DecidedMeanwhile, decide
from accounts.forms.rationalisation import DecisionForm
from accounts.forms.refusal import show_refusal
from accounts.housekeeping.findings import findings_for
from accounts.housekeeping.rationalisation import accounts_of, token_of
from accounts.models import RationalisationDecision, RationalisationRound, SocialAccount, User
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of


@permission_required(Permission.RATIONALISE)
def decision(request: HttpRequest, round_id: int, account_id: int) -> HttpResponse:
    """Everything that matters for the decision, the decision there is, and the form."""
    by = person_of(request)
    round_, account = _found(round_id, account_id)
    demand(by, Permission.RATIONALISE, on=account)
    made = round_.decisions.filter(account=account).select_related("merge_into", "by").first()
    form = DecisionForm(request.POST or None, initial=_begin_with(round_, made))
    if request.method == "POST" and form.is_valid() and _decided(by, round_, account, form):
        messages.success(request, f"Decided: {account}.")
        return HttpResponseRedirect(_where_to(request, round_, account))
    context = {
        "round": round_,
        "account": account,
        "decision": made,
        "findings": findings_for(by, account),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/rationalisation/decision.html", context, status=status)


def _decided(
    by: User, round_: RationalisationRound, account: SocialAccount, form: DecisionForm
) -> bool:
    try:
        decide(by=by, round_=round_, account=account, **form.cleaned_data)
    except DecidedMeanwhile as newer:
        show_refusal(form, newer)
        form.look_again(newer.token)
    except ValidationError as refusal:
        show_refusal(form, refusal)
    else:
        return True
    return False


def _found(round_id: int, account_id: int) -> tuple[RationalisationRound, SocialAccount]:
    """Raises Http404 for an account that the round is not about."""
    round_ = get_object_or_404(RationalisationRound, pk=round_id)
    rows = accounts_of(round_).select_related("service_area", "owner", "deputy")
    found: SocialAccount | None = rows.filter(pk=account_id).first()
    if found is None:
        raise Http404
    return round_, found


def _begin_with(
    round_: RationalisationRound, made: RationalisationDecision | None
) -> dict[str, Any]:
    if made is None:
        return {"due_on": round_.due_on, "seen": token_of(None)}
    return {
        "fate": made.fate,
        "merge_into": made.merge_into_id,
        "reason": made.reason,
        "due_on": made.due_on,
        "seen": token_of(made),
    }


def _where_to(request: HttpRequest, round_: RationalisationRound, account: SocialAccount) -> str:
    """Back to the round; or on to the next account that nobody has decided about."""
    if request.POST.get("do") == "next":
        waiting = accounts_of(round_).filter(fate__isnull=True).order_by("name", "pk")
        following = waiting.filter(name__gte=account.name).first() or waiting.first()
        if following:
            return reverse("rationalisation_decision", args=[round_.pk, following.pk])
    return reverse("rationalisation_round", args=[round_.pk])
