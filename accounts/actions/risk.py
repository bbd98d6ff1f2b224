"""Risk assessments: one person assesses, another signs off, and a day is set for the review."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.lengths import refuse_too_long
from accounts.models import AccountState, RiskAssessment, SocialAccount, User
from accounts.permissions import Permission
from accounts.reviews import IN_USE
from audit.catalogue import Event
from audit.record import record

LONGEST = timedelta(days=2 * 365 + 1)
"""To the next review."""


@transaction.atomic
def assess(
    *,
    by: User,
    account: SocialAccount,
    likelihood: int,
    impact: int,
    summary: str,
    review_on: date,
    controls: str = "",
    is_retrospective: bool = False,
) -> RiskAssessment:
    """A new assessment of `account`, scored 1 to 5 twice; it counts once it is signed off.

    Made in retrospect: of an account that was in use before. Raises ValidationError.
    """
    locked = SocialAccount.objects.select_for_update().get(pk=account.pk)
    demand(by, Permission.ASSESS_RISK, on=locked)
    if locked.state == AccountState.CLOSED:
        raise ValidationError(f"{locked} is closed.")
    if is_retrospective and locked.state not in IN_USE:
        wrong = "The account is not in use yet, so it is not assessed in retrospect."
        raise ValidationError({"is_retrospective": wrong})
    assessment = RiskAssessment(
        account=locked,
        likelihood=likelihood,
        impact=impact,
        summary=summary.strip(),
        controls=controls.strip(),
        is_retrospective=is_retrospective,
        assessed_by=by,
        review_on=review_on,
    )
    _check(assessment)
    assessment.save()
    record(Event.RISK_ASSESSED, by=by, on=locked, after=_facts(assessment))
    return assessment


@transaction.atomic
def sign_off(*, by: User, assessment: RiskAssessment) -> RiskAssessment:
    """Accept an assessment that somebody else made; from now until its review it counts.

    Only the newest one of an account: what was assessed again since does not count any more.
    """
    # The account first, as `assess` does: nothing newer comes while this one is read.
    account = SocialAccount.objects.select_for_update().get(pk=assessment.account_id)
    locked = (
        RiskAssessment.objects.select_for_update(of=("self",))
        .select_related("account", "assessed_by")
        .get(pk=assessment.pk)
    )
    demand(by, Permission.SIGN_OFF_RISK, on=locked.account)
    if account.state == AccountState.CLOSED:
        raise ValidationError(f"{account} is closed.")
    if locked.signed_off_at:
        raise ValidationError("This assessment is signed off already.")
    if locked.assessed_by_id == by.pk:
        raise ValidationError(
            "Whoever assessed the risk cannot sign it off. Ask another communications officer or"
            " member of the digital team."
        )
    if account.risk_assessments.first() != locked:
        raise ValidationError("The risk was assessed again since. Sign off the newest assessment.")
    locked.signed_off_by = by
    locked.signed_off_at = timezone.now()
    locked.save(update_fields=["signed_off_by", "signed_off_at"])
    record(Event.RISK_SIGNED_OFF, by=by, on=locked.account, after=_facts(locked))
    return locked


def _check(assessment: RiskAssessment) -> None:
    for field in ("likelihood", "impact"):
        if not 1 <= getattr(assessment, field) <= 5:
            raise ValidationError({field: f"The {field} must be a number from 1 to 5."})
    if not assessment.summary:
        raise ValidationError({"summary": "Say what the risk is and what you do about it."})
    today = timezone.localdate()
    if assessment.review_on <= today:
        raise ValidationError({"review_on": "The day of the review must be in the future."})
    if assessment.review_on > today + LONGEST:
        raise ValidationError({"review_on": "The day of the review must be within two years."})
    refuse_too_long(assessment)


def _facts(assessment: RiskAssessment) -> dict[str, object]:
    return {
        "level": assessment.level.label.lower(),
        "likelihood": assessment.likelihood,
        "impact": assessment.impact,
        "review_on": assessment.review_on,
        **({"in_retrospect": True} if assessment.is_retrospective else {}),
    }
