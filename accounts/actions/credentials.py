"""Credentials: kept encrypted, opened only to talk to the platform, never logged.

What is encrypted names its account, so that a row copied to another account does not open there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.encryption import decrypt, encrypt, rotate
from accounts.health import credential_of
from accounts.models import Credential, SocialAccount, User
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
    """`values` if they hold every field the platform needs, each a string; else ValidationError."""
    missing = [
        name
        for name in platform.credential_fields
        if not isinstance(values.get(name), str) or not str(values[name]).strip()
    ]
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
        name
        for name in platform.credential_fields
        if not (strings[name].isascii() and strings[name].isprintable())
    ]
    if unusable:
        raise ValidationError(
            f"{_listed(unusable)} in the credential holds a line end or another character that"
            " cannot be in it. Copy it again."
        )
    return strings


@transaction.atomic
def store(
    *,
    by: User | None,
    account: SocialAccount,
    credential: Mapping[str, object],
    remote_name: str = "",
    expires_at: datetime | None = None,
) -> Credential:
    """Keep `credential` for `account` in place of any earlier one, which is then forgotten."""
    locked = SocialAccount.objects.select_for_update().get(pk=account.pk)
    if by is not None:
        demand(by, Permission.MANAGE_ACCOUNTS, on=locked)
    if not is_publishable(locked.platform):
        raise ValidationError(
            f"Nothing connects to {locked.platform_name} yet: it is used by hand."
        )
    checked = check_credential(locked.platform_facts, credential)
    kept, _ = Credential.objects.update_or_create(
        account=locked,
        defaults={
            "ciphertext": _sealed(locked, checked),
            "expires_at": expires_at,
            "refused_at": None,
            "remote_name": remote_name,
        },
    )
    record(Event.CREDENTIAL_STORED, by=by, on=locked, after={"remote_name": remote_name})
    return kept


def open_credential(account: SocialAccount) -> Mapping[str, str]:
    """The secret of `account`. Raises :class:`NoCredential`, or Undecryptable."""
    kept = credential_of(account)
    if kept is None:
        raise NoCredential(f"{account} is not connected.")
    opened = json.loads(decrypt(bytes(kept.ciphertext)))
    if opened["account"] != account.pk:
        raise NoCredential(f"What is kept for {account} is the connection of another account.")
    values: dict[str, str] = opened["credential"]
    return values


@transaction.atomic
def mark_refused(*, account: SocialAccount, reason: str, at: datetime | None = None) -> None:
    """Keep that the platform refused the sign-in. Recorded once, until a new one is stored."""
    marked = Credential.objects.filter(account=account, refused_at__isnull=True).update(
        refused_at=at or timezone.now()
    )
    if marked:
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
        demand(by, Permission.MANAGE_ACCOUNTS, on=locked)
    destroyed, _ = Credential.objects.filter(account=locked).delete()
    if not destroyed:
        raise ValidationError(f"{locked} is not connected.")
    record(Event.CREDENTIAL_DESTROYED, by=by, on=locked, reason=reason)


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


def _sealed(account: SocialAccount, credential: Mapping[str, str]) -> bytes:
    return encrypt(json.dumps({"account": account.pk, "credential": credential}).encode())


def _listed(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
