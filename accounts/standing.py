"""How an account stands, in words and colours, and who holds which role on it: for the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.health import (
    ConnectionHealth,
    RiskHealth,
    connection_health,
    current_assessment,
    held_from,
    risk_health,
)
from accounts.models import RiskLevel, SocialAccount, User
from accounts.permissions import ACCOUNT_BUNDLES, AccountRole, Permission

LEVEL_COLOURS = {RiskLevel.LOW: "green", RiskLevel.MEDIUM: "yellow", RiskLevel.HIGH: "red"}
RISK_COLOURS = {
    RiskHealth.IN_GRACE: "orange",
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
    risk_note: str
    """What an overdue review means for posts; empty where all is well or nothing is signed."""
    connection: str
    connection_colour: str
    review_on: date | None
    """When the newest signed assessment is due for review."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """Somebody's role on an account, and what it lets them do there."""

    person: User
    role: str
    rights: str
    ends_on: date | None = None


def standing_of(account: SocialAccount) -> Standing:
    connection, current = connection_health(account), current_assessment(account)
    return Standing(
        account=account,
        risk=risk_words(account),
        risk_colour=_risk_colour(account),
        risk_note=_risk_note(account),
        connection=connection.value,
        connection_colour=CONNECTION_COLOURS[connection],
        review_on=current.review_on if current else None,
    )


def risk_words(account: SocialAccount) -> str:
    """“Low risk”, “Review overdue, posts held from 3 June”; reads the risk assessments only."""
    risk, current = risk_health(account), current_assessment(account)
    if risk is RiskHealth.IN_DATE and current:
        return f"{current.level.label} risk"
    if risk is RiskHealth.IN_GRACE and current:
        return f"{risk.value}, posts held from {held_from(current.review_on):%-d %B}"
    return risk.value


def _risk_colour(account: SocialAccount) -> str:
    risk, current = risk_health(account), current_assessment(account)
    if risk is RiskHealth.IN_DATE and current:
        return LEVEL_COLOURS[current.level]
    return RISK_COLOURS[risk]


def _risk_note(account: SocialAccount) -> str:
    risk, current = risk_health(account), current_assessment(account)
    if current is None or risk not in (RiskHealth.IN_GRACE, RiskHealth.OVERDUE):
        return ""
    held = held_from(current.review_on)
    if risk is RiskHealth.OVERDUE:
        return (
            f"The review was due on {current.review_on:%-d %B %Y}. Posts have been held since"
            f" {held:%-d %B %Y}."
        )
    return (
        f"The review was due on {current.review_on:%-d %B %Y}. Posts still go out; from"
        f" {held:%-d %B %Y} they are held until the risk is assessed again and signed off."
    )


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
