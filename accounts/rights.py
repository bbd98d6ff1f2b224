"""What one person holds at one moment: each fact is read from the database when it is asked for.

`accounts.access` makes a new one for every question, so an answer is never older than the
question. Only a page that is being read keeps one, for as long as the request takes
(`accounts.middleware.RightsMiddleware`).
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Q
from django.utils import timezone

from accounts import evidence
from accounts.evidence import Missing
from accounts.models import SocialAccount, User
from accounts.permissions import (
    ACCOUNT_BUNDLES,
    CORPORATE_BUNDLES,
    MANAGER_BUNDLE,
    AccountRole,
    CorporateRole,
    Permission,
)


class Rights:
    """The roles, the evidence and the second factor of `user` at the moment `at`."""

    def __init__(self, user: User, at: datetime) -> None:
        self.user = user
        self.at = at
        self._missing_evidence: dict[Permission, list[Missing]] = {}

    @cached_property
    def is_employed(self) -> bool:
        return self.user.is_employed(timezone.localdate(self.at))

    @cached_property
    def corporate_roles(self) -> frozenset[CorporateRole]:
        """Everybody who is employed is at least a member of staff."""
        granted = self.user.corporate_grants.in_force(self.at).values_list("role", flat=True)
        return frozenset(CorporateRole(role) for role in granted) | {CorporateRole.MEMBER_OF_STAFF}

    @cached_property
    def granted_on_accounts(self) -> frozenset[tuple[int, AccountRole]]:
        """(account's id, role) for every account role in force."""
        granted = self.user.account_grants.in_force(self.at).values_list("account_id", "role")
        return frozenset((account_id, AccountRole(role)) for account_id, role in granted)

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
        accounts = SocialAccount.objects.filter(Q(owner=self.user) | Q(deputy=self.user))
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
        if self.user.pk in (account.owner_id, account.deputy_id):
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
        return permission in MANAGER_BUNDLE and person.manager_id == self.user.pk

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
        if permission not in self._missing_evidence:
            found = evidence.missing_for(self.user, permission, self.at)
            self._missing_evidence[permission] = found
        return self._missing_evidence[permission]
