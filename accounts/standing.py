"""How an account stands, in words and colours, and who holds which role on it: for the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.health import (
    ConnectionHealth,
    RiskHealth,
    connection_health,
    current_assessment,
    risk_health,
)
from accounts.models import RiskLevel, SocialAccount, User
from accounts.permissions import ACCOUNT_BUNDLES, AccountRole, Permission

LEVEL_COLOURS = {RiskLevel.LOW: "green", RiskLevel.MEDIUM: "yellow", RiskLevel.HIGH: "red"}
RISK_COLOURS = {
    RiskHealth.OVERDUE: "red",
    RiskHealth.NOT_SIGNED_OFF: "orange",
    RiskHealth.NOT_ASSESSED: "red",
}
CONNECTION_COLOURS = {
    ConnectionHealth.CONNECTED: "green",
    ConnectionHealth.REFUSED: "red",
    ConnectionHealth.EXPIRED: "red",
    ConnectionHealth.NOT_CONNECTED: "grey",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One account with its risk and its connection in a word each."""

    account: SocialAccount
    risk: str
    risk_colour: str
    connection: str
    connection_colour: str


@dataclass(frozen=True, slots=True)
class HeldRole:
    """Somebody's role on an account, and what it lets them do there."""

    person: User
    role: str
    rights: str
    ends_on: date | None = None


def standing_of(account: SocialAccount) -> Standing:
    risk, connection = risk_health(account), connection_health(account)
    current = current_assessment(account)
    if risk is RiskHealth.IN_DATE and current:
        words, colour = f"{current.level.label} risk", LEVEL_COLOURS[current.level]
    else:
        words, colour = risk.value, RISK_COLOURS[risk]
    return Standing(account, words, colour, connection.value, CONNECTION_COLOURS[connection])


def roles_on(account: SocialAccount) -> list[HeldRole]:
    """Owner, deputy, then the grants in force of people who work here, by name. One query."""
    held = [HeldRole(account.owner, "Site owner", _rights(AccountRole.SITE_OWNER))]
    if account.deputy:
        held.append(HeldRole(account.deputy, "Deputy", _rights(AccountRole.SITE_OWNER)))
    grants = account.grants.in_force().select_related("user").order_by("user__name", "role")
    held += [
        HeldRole(
            grant.user, grant.get_role_display(), _rights(AccountRole(grant.role)), grant.ends_on
        )
        for grant in grants
        if grant.user.is_employed()
    ]
    return held


def _rights(role: AccountRole) -> str:
    """“Write posts, see mentions”: in the order of the enumeration."""
    bundle = ACCOUNT_BUNDLES[role]
    words = ", ".join(permission.value for permission in Permission if permission in bundle)
    return words[:1].upper() + words[1:]
