"""On which accounts may they? The same answer as `accounts.access.may`, as a query for lists.

It looks at employment and roles only: whether a person's evidence is in date is the same for all
accounts, and is asked once, with `may`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from accounts.access import corporate_roles
from accounts.models.social_accounts import SocialAccount
from accounts.permissions import ACCOUNT_BUNDLES, CORPORATE_BUNDLES, AccountRole, Permission

if TYPE_CHECKING:
    from accounts.models import User


def holds_everywhere(user: User, permission: Permission) -> bool:
    """Whether a corporate role gives `user` the permission on every account there is."""
    return user.is_employed() and any(
        permission in CORPORATE_BUNDLES[role] for role in corporate_roles(user)
    )


def accounts_within_reach(user: User, permission: Permission) -> QuerySet[SocialAccount]:
    """The accounts on which the roles of `user` give the permission."""
    if not user.is_employed():
        return SocialAccount.objects.none()
    if holds_everywhere(user, permission):
        return SocialAccount.objects.all()
    return _by_roles(user, [r for r, bundle in ACCOUNT_BUNDLES.items() if permission in bundle])


def accounts_with_a_role(user: User) -> QuerySet[SocialAccount]:
    """The accounts on which `user` holds any role of their own, corporate roles aside."""
    return _by_roles(user, list(AccountRole))


def _by_roles(user: User, roles: list[AccountRole]) -> QuerySet[SocialAccount]:
    granted = user.account_grants.in_force().filter(role__in=roles).values("account")
    within = Q(pk__in=granted)
    if AccountRole.SITE_OWNER in roles:
        within |= Q(owner=user) | Q(deputy=user)
    return SocialAccount.objects.filter(within)
