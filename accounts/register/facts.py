"""The facts that the register keeps of an account: their names, their words, and their rules.

Who answers for an account is not among them: `accounts.actions.answerable.change_owner`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from hashlib import sha256
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.lengths import too_long
from accounts.models import AccountState, ServiceArea, SocialAccount, StrategicAim, TwoFactorState
from audit.canonical import canonical_json
from platforms.addresses import web_address


class Facts(TypedDict, total=False):
    """What can be said of an account when it comes onto the register, and later."""

    audience: str
    aims: Collection[StrategicAim]
    opened_on: date | None
    predates_policy: bool
    partner_name: str
    partner_contact: str
    recovery_contact: str
    two_factor: str
    two_factor_checked_on: date | None
    joint_access: str
    joint_access_on: date | None
    branding_checked_on: date | None
    standards_checked_on: date | None
    last_post_on: date | None


class Details(Facts, total=False):
    """All that can be changed of an account that is on the register."""

    handle: str
    name: str
    url: str
    purpose: str
    service_area: ServiceArea


DETAILS = (
    "handle",
    "name",
    "url",
    "service_area",
    "purpose",
    "audience",
    "aims",
    "opened_on",
    "predates_policy",
    "partner_name",
    "partner_contact",
    "recovery_contact",
    "two_factor",
    "two_factor_checked_on",
    "joint_access",
    "joint_access_on",
    "branding_checked_on",
    "standards_checked_on",
    "last_post_on",
)
PAST_DAYS = tuple(name for name in DETAILS if name.endswith("_on"))


def facts_of(account: SocialAccount) -> dict[str, str]:
    """Every fact by its name, in the words that the audit trail keeps. One query, for the aims."""
    return {
        **{name: _words(getattr(account, name)) for name in DETAILS if name != "aims"},
        "two_factor": TwoFactorState(account.two_factor).label,
        "aims": "; ".join(sorted(aim.name for aim in account.aims.all())),
    }


def fingerprint_of(account: SocialAccount) -> str:
    """Changes whenever a fact does: how a page that stood open for long is recognised.

    The day of the last post is left out: it moves on by itself while somebody types.
    """
    facts = facts_of(account)
    del facts["last_post_on"]
    return sha256(canonical_json(facts).encode()).hexdigest()


def put_facts(account: SocialAccount, facts: Facts | Details) -> None:
    """Write `facts` into the row, without saving it; the aims are left to `set_aims`."""
    for name, value in facts.items():
        if name != "aims":
            setattr(account, name, value.strip() if isinstance(value, str) else value)
    errors = wrong_facts(account)
    if errors:
        raise ValidationError(errors)


def wrong_facts(account: SocialAccount) -> dict[str, str]:
    """What the account says of itself that cannot be, by field."""
    return {**dict(_wrong(account)), **too_long(account)}


def set_aims(account: SocialAccount, aims: Collection[StrategicAim]) -> None:
    """Give the account these aims. Raises ValidationError for a new one that is out of use."""
    new = set(aims) - set(account.aims.all())
    retired = sorted(aim.name for aim in new if not aim.is_in_use)
    if retired:
        raise ValidationError({"aims": f"Not in use any more: {', '.join(retired)}."})
    account.aims.set(aims)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _wrong(account: SocialAccount) -> Iterator[tuple[str, str]]:
    """What no account may say of itself, by field."""
    if not account.name:
        yield "name", "Enter the account’s name."
    if account.url and not web_address(account.url):
        yield "url", "Enter a web address that begins with https:// or http://."
    today = timezone.localdate()
    for name in PAST_DAYS:
        day = getattr(account, name)
        if day and day > today:
            yield name, "This day must be today or in the past."
    yield from _wrong_two_factor(account)
    yield from _wrong_joint_access(account)
    if account.state != AccountState.PARTNER:
        for name in ("partner_name", "partner_contact"):
            if getattr(account, name):
                yield name, "Leave this empty: only an account that a partner runs has a partner."


def _wrong_two_factor(account: SocialAccount) -> Iterator[tuple[str, str]]:
    if account.two_factor not in TwoFactorState.values:
        yield "two_factor", "Choose one of the answers on the list."
    elif account.two_factor == TwoFactorState.UNKNOWN and account.two_factor_checked_on:
        yield "two_factor", "Say what was found on the day that you entered."
    elif account.two_factor != TwoFactorState.UNKNOWN and not account.two_factor_checked_on:
        yield "two_factor_checked_on", "Enter the day on which this was checked."


def _wrong_joint_access(account: SocialAccount) -> Iterator[tuple[str, str]]:
    if account.joint_access and not account.joint_access_on:
        yield "joint_access_on", "Enter the day on which joint access was proved."
    if account.joint_access_on and not account.joint_access:
        yield "joint_access", "Say what proved joint access on the day that you entered."
