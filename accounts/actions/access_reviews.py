"""Access reviews: the owner confirms or removes each person with a role; silence ends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.actions.roles import record_removal
from accounts.models import (
    AccessReview,
    AccountGrant,
    ReviewAnswer,
    ReviewedGrant,
    SocialAccount,
    User,
)
from accounts.permissions import AccountRole, Permission
from audit.catalogue import Event
from audit.record import record

NOT_OWN = "Nobody confirms their own role. The deputy or the digital team answers for it."


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: whether the person keeps the role, and if not, why."""

    reviewed_id: int
    keeps: bool
    reason: str = ""


@transaction.atomic
def answer_review(*, by: User, review: AccessReview, answers: Sequence[Given]) -> AccessReview:
    """Keep these answers, all or none; a removal ends the role at once.

    The review ends when every role is answered for. What was answered before, or ended meanwhile,
    stays as it is: somebody else was quicker. Raises ValidationError, and NotAllowed.
    """
    account, locked = lock_review(review)
    demand(by, Permission.REVIEW_ACCESS, on=account)
    if locked.closed_at:
        ended = timezone.localtime(locked.closed_at)
        raise ValidationError(f"This review ended on {ended:%-d %B %Y}.")
    asked = {
        row.pk: row
        for row in locked.grants.unanswered()
        .select_for_update(of=("self",))
        .select_related("grant__user")
        .order_by("pk")
    }
    for given in answers:
        if given.reviewed_id in asked:
            _answer(by, account, asked[given.reviewed_id], given)
    close_if_answered(account, locked)
    return locked


def lock_review(review: AccessReview) -> tuple[SocialAccount, AccessReview]:
    """The account first, as everywhere, then the review."""
    account = SocialAccount.objects.select_for_update(of=("self",)).get(pk=review.account_id)
    return account, AccessReview.objects.select_for_update().get(pk=review.pk)


def close_if_answered(account: SocialAccount, review: AccessReview) -> bool:
    """End a locked review of which nothing is asked any more."""
    if review.grants.unanswered().exists():
        return False
    now = timezone.now()
    review.grants.filter(answer="").update(answer=ReviewAnswer.ENDED, at=now)
    review.closed_at = now
    review.save(update_fields=["closed_at"])
    answers = list(review.grants.values_list("answer", flat=True))
    found = {str(each): answers.count(each) for each in ReviewAnswer if each in answers}
    record(Event.ACCESS_REVIEW_CLOSED, by=None, on=account, after=found)
    return True


def _answer(by: User, account: SocialAccount, row: ReviewedGrant, given: Given) -> None:
    grant = AccountGrant.objects.select_for_update().in_force().filter(pk=row.grant_id).first()
    if grant is None:
        return
    if given.keeps and grant.user_id == by.pk:
        raise ValidationError({f"keeps_{row.pk}": NOT_OWN})
    reason = given.reason.strip()
    if not given.keeps and not reason:
        raise ValidationError({f"reason_{row.pk}": "Say why the role is removed."})
    row.answer = ReviewAnswer.CONFIRMED if given.keeps else ReviewAnswer.REMOVED
    row.by, row.at, row.reason = by, timezone.now(), reason
    row.save(update_fields=["answer", "by", "at", "reason"])
    role, person = AccountRole(grant.role), row.grant.user
    if given.keeps:
        facts = {"person": person.name, "role": role.label}
        record(Event.ACCESS_CONFIRMED, by=by, on=account, after=facts, reason=reason)
        return
    grant.ended_at, grant.ended_by = timezone.now(), by
    grant.save(update_fields=["ended_at", "ended_by"])
    record_removal(by=by, user=person, account=account, role=role, reason=reason)
