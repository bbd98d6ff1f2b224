"""From an account on the register to the adapter that talks to its platform."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from accounts.actions.credentials import NoCredential
from accounts.actions.refreshing import fresh_credential
from accounts.encryption import Undecryptable
from accounts.models import SocialAccount
from platforms.contract import Adapter, Captioner, Connection
from platforms.errors import Rejected, SignInExpired


def connect(account: SocialAccount) -> Adapter:
    """The adapter for `account`, with tokens that last for a while; nothing is sent yet.

    Raises SignInExpired where a person must connect it again, and TryLater where its tokens could
    not be renewed at the moment. It may call the platform, so never inside a transaction.
    """
    return connect_with(account, _fresh(account))


def captioner_of(account: SocialAccount) -> Captioner:
    """What adds captions to videos of `account`; raises as `connect`, and Rejected for others."""
    make = account.platform_facts.captioner
    if make is None:
        raise Rejected(f"{account.platform_name} lets no program add captions.")
    return make(_connection(account, _fresh(account)))


def connect_with(account: SocialAccount, credential: Mapping[str, str]) -> Adapter:
    """The adapter for `account` (which may not be stored yet) with that credential."""
    return account.platform_facts.connect(_connection(account, credential))


def _fresh(account: SocialAccount) -> Mapping[str, str]:
    try:
        return fresh_credential(account)
    except (NoCredential, Undecryptable) as error:
        raise SignInExpired(f"{account} must be connected again: {error}") from None


def _connection(account: SocialAccount, credential: Mapping[str, str]) -> Connection:
    return Connection(
        platform=account.platform,
        handle=account.handle,
        remote_id=account.remote_id,
        base_url=account.server_url or settings.PLATFORM_URLS.get(account.platform, ""),
        timeout_s=settings.PLATFORM_TIMEOUT_S,
        credential=credential,
    )
