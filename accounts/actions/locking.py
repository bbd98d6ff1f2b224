"""Locking accounts: the row first, and only then what is joined to it.

A row that was waited for comes back as it is now, but what the same query joined to it is as old as
the wait: PostgreSQL then finds no row at all, or one without its deputy.
"""

from __future__ import annotations

from accounts.models import SocialAccount
from accounts.models.social_accounts import SocialAccountQuerySet


def lock_account(account: SocialAccount) -> SocialAccount:
    """The account with its owner and deputy, locked until the transaction ends."""
    SocialAccount.objects.select_for_update().values_list("pk").get(pk=account.pk)
    return SocialAccount.objects.select_related("owner", "deputy").get(pk=account.pk)


def lock_accounts(rows: SocialAccountQuerySet) -> list[SocialAccount]:
    """The same for several, in the order of their ids."""
    ids = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    locked = SocialAccount.objects.filter(pk__in=ids).select_related("owner", "deputy")
    return list(locked.order_by("pk"))
