"""May they? The one answer, derived each time from employment, roles and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils import timezone

from accounts import evidence
from accounts.evidence import Missing
from accounts.permissions import (
    ACCOUNT_BUNDLES,
    CORPORATE_BUNDLES,
    NEEDS_EVIDENCE,
    NEEDS_TWO_FACTOR,
    AccountRole,
    CorporateRole,
    Permission,
)

if TYPE_CHECKING:
    from accounts.models import SocialAccount, User


class Governed(Protocol):
    """Anything that belongs to social accounts: an account itself, a post, a version."""

    def governed_accounts(self) -> Iterable[SocialAccount]: ...


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a person may, and if not, everything that is missing."""

    permission: Permission
    missing: tuple[Missing, ...]

    @property
    def allowed(self) -> bool:
        return not self.missing


def may(
    user: User, permission: Permission, *, on: Governed | None = None, at: datetime | None = None
) -> bool:
    """Whether `user` holds `permission`: on every account of `on`, or without `on` on any at all."""
    return explain(user, permission, on=on, at=at).allowed


def explain(
    user: User, permission: Permission, *, on: Governed | None = None, at: datetime | None = None
) -> Explanation:
    """Like :func:`may`, saying which evidence is missing and who can grant it."""
    if not user.is_authenticated:
        return Explanation(permission, (Missing("You are not signed in.", "you, by signing in"),))
    moment = at or timezone.now()
    if not user.is_employed(timezone.localdate(moment)):
        left = Missing(f"{user.name} does not work for the council any more.", "HR")
        return Explanation(permission, (left,))
    missing = _missing_roles(user, permission, on, moment)
    if permission in NEEDS_TWO_FACTOR and settings.TWO_FACTOR_REQUIRED and not has_two_factor(user):
        missing.append(
            Missing("Two-factor sign-in is not set up.", f"{user.name}, under Profile")
        )
    if permission in NEEDS_EVIDENCE:
        missing += evidence.missing_for(user, permission, moment)
    return Explanation(permission, tuple(missing))


def corporate_roles(user: User, at: datetime | None = None) -> frozenset[CorporateRole]:
    """The corporate roles in force; everybody employed is at least a member of staff."""
    granted = user.corporate_grants.in_force(at).values_list("role", flat=True)
    return frozenset(CorporateRole(role) for role in granted) | {CorporateRole.MEMBER_OF_STAFF}


def account_roles(
    user: User, account: SocialAccount, at: datetime | None = None
) -> frozenset[AccountRole]:
    """The roles in force on one account; its owner and deputy hold the site owner's."""
    granted = user.account_grants.in_force(at).filter(account=account)
    roles = {AccountRole(role) for role in granted.values_list("role", flat=True)}
    if user.pk in (account.owner_id, account.deputy_id):
        roles.add(AccountRole.SITE_OWNER)
    return frozenset(roles)


def has_two_factor(user: User) -> bool:
    return user.authenticator_set.filter(type="totp").exists()


def must_have_two_factor(user: User) -> bool:
    """Whether the roles of `user` hold a permission that asks for a second factor."""
    if not settings.TWO_FACTOR_REQUIRED:
        return False
    account_wide = user.account_grants.in_force().values_list("role", flat=True)
    held = set().union(*(CORPORATE_BUNDLES[role] for role in corporate_roles(user)))
    held.update(*(ACCOUNT_BUNDLES[AccountRole(role)] for role in account_wide))
    return bool(held & NEEDS_TWO_FACTOR)


def _missing_roles(
    user: User, permission: Permission, on: Governed | None, at: datetime
) -> list[Missing]:
    if any(permission in CORPORATE_BUNDLES[role] for role in corporate_roles(user, at)):
        return []
    if on is None:
        if _holds_on_any_account(user, permission, at):
            return []
        return [Missing(f"You have no role that lets you {permission}.", "the digital team")]
    accounts = list(on.governed_accounts())
    if not accounts:
        return [Missing(f"You have no role that lets you {permission}.", "the digital team")]
    return [
        Missing(
            f"You have no role on {account} that lets you {permission}.",
            f"{account.owner.name} (site owner) or the digital team",
        )
        for account in accounts
        if not any(permission in ACCOUNT_BUNDLES[r] for r in account_roles(user, account, at))
    ]


def _holds_on_any_account(user: User, permission: Permission, at: datetime) -> bool:
    roles = {role for role, bundle in ACCOUNT_BUNDLES.items() if permission in bundle}
    if user.account_grants.in_force(at).filter(role__in=roles).exists():
        return True
    owns = user.owned_accounts.exists() or user.deputised_accounts.exists()
    return AccountRole.SITE_OWNER in roles and owns
