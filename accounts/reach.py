"""On which accounts may they? The same answer as `accounts.access.may`, as a query for lists.

It looks at employment and roles only: whether a person's evidence is in date is the same for all
accounts, and is asked once, with `may`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import AccountState, SocialAccount, User
from accounts.models.social_accounts import SocialAccountQuerySet
from accounts.permissions import ACCOUNT_BUNDLES, AccountRole, Permission
from accounts.rights import Rights

Ids = list[int] | QuerySet[Any]


def holds_everywhere(user: User, permission: Permission) -> bool:
    """Whether a corporate role gives `user` the permission on every account there is."""
    rights = _rights(user)
    return rights.is_employed and rights.holds_everywhere(permission)


def accounts_within_reach(user: User, permission: Permission) -> SocialAccountQuerySet:
    """The accounts on which the roles of `user` give the permission."""
    rights = _rights(user)
    if not rights.is_employed:
        return SocialAccount.objects.none()
    if rights.holds_everywhere(permission):
        return SocialAccount.objects.all()
    return _by_roles(rights, {r for r, bundle in ACCOUNT_BUNDLES.items() if permission in bundle})


def with_a_role(user: User) -> Ids:
    """The accounts on which `user` holds any role of their own, corporate roles aside."""
    return _ids(_rights(user), set(AccountRole))


def ids_within_reach(user: User, permission: Permission) -> Ids:
    """Like `accounts_within_reach`, for use inside another query; corporate roles aside."""
    bundles = ACCOUNT_BUNDLES.items()
    return _ids(_rights(user), {role for role, bundle in bundles if permission in bundle})


def holds_a_role_somewhere(user: User) -> bool:
    """Whether `with_a_role` has any."""
    rights = _rights(user)
    return bool(rights.granted_on_accounts) or rights.answers_for_an_account


def has_a_team(user: User) -> bool:
    return _rights(user).has_a_team


def _by_roles(rights: Rights, roles: set[AccountRole]) -> SocialAccountQuerySet:
    reached = SocialAccount.objects.filter(pk__in=_granted(rights, roles))
    if AccountRole.SITE_OWNER in roles and rights.answers_for_an_account:
        reached |= SocialAccount.objects.answered_for_by(rights.user)
    return reached.exclude(state=AccountState.CLOSED)


def _ids(rights: Rights, roles: set[AccountRole]) -> Ids:
    """Plain numbers where they are known: the database then looks nothing up for each row."""
    if AccountRole.SITE_OWNER in roles and rights.answers_for_an_account:
        return _by_roles(rights, roles).order_by().values("pk")
    return _granted(rights, roles)


def _granted(rights: Rights, roles: set[AccountRole]) -> list[int]:
    return sorted({pk for pk, role in rights.granted_on_accounts if role in roles})


def _rights(user: User) -> Rights:
    return user.rights or Rights(user, timezone.now())
