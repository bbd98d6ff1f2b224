"""New tokens without a person: asked for by one worker at a time, and never lost.

An access token of some platforms lasts an hour or two, and the token that renews it may work once
only. So whoever renews takes a lease in one transaction, asks the platform with nothing locked, and
keeps what came in another, if the secret is still the one that was asked with. Whoever comes
meanwhile uses what is still good, or waits a moment.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions.credentials import NoCredential, mark_refused, sealed, unsealed
from accounts.connection.platform_apps import way_in
from accounts.encryption import Undecryptable
from accounts.health import credential_of
from accounts.models import Credential, SocialAccount
from audit.catalogue import Event
from audit.record import record
from platforms.errors import PlatformError, SignInExpired, TryLater
from platforms.sign_in import Tokens, renewed

EARLY = timedelta(minutes=5)
"""A token that ends sooner than this is renewed before it is used."""
AHEAD = timedelta(minutes=15)
"""The clock renews those that end within this, so that hardly anybody has to wait."""
STILL_GOOD = timedelta(seconds=45)
"""So long a token must last to be used while somebody else renews it."""
WAIT_S = 8.0
"""How long to wait for whoever is renewing."""


@dataclass(frozen=True, slots=True)
class _Lease:
    """The right to ask for new tokens, with the secret as it was then."""

    kept: Credential
    secret: Mapping[str, str] = field(repr=False)


def fresh_credential(account: SocialAccount) -> Mapping[str, str]:
    """The secret of `account`, renewed first if it is about to end. Never in a transaction.

    Raises NoCredential and Undecryptable as `open_credential`; SignInExpired where a person must
    connect the account again; TryLater where there is nothing good at the moment.
    """
    kept = credential_of(account)
    if kept is None:
        raise NoCredential(f"{account} is not connected.")
    if _ends_within(kept, EARLY):
        kept = renew(account, EARLY)
    return unsealed(account, kept)


def renew(account: SocialAccount, within: timedelta) -> Credential:
    """The credential as it is once its access token lasts longer than `within`.

    Raises as `fresh_credential`. `account` has the new credential from then on.
    """
    until = time.monotonic() + WAIT_S
    while True:
        found = _take_lease(account, within)
        if isinstance(found, _Lease):
            found = _ask(account, found)
        if not _is_taken(found) or _lasts(found):
            break
        if time.monotonic() > until:
            raise TryLater("The account's sign-in is being renewed at this moment.")
        time.sleep(0.1)
    account.credential = found
    return found


def due_for_renewal(now: datetime) -> list[int]:
    """The accounts whose access token ends soon, and can be renewed."""
    soon = Credential.objects.filter(access_expires_at__lte=now + AHEAD, refused_at__isnull=True)
    return list(soon.order_by("access_expires_at").values_list("account", flat=True))


def renew_ahead(account_id: int) -> None:
    """Renew one account's tokens, if they end soon; what goes wrong is kept or tried again."""
    account = SocialAccount.objects.select_related("credential").get(pk=account_id)
    try:
        renew(account, AHEAD)
    except (PlatformError, NoCredential, Undecryptable):
        return


@transaction.atomic
def _take_lease(account: SocialAccount, within: timedelta) -> _Lease | Credential:
    """The lease; or the credential itself where there is no need, or somebody else has it."""
    kept = Credential.objects.select_for_update(of=("self",)).filter(account=account).first()
    if kept is None:
        raise NoCredential(f"{account} is not connected.")
    if not _ends_within(kept, within) or _is_taken(kept):
        return kept
    if kept.refused_at:
        raise SignInExpired(f"{account} must be connected again: the platform refused its sign-in.")
    secret = unsealed(account, kept)
    # Three answers that each take their whole time, and some more.
    kept.refreshing_until = timezone.now() + timedelta(seconds=4 * settings.PLATFORM_TIMEOUT_S)
    kept.save(update_fields=["refreshing_until"])
    return _Lease(kept, secret)


def _ask(account: SocialAccount, lease: _Lease) -> Credential:
    """Call the platform with nothing locked, and keep what comes of it."""
    try:
        tokens = way_in(account.platform).refresh(lease.secret)
    except SignInExpired as expired:
        _refused(account, lease, expired.message)
        raise
    except PlatformError as why:
        _give_back(lease)
        if _lasts(lease.kept):
            return lease.kept
        # Whatever it means for the tokens: nothing was posted, so it can be tried again.
        later = why if isinstance(why, TryLater) else TryLater(why.message)
        raise later from None
    except BaseException:
        _give_back(lease)
        raise
    return _keep(account, lease, tokens)


@transaction.atomic
def _keep(account: SocialAccount, lease: _Lease, tokens: Tokens) -> Credential:
    """What came, unless somebody has connected the account anew in the meantime."""
    kept = Credential.objects.select_for_update(of=("self",)).filter(account=account).first()
    if kept is None:
        raise NoCredential(f"{account} is not connected any more.")
    if (kept.pk, kept.generation) != (lease.kept.pk, lease.kept.generation):
        return kept
    # Opened anew: it may have been encrypted with another key meanwhile.
    kept.ciphertext = sealed(account, renewed(unsealed(account, kept), tokens))
    kept.access_expires_at = tokens.access_expires_at
    kept.expires_at = tokens.expires_at or kept.expires_at
    kept.generation += 1
    kept.refused_at = kept.refreshing_until = None
    # Not `stored_at`: that says when a person connected the account.
    changed = ("ciphertext", "access_expires_at", "expires_at", "generation", "refused_at")
    kept.save(update_fields=[*changed, "refreshing_until"])
    record(Event.CREDENTIAL_RENEWED, by=None, on=account)
    return kept


@transaction.atomic
def _refused(account: SocialAccount, lease: _Lease, why: str) -> None:
    _give_back(lease)
    account.credential = lease.kept
    mark_refused(account=account, reason=why)


def _give_back(lease: _Lease) -> None:
    """End the lease, if it is still this one."""
    mine = {"pk": lease.kept.pk, "refreshing_until": lease.kept.refreshing_until}
    Credential.objects.filter(**mine).update(refreshing_until=None)


def _ends_within(kept: Credential, within: timedelta) -> bool:
    return kept.access_expires_at is not None and kept.access_expires_at <= timezone.now() + within


def _lasts(kept: Credential) -> bool:
    return not _ends_within(kept, STILL_GOOD)


def _is_taken(kept: Credential) -> bool:
    return kept.refreshing_until is not None and kept.refreshing_until > timezone.now()
