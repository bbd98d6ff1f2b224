"""The register: putting accounts on it, moving their state, changing who answers for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Unpack

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from accounts import closing
from accounts.access import demand
from accounts.actions import credentials, risk
from accounts.facts import Facts, facts_of, put_facts, set_aims
from accounts.handles import check_handle
from accounts.health import RiskHealth, risk_health
from accounts.models import AccountState, ServiceArea, SocialAccount, User
from accounts.models.social_accounts import ACCOUNT_TRANSITIONS
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from platforms.addresses import web_address
from platforms.contract import Identity
from platforms.known import known_platforms


@dataclass(frozen=True, slots=True)
class Assessment:
    """The risk assessment with which an account goes live."""

    likelihood: int
    impact: int
    summary: str
    assessed_by: User
    signed_off_by: User
    review_on: date


@transaction.atomic
def register_account(
    *,
    by: User | None,
    platform: str,
    handle: str,
    name: str,
    service_area: ServiceArea,
    owner: User,
    deputy: User | None = None,
    url: str = "",
    server_url: str = "",
    remote_id: str = "",
    purpose: str = "",
    is_partners: bool = False,
    **facts: Unpack[Facts],
) -> SocialAccount:
    """Put an account on the register: requested; or a partner's, which is watched only.

    Raises ValidationError for an unknown platform, a handle that is taken, an owner who has
    left, and facts that cannot be.
    """
    if by is not None:
        demand(by, Permission.MANAGE_ACCOUNTS)
    handle = handle.strip().lstrip("@")
    check_place(platform, handle, server_url)
    _check_people(owner, deputy)
    account = SocialAccount(
        platform=platform,
        handle=handle,
        name=name.strip() or handle,
        url=url or known_platforms()[platform].profile_url(handle),
        server_url=server_url,
        remote_id=remote_id,
        purpose=purpose,
        service_area=service_area,
        owner=owner,
        deputy=deputy,
        state=AccountState.PARTNER if is_partners else AccountState.REQUESTED,
    )
    put_facts(account, facts)
    account.save()
    set_aims(account, facts.get("aims", ()))
    record(
        Event.ACCOUNT_REGISTERED,
        by=by,
        on=account,
        after={
            "platform": account.platform_name,
            "handle": handle,
            "service_area": service_area.name,
            "owner": owner.name,
            "deputy": deputy.name if deputy else "",
            "state": AccountState(account.state).label.lower(),
            **{name: words for name, words in facts_of(account).items() if name in facts},
        },
    )
    return account


@transaction.atomic
def add_live_account(
    *,
    by: User | None,
    platform: str,
    handle: str,
    name: str,
    service_area: ServiceArea,
    owner: User,
    identity: Identity,
    credential: Mapping[str, str],
    assessment: Assessment,
    deputy: User | None = None,
    server_url: str = "",
    purpose: str = "",
    **facts: Unpack[Facts],
) -> SocialAccount:
    """Register, assess, connect and take live in one step: all of it, or nothing.

    `identity` is what the platform said about `credential` (`accounts.identity`). Every step
    leaves its own entry in the audit trail and asks the same as when it is taken alone.
    """
    account = register_account(
        by=by,
        platform=platform,
        handle=handle,
        name=name or identity.name,
        service_area=service_area,
        owner=owner,
        deputy=deputy,
        url=web_address(identity.url),
        server_url=server_url,
        remote_id=identity.remote_id,
        purpose=purpose,
        **facts,
    )
    made = risk.assess(
        by=assessment.assessed_by,
        account=account,
        likelihood=assessment.likelihood,
        impact=assessment.impact,
        summary=assessment.summary,
        review_on=assessment.review_on,
    )
    risk.sign_off(by=assessment.signed_off_by, assessment=made)
    credentials.store(
        by=by, account=account, credential=credential, remote_name=f"@{identity.handle}"
    )
    for state in (AccountState.ASSESSED, AccountState.APPROVED, AccountState.LIVE):
        account = move_state(by=by, account=account, to=state)
    return account


@transaction.atomic
def move_state(
    *, by: User | None, account: SocialAccount, to: AccountState, reason: str = ""
) -> SocialAccount:
    """Move `account` along `ACCOUNT_TRANSITIONS`.

    Assessed, approved and live need a signed risk assessment in date, live an owner who works
    here; closing and closed that nothing is scheduled any more. Raises ValidationError.
    """
    locked = (
        SocialAccount.objects.select_for_update(of=("self",))
        .select_related("owner")
        .get(pk=account.pk)
    )
    if by is not None:
        demand(by, Permission.MANAGE_ACCOUNTS, on=locked)
    before = AccountState(locked.state)
    if to not in ACCOUNT_TRANSITIONS[before]:
        raise ValidationError(
            f"{locked} is {before.label.lower()} and cannot become {to.label.lower()}."
        )
    _guard_state(locked, to)
    locked.state = to
    locked.save(update_fields=["state"])
    record(
        Event.ACCOUNT_STATE_MOVED,
        by=by,
        on=locked,
        before={"state": before.label.lower()},
        after={"state": to.label.lower()},
        reason=reason,
    )
    return locked


@transaction.atomic
def change_owner(
    *, by: User | None, account: SocialAccount, owner: User, deputy: User | None, reason: str = ""
) -> SocialAccount:
    """Who answers for the account, and who stands in."""
    locked = (
        SocialAccount.objects.select_for_update(of=("self",))
        .select_related("owner", "deputy")
        .get(pk=account.pk)
    )
    if by is not None:
        demand(by, Permission.MANAGE_ACCOUNTS, on=locked)
    _check_people(owner, deputy)
    before = _people(locked)
    if (locked.owner, locked.deputy) == (owner, deputy):
        return locked
    locked.owner, locked.deputy = owner, deputy
    locked.save(update_fields=["owner", "deputy"])
    record(
        Event.ACCOUNT_CHANGED, by=by, on=locked, before=before, after=_people(locked), reason=reason
    )
    return locked


def check_place(platform: str, handle: str, server_url: str) -> None:
    """Raise ValidationError unless a new account can stand there."""
    if platform not in known_platforms():
        known = ", ".join(sorted(known_platforms()))
        raise ValidationError(
            {"platform": f"There is no platform called “{platform}”. Choose one of: {known}."}
        )
    check_handle(platform, handle)
    if server_url:
        schemes = ["https"] if settings.PRODUCTION else ["https", "http"]
        wrong = f"The server’s address must start with {' or '.join(s + '://' for s in schemes)}."
        try:
            URLValidator(schemes=schemes, message=wrong)(server_url)
        except ValidationError:
            raise ValidationError({"server_url": wrong}) from None


def _guard_state(account: SocialAccount, to: AccountState) -> None:
    if to in (AccountState.ASSESSED, AccountState.APPROVED, AccountState.LIVE):
        health = risk_health(account)
        if health is not RiskHealth.IN_DATE:
            raise ValidationError(
                f"{account} needs a risk assessment that is signed off and in date first"
                f" (now: {health.value.lower()})."
            )
    if to is AccountState.LIVE:
        _check_people(account.owner, None)
    if to in (AccountState.CLOSING, AccountState.CLOSED):
        in_the_way = closing.in_the_way(account)
        if in_the_way:
            raise ValidationError([missing.what for missing in in_the_way])


def _check_people(owner: User, deputy: User | None) -> None:
    for field, person in (("owner", owner), ("deputy", deputy)):
        if person and not person.is_employed():
            raise ValidationError({field: f"{person.name} does not work for the council any more."})
    if deputy and deputy.pk == owner.pk:
        raise ValidationError({"deputy": "The deputy must be somebody else than the owner."})


def _people(account: SocialAccount) -> dict[str, str]:
    return {"owner": account.owner.name, "deputy": account.deputy.name if account.deputy else ""}
