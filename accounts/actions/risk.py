"""Risk assessments: one person assesses, another signs off, and a day is set for the review."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import AccountState, RiskAssessment, SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record


@transaction.atomic
def assess(
    *,
    by: User,
    account: SocialAccount,
    likelihood: int,
    impact: int,
    summary: str,
    review_on: date,
) -> RiskAssessment:
    """A new assessment of `account`, scored 1 to 5 twice; it counts once it is signed off."""
    locked = SocialAccount.objects.select_for_update().get(pk=account.pk)
    demand(by, Permission.ASSESS_RISK, on=locked)
    if locked.state == AccountState.CLOSED:
        raise ValidationError(f"{locked} is closed.")
    for field, score in (("likelihood", likelihood), ("impact", impact)):
        if not 1 <= score <= 5:
            raise ValidationError({field: f"The {field} must be a number from 1 to 5."})
    if not summary.strip():
        raise ValidationError({"summary": "Say what the risk is and what you do about it."})
    if review_on <= timezone.localdate():
        raise ValidationError({"review_on": "The day of the review must be in the future."})
    assessment = RiskAssessment.objects.create(
        account=locked,
        likelihood=likelihood,
        impact=impact,
        summary=summary.strip(),
        assessed_by=by,
        review_on=review_on,
    )
    record(Event.RISK_ASSESSED, by=by, on=locked, after=_facts(assessment))
    return assessment


@transaction.atomic
def sign_off(*, by: User, assessment: RiskAssessment) -> RiskAssessment:
    """Accept an assessment that somebody else made; from now until its review it counts."""
    locked = (
        RiskAssessment.objects.select_for_update(of=("self",))
        .select_related("account", "assessed_by")
        .get(pk=assessment.pk)
    )
    demand(by, Permission.SIGN_OFF_RISK, on=locked.account)
    if locked.signed_off_at:
        raise ValidationError("This assessment is signed off already.")
    if locked.assessed_by_id == by.pk:
        raise ValidationError(
            "Whoever assessed the risk cannot sign it off. Ask another communications officer or"
            " member of the digital team."
        )
    locked.signed_off_by = by
    locked.signed_off_at = timezone.now()
    locked.save(update_fields=["signed_off_by", "signed_off_at"])
    record(Event.RISK_SIGNED_OFF, by=by, on=locked.account, after=_facts(locked))
    return locked


def _facts(assessment: RiskAssessment) -> dict[str, object]:
    return {
        "level": assessment.level.label.lower(),
        "likelihood": assessment.likelihood,
        "impact": assessment.impact,
        "review_on": assessment.review_on,
    }
