"""Changing what the register says about an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access import demand
from accounts.actions.locking import lock_account
from accounts.models import AccountState, Credential, SocialAccount, User
from accounts.permissions import Permission
from accounts.register.facts import Details, facts_of, fingerprint_of, put_facts, set_aims
from accounts.register.handles import check_handle
from audit.catalogue import Event
from audit.record import record


@transaction.atomic
def change_account(
    *,
    by: User | None,
    account: SocialAccount,
    reason: str,
    seen: str = "",
    **details: Unpack[Details],
) -> SocialAccount:
    """Change facts of `account`; what is not named in `details` stays as it is.

    `seen` is the `fingerprint_of` the account as the person saw it. Raises ValidationError for
    facts that cannot be, for an account that is closed, without a reason, and where somebody else
    changed the account since it was seen. What changed nothing leaves no entry.
    """
    return keep_details(
        by=by,
        account=account,
        needs=Permission.MANAGE_ACCOUNTS,
        reason=reason,
        seen=seen,
        details=details,
    )


@transaction.atomic
def keep_details(
    *,
    by: User | None,
    account: SocialAccount,
    needs: Permission,
    reason: str,
    seen: str,
    details: Details,
) -> SocialAccount:
    """The work of `change_account`, for any action that changes facts with a right of its own."""
    locked = lock_account(account)
    if by is not None:
        demand(by, needs, on=locked)
    _guard(locked, reason, seen, details)
    before = facts_of(locked)
    put_facts(locked, details)
    locked.save()
    if "aims" in details:
        set_aims(locked, details["aims"])
    record_changes(locked, before, facts_of(locked), by=by, reason=reason)
    return locked


def record_changes(
    account: SocialAccount,
    before: Mapping[str, str],
    after: Mapping[str, str],
    *,
    by: User | None,
    reason: str,
) -> None:
    """Put what differs into the audit trail; where nothing does, there is no entry."""
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        record(
            Event.ACCOUNT_CHANGED,
            by=by,
            on=account,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            reason=reason,
        )


def _guard(account: SocialAccount, reason: str, seen: str, details: Details) -> None:
    if not reason.strip():
        raise ValidationError({"reason": "Enter a reason."})
    if account.state == AccountState.CLOSED:
        raise ValidationError(f"{account} is closed: what the register says of it stays.")
    if seen and seen != fingerprint_of(account):
        raise ValidationError(
            "Somebody else changed this account while you were typing. Compare what you entered"
            " with the account’s page, then open this form again."
        )
    if "handle" in details:
        _guard_handle(account, details)


def _guard_handle(account: SocialAccount, details: Details) -> None:
    """A handle that was typed wrongly is put right; one that the platform confirmed is not."""
    details["handle"] = handle = details["handle"].strip().lstrip("@")
    if handle == account.handle:
        return
    if Credential.objects.filter(account=account).exists():
        raise ValidationError(
            {"handle": "The platform confirmed this handle. It changes when you connect it again."}
        )
    check_handle(account.platform, handle, other_than=account)
