"""Why a person may do what they may: where each right comes from, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.access import explain
from accounts.evidence import Missing
from accounts.models import AccountGrant, CorporateGrant, SocialAccount, User
from accounts.permissions import (
    ACCOUNT_BUNDLES,
    CORPORATE_BUNDLES,
    MANAGER_BUNDLE,
    AccountRole,
    CorporateRole,
    Permission,
)
from accounts.rights import Rights


@dataclass(frozen=True, slots=True)
class Source:
    """A role that gives rights: everywhere, over a team, or on one account."""

    role: str
    gives: frozenset[Permission]
    account: SocialAccount | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """One thing that a role of the person gives, and everything that keeps them from it."""

    permission: Permission
    sources: tuple[Source, ...]
    missing: tuple[Missing, ...]

    @property
    def by_role(self) -> dict[str, list[SocialAccount]]:
        """The accounts on which each role gives it; none where a role gives it everywhere."""
        found: dict[str, list[SocialAccount]] = {}
        for source in self.sources:
            found.setdefault(source.role, []).extend([source.account] if source.account else [])
        return found


@dataclass(frozen=True, slots=True)
class Held:
    """What a person holds in their own name at one moment."""

    at: datetime
    corporate: list[CorporateGrant]
    on_accounts: list[AccountGrant]
    owned: list[SocialAccount]
    deputised: list[SocialAccount]


def held_by(person: User, at: datetime | None = None) -> Held:
    """Accounts by name. Four queries."""
    moment = at or timezone.now()
    corporate = person.corporate_grants.in_force(moment).select_related("granted_by")
    on_accounts = person.account_grants.in_force(moment).select_related("account", "granted_by")
    return Held(
        at=moment,
        corporate=list(corporate),
        on_accounts=list(on_accounts.order_by("account__name", "account_id", "role")),
        owned=list(person.owned_accounts.order_by("name", "pk")),
        deputised=list(person.deputised_accounts.order_by("name", "pk")),
    )


def rights_of(person: User, held: Held | None = None) -> list[Right]:
    """What the roles of `person` give, in the order of the permissions; nothing to a leaver.

    Five queries at most beside those of `held_by`, however many roles there are.
    """
    held = held or held_by(person)
    rights = Rights(person, held.at)
    if not rights.is_employed:
        return []
    sources = list(_sources(held, rights))
    before, person.rights = person.rights, rights
    try:
        return [
            Right(permission, giving, explain(person, permission).missing)
            for permission in Permission
            if (giving := tuple(each for each in sources if permission in each.gives))
        ]
    finally:
        person.rights = before


def _sources(held: Held, rights: Rights) -> Iterator[Source]:
    """The widest first."""
    for granted in held.corporate:
        role = CorporateRole(granted.role)
        yield Source(role.label, CORPORATE_BUNDLES[role])
    staff = CorporateRole.MEMBER_OF_STAFF
    yield Source(staff.label, CORPORATE_BUNDLES[staff])
    if rights.has_a_team:
        yield Source("Line manager", MANAGER_BUNDLE)
    owners = ACCOUNT_BUNDLES[AccountRole.SITE_OWNER]
    for account in held.owned:
        yield Source("Site owner", owners, account)
    for account in held.deputised:
        yield Source("Deputy of the site owner", owners, account)
    for given in held.on_accounts:
        on_account = AccountRole(given.role)
        yield Source(on_account.label, ACCOUNT_BUNDLES[on_account], given.account)
