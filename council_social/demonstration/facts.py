"""What the register says of each account besides its people. All of it is invented."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.actions.aims import add_aim
from accounts.models import TwoFactorState
from accounts.register.facts import Facts
from council_social.demonstration.accounts import Account, Kind
from council_social.demonstration.cast import Cast
from council_social.demonstration.council import DOMAIN

AIMS = (
    "Residents know what the council does and decides",
    "Warnings reach people within minutes",
    "More people use our libraries, parks and leisure centres",
    "Less waste, more recycling",
    "Questions are answered where they are asked",
)

AUDIENCES = {
    "Communications": "Everybody who lives or works in the district",
    "Libraries": "Readers, families and reading groups",
    "Highways": "Drivers, cyclists and bus passengers",
    "Waste and recycling": "Households, above all in their first year here",
    "Leisure and parks": "Families, walkers and sports clubs",
    "Housing": "Tenants of the council",
    "Planning": "Applicants, parish councils and neighbours",
    "Community safety": "Residents and neighbourhood watch groups",
}

SERVED = {
    "Communications": (AIMS[0], AIMS[1], AIMS[4]),
    "Libraries": (AIMS[2], AIMS[4]),
    "Highways": (AIMS[1], AIMS[4]),
    "Waste and recycling": (AIMS[3], AIMS[4]),
    "Leisure and parks": (AIMS[2],),
    "Housing": (AIMS[4],),
    "Planning": (AIMS[0],),
    "Community safety": (AIMS[1],),
}


def put_aims(cast: Cast) -> None:
    """The list of aims, as the strategy words them."""
    for name in AIMS:
        cast.aims[name] = add_aim(by=cast.digital, name=name)


def facts_for(cast: Cast, account: Account, begun: date) -> Facts:
    """The facts with which `account` came onto the register on the day `begun`."""
    facts: Facts = {
        "audience": AUDIENCES[account.area],
        "aims": [cast.aims[name] for name in SERVED[account.area]],
    }
    facts["opened_on"] = begun - timedelta(days=800 + 90 * len(account.key))
    facts["predates_policy"] = True
    if account.kind is Kind.PARTNER:
        facts["partner_name"] = "Wealdmoor Police"
        facts["partner_contact"] = "Neighbourhood team, safer@police.example"
        return facts
    facts["recovery_contact"] = f"social@{DOMAIN}"
    facts["joint_access"] = "The digital team signed in as administrator, with a picture on file"
    facts["joint_access_on"] = begun
    facts["two_factor"] = TwoFactorState.ON
    facts["two_factor_checked_on"] = begun
    if account.kind is Kind.WELL:
        facts["branding_checked_on"] = begun
        facts["standards_checked_on"] = begun
    return facts
