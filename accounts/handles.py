"""Which handle an account can have."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from accounts.models import AccountState, SocialAccount
from platforms.known import known_platforms


def check_handle(platform: str, handle: str, other_than: SocialAccount | None = None) -> None:
    """Raise ValidationError unless an account on `platform` can be called `handle`."""
    if not handle:
        raise ValidationError({"handle": "Enter the account’s handle."})
    there = known_platforms()[platform]
    if not there.takes(handle):
        raise ValidationError(
            {"handle": f"Enter the handle alone, as on {there.name}: such as {there.such_as}."}
        )
    taken = SocialAccount.objects.filter(platform=platform, handle__iexact=handle).exclude(
        state__in=(AccountState.CLOSED, AccountState.DRAFT)
    )
    found = (taken.exclude(pk=other_than.pk) if other_than else taken).first()
    if found:
        raise ValidationError({"handle": f"{found} is on the register already."})
