"""What stands in the way of publishing on an account, whoever wants to.

Asked by the gate at the moment of sending, and shown on the account's page.
"""

from __future__ import annotations

from datetime import datetime

from accounts.evidence import Missing
from accounts.health import (
    ConnectionHealth,
    RiskHealth,
    connection_health,
    current_assessment,
    risk_health,
)
from accounts.models import AccountState, SocialAccount
from platforms.known import is_publishable

DIGITAL_TEAM = "the digital team"


def obstacles(account: SocialAccount, at: datetime | None = None) -> list[Missing]:
    """Everything that keeps posts from `account` at that moment (now by default).

    Two queries, for the risk assessments and the credential; none if both are prefetched.
    """
    found = []
    if account.state == AccountState.PARTNER:
        found.append(Missing("A partner runs this account: it is watched only.", "nobody"))
    elif account.state != AccountState.LIVE:
        state = AccountState(account.state).label.lower()
        found.append(Missing(f"The account is not live: it is {state}.", DIGITAL_TEAM))
    found += _risk(account, at)
    if not is_publishable(account.platform):
        found.append(
            Missing(
                f"{account.platform_name} is used by hand: nothing is sent there.", "nobody yet"
            )
        )
        return found
    connection = connection_health(account, at)
    if connection is not ConnectionHealth.CONNECTED:
        found.append(Missing(_CONNECTION[connection], f"{DIGITAL_TEAM}, by connecting it"))
    return found


_CONNECTION = {
    ConnectionHealth.NOT_CONNECTED: "The account is not connected to the platform.",
    ConnectionHealth.REFUSED: "The platform does not accept the account’s sign-in any more.",
    ConnectionHealth.EXPIRED: "The account’s sign-in at the platform has expired.",
}


def _risk(account: SocialAccount, at: datetime | None) -> list[Missing]:
    health = risk_health(account, at)
    if health in (RiskHealth.IN_DATE, RiskHealth.IN_GRACE):
        return []
    if health is RiskHealth.OVERDUE:
        current = current_assessment(account)
        due = f" on {current.review_on:%-d %B %Y}" if current else ""
        return [
            Missing(
                f"The risk assessment was due for review{due}.", "the site owner and communications"
            )
        ]
    if health is RiskHealth.NOT_SIGNED_OFF:
        return [
            Missing("The risk assessment is not signed off.", f"communications or {DIGITAL_TEAM}")
        ]
    return [Missing("The risk is not assessed.", "the site owner and communications")]
