"""Moving an account from state to state, and what each state asks for."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import closing
from accounts.access import demand
from accounts.actions.answerable import check_people
from accounts.health import RiskHealth, risk_health
from accounts.models import AccountState, SocialAccount, User
from accounts.models.social_accounts import ACCOUNT_TRANSITIONS
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record


@transaction.atomic
def move_state(
    *, by: User | None, account: SocialAccount, to: AccountState, reason: str = ""
) -> SocialAccount:
    """Move `account` along `ACCOUNT_TRANSITIONS`.

    Assessed, approved and live need a signed risk assessment in date, live an owner who works
    here; closing and closed that nothing is scheduled any more. Raises ValidationError.
    """
    locked = (
        SocialAccount.objects.select_for_update(of=("self",))
        .select_related("owner")
        .get(pk=account.pk)
    )
    if by is not None:
        demand(by, Permission.MANAGE_ACCOUNTS, on=locked)
    before = AccountState(locked.state)
    if to not in ACCOUNT_TRANSITIONS[before]:
        raise ValidationError(
            f"{locked} is {before.label.lower()} and cannot become {to.label.lower()}."
        )
    _guard_state(locked, to)
    locked.state = to
    locked.save(update_fields=["state"])
    record(
        Event.ACCOUNT_STATE_MOVED,
        by=by,
        on=locked,
        before={"state": before.label.lower()},
        after={"state": to.label.lower()},
        reason=reason,
    )
    return locked


def _guard_state(account: SocialAccount, to: AccountState) -> None:
    if to in (AccountState.ASSESSED, AccountState.APPROVED, AccountState.LIVE):
        health = risk_health(account)
        if health is not RiskHealth.IN_DATE:
            raise ValidationError(
                f"{account} needs a risk assessment that is signed off and in date first"
                f" (now: {health.value.lower()})."
            )
    if to is AccountState.LIVE:
        check_people(account.owner, None)
    if to in (AccountState.CLOSING, AccountState.CLOSED):
        in_the_way = closing.in_the_way(account)
        if in_the_way:
            raise ValidationError([missing.what for missing in in_the_way])
