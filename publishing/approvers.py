"""Who could give a version the stage that it waits for: shown to those who cannot."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import AccountGrant, CorporateGrant, SocialAccount, User
from accounts.permissions import (
    ACCOUNT_BUNDLES,
    CORPORATE_BUNDLES,
    AccountRole,
    CorporateRole,
)
from publishing.models import Version
from publishing.routes import Needed, Who
from publishing.routes.deciders import covers_of


def approvers_of(version: Version, needed: Needed) -> QuerySet[User]:
    """People whose roles let them give this stage, who neither wrote nor edited the version and
    have not decided about it.

    Their evidence is asked when they decide.
    """
    people = could_give(needed, version.governed_accounts())
    people = people.exclude(pk__in=version.approvals.order_by().values("decided_by"))
    return people.exclude(pk__in=[version.post.author_id, version.edited_by_id])


def could_give(needed: Needed, accounts: list[SocialAccount]) -> QuerySet[User]:
    """People whose roles let them give this stage on all of these accounts, by name."""
    right = needed.right
    corporate = {r for r, bundle in CORPORATE_BUNDLES.items() if right in bundle}
    on_account = {r for r, bundle in ACCOUNT_BUNDLES.items() if right in bundle}
    able = Q(pk__in=_with_one_of(corporate)) | _on_all(on_account, accounts)
    people: QuerySet[User] = User.objects.employed().filter(able)
    if needed.who:
        people = people.filter(_named(needed.who, accounts))
    return people.order_by("name")


def _named(who: Who, accounts: list[SocialAccount]) -> Q:
    named = Q(pk__in=[*who.people, *covers_of(who.people)])
    if who.role == CorporateRole.MEMBER_OF_STAFF:
        return Q()
    if who.role in CorporateRole.values:
        return named | Q(pk__in=_with_one_of({CorporateRole(who.role)}))
    if who.role:
        return named | _on_all({AccountRole(who.role)}, accounts)
    return named


def _with_one_of(roles: set[CorporateRole]) -> QuerySet[CorporateGrant, Any]:
    return CorporateGrant.objects.in_force().filter(role__in=roles).values("user")


def _on_all(roles: set[AccountRole], accounts: list[SocialAccount]) -> Q:
    """Those with one of the roles on each of the accounts; nobody where there is no account."""
    on_all = Q() if accounts else Q(pk__in=[])
    for account in accounts:
        granted = AccountGrant.objects.in_force().filter(role__in=roles, account=account)
        here = Q(pk__in=granted.values("user"))
        if AccountRole.SITE_OWNER in roles:
            here |= Q(pk__in=[pk for pk in (account.owner_id, account.deputy_id) if pk])
        on_all &= here
    return on_all
