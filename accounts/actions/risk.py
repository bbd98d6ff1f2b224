"""Risk assessments: one person assesses, another signs off, and a day is set for the review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import NotAllowed, demand
from accounts.lengths import refuse_too_long
from accounts.models import (
    AccountState,
    AssessedHazard,
    Hazard,
    RiskAssessment,
    SocialAccount,
    User,
)
from accounts.permissions import Permission
from accounts.risk.hazard_scores import HazardScores, refuse_wrong_scores, rows_of, worst_of
from accounts.risk.reviews import IN_USE
from accounts.risk.signing_off import explain_signing_off, who_signs_off
from audit.catalogue import Event
from audit.record import record

LONGEST = timedelta(days=2 * 365 + 1)
"""To the next review."""


@transaction.atomic
def assess(
    *,
    by: User,
    account: SocialAccount,
    summary: str,
    review_on: date,
    hazards: Sequence[HazardScores] = (),
    likelihood: int = 0,
    impact: int = 0,
    controls: str = "",
    risk_owner: User | None = None,
    is_retrospective: bool = False,
) -> RiskAssessment:
    """A new assessment of `account`; it counts once it is signed off.

    Every hazard in use is scored, and the highest residual score is the account's. Without
    hazards (made on paper, or while the template is empty) the two scores are given as a whole.
    Made in retrospect: of an account that was in use before. Raises ValidationError.
    """
    locked = SocialAccount.objects.select_for_update().get(pk=account.pk)
    demand(by, Permission.ASSESS_RISK, on=locked)
    if locked.state == AccountState.CLOSED:
        raise ValidationError(f"{locked} is closed.")
    if is_retrospective and locked.state not in IN_USE:
        wrong = "The account is not in use yet, so it is not assessed in retrospect."
        raise ValidationError({"is_retrospective": wrong})
    if hazards:
        refuse_wrong_scores(hazards, Hazard.objects.in_use())
        worst = worst_of(hazards)
        likelihood, impact = worst.residual_likelihood, worst.residual_impact
    assessment = RiskAssessment(
        account=locked,
        likelihood=likelihood,
        impact=impact,
        summary=summary.strip(),
        controls=controls.strip(),
        is_retrospective=is_retrospective,
        assessed_by=by,
        review_on=review_on,
        risk_owner=risk_owner,
    )
    _check(assessment)
    assessment.save()
    scored = _keep(hazards, assessment)
    record(Event.RISK_ASSESSED, by=by, on=locked, after={**_facts(assessment), **_said_of(scored)})
    return assessment


@transaction.atomic
def sign_off(*, by: User, assessment: RiskAssessment) -> RiskAssessment:
    """Accept an assessment that somebody else made; from now until its review it counts.

    Only the newest one of an account: what was assessed again since does not count any more.
    Raises NotAllowed for whoever may not (`accounts.risk.signing_off`), and ValidationError.
    """
    locked = _lock_undecided(assessment, by)
    locked.signed_off_by = by
    locked.signed_off_at = timezone.now()
    locked.save(update_fields=["signed_off_by", "signed_off_at"])
    record(Event.RISK_SIGNED_OFF, by=by, on=locked.account, after=_facts(locked))
    return locked


@transaction.atomic
def return_to_assessor(*, by: User, assessment: RiskAssessment, reason: str) -> RiskAssessment:
    """Say what the next assessment must put right; this one is never signed off.

    By whoever could have signed it off. Raises NotAllowed and ValidationError.
    """
    locked = _lock_undecided(assessment, by)
    locked.returned_by = by
    locked.returned_at = timezone.now()
    locked.returned_because = reason.strip()
    if not locked.returned_because:
        raise ValidationError({"reason": "Say what has to be put right."})
    refuse_too_long(locked)
    locked.save(update_fields=["returned_by", "returned_at", "returned_because"])
    record(
        Event.RISK_RETURNED,
        by=by,
        on=locked.account,
        after={"assessed_by": locked.assessed_by.name},
        reason=locked.returned_because,
    )
    return locked


def _lock_undecided(assessment: RiskAssessment, by: User) -> RiskAssessment:
    """The newest assessment of its account, which `by` may decide about, locked."""
    # The account first, as `assess` does: nothing newer comes while this one is read.
    account = SocialAccount.objects.select_for_update().get(pk=assessment.account_id)
    locked = (
        RiskAssessment.objects.select_for_update(of=("self",))
        .select_related("account", "assessed_by")
        .get(pk=assessment.pk)
    )
    if locked.assessed_by_id == by.pk:
        raise ValidationError(
            f"Whoever assessed the risk cannot sign it off. Ask {who_signs_off(locked)}."
        )
    explanation = explain_signing_off(by, locked)
    if not explanation.allowed:
        raise NotAllowed(explanation)
    if account.state == AccountState.CLOSED:
        raise ValidationError(f"{account} is closed.")
    if locked.signed_off_at:
        raise ValidationError("This assessment is signed off already.")
    if locked.returned_at:
        raise ValidationError("This assessment was returned. Its author makes a new one.")
    if account.risk_assessments.first() != locked:
        raise ValidationError("The risk was assessed again since. Read the newest assessment.")
    return locked


def _keep(hazards: Sequence[HazardScores], assessment: RiskAssessment) -> list[AssessedHazard]:
    rows = rows_of(hazards)
    for row in rows:
        row.assessment = assessment
    return AssessedHazard.objects.bulk_create(rows)


def _check(assessment: RiskAssessment) -> None:
    for field in ("likelihood", "impact"):
        if not 1 <= getattr(assessment, field) <= 5:
            raise ValidationError({field: f"The {field} must be a number from 1 to 5."})
    if not assessment.summary:
        raise ValidationError({"summary": "Say what the risk is and what you do about it."})
    if assessment.risk_owner and not assessment.risk_owner.is_employed():
        raise ValidationError({"risk_owner": f"{assessment.risk_owner} does not work here."})
    today = timezone.localdate()
    if assessment.review_on <= today:
        raise ValidationError({"review_on": "The day of the review must be in the future."})
    if assessment.review_on > today + LONGEST:
        raise ValidationError({"review_on": "The day of the review must be within two years."})
    refuse_too_long(assessment)


def _facts(assessment: RiskAssessment) -> dict[str, object]:
    owner = assessment.risk_owner
    return {
        "level": assessment.level.label.lower(),
        "likelihood": assessment.likelihood,
        "impact": assessment.impact,
        "review_on": assessment.review_on,
        **({"risk_owner": owner.name} if owner else {}),
        **({"in_retrospect": True} if assessment.is_retrospective else {}),
    }


def _said_of(scored: Sequence[AssessedHazard]) -> dict[str, object]:
    """“Defamation: 12, with the controls 6”, of each."""
    words = [f"{each.name}: {each.score}, with the controls {each.residual}" for each in scored]
    return {"hazards": words} if words else {}
