"""What a platform says of an account that is being connected, kept on the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.actions.credentials import store
from accounts.actions.details import record_changes
from accounts.connection.identity import same_handle
from accounts.lengths import refuse_too_long
from accounts.models import AccountState, SocialAccount, User
from accounts.register.handles import check_handle
from platforms.addresses import web_address
from platforms.contract import Identity
from platforms.known import is_publishable, name_of
from platforms.sign_in import Candidate


def keep_identity(by: User, account: SocialAccount, identity: Identity) -> None:
    """The platform's id of a locked account, once it is known, and the handle as it is there now.

    Raises ValidationError where the new handle is another account's on the register.
    """
    before = _as_kept(account)
    if identity.handle != account.handle:
        if not same_handle(identity.handle, account.handle):
            check_handle(account.platform, identity.handle, other_than=account)
            account.url = web_address(identity.url) or account.url
        account.handle = identity.handle
    account.remote_id = identity.remote_id
    refuse_too_long(account)
    after = _as_kept(account)
    if after == before:
        return
    account.save(update_fields=["handle", "url", "remote_id"])
    record_changes(account, before, after, by=by, reason=f"So says {account.platform_name}")


def keep_linked(
    by: User, chosen: Candidate, candidates: Sequence[Candidate], *, expires_at: datetime | None
) -> tuple[str, ...]:
    """What is learnt of the accounts that belong to the chosen one, in a sentence each.

    Those on the register are connected too, where the product can publish there; where it cannot,
    their id is kept.
    """
    linked = [each for each in candidates if each.part_of == chosen.identity.remote_id != ""]
    return tuple(_linked(by, each, expires_at) for each in linked)


def _linked(by: User, candidate: Candidate, expires_at: datetime | None) -> str:
    name = f"{name_of(candidate.platform)} @{candidate.identity.handle}"
    account = _on_register(candidate)
    if account is None:
        return f"{name} belongs to it as well, and is not on the register."
    try:
        keep_identity(by, account, candidate.identity)
    except ValidationError as refusal:
        return f"{name} belongs to it as well. {' '.join(refusal.messages)}"
    if not is_publishable(candidate.platform) or candidate.obstacle:
        return f"{name} belongs to it as well, and is on the register. It is used by hand."
    store(
        by=by,
        account=account,
        credential=candidate.credential,
        remote_name=f"@{candidate.identity.handle}",
        expires_at=expires_at,
        granted_as=candidate.allowed_by,
    )
    return f"{name} belongs to it as well, and is connected by this too."


def _on_register(candidate: Candidate) -> SocialAccount | None:
    """The account with that id, or one with that handle of which no id is known."""
    rows = SocialAccount.objects.select_for_update(of=("self",)).filter(platform=candidate.platform)
    rows = rows.exclude(state__in=(AccountState.CLOSED, AccountState.DRAFT))
    known = rows.filter(remote_id=candidate.identity.remote_id).first()
    return known or rows.filter(remote_id="", handle__iexact=candidate.identity.handle).first()


def _as_kept(account: SocialAccount) -> dict[str, str]:
    return {"handle": account.handle, "url": account.url, "remote_id": account.remote_id}
