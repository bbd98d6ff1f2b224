"""Proof that a credential is the one of the account it is meant for.

A wrong token that works looks healthy until it posts somewhere else.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from accounts.connection.adapters import connect_with
from accounts.models import SocialAccount
from platforms.contract import Identity
from platforms.errors import PlatformError


def prove_identity(account: SocialAccount, credential: Mapping[str, str]) -> Identity:
    """Ask the platform whose credential this is; the account need not be stored yet.

    Raises ValidationError where the platform refuses it, cannot say, or names another account.
    Calls out, so never inside a transaction.
    """
    try:
        found = connect_with(account, credential).identify()
    except PlatformError as error:
        raise ValidationError(
            f"{account.platform_name} did not confirm the account: {error.message}"
        ) from None
    wrong_handle = not same_handle(found.handle, account.handle)
    wrong_id = account.remote_id and found.remote_id != account.remote_id
    if wrong_handle or wrong_id:
        raise ValidationError(
            f"{account.platform_name} says that this credential belongs to @{found.handle}, not"
            f" to @{account.handle}."
        )
    return found


def same_handle(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(handle: str) -> str:
    return handle.strip().lstrip("@").casefold()
