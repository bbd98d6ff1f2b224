"""Credentials: kept encrypted, opened only to talk to the platform, never logged.

What is encrypted names its account, so that a row copied to another account does not open there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand, may
from accounts.encryption import decrypt, encrypt, rotate
from accounts.health import credential_of
from accounts.models import AccountState, Credential, SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from platforms.contract import Platform
from platforms.known import is_publishable

MAX_BYTES = 100_000


class NoCredential(Exception):
    """The account has no credential that opens for it; the message may be shown to a person."""


def parse_credential(platform: Platform, text: str) -> dict[str, str]:
    """The credential that `text`, a JSON object, holds.

    Raises ValidationError in one sentence, which never repeats any of the text.
    """
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise ValidationError(f"The credential must be shorter than {MAX_BYTES:,} bytes.")
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise ValidationError(f"The credential is not valid JSON{where}.") from None
    if not isinstance(values, dict):
        raise ValidationError(
            "The credential must be a JSON object, such as {"
            + ", ".join(f'"{name}": "…"' for name in platform.credential_fields)
            + "}."
        )
    return check_credential(platform, values)


def check_credential(platform: Platform, values: Mapping[str, object]) -> dict[str, str]:
    """`values` if they hold every field the platform needs, each a string; else ValidationError.

    What signing in at the platform gives is as good as what a person copied from there.
    """
    missing = _missing(platform.credential_fields, values)
    fields = platform.credential_fields
    if missing and platform.granted_fields and not _missing(platform.granted_fields, values):
        missing, fields = [], platform.granted_fields
    if missing:
        raise ValidationError(
            f"The credential for {platform.name} must hold {_listed(missing)}, each a string"
            " in quotation marks."
        )
    strings = {name: value for name, value in values.items() if isinstance(value, str)}
    if len(strings) != len(values):
        raise ValidationError("Every value in the credential must be a string.")
    # A line end in a token would end the header that carries it.
    unusable = [
        name for name in fields if not (strings[name].isascii() and strings[name].isprintable())
    ]
    if unusable:
        raise ValidationError(
            f"{_listed(unusable)} in the credential holds a line end or another character that"
            " cannot be in it. Copy it again."
        )
    return strings


def _missing(fields: Sequence[str], values: Mapping[str, object]) -> list[str]:
    return [
        name
        for name in fields
        if not isinstance(values.get(name), str) or not str(values[name]).strip()
    ]


@transaction.atomic
def store(
    *,
    by: User | None,
    account: SocialAccount,
    credential: Mapping[str, object],
    remote_name: str = "",
    expires_at: datetime | None = None,
    access_expires_at: datetime | None = None,
    scopes: Sequence[str] = (),
    granted_as: str = "",
) -> Credential:
    """Keep `credential` for `account` in place of any earlier one, which is then forgotten.

    The rest is what the platform said with it; see :class:`accounts.models.Credential`.
    """
    locked = SocialAccount.objects.select_for_update().get(pk=account.pk)
    if by is not None:
        demand(by, Permission.MANAGE_ACCOUNTS, on=locked)
    if not is_publishable(locked.platform):
        raise ValidationError(
            f"Nothing connects to {locked.platform_name} yet: it is used by hand."
        )
    checked = check_credential(locked.platform_facts, credential)
    earlier = Credential.objects.select_for_update().filter(account=locked).first()
    kept = earlier or Credential(account=locked)
    kept.ciphertext = sealed(locked, checked)
    kept.generation += 1
    kept.refused_at = kept.refreshing_until = None
    kept.remote_name, kept.granted_as, kept.scopes = remote_name, granted_as, list(scopes)
    kept.expires_at, kept.access_expires_at = expires_at, access_expires_at
    kept.connected_by = by
    kept.save()
    # Whoever goes on with `account` reads the new one.
    account._state.fields_cache.pop("credential", None)
    facts = {"remote_name": remote_name, "remote_id": locked.remote_id, "may": list(scopes)}
    said = {name: value for name, value in facts.items() if value}
    record(Event.CREDENTIAL_STORED, by=by, on=locked, after=said)
    return kept


def open_credential(account: SocialAccount) -> Mapping[str, str]:
    """The secret of `account`. Raises :class:`NoCredential`, or Undecryptable."""
    kept = credential_of(account)
    if kept is None:
        raise NoCredential(f"{account} is not connected.")
    return unsealed(account, kept)


def unsealed(account: SocialAccount, kept: Credential) -> Mapping[str, str]:
    """The secret in one row, if it is the account's. Raises as `open_credential`."""
    opened = json.loads(decrypt(bytes(kept.ciphertext)))
    if opened["account"] != account.pk:
        raise NoCredential(f"What is kept for {account} is the connection of another account.")
    values: dict[str, str] = opened["credential"]
    return values


@transaction.atomic
def mark_refused(*, account: SocialAccount, reason: str, at: datetime | None = None) -> None:
    """Keep that the platform refused the sign-in. Recorded once, until a new one is stored.

    What was refused is the secret that `account` was read with: a newer one stays as good as new.
    """
    used = _read_with(account)
    if used is None:
        return
    mine = Credential.objects.filter(pk=used.pk, generation=used.generation)
    moment = at or timezone.now()
    if mine.filter(refused_at__isnull=True).update(refused_at=moment):
        used.refused_at = moment
        record(Event.CREDENTIAL_EXPIRED, by=None, on=account, after={"why": reason})


@transaction.atomic
def clear_refusal(*, account: SocialAccount) -> None:
    """Forget a refusal, because the platform has just accepted the same sign-in again."""
    cleared = Credential.objects.filter(account=account, refused_at__isnull=False).update(
        refused_at=None
    )
    if cleared:
        record(Event.CREDENTIAL_ACCEPTED, by=None, on=account)


@transaction.atomic
def destroy(*, by: User | None, account: SocialAccount, reason: str = "") -> None:
    """Forget the credential for good."""
    locked = SocialAccount.objects.select_for_update().get(pk=account.pk)
    if by is not None:
        demand_to_disconnect(by, locked)
    destroyed, _ = Credential.objects.filter(account=locked).delete()
    if not destroyed:
        raise ValidationError(f"{locked} is not connected.")
    record(Event.CREDENTIAL_DESTROYED, by=by, on=locked, reason=reason)


def demand_to_disconnect(by: User, account: SocialAccount) -> None:
    """Whoever manages the register; while an account is being closed, whoever closes it as well."""
    closes = account.state == AccountState.CLOSING and may(by, Permission.CLOSE_ACCOUNT, on=account)
    if not closes:
        demand(by, Permission.MANAGE_ACCOUNTS, on=account)


def _read_with(account: SocialAccount) -> Credential | None:
    """The credential that `account` was read with, if it was; else the one there is."""
    if "credential" in account._state.fields_cache:
        return credential_of(account)
    return Credential.objects.filter(account=account).first()


def rotate_all(*, by: User | None) -> int:
    """Encrypt every credential anew with the newest key; returns how many there were.

    One transaction for each, so that a credential that does not open stops nothing before it and
    the sending of posts never waits. Raises Undecryptable, naming no secret.
    """
    if by is not None:
        demand(by, Permission.MANAGE_ACCOUNTS)
    ids = list(Credential.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_rotate_one(pk, by) for pk in ids)


@transaction.atomic
def _rotate_one(pk: int, by: User | None) -> int:
    kept = (
        Credential.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=pk)
        .first()
    )
    if kept is None:
        return 0
    # An update, not a save: `stored_at` says when a person connected the account.
    Credential.objects.filter(pk=pk).update(ciphertext=rotate(bytes(kept.ciphertext)))
    record(Event.CREDENTIAL_ROTATED, by=by, on=kept.account)
    return 1


def sealed(account: SocialAccount, credential: Mapping[str, str]) -> bytes:
    """The secret as it is kept; it opens for that account alone."""
    return encrypt(json.dumps({"account": account.pk, "credential": credential}).encode())


def _listed(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
