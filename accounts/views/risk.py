"""The risk of an account: its assessments, a new one, the sign-off by somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import demand, may
from accounts.actions import risk as actions
from accounts.forms.refusal import show_refusal
from accounts.forms.risk import AssessmentForm
from accounts.health import current_assessment
from accounts.models import AccountState, RiskAssessment, SocialAccount, User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from accounts.reviews import IN_USE, never_assessed
from accounts.risk_differences import risk_differences
from accounts.sections import account_sections, register_sections
from accounts.standing import standing_of
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of

YEAR = timedelta(days=365)


@permission_required(Permission.SEE_REGISTER)
def risk(request: HttpRequest, account_id: int) -> HttpResponse:
    """Every assessment of the account, the newest first, and how that differs from the last one."""
    reader = person_of(request)
    found = _visible(reader, account_id)
    made = list(found.risk_assessments.all())
    newest = made[0] if made else None
    is_open = found.state != AccountState.CLOSED
    context = {
        "account": found,
        "sections": account_sections(found, reader, "risk"),
        "standing": standing_of(found),
        "newest": newest,
        "earlier": made[1:],
        "differences": _differences(newest),
        "may_assess": is_open and may(reader, Permission.ASSESS_RISK, on=found),
        "may_sign_off": is_open and newest is not None and _may_sign_off(reader, newest),
    }
    return render(request, "accounts/risk/risk.html", context)


@permission_required(Permission.ASSESS_RISK)
def assess(request: HttpRequest, account_id: int) -> HttpResponse:
    """A new assessment, begun with what the newest one says."""
    by = person_of(request)
    found = _visible(by, account_id)
    demand(by, Permission.ASSESS_RISK, on=found)
    form = AssessmentForm(
        request.POST or None, initial=_begin_with(found), in_use=found.state in IN_USE
    )
    page = FormPage(
        title="Assess the risk",
        caption=found.name,
        lead="Multiplied, the two scores give the risk. It counts once somebody else signs it off.",
        button="Save assessment",
        back=reverse("risk", args=[found.pk]),
        done="The assessment is saved. Ask somebody else to sign it off.",
    )
    return answer(
        request, page, form, lambda: actions.assess(by=by, account=found, **form.cleaned_data)
    )


@permission_required(Permission.SIGN_OFF_RISK)
def sign_off(request: HttpRequest, account_id: int, assessment_id: int) -> HttpResponse:
    """Read an assessment that somebody else made, and accept it."""
    by = person_of(request)
    found = _visible(by, account_id)
    demand(by, Permission.SIGN_OFF_RISK, on=found)
    assessment = get_object_or_404(found.risk_assessments.all(), pk=assessment_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            actions.sign_off(by=by, assessment=assessment)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "The assessment is signed off.")
            return HttpResponseRedirect(reverse("risk", args=[found.pk]))
    context = {
        "account": found,
        "assessment": assessment,
        "differences": _differences(assessment),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/risk/sign_off.html", context, status=status)


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


def _visible(reader: User, account_id: int) -> SocialAccount:
    rows = SocialAccount.objects.visible_to(reader).select_related("owner", "credential")
    assessments = "risk_assessments__assessed_by", "risk_assessments__signed_off_by"
    rows = rows.defer("credential__ciphertext").prefetch_related(*assessments)
    return get_object_or_404(rows, pk=account_id)


def _may_sign_off(reader: User, newest: RiskAssessment) -> bool:
    is_somebody_elses = not newest.signed_off_at and newest.assessed_by_id != reader.pk
    return is_somebody_elses and may(reader, Permission.SIGN_OFF_RISK, on=newest.account)


def _differences(assessment: RiskAssessment | None) -> list[Any]:
    """Against the newest signed one before it."""
    if assessment is None:
        return []
    before = RiskAssessment.objects.filter(
        account=assessment.account_id, signed_off_at__isnull=False
    ).exclude(pk=assessment.pk)
    last = before.filter(assessed_at__lte=assessment.assessed_at).first()
    return risk_differences(last, assessment) if last else []


def _begin_with(account: SocialAccount) -> dict[str, Any]:
    """The newest assessment's words; a year to the review."""
    said: dict[str, Any] = {"review_on": timezone.localdate() + YEAR}
    made = account.risk_assessments.all()
    if made:
        newest = made[0]
        said |= {
            "likelihood": newest.likelihood,
            "impact": newest.impact,
            "summary": newest.summary,
            "controls": newest.controls,
        }
    return said | {"is_retrospective": current_assessment(account) is None}
