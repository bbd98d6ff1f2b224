"""Checking an account against a checklist: answers with their proof, and facts of its safety."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.actions.details import keep_details
from accounts.checklists import BRANDING, NOT_CHECKED, Item
from accounts.lengths import refuse_too_long
from accounts.models import AccountState, ChecklistAnswer, SocialAccount, User
from accounts.permissions import Permission
from accounts.register.facts import Details
from audit.catalogue import Event
from audit.record import record

Before = dict[str, object] | None
"""What an answer said before; None for the first."""


@transaction.atomic
def answer_check(
    *, by: User | None, account: SocialAccount, item: Item, is_met: bool, proof: str
) -> ChecklistAnswer:
    """Keep whether `account` meets `item`, and what shows it, or what is to be put right.

    A later answer takes the place of the earlier one, which stays in the audit trail. Raises
    ValidationError without a proof, for an account that is not the council's to check, and for an
    item that follows from facts.
    """
    locked = SocialAccount.objects.select_for_update().get(pk=account.pk)
    if by is not None:
        demand(by, Permission.CHECK_ACCOUNT, on=locked)
    _guard(locked, item, is_met, proof)
    kept, before = put_answer(locked, item, is_met=is_met, proof=proof.strip(), by=by)
    if item == BRANDING:
        locked.branding_checked_on = timezone.localdate() if is_met else None
        locked.save(update_fields=["branding_checked_on"])
    record_answer(kept, item, before, by=by)
    return kept


@transaction.atomic
def record_safety(
    *,
    by: User,
    account: SocialAccount,
    recovery_contact: str,
    two_factor: str,
    two_factor_checked_on: date | None,
    joint_access: str,
    joint_access_on: date | None,
    reason: str,
    seen: str = "",
) -> SocialAccount:
    """What whoever checks an account found out about its safety; see `change_account`."""
    details: Details = {
        "recovery_contact": recovery_contact,
        "two_factor": two_factor,
        "two_factor_checked_on": two_factor_checked_on,
        "joint_access": joint_access,
        "joint_access_on": joint_access_on,
    }
    needs = Permission.CHECK_ACCOUNT
    return keep_details(
        by=by, account=account, needs=needs, reason=reason, seen=seen, details=details
    )


def answer_checks(
    *, by: User | None, account: SocialAccount, proofs: Sequence[tuple[Item, str]]
) -> None:
    """Several items that are met, each with its proof; what has no proof stays unanswered."""
    for item, proof in proofs:
        if proof:
            answer_check(by=by, account=account, item=item, is_met=True, proof=proof)


def put_answer(
    account: SocialAccount, item: Item, *, is_met: bool, proof: str, by: User | None
) -> tuple[ChecklistAnswer, Before]:
    """The row of a locked account with the new answer, and what it said before; to be recorded."""
    there = account.checklist_answers.filter(checklist=item.checklist, item=item.key).first()
    before = {"met": there.is_met, "proof": there.proof} if there else None
    kept = there or ChecklistAnswer(account=account, checklist=item.checklist, item=item.key)
    kept.is_met, kept.proof, kept.by, kept.at = is_met, proof, by, timezone.now()
    refuse_too_long(kept)
    kept.save()
    return kept, before


def record_answer(kept: ChecklistAnswer, item: Item, before: Before, *, by: User | None) -> None:
    record(
        Event.CHECK_ANSWERED,
        by=by,
        on=kept.account,
        before=before,
        after={"item": item.question, "met": kept.is_met, "proof": kept.proof},
    )


def _guard(account: SocialAccount, item: Item, is_met: bool, proof: str) -> None:
    if account.state in NOT_CHECKED:
        state = AccountState(account.state).label.lower()
        raise ValidationError(f"{account} is not checked: its state is {state}.")
    if not item.is_asked:
        raise ValidationError(f"“{item.question}” follows from what the register knows.")
    if not proof.strip():
        wrong = "Say what you saw." if is_met else "Say what is to be put right."
        raise ValidationError({"proof": wrong})
