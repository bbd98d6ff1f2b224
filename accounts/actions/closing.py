"""Closing an account: begun with a reason, its posts settled, its archive made, closed for good.

What was only asked for, and what a partner runs, is closed at once: nothing of ours is on it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import closing
from accounts.access import demand
from accounts.actions.disconnecting import disconnect
from accounts.actions.locking import lock_account
from accounts.actions.states import step
from accounts.archive.freshness import newest_archive, out_of_date
from accounts.checklists import missing_for_live
from accounts.closing import Settled
from accounts.health import credential_of
from accounts.lengths import refuse_too_long
from accounts.models import (
    AccountRequest,
    AccountState,
    Closing,
    Credential,
    RequestState,
    SocialAccount,
    User,
)
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from audit.catalogue import Event
from audit.record import happened, record, record_all

BEGINS_FROM = (AccountState.LIVE, AccountState.SUSPENDED, AccountState.DORMANT)
AT_ONCE = (
    AccountState.REQUESTED,
    AccountState.ASSESSED,
    AccountState.APPROVED,
    AccountState.PARTNER,
)
"""States in which nothing of ours was ever published there: no archive is asked for."""
UNDECIDED = (RequestState.DRAFT, RequestState.WITH_MANAGER, RequestState.WITH_COMMUNICATIONS)


@transaction.atomic
def begin_closing(*, by: User, account: SocialAccount, reason: str) -> Closing:
    """From now on nothing goes out there. Raises ValidationError."""
    locked = _locked(by, account)
    if locked.closings.open().exists():
        raise ValidationError(f"Somebody has begun to close {locked} already.")
    before = AccountState(locked.state)
    if before not in BEGINS_FROM:
        raise ValidationError(f"{locked} is {before.label.lower()}: there is nothing to close.")
    begun = Closing(account=locked, reason=_given(reason), begun_by=by, state_before=before)
    refuse_too_long(begun)
    begun.save()
    step(locked, AccountState.CLOSING, by=by, reason=begun.reason)
    record(Event.CLOSING_BEGUN, by=by, on=locked, reason=begun.reason)
    return begun


def settle_posts(
    *, by: User, account: SocialAccount, keys: Iterable[int], to: SocialAccount | None = None
) -> list[Settled]:
    """Cancel these posts on an account that is being closed, or move them `to` another account.

    One transaction for each: what became of each is said, and one that cannot be settled stops no
    other.
    """
    demand(by, Permission.CLOSE_ACCOUNT, on=account)
    reason = f"{open_closing(account).account} is being closed."
    desk = closing.the_desk()
    if to is None:
        return [desk.cancel(key, account=account, by=by, reason=reason) for key in keys]
    return [desk.move(key, account=account, to=to, by=by, reason=reason) for key in keys]


def targets(by: User, account: SocialAccount) -> QuerySet[SocialAccount]:
    """Where posts of `account` can go instead: live accounts for which `by` may write."""
    return (
        accounts_within_reach(by, Permission.WRITE_POST).live().publishable().exclude(pk=account.pk)
    )


@transaction.atomic
def abandon_closing(*, by: User, account: SocialAccount, reason: str) -> SocialAccount:
    """Give the closing up. What was live goes live again where nothing keeps it from that."""
    locked = _locked(by, account)
    given_up = open_closing(locked)
    words = _given(reason)
    given_up.abandoned_at, given_up.ended_by = timezone.now(), by
    given_up.save(update_fields=["abandoned_at", "ended_by"])
    step(locked, state_after(given_up), by=by, reason=words)
    record(Event.CLOSING_ABANDONED, by=by, on=locked, reason=words)
    return locked


def state_after(given_up: Closing) -> AccountState:
    """What the account becomes if this closing is given up."""
    was_live = given_up.state_before == AccountState.LIVE
    lacking = missing_for_live(given_up.account) if was_live else []
    return AccountState.LIVE if was_live and not lacking else AccountState.SUSPENDED


def finish_closing(*, by: User, account: SocialAccount, revoke: bool = False) -> SocialAccount:
    """Close the account for good: it stays on the register, with its archive.

    The connection goes first, at the platform too if `revoke`: that asks the platform, and nothing
    may be locked meanwhile. All guards are asked before it and again after it. Raises NotRevoked
    where the platform did not take its permission back, ValidationError for all else; the account
    is not closed then.
    """
    with transaction.atomic():
        to_close = _ready(by, account)
    if credential_of(to_close.account):
        disconnect(by=by, account=to_close.account, reason=to_close.reason, revoke=revoke)
    return _close(by, account)


@transaction.atomic
def _close(by: User, account: SocialAccount) -> SocialAccount:
    to_close = _ready(by, account)
    locked = to_close.account
    archive = newest_archive(locked)
    to_close.archive, to_close.ended_by, to_close.finished_at = archive, by, timezone.now()
    to_close.save(update_fields=["archive", "ended_by", "finished_at"])
    _end_grants(locked, by, to_close.reason)
    step(locked, AccountState.CLOSED, by=by, reason=to_close.reason)
    return locked


@transaction.atomic
def close_at_once(*, by: User, account: SocialAccount, reason: str) -> SocialAccount:
    """Close what never had a post of ours: asked for and not used, or run by a partner."""
    locked = _locked(by, account)
    words = _given(reason)
    if locked.state not in AT_ONCE:
        state = AccountState(locked.state).label.lower()
        raise ValidationError(f"{locked} is {state}: it cannot be closed in one step.")
    if AccountRequest.objects.filter(account=locked, state__in=UNDECIDED).exists():
        raise ValidationError(f"{locked} is asked for: withdraw or refuse the request instead.")
    if Credential.objects.filter(account=locked).delete()[0]:
        record(Event.CREDENTIAL_DESTROYED, by=by, on=locked, reason=words)
    _end_grants(locked, by, words)
    step(locked, AccountState.CLOSED, by=by, reason=words)
    return locked


def not_ready(account: SocialAccount) -> list[str]:
    """What still keeps an account that is being closed from being closed, in words."""
    found = [missing.what for missing in closing.in_the_way(account)]
    archive = newest_archive(account)
    if archive is None or archive.up_to < open_closing(account).begun_at:
        return [*found, "The archive is not made yet."]
    if changed := out_of_date(archive):
        listed = " and ".join(f"“{each}”" for each in changed)
        found.append(f"The archive lacks what came since it was made ({listed}). Make it again.")
    elif not default_storage.exists(archive.file):
        found.append("The store has lost the archive. Make it again.")
    return found


def last_closing(account: SocialAccount) -> Closing | None:
    """Of an account that is being closed or was; one that was given up counts for nothing."""
    if account.state not in (AccountState.CLOSING, AccountState.CLOSED):
        return None
    rows = account.closings.filter(abandoned_at__isnull=True)
    return rows.select_related("begun_by", "ended_by", "archive__job__asked_by").first()


def _ready(by: User, account: SocialAccount) -> Closing:
    """The open closing of the locked account. Raises ValidationError unless it can be finished."""
    locked = _locked(by, account)
    to_close = open_closing(locked)
    if lacking := not_ready(locked):
        raise ValidationError(lacking)
    return to_close


def open_closing(account: SocialAccount) -> Closing:
    """The closing that is under way. Raises ValidationError, with what became of it."""
    if account.state == AccountState.CLOSED:
        raise ValidationError(f"{account} is closed already.")
    found = account.closings.open().first()
    if found is None:
        raise ValidationError(f"{account} is not being closed any more. Somebody gave it up.")
    found.account = account
    return found


def _locked(by: User, account: SocialAccount) -> SocialAccount:
    locked = lock_account(account)
    demand(by, Permission.CLOSE_ACCOUNT, on=locked)
    return locked


def _given(reason: str) -> str:
    words = reason.strip()
    if not words:
        raise ValidationError({"reason": "Enter a reason."})
    return words


def _end_grants(account: SocialAccount, by: User, reason: str) -> None:
    """Nobody keeps a role on what is closed."""
    open_ones = list(account.grants.filter(ended_at__isnull=True).select_related("user"))
    account.grants.filter(pk__in=[grant.pk for grant in open_ones]).update(
        ended_at=timezone.now(), ended_by=by
    )
    record_all(
        [
            happened(
                Event.ACCOUNT_ROLE_REMOVED,
                by=by,
                on=account,
                before={"person": grant.user.name, "role": grant.get_role_display()},
                reason=reason,
            )
            for grant in open_ones
        ]
    )
