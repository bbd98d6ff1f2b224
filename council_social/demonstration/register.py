"""Chapter two: accounts come onto the register, are assessed, connected, and fare differently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from django.utils import timezone

from accounts.actions import credentials, risk
from accounts.actions.details import change_account
from accounts.actions.register import (
    Assessment,
    Readiness,
    add_live_account,
    register_account,
)
from accounts.actions.roles import grant_account_role
from accounts.actions.states import move_state
from accounts.models import AccountState, SocialAccount, TwoFactorState
from accounts.permissions import AccountRole
from council_social.demonstration.accounts import ACCOUNTS, Account, Kind
from council_social.demonstration.asking import tell_of_request
from council_social.demonstration.assessing import SUMMARY, YEAR, assess, tell_of_assessments
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.facts import facts_for, put_aims
from platforms.contract import Identity
from platforms.registry import PLATFORMS
from platforms.sandbox.remote import Control


def tell_of_accounts(story: Story, cast: Cast) -> None:
    """Registered 18 months ago, assessed each year: but for the ones of which there is more."""
    story.at(story.day(555, "14:00"), partial(put_aims, cast))
    for number, account in enumerate(ACCOUNTS):
        if account.kind is Kind.REQUESTED:
            tell_of_request(story, cast, account)
            continue
        begun = story.day(_begun(account), "10:00") + timedelta(minutes=20 * number)
        story.outside(begun, partial(_register, cast, story.control, account))
        story.at(begun + timedelta(minutes=8), partial(_give_roles, cast, account))
        if account.kind not in (Kind.PARTNER, Kind.OVERDUE):
            again = story.day(186, "15:00") + timedelta(minutes=9 * number)
            story.at(again, partial(_assess_again, cast, account))
    tell = {
        Kind.SUSPENDED: (44, AccountState.SUSPENDED, "Posts at night that nobody here wrote"),
        Kind.DORMANT: (59, AccountState.DORMANT, "No film since the committee room was rewired"),
    }
    for account in ACCOUNTS:
        if account.kind in tell:
            ago, state, reason = tell[account.kind]
            story.at(story.day(ago, "11:45"), partial(_move, cast, account, state, reason))
        if account.kind is Kind.EXPIRED:
            expire = partial(story.control.set_tokens, account.platform, account.handle, "expired")
            story.at(story.day(4, "03:10"), expire)
        if account.kind in (Kind.SUSPENDED, Kind.EXPIRED):
            story.at(story.day(44, "11:30"), partial(_find_two_factor_off, cast, account))
    tell_of_assessments(story, cast)


def credential_of(account: SocialAccount | Account) -> dict[str, str]:
    """What opens the account in the sandbox: made up, and the same each time."""
    names = PLATFORMS[account.platform].credential_fields
    return {name: f"{name}-of-{account.handle}-on-{account.platform}" for name in names}


def put_on_platform(
    control: Control, account: Account, secret: Mapping[str, str], remote_id: str = ""
) -> Identity:
    """The account in the sandbox; one that is there stays as it is, with the token good again."""
    made = control.add_account(
        account.platform,
        account.handle,
        name=account.name,
        tokens=[secret["access_token"]],
        remote_id=remote_id,
        about=account.purpose,
        followers=account.followers,
    )
    address = f"{control.url}/timeline/{account.platform}/{account.handle}"
    return Identity(made["remote_id"], account.handle, account.name, address)


def _begun(account: Account) -> int:
    # A year and five weeks ago: the review is overdue, and its days of grace are over.
    return 400 if account.kind is Kind.OVERDUE else 549


def _register(cast: Cast, control: Control, account: Account) -> None:
    people = cast.people
    common = {
        "by": cast.digital,
        "platform": account.platform,
        "handle": account.handle,
        "name": account.name,
        "service_area": cast.areas[account.area],
        "owner": people[account.owner],
        "deputy": people[account.deputy],
        "purpose": account.purpose,
        **facts_for(cast, account, timezone.localdate()),
    }
    secret = credential_of(account)
    identity = put_on_platform(control, account, secret)
    if account.kind is Kind.PARTNER:
        cast.accounts[account.key] = register_account(
            **common,  # type: ignore[arg-type]
            url=identity.url,
            remote_id=identity.remote_id,
            is_partners=True,
        )
        credentials.store(by=cast.digital, account=cast.accounts[account.key], credential=secret)
        return
    cast.accounts[account.key] = add_live_account(
        **common,  # type: ignore[arg-type]
        identity=identity,
        credential=secret,
        assessment=Assessment(
            likelihood=2 + len(account.key) % 2,
            impact=3,
            summary=SUMMARY,
            assessed_by=people[account.owner],
            signed_off_by=cast.digital,
            review_on=timezone.localdate() + YEAR,
        ),
        ready=Readiness(
            accepted=f"Signed form of {timezone.localdate():%-d %B %Y}, kept by communications",
            branding="Logo and colours as in the guidelines; picture on file",
            profile_text="Says whose it is, and that somebody answers on working days",
        ),
    )


def _give_roles(cast: Cast, account: Account) -> None:
    roles = ((AccountRole.DRAFTER, account.drafters), (AccountRole.APPROVER, account.approvers))
    for role, keys in roles:
        for key in keys:
            grant_account_role(
                by=cast.digital,
                user=cast.people[key],
                account=cast.accounts[account.key],
                role=role,
                reason=f"Asked for by {cast.people[account.owner].name}",
            )


def _assess_again(cast: Cast, account: Account) -> None:
    made = assess(cast, account.key)
    risk.sign_off(by=cast.people["mei.lin"], assessment=made)


def _find_two_factor_off(cast: Cast, account: Account) -> None:
    change_account(
        by=cast.digital,
        account=cast.accounts[account.key],
        two_factor=TwoFactorState.OFF,
        two_factor_checked_on=timezone.localdate(),
        reason="Somebody switched it off for a new telephone",
    )


def _move(cast: Cast, account: Account, state: AccountState, reason: str) -> None:
    cast.accounts[account.key] = move_state(
        by=cast.digital, account=cast.accounts[account.key], to=state, reason=reason
    )
