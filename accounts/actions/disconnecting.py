"""Disconnecting an account: the platform takes the permission back, and the secret is destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions.credentials import (
    demand_to_disconnect,
    destroy,
    mark_refused,
    unsealed,
)
from accounts.connection.platform_apps import is_set_up, way_in, with_same_way_in
from accounts.encryption import Undecryptable
from accounts.health import credential_of
from accounts.models import Credential, SocialAccount, User
from audit.catalogue import Event
from audit.record import record
from platforms.errors import PlatformError


class NotRevoked(ValidationError):
    """The platform did not take the permission back, and nothing was destroyed here."""


@dataclass(frozen=True, slots=True)
class _ToRevoke:
    kept: Credential
    secret: Mapping[str, str] = field(repr=False)


def can_be_revoked(account: SocialAccount) -> bool:
    """Whether the platform can be asked: not for keys that somebody copied from there."""
    kept = credential_of(account)
    return kept is not None and bool(kept.granted_as) and is_set_up(account.platform)


def allowed_with_it(account: SocialAccount) -> QuerySet[SocialAccount]:
    """Other accounts that the same person allowed: where that is one, all end together."""
    kept = credential_of(account)
    if kept is None or not kept.granted_as:
        return SocialAccount.objects.none()
    others = SocialAccount.objects.filter(platform__in=with_same_way_in(account.platform))
    same = others.filter(credential__granted_as=kept.granted_as).exclude(pk=account.pk)
    return same.order_by("name", "pk")


def disconnect(*, by: User | None, account: SocialAccount, reason: str, revoke: bool) -> None:
    """Take the permission back at the platform if `revoke`, then forget the secret.

    `by` manages the register, or closes the account while it is being closed. Calls the platform,
    so never in a transaction. Raises NotRevoked where the platform did not do it, and
    ValidationError where there is nothing to disconnect; nothing has changed then.
    """
    if not revoke:
        destroy(by=by, account=account, reason=reason)
        return
    asked = _hold(by, account)
    try:
        way_in(account.platform).revoke(asked.secret, asked.kept.granted_as)
    except PlatformError as why:
        _give_back(asked.kept)
        raise NotRevoked(
            f"The permission still stands at {account.platform_name}: {why.message} Try again"
            " later, or only destroy the connection here."
        ) from None
    except BaseException:
        _give_back(asked.kept)
        raise
    _forget(by, account, asked.kept, reason)


@transaction.atomic
def _hold(by: User | None, account: SocialAccount) -> _ToRevoke:
    """Keep the tokens from being renewed: new ones would outlive those that are taken back."""
    locked = SocialAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if by is not None:
        demand_to_disconnect(by, locked)
    kept = Credential.objects.select_for_update(of=("self",)).filter(account=locked).first()
    if kept is None:
        raise ValidationError(f"{locked} is not connected.")
    now = timezone.now()
    if kept.refreshing_until and kept.refreshing_until > now:
        raise NotRevoked("The connection is being renewed at this moment. Try again in a minute.")
    try:
        secret = unsealed(locked, kept)
    except Undecryptable:
        raise NotRevoked(
            "The connection does not open any more, so the platform cannot be asked. Only destroy"
            " it here."
        ) from None
    kept.refreshing_until = now + timedelta(seconds=8 * settings.PLATFORM_TIMEOUT_S)
    kept.save(update_fields=["refreshing_until"])
    return _ToRevoke(kept, secret)


@transaction.atomic
def _forget(by: User | None, account: SocialAccount, asked: Credential, reason: str) -> None:
    locked = SocialAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    others = list(allowed_with_it(locked))
    record(Event.CREDENTIAL_REVOKED, by=by, on=locked, reason=reason)
    for other in others:
        mark_refused(account=other, reason=f"taken back at the platform with that of {locked}")
    still = Credential.objects.filter(account=locked).values_list("pk", "generation").first()
    # Connected anew while the platform was asked: that is another permission, and it stays.
    if still == (asked.pk, asked.generation):
        destroy(by=by, account=locked, reason=reason)


def _give_back(kept: Credential) -> None:
    mine = {"pk": kept.pk, "refreshing_until": kept.refreshing_until}
    Credential.objects.filter(**mine).update(refreshing_until=None)
