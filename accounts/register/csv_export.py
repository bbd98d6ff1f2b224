"""The register as a CSV file: a line for each account, its facts as the pages show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import QuerySet

from accounts.access import demand
from accounts.health import connection_health, current_assessment
from accounts.models import AccountState, SocialAccount, User
from accounts.permissions import Permission
from accounts.register.facts import facts_of
from accounts.standing import risk_words
from audit.catalogue import Event
from audit.record import Subject, record
from pages.csv_cells import csv_pieces

REGISTER = Subject("accounts.register", "", "the accounts register")
AT_A_TIME = 500

_FACTS = {
    "url": "address",
    "purpose": "purpose",
    "audience": "audience",
    "aims": "strategic aims",
    "opened_on": "opened on",
    "predates_policy": "there before the policy",
    "partner_name": "partner",
    "partner_contact": "partner’s contact",
    "recovery_contact": "recovery contact",
    "two_factor": "two-factor sign-in",
    "two_factor_checked_on": "two-factor checked on",
    "joint_access": "joint access",
    "joint_access_on": "joint access proved on",
    "branding_checked_on": "branding checked on",
    "standards_checked_on": "standards checked on",
    "last_post_on": "last post on",
}
COLUMNS = {
    "platform": "platform",
    "handle": "handle",
    "name": "name",
    "service_area": "service area",
    "owner": "site owner",
    "deputy": "deputy",
    "state": "state",
    **_FACTS,
}
"""What can be said of an account, each by the name of its column; an import reads them too."""
WHICH = ("platform", "handle", "name", "service area", "site owner", "state")
"""The headings of `which_account`."""
HEADINGS = (*COLUMNS.values(), "risk", "risk score", "risk review due", "connection")


def export_register(
    rows: QuerySet[SocialAccount], *, by: User, chosen: Mapping[str, str]
) -> Iterator[bytes]:
    """The accounts of `rows` in pieces; `chosen` are the filters, for the audit trail.

    The entry is written before the first byte goes out. Raises NotAllowed.
    """
    demand(by, Permission.EXPORT_REGISTER)
    with transaction.atomic():
        record(
            Event.REGISTER_EXPORTED,
            by=by,
            on=REGISTER,
            after={"format": "CSV", "filters": dict(chosen)},
        )
    return csv_pieces(_lines(rows))


def which_account(account: SocialAccount) -> tuple[str, ...]:
    """The cells with which a line of any other file about accounts begins."""
    return (
        account.platform_name,
        account.handle,
        account.name,
        account.service_area.name,
        account.owner.email,
        AccountState(account.state).label,
    )


def _lines(rows: QuerySet[SocialAccount]) -> Iterator[list[str]]:
    yield list(HEADINGS)
    for account in rows.order_by("name", "pk").iterator(chunk_size=AT_A_TIME):
        yield _line(account)


def _line(account: SocialAccount) -> list[str]:
    facts, risk = facts_of(account), current_assessment(account)
    return [
        account.platform_name,
        account.handle,
        account.name,
        account.service_area.name,
        account.owner.email,
        account.deputy.email if account.deputy else "",
        AccountState(account.state).label,
        *(facts[name] for name in _FACTS),
        risk_words(account),
        str(risk.score) if risk else "",
        risk.review_on.isoformat() if risk else "",
        connection_health(account).value,
    ]
