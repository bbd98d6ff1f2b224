"""The risk of an account: its assessments, and a new one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import demand, may
from accounts.actions import risk as actions
from accounts.forms.risk import AssessmentForm
from accounts.health import current_assessment
from accounts.models import (
    AccountState,
    Hazard,
    RiskAssessment,
    SocialAccount,
    User,
)
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from accounts.risk.differences import RiskDifference, risk_differences
from accounts.risk.hazard_scores import QUESTIONS, field_of
from accounts.risk.reviews import IN_USE, never_assessed
from accounts.risk.signing_off import explain_signing_off, who_signs_off
from accounts.sections import account_sections, register_sections
from accounts.standing import standing_of
from accounts.views.form_page import is_done
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of

YEAR = timedelta(days=365)
PEOPLE = ("assessed_by", "signed_off_by", "returned_by", "risk_owner")


@permission_required(Permission.SEE_REGISTER)
def risk(request: HttpRequest, account_id: int) -> HttpResponse:
    """Every assessment of the account, the newest first, and how that differs from the last one."""
    reader = person_of(request)
    found = visible_account(reader, account_id)
    made = list(found.risk_assessments.all())
    newest = made[0] if made else None
    is_open = found.state != AccountState.CLOSED
    context = {
        "account": found,
        "sections": account_sections(found, reader, "risk"),
        "standing": standing_of(found),
        "newest": newest,
        "earlier": made[1:],
        "differences": differences_of(newest),
        "may_assess": is_open and may(reader, Permission.ASSESS_RISK, on=found),
        **(_sign_off(reader, newest) if newest and is_open else {}),
    }
    return render(request, "accounts/risk/risk.html", context)


@permission_required(Permission.SEE_REGISTER)
def one_assessment(request: HttpRequest, account_id: int, assessment_id: int) -> HttpResponse:
    """What an assessment said at its time, and how it differed from the one before it."""
    found = visible_account(person_of(request), account_id)
    assessment = get_object_or_404(whole_assessments(found), pk=assessment_id)
    context = {
        "account": found,
        "assessment": assessment,
        "differences": differences_of(assessment),
    }
    return render(request, "accounts/risk/assessment.html", context)


@permission_required(Permission.ASSESS_RISK)
def assess(request: HttpRequest, account_id: int) -> HttpResponse:
    """A new assessment, begun with what the newest one says."""
    by = person_of(request)
    found = visible_account(by, account_id)
    demand(by, Permission.ASSESS_RISK, on=found)
    hazards = list(Hazard.objects.in_use())
    newest = whole_assessments(found).first()
    form = AssessmentForm(
        request.POST or None,
        hazards=hazards,
        in_use=found.state in IN_USE,
        initial=_begin_with(found, newest, hazards),
    )
    if is_done(
        request,
        form,
        lambda: actions.assess(by=by, account=found, **form.given()),
        said="The assessment is saved. Somebody else signs it off.",
    ):
        return HttpResponseRedirect(reverse("risk", args=[found.pk]))
    context = {
        "account": found,
        "form": form,
        "returned": newest if newest and newest.returned_at else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/risk/assess.html", context, status=status)


@permission_required(Permission.ASSESS_RISK)
def retrospective(request: HttpRequest) -> HttpResponse:
    """Accounts in use of which no assessment is signed, as far as the reader may assess them."""
    reader = person_of(request)
    within = accounts_within_reach(reader, Permission.ASSESS_RISK)
    rows = never_assessed(within).select_related("owner").prefetch_related("risk_assessments")
    page = page_of(rows, ("name", "id"), request.GET)
    sections = register_sections(reader, "risk_retrospective")
    context = {"page": page, "sections": sections}
    return render(request, "accounts/risk/retrospective.html", context)


def visible_account(reader: User, account_id: int) -> SocialAccount:
    """The account with its assessments, if the reader may see it; else it is not found."""
    rows = SocialAccount.objects.visible_to(reader).select_related("owner", "credential")
    assessments = Prefetch("risk_assessments", RiskAssessment.objects.select_related(*PEOPLE))
    rows = rows.defer("credential__ciphertext").prefetch_related(assessments)
    return get_object_or_404(rows, pk=account_id)


def differences_of(assessment: RiskAssessment | None) -> list[RiskDifference]:
    """Against the newest signed one before it."""
    if assessment is None:
        return []
    before = whole_assessments(assessment.account).filter(signed_off_at__isnull=False)
    before = before.exclude(pk=assessment.pk).filter(assessed_at__lte=assessment.assessed_at)
    last = before.first()
    return risk_differences(last, assessment) if last else []


def whole_assessments(account: SocialAccount) -> QuerySet[RiskAssessment]:
    """The account's, the newest first, each with all that stands in it."""
    rows = RiskAssessment.objects.filter(account=account)
    return rows.select_related("account", *PEOPLE).prefetch_related("hazards")


def _sign_off(reader: User, newest: RiskAssessment) -> dict[str, Any]:
    """Whether the reader can decide about it, and if not, who can."""
    if newest.signed_off_at or newest.returned_at:
        return {}
    allowed = explain_signing_off(reader, newest).allowed
    return {"may_sign_off": allowed, "signers": "" if allowed else who_signs_off(newest)}


def _begin_with(
    account: SocialAccount, newest: RiskAssessment | None, hazards: list[Hazard]
) -> dict[str, Any]:
    """The newest assessment's scores and words; a year to the review."""
    said: dict[str, Any] = {
        "review_on": timezone.localdate() + YEAR,
        "risk_owner": account.owner_id,
        "is_retrospective": current_assessment(account) is None,
        **{field_of("controls", hazard): hazard.usual_controls for hazard in hazards},
    }
    if newest is None:
        return said
    for name in ("likelihood", "impact", "summary", "controls"):
        said[name] = getattr(newest, name)
    if newest.risk_owner and newest.risk_owner.is_employed():
        said["risk_owner"] = newest.risk_owner_id
    scored = {each.hazard_id: each for each in newest.hazards.all()}
    for hazard in hazards:
        if hazard.pk in scored:
            said |= {field_of(q, hazard): getattr(scored[hazard.pk], q) for q in QUESTIONS}
    return said
