"""What one person holds at one moment: each fact is read from the database when it is asked for.

`accounts.access` makes a new one for every question, so an answer is never older than the
question. Only a page that is being read keeps one, for as long as the request takes
(`accounts.middleware.RightsMiddleware`), and the gate has one of each person before it, for as long
as it looks (`rights_together`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, Value
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

    @property
    def answers_for_an_account(self) -> bool:
        """Whether the person is the owner or the deputy of some account."""
        return self._stand.answers and not self.user.at_terminal

    @property
    def has_a_team(self) -> bool:
        return self._stand.manages and not self.user.at_terminal

    @property
    def has_two_factor(self) -> bool:
        return self._stand.has_two_factor

    @property
    def _stand(self) -> _Stand:
        return self._together.stands.get(self.user.pk, _NOBODY)

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


@dataclass(frozen=True, slots=True)
class _Stand:
    """What is known of a person beside their roles: nearly every page asks for all of it."""

    answers: bool
    manages: bool
    has_two_factor: bool


_NOBODY = _Stand(answers=False, manages=False, has_two_factor=False)


class _Together:
    """What is asked once for several people, when the first of them is asked about."""

    def __init__(self, users: Sequence[User], at: datetime) -> None:
        self._users = users
        self._at = at

    @cached_property
    def corporate_grants(self) -> Mapping[int, list[CorporateRole]]:
        return _by_person(
            (user, CorporateRole(role)) for user, role, account in self._grants if account is None
        )

    @cached_property
    def account_grants(self) -> Mapping[int, list[tuple[int, AccountRole]]]:
        return _by_person(
            (user, (account, AccountRole(role))) for user, role, account in self._grants if account
        )

    @cached_property
    def _grants(self) -> list[tuple[int, str, int | None]]:
        """The person, the role, and the account; None: everywhere. One query."""
        everywhere = CorporateGrant.objects.in_force(self._at).filter(user__in=self._keys)
        somewhere = AccountGrant.objects.in_force(self._at).filter(user__in=self._keys)
        no_account = Value(None, output_field=AccountGrant._meta.get_field("account"))
        rows = everywhere.order_by().values_list("user_id", "role", no_account)
        return list(
            rows.union(somewhere.order_by().values_list("user_id", "role", "account_id"), all=True)
        )

    @cached_property
    def stands(self) -> Mapping[int, _Stand]:
        """One query."""
        me = OuterRef("pk")
        answers = SocialAccount.objects.filter(Q(owner=me) | Q(deputy=me))
        team = User.objects.employed(timezone.localdate(self._at)).filter(manager=me)
        app = Authenticator.objects.filter(user=me, type=Authenticator.Type.TOTP)
        asked = User.objects.filter(pk__in=self._keys)
        rows = asked.values_list("pk", Exists(answers), Exists(team), Exists(app))
        return {pk: _Stand(*facts) for pk, *facts in rows}

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
