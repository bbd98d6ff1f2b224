"""Who has access to an account today, through what, and who gave it: for its page of access."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import AccountGrant, Answerable, CorporateGrant, SocialAccount, User
from accounts.permissions import (
    ACCOUNT_BUNDLES,
    CORPORATE_BUNDLES,
    AccountRole,
    CorporateRole,
    Permission,
)

WRITERS_ON_ACCOUNTS = frozenset(
    role for role, bundle in ACCOUNT_BUNDLES.items() if Permission.WRITE_POST in bundle
)
"""Roles on an account with which somebody can post there."""
WRITERS_EVERYWHERE = frozenset(
    role for role, bundle in CORPORATE_BUNDLES.items() if Permission.WRITE_POST in bundle
)


@dataclass(frozen=True, slots=True)
class Access:
    """One person's role on an account, or their answering for it."""

    person: User
    role: str
    rights: str
    since: datetime
    given_by: str
    reason: str = ""
    until: date | None = None
    grant: AccountGrant | None = None
    """What can be changed and taken away; none for the owner and the deputy."""
    part: Answerable | None = None

    @property
    def has_left(self) -> bool:
        return not self.person.is_employed()


def access_on(account: SocialAccount) -> list[Access]:
    """The owner, the deputy, then everybody with a role, by name. Two queries."""
    parts = account.answerables.open().select_related("user", "named_by").order_by("-part")
    grants = account.grants.in_force().select_related("user", "granted_by")
    return [*_answering(parts), *_granted(grants.order_by("user__name", "user_id", "role"))]


def access_everywhere() -> list[CorporateGrant]:
    """The corporate roles with which people who work here can post on every account. One query."""
    grants = CorporateGrant.objects.in_force().filter(role__in=WRITERS_EVERYWHERE)
    rows = grants.filter(user__in=User.objects.employed()).select_related("user", "granted_by")
    return list(rows.order_by("user__name", "user_id", "role"))


def rights_of_role(bundle: frozenset[Permission]) -> str:
    """“Write posts, see mentions”: in the order of the enumeration."""
    words = ", ".join(permission.value for permission in Permission if permission in bundle)
    return words[:1].upper() + words[1:]


def everywhere(grant: CorporateGrant) -> str:
    return rights_of_role(CORPORATE_BUNDLES[CorporateRole(grant.role)])


def _answering(parts: Iterable[Answerable]) -> Iterator[Access]:
    rights = rights_of_role(ACCOUNT_BUNDLES[AccountRole.SITE_OWNER])
    for part in parts:
        named_by = part.named_by.name if part.named_by else ""
        yield Access(part.user, part.get_part_display(), rights, part.since, named_by, part=part)


def _granted(grants: Iterable[AccountGrant]) -> Iterator[Access]:
    for grant in grants:
        yield Access(
            grant.user,
            grant.get_role_display(),
            rights_of_role(ACCOUNT_BUNDLES[AccountRole(grant.role)]),
            grant.granted_at,
            grant.granted_by.name if grant.granted_by else "",
            reason=grant.reason,
            until=grant.ends_on,
            grant=grant,
        )
