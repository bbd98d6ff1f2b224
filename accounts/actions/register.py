"""Putting accounts on the register."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Unpack

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from accounts.access import demand
from accounts.actions import credentials, risk
from accounts.actions.answerable import accept_on_paper, check_people, name_people, people_of
from accounts.actions.checking import answer_checks
from accounts.actions.states import move_state
from accounts.checklists import BRANDING, PROFILE_TEXT
from accounts.models import AccountState, ServiceArea, SocialAccount, User
from accounts.permissions import Permission
from accounts.register.facts import Facts, facts_of, put_facts, set_aims
from accounts.register.handles import check_handle
from audit.catalogue import Event
from audit.record import record
from platforms.addresses import web_address
from platforms.contract import Identity
from platforms.known import known_platforms

IN_ONE_STEP = "Put on the register with everything in place"


@dataclass(frozen=True, slots=True)
class Assessment:
    """The risk assessment with which an account goes live."""

    likelihood: int
    impact: int
    summary: str
    assessed_by: User
    signed_off_by: User
    review_on: date


@dataclass(frozen=True, slots=True)
class Readiness:
    """What the go-live checklist asks a person: what shows that each is so, empty where it is not.

    The rest of the checklist are facts of the account and of its people.
    """

    accepted: str
    """What shows that the owner and the deputy accepted: “signed form of 3 March”."""
    branding: str
    profile_text: str


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
    """Put an account on the register.

    A partner's is watched only. One that was there before the policy is suspended: in use, but
    nothing goes out from here before it has been assessed in retrospect and checked. Any other is
    requested.

    Raises ValidationError for an unknown platform, a handle that is taken, an owner who has
    left, and facts that cannot be.
    """
    if by is not None:
        demand(by, Permission.MANAGE_ACCOUNTS)
    handle = handle.strip().lstrip("@")
    check_place(platform, handle, server_url)
    check_people(owner, deputy)
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
        state=first_state(is_partners, predates_policy=facts.get("predates_policy", False)),
    )
    put_facts(account, facts)
    account.save()
    name_people(account, owner=owner, deputy=deputy, by=by)
    set_aims(account, facts.get("aims", ()))
    record(Event.ACCOUNT_REGISTERED, by=by, on=account, after=as_registered(account, facts))
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
    ready: Readiness,
    deputy: User | None = None,
    server_url: str = "",
    purpose: str = "",
    **facts: Unpack[Facts],
) -> SocialAccount:
    """Register, assess, connect and take live in one step: all of it, or nothing.

    `identity` is what the platform said about `credential` (`accounts.connection.identity`). Every
    step leaves its own entry in the audit trail and asks the same as when it is taken alone: so
    the whole go-live checklist, for which `ready` and the facts bring what is not known otherwise.
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
    _assess_and_sign_off(account, assessment)
    credentials.store(
        by=by, account=account, credential=credential, remote_name=f"@{identity.handle}"
    )
    _make_ready(account, ready, by)
    for state in _way_to_live(account):
        account = move_state(by=by, account=account, to=state, reason=IN_ONE_STEP)
    return account


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


def first_state(is_partners: bool, *, predates_policy: bool) -> AccountState:
    """Where an account begins that comes onto the register."""
    if is_partners:
        return AccountState.PARTNER
    return AccountState.SUSPENDED if predates_policy else AccountState.REQUESTED


def _assess_and_sign_off(account: SocialAccount, assessment: Assessment) -> None:
    made = risk.assess(
        by=assessment.assessed_by,
        account=account,
        likelihood=assessment.likelihood,
        impact=assessment.impact,
        summary=assessment.summary,
        review_on=assessment.review_on,
    )
    risk.sign_off(by=assessment.signed_off_by, assessment=made)


def _make_ready(account: SocialAccount, ready: Readiness, by: User | None) -> None:
    """Keep what the checklist asks a person."""
    accept_on_paper(account, paper=ready.accepted, by=by)
    answered = ((BRANDING, ready.branding), (PROFILE_TEXT, ready.profile_text))
    answer_checks(by=by, account=account, proofs=answered)


def _way_to_live(account: SocialAccount) -> tuple[AccountState, ...]:
    if account.state == AccountState.SUSPENDED:
        return (AccountState.LIVE,)
    return (AccountState.ASSESSED, AccountState.APPROVED, AccountState.LIVE)


def as_registered(account: SocialAccount, facts: Collection[str]) -> dict[str, str]:
    """What the audit trail keeps of a new account: where it stands, whose it is, what was said.

    `facts` are the names of those that were given.
    """
    return {
        "platform": account.platform_name,
        "handle": account.handle,
        "service_area": account.service_area.name,
        **people_of(account),
        "state": AccountState(account.state).label.lower(),
        **{name: words for name, words in facts_of(account).items() if name in facts},
    }
