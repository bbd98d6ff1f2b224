"""Who could approve a version: shown to those who cannot."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import AccountGrant, CorporateGrant, User
from accounts.permissions import ACCOUNT_BUNDLES, CORPORATE_BUNDLES, Permission
from publishing.models import Version


def approvers_of(version: Version) -> QuerySet[User]:
    """People whose roles let them approve the version, and who neither wrote nor edited it.

    Their evidence is asked when they approve.
    """
    corporate = [r for r, bundle in CORPORATE_BUNDLES.items() if Permission.APPROVE_POST in bundle]
    on_account = [r for r, bundle in ACCOUNT_BUNDLES.items() if Permission.APPROVE_POST in bundle]
    everywhere = CorporateGrant.objects.in_force().filter(role__in=corporate).values("user")
    able = Q(pk__in=everywhere)
    on_all = Q()
    for account in version.governed_accounts():
        granted = AccountGrant.objects.in_force().filter(role__in=on_account, account=account)
        on_all &= Q(pk__in=granted.values("user"))
    people: QuerySet[User] = User.objects.employed().filter(able | on_all if on_all else able)
    return people.exclude(pk__in=[version.post.author_id, version.edited_by_id]).order_by("name")
