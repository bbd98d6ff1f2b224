"""An assessment that somebody else made: read it, then sign it off or return it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.access import NotAllowed
from accounts.actions import risk as actions
from accounts.forms.risk import ReturnForm
from accounts.models import RiskAssessment, SocialAccount, User
from accounts.permissions import Permission
from accounts.risk.signing_off import explain_signing_off, who_signs_off
from accounts.views.form_page import FormPage, answer, is_done
from accounts.views.permission import permission_required, person_of
from accounts.views.risk import differences_of, visible_account, whole_assessments


@permission_required(Permission.SIGN_OFF_RISK, Permission.SIGN_OFF_LOW_RISK)
def sign_off(request: HttpRequest, account_id: int, assessment_id: int) -> HttpResponse:
    by = person_of(request)
    account, assessment = _to_decide(by, account_id, assessment_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if is_done(
        request,
        form,
        lambda: actions.sign_off(by=by, assessment=assessment),
        said="The assessment is signed off.",
    ):
        return HttpResponseRedirect(reverse("risk", args=[account.pk]))
    context = {
        "account": account,
        "assessment": assessment,
        "differences": differences_of(assessment),
        "form": form,
        "is_own": assessment.assessed_by_id == by.pk,
        "signers": who_signs_off(assessment),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/risk/sign_off.html", context, status=status)


@permission_required(Permission.SIGN_OFF_RISK, Permission.SIGN_OFF_LOW_RISK)
def return_assessment(request: HttpRequest, account_id: int, assessment_id: int) -> HttpResponse:
    by = person_of(request)
    account, assessment = _to_decide(by, account_id, assessment_id)
    page = FormPage(
        title="Return the risk assessment",
        caption=account.name,
        lead=f"{assessment.assessed_by.name} reads why, and begins the next one from this one.",
        button="Return it",
        back=reverse("risk", args=[account.pk]),
        done=f"The assessment is returned to {assessment.assessed_by.name}.",
    )
    form = ReturnForm(request.POST or None)
    return answer(
        request,
        page,
        form,
        lambda: actions.return_to_assessor(by=by, assessment=assessment, **form.cleaned_data),
    )


def _to_decide(
    by: User, account_id: int, assessment_id: int
) -> tuple[SocialAccount, RiskAssessment]:
    """Raise NotAllowed unless `by` may decide about it, or made it and is told who may."""
    account = visible_account(by, account_id)
    assessment = get_object_or_404(whole_assessments(account), pk=assessment_id)
    explanation = explain_signing_off(by, assessment)
    if not explanation.allowed and assessment.assessed_by_id != by.pk:
        raise NotAllowed(explanation)
    return account, assessment
