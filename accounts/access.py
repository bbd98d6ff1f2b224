"""May they? The one answer, derived each time from employment, roles and evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.evidence import Missing
from accounts.models import SocialAccount, User
from accounts.permissions import (
    NEEDS_EVIDENCE,
    NEEDS_TWO_FACTOR,
    AccountRole,
    CorporateRole,
    Permission,
)
from accounts.rights import Rights

DIGITAL_TEAM = CorporateRole.DIGITAL_TEAM.label.lower()


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


class NotAllowed(PermissionDenied):
    """Somebody asked for what they may not do; the 403 page shows `explanation`."""

    def __init__(self, explanation: Explanation) -> None:
        super().__init__(" ".join(missing.what for missing in explanation.missing))
        self.explanation = explanation


def may(
    user: User | AnonymousUser,
    permission: Permission,
    *,
    on: Governed | User | None = None,
    at: datetime | None = None,
) -> bool:
    """Whether `user` holds `permission`.

    On every account of `on`, over the person `on`, or without `on` anywhere at all.
    """
    return next(_missing(user, permission, on, at), None) is None


def explain(
    user: User | AnonymousUser,
    permission: Permission,
    *,
    on: Governed | User | None = None,
    at: datetime | None = None,
) -> Explanation:
    """Like :func:`may`, saying what is missing and who can grant it."""
    return Explanation(permission, tuple(_missing(user, permission, on, at)))


def demand(
    user: User | AnonymousUser,
    permission: Permission,
    *,
    on: Governed | User | None = None,
) -> None:
    """Do nothing if `user` may; raise :class:`NotAllowed` with the explanation if not."""
    explanation = explain(user, permission, on=on)
    if not explanation.allowed:
        raise NotAllowed(explanation)


def corporate_roles(user: User, at: datetime | None = None) -> frozenset[CorporateRole]:
    """The corporate roles in force; everybody employed is at least a member of staff."""
    return _rights(user, at).corporate_roles


def account_roles(
    user: User, account: SocialAccount, at: datetime | None = None
) -> frozenset[AccountRole]:
    """The roles in force on one account; its owner and deputy hold the site owner's."""
    return _rights(user, at).roles_on(account)


def permissions_held(user: User, at: datetime | None = None) -> frozenset[Permission]:
    """What the roles of `user` hold on anything at all, evidence apart: for showing links.

    Whether something is allowed is decided by :func:`may`, never by this.
    """
    rights = _rights(user, at)
    return rights.everything_held() if rights.is_employed else frozenset()


def holds(user: User, *permissions: Permission) -> bool:
    """Whether the roles of `user` hold one of these on anything at all: for showing links.

    Like :func:`permissions_held`, but it asks the database no more than the answer takes.
    """
    return _holds(_rights(user, None), permissions)


def holds_each(user: User, groups: Iterable[Collection[Permission]]) -> list[bool]:
    """:func:`holds` for each group, with the facts read once for all of them."""
    rights = _rights(user, None)
    return [_holds(rights, group) for group in groups]


def has_two_factor(user: User) -> bool:
    return _rights(user, None).has_two_factor


def must_have_two_factor(user: User) -> bool:
    """Whether the roles of `user` hold a permission that asks for a second factor."""
    return settings.TWO_FACTOR_REQUIRED and holds(user, *NEEDS_TWO_FACTOR)


def _missing(
    user: User | AnonymousUser,
    permission: Permission,
    on: Governed | User | None,
    at: datetime | None,
) -> Iterator[Missing]:
    """What is missing, the cheapest to find out first."""
    if not isinstance(user, User):
        yield Missing("Nobody is signed in.", "you, by signing in")
        return
    rights = _rights(user, at)
    if not rights.is_employed:
        yield Missing(f"{user.name} does not work for the council any more.", "HR")
        return
    yield from _missing_roles(rights, permission, on)
    if _lacks_two_factor(rights, permission):
        yield Missing("Two-factor sign-in is not set up.", f"{user.name}, on their profile page")
    if permission in NEEDS_EVIDENCE:
        yield from rights.missing_evidence(permission)


def _rights(user: User, at: datetime | None) -> Rights:
    if at is None and user.rights is not None:
        return user.rights
    return Rights(user, at or timezone.now())


def _holds(rights: Rights, permissions: Iterable[Permission]) -> bool:
    asked = tuple(permissions)
    return rights.is_employed and (
        any(rights.holds_everywhere(permission) for permission in asked)
        or any(rights.holds_somewhere(permission) for permission in asked)
    )


def _lacks_two_factor(rights: Rights, permission: Permission) -> bool:
    asked = settings.TWO_FACTOR_REQUIRED and permission in NEEDS_TWO_FACTOR
    return asked and not rights.has_two_factor


def _missing_roles(
    rights: Rights, permission: Permission, on: Governed | User | None
) -> list[Missing]:
    if rights.holds_everywhere(permission):
        return []
    if on is None:
        held = rights.holds_somewhere(permission)
    elif isinstance(on, User):
        held = rights.holds_over(permission, on)
    else:
        return _missing_on_accounts(rights, permission, list(on.governed_accounts()))
    return [] if held else [_no_role(permission)]


def _missing_on_accounts(
    rights: Rights, permission: Permission, accounts: list[SocialAccount]
) -> list[Missing]:
    if not accounts:
        return [_no_role(permission)]
    return [
        Missing(f"No role gives the right to {permission} on {account}.", f"the {DIGITAL_TEAM}")
        for account in accounts
        if not rights.holds_on(permission, account)
    ]


def _no_role(permission: Permission) -> Missing:
    return Missing(f"No role gives the right to {permission}.", f"the {DIGITAL_TEAM}")
