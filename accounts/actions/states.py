"""Moving an account from state to state, and what each state asks for."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import closing
from accounts.access import demand
from accounts.actions.carried_out import note_closed
from accounts.actions.locking import lock_account
from accounts.checklists import missing_for_live
from accounts.health import RiskHealth, risk_health
from accounts.models import AccountState, SocialAccount, User
from accounts.models.social_accounts import ACCOUNT_TRANSITIONS
from accounts.permissions import Permission
from accounts.requests.lists import is_asked_for
from audit.catalogue import Event
from audit.record import record

NEEDED = {AccountState.LIVE: Permission.DECIDE_REQUEST}
"""Going live is decided by the corporate team; every other move is the register's."""
ON_THE_WAY = (AccountState.DRAFT, AccountState.REQUESTED, AccountState.ASSESSED)
"""States in which an account is still asked for."""


@transaction.atomic
def move_state(
    *, by: User | None, account: SocialAccount, to: AccountState, reason: str = ""
) -> SocialAccount:
    """Move `account` along `ACCOUNT_TRANSITIONS`.

    Assessed and approved need a signed risk assessment in date, live everything on the go-live
    checklist; closing that somebody began to close it (`accounts.actions.closing`), closed that
    nothing is scheduled any more and its archive is made. What is asked for by a request moves by
    its decisions (`accounts.actions.deciding`), what is not is approved with a reason. Raises
    ValidationError.
    """
    locked = lock_account(account)
    if by is not None:
        demand(by, NEEDED.get(to, Permission.MANAGE_ACCOUNTS), on=locked)
    _guard_way_round(locked, to, reason)
    step(locked, to, by=by, reason=reason)
    return locked


@transaction.atomic
def approve_without_request(*, by: User, account: SocialAccount, reason: str) -> SocialAccount:
    """Approve what the digital team put on the register, where nobody asked for it: and why."""
    if account.state == AccountState.REQUESTED:
        account = move_state(by=by, account=account, to=AccountState.ASSESSED, reason=reason)
    return move_state(by=by, account=account, to=AccountState.APPROVED, reason=reason)


def step(account: SocialAccount, to: AccountState, *, by: User | None, reason: str = "") -> None:
    """Guard, change and record one move of a locked account; who may is for the caller to ask."""
    before = AccountState(account.state)
    if to not in ACCOUNT_TRANSITIONS[before]:
        raise ValidationError(
            f"{account} is {before.label.lower()} and cannot become {to.label.lower()}."
        )
    _guard_closing(account, before, to)
    _guard_state(account, to)
    account.state = to
    account.save(update_fields=["state"])
    record(
        Event.ACCOUNT_STATE_MOVED,
        by=by,
        on=account,
        before={"state": before.label.lower()},
        after={"state": to.label.lower()},
        reason=reason,
    )
    if to is AccountState.CLOSED:
        note_closed(account, by=by)


def _guard_way_round(account: SocialAccount, to: AccountState, reason: str) -> None:
    """Nothing goes round the decisions about a request; without one, somebody says why."""
    if account.state not in ON_THE_WAY:
        return
    if is_asked_for(account):
        raise ValidationError(f"{account} is asked for: it moves when its request is decided.")
    is_approved_so = account.state == AccountState.ASSESSED and to is AccountState.APPROVED
    if is_approved_so and not reason.strip():
        wrong = "Enter a reason: nobody decided on a request of this account."
        raise ValidationError({"reason": wrong})


def _guard_closing(account: SocialAccount, before: AccountState, to: AccountState) -> None:
    """An account is being closed as long as a closing of it is open, whoever moves it, and how."""
    newest = account.closings.first()
    is_open = newest is not None and newest.is_open
    if to is AccountState.CLOSING and not is_open:
        raise ValidationError(f"Begin to close {account} on its closing page, with a reason.")
    if before is AccountState.CLOSING and is_open:
        raise ValidationError(f"{account} is being closed: finish that first, or give it up.")
    is_through = newest is not None and newest.finished_at is not None
    if before is AccountState.CLOSING and to is AccountState.CLOSED and not is_through:
        raise ValidationError(f"{account} closes when its archive is made.")


def _guard_state(account: SocialAccount, to: AccountState) -> None:
    if to in (AccountState.ASSESSED, AccountState.APPROVED):
        health = risk_health(account)
        if health is not RiskHealth.IN_DATE:
            raise ValidationError(
                f"{account} needs a risk assessment that is signed off and in date first"
                f" (now: {health.value.lower()})."
            )
    if to is AccountState.LIVE:
        lacking = missing_for_live(account)
        if lacking:
            raise ValidationError([missing.what for missing in lacking])
    if to is AccountState.CLOSED:
        closing.refuse_unsettled(account)
