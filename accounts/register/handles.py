"""Which handle an account can have."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from accounts.models import AccountState, SocialAccount
from accounts.models.social_accounts import SocialAccountQuerySet
from platforms.known import known_platforms


def check_handle(platform: str, handle: str, other_than: SocialAccount | None = None) -> None:
    """Raise ValidationError unless an account on `platform` can be called `handle`."""
    check_spelling(platform, handle)
    taken = holders().filter(platform=platform, handle__iexact=handle)
    found = (taken.exclude(pk=other_than.pk) if other_than else taken).first()
    if found:
        raise ValidationError({"handle": is_taken(found)})


def check_spelling(platform: str, handle: str) -> None:
    """Raise ValidationError unless `platform` has handles such as this one."""
    if not handle:
        raise ValidationError({"handle": "Enter the account’s handle."})
    there = known_platforms()[platform]
    if not there.takes(handle):
        raise ValidationError(
            {"handle": f"Enter the handle alone, as on {there.name}: such as {there.such_as}."}
        )


def holders() -> SocialAccountQuerySet:
    """The accounts whose handle nobody else can have."""
    free_again = (AccountState.CLOSED, AccountState.DRAFT)
    return SocialAccount.objects.exclude(state__in=free_again)


def is_taken(by: SocialAccount) -> str:
    return f"{by} is on the register already."
