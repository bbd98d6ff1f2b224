"""What one person holds at one moment: each fact is read from the database when it is asked for.

`accounts.access` makes a new one for every question, so an answer is never older than the
question. Only a page that is being read keeps one, for as long as the request takes
(`accounts.middleware.RightsMiddleware`), and the gate has one of each person before it, for as long
as it looks (`rights_together`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from allauth.mfa.models import Authenticator
from django.db.models import Exists
from django.utils import timezone

from accounts import evidence
from accounts.evidence import Lack, Missing
from accounts.models import AccountGrant, CorporateGrant, SocialAccount, User
from accounts.permissions import (
    ACCOUNT_BUNDLES,
    CORPORATE_BUNDLES,
    MANAGER_BUNDLE,
    AccountRole,
    CorporateRole,
    Permission,
)

Fact = TypeVar("Fact")


class Rights:
    """The roles, the evidence and the second factor of `user` at the moment `at`."""

    def __init__(self, user: User, at: datetime) -> None:
        self.user = user
        self.at = at
        self._together = _Together([user], at)

    @cached_property
    def is_employed(self) -> bool:
        return self.user.is_employed(timezone.localdate(self.at))

    @cached_property
    def corporate_roles(self) -> frozenset[CorporateRole]:
        """Everybody who is employed is at least a member of staff; at a terminal nobody is more
        than themself.
        """
        if self.user.at_terminal:
            return frozenset()
        granted = self._together.corporate_grants[self.user.pk]
        return frozenset(granted) | {CorporateRole.MEMBER_OF_STAFF}

    @cached_property
    def granted_on_accounts(self) -> frozenset[tuple[int, AccountRole]]:
        """(account's id, role) for every account role in force."""
        if self.user.at_terminal:
            return frozenset()
        return frozenset(self._together.account_grants[self.user.pk])

    @cached_property
    def answers_for_an_account(self) -> bool:
        """Whether the person is the owner or the deputy of some account."""
        return self._stands_above[0]

    @cached_property
    def has_a_team(self) -> bool:
        return self._stands_above[1]

    @cached_property
    def _stands_above(self) -> tuple[bool, bool]:
        """An account, people: nearly every page asks for both, so it is one query."""
        if self.user.at_terminal:
            return (False, False)
        accounts = SocialAccount.objects.answered_for_by(self.user)
        team = self.user.team.employed(timezone.localdate(self.at))
        asked = User.objects.filter(pk=self.user.pk).values_list(Exists(accounts), Exists(team))
        return asked.first() or (False, False)

    @cached_property
    def has_two_factor(self) -> bool:
        app = Authenticator.Type.TOTP
        return bool(Authenticator.objects.filter(user_id=self.user.pk, type=app).exists())

    def roles_on(self, account: SocialAccount) -> frozenset[AccountRole]:
        """The roles on one account; its owner and its deputy hold the site owner's."""
        roles = {role for account_id, role in self.granted_on_accounts if account_id == account.pk}
        if not self.user.at_terminal and self.user.pk in (account.owner_id, account.deputy_id):
            roles.add(AccountRole.SITE_OWNER)
        return frozenset(roles)

    def holds_everywhere(self, permission: Permission) -> bool:
        """Whether a corporate role gives `permission`."""
        return any(permission in CORPORATE_BUNDLES[role] for role in self.corporate_roles)

    def holds_on(self, permission: Permission, account: SocialAccount) -> bool:
        """Whether a role on `account` itself gives `permission`."""
        return any(permission in ACCOUNT_BUNDLES[role] for role in self.roles_on(account))

    def holds_somewhere(self, permission: Permission) -> bool:
        """Whether a role on any account, or having a team, gives `permission`."""
        roles = {role for role, bundle in ACCOUNT_BUNDLES.items() if permission in bundle}
        if roles and any(role in roles for _, role in self.granted_on_accounts):
            return True
        if AccountRole.SITE_OWNER in roles and self.answers_for_an_account:
            return True
        return permission in MANAGER_BUNDLE and self.has_a_team

    def holds_over(self, permission: Permission, person: User) -> bool:
        """Whether managing `person` gives `permission`."""
        is_theirs = person.manager_id == self.user.pk and not self.user.at_terminal
        return permission in MANAGER_BUNDLE and is_theirs

    def everything_held(self) -> frozenset[Permission]:
        """Every permission that some role of the person holds, evidence apart."""
        held = set().union(*(CORPORATE_BUNDLES[role] for role in self.corporate_roles))
        held.update(*(ACCOUNT_BUNDLES[role] for _, role in self.granted_on_accounts))
        if self.answers_for_an_account:
            held |= ACCOUNT_BUNDLES[AccountRole.SITE_OWNER]
        if self.has_a_team:
            held |= MANAGER_BUNDLE
        return frozenset(held)

    def missing_evidence(self, permission: Permission) -> list[Missing]:
        lacks = self._together.lacks[self.user.pk]
        return [lack.missing for lack in lacks if permission in lack.permissions]


def rights_together(users: Iterable[User], at: datetime) -> dict[int, Rights]:
    """The rights of each, by the person's id: each fact is asked once for all of them."""
    rights = {user.pk: Rights(user, at) for user in users}
    together = _Together([each.user for each in rights.values()], at)
    for each in rights.values():
        each._together = together
    return rights


class _Together:
    """What is asked once for several people, when the first of them is asked about."""

    def __init__(self, users: Sequence[User], at: datetime) -> None:
        self._users = users
        self._at = at

    @cached_property
    def corporate_grants(self) -> Mapping[int, list[CorporateRole]]:
        granted = CorporateGrant.objects.in_force(self._at).filter(user__in=self._keys)
        return _by_person(
            (user, CorporateRole(role)) for user, role in granted.values_list("user_id", "role")
        )

    @cached_property
    def account_grants(self) -> Mapping[int, list[tuple[int, AccountRole]]]:
        granted = AccountGrant.objects.in_force(self._at).filter(user__in=self._keys)
        return _by_person(
            (user, (account, AccountRole(role)))
            for user, account, role in granted.values_list("user_id", "account_id", "role")
        )

    @cached_property
    def lacks(self) -> Mapping[int, list[Lack]]:
        return _by_person((lack.user_id, lack) for lack in evidence.lacks_of(self._users, self._at))

    @property
    def _keys(self) -> list[int]:
        return [user.pk for user in self._users]


def _by_person(pairs: Iterable[tuple[int, Fact]]) -> Mapping[int, list[Fact]]:
    found = defaultdict(list)
    for user, fact in pairs:
        found[user].append(fact)
    return found
