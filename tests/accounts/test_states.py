"""Every state of an account, every way between them, and what each way asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import closing
from accounts.access import NotAllowed
from accounts.actions.states import approve_without_request, move_state
from accounts.evidence import Missing
from accounts.models import AccountState, SocialAccount, User
from accounts.models.social_accounts import ACCOUNT_TRANSITIONS
from audit.catalogue import Event
from audit.models import Entry
from tests.accounts.closing.closings import closing_row, finished_row
from tests.factories import (
    AccountFactory,
    RiskAssessmentFactory,
    communications_officer,
    complete_for_live,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]


@pytest.mark.parametrize("to", list(AccountState))
@pytest.mark.parametrize("state", list(AccountState))
def test_every_way_between_two_states(state: AccountState, to: AccountState) -> None:
    account = complete_for_live(AccountFactory(platform="fake", state=state))
    _with_what_closing_asks_for(account, state, to)

    if to in ACCOUNT_TRANSITIONS[state]:
        moved = move_state(by=None, account=account, to=to, reason="A test")
        assert moved.state == to
        entry = Entry.objects.order_by("-sequence")[0]
        assert entry.event == Event.ACCOUNT_STATE_MOVED
        assert entry.details["before"]["state"] == state.label.lower()
    else:
        with pytest.raises(ValidationError, match="cannot become"):
            move_state(by=None, account=account, to=to)
        account.refresh_from_db()
        assert account.state == state


def _with_what_closing_asks_for(
    account: SocialAccount, state: AccountState, to: AccountState
) -> None:
    if to is AccountState.CLOSING:
        closing_row(account)
    elif state is AccountState.CLOSING and to is AccountState.CLOSED:
        finished_row(account)


@pytest.mark.parametrize("to", [AccountState.LIVE, AccountState.SUSPENDED, AccountState.CLOSED])
def test_what_is_being_closed_moves_only_once_that_is_over(to: AccountState) -> None:
    account = complete_for_live(AccountFactory(state=AccountState.CLOSING))
    closing_row(account)

    with pytest.raises(ValidationError, match="is being closed: finish that first"):
        move_state(by=None, account=account, to=to)


def test_closing_is_begun_with_a_reason_and_ends_with_an_archive() -> None:
    with pytest.raises(ValidationError, match="on its closing page, with a reason"):
        move_state(by=None, account=AccountFactory(), to=AccountState.CLOSING)
    given_up = AccountFactory(state=AccountState.CLOSING)
    closing_row(given_up, abandoned_at=timezone.now())
    with pytest.raises(ValidationError, match="when its archive is made"):
        move_state(by=None, account=given_up, to=AccountState.CLOSED)


@pytest.mark.parametrize(
    ("state", "to"),
    [
        (AccountState.REQUESTED, AccountState.ASSESSED),
        (AccountState.ASSESSED, AccountState.APPROVED),
        (AccountState.APPROVED, AccountState.LIVE),
        (AccountState.SUSPENDED, AccountState.LIVE),
    ],
)
@pytest.mark.parametrize(
    "risk",
    [
        None,
        {"signed_off_by": None, "signed_off_at": None},
        {"review_on": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_going_live_needs_a_signed_assessment_in_date(
    state: AccountState, to: AccountState, risk: dict[str, Any] | None
) -> None:
    account = AccountFactory(platform="fake", state=state, risk=None)
    if risk is not None:
        RiskAssessmentFactory(account=account, **risk)

    with pytest.raises(ValidationError, match="needs a risk assessment"):
        move_state(by=None, account=account, to=to, reason="A test")


def test_going_live_needs_an_owner_who_works_here() -> None:
    account = AccountFactory(state=AccountState.APPROVED)
    User.objects.filter(pk=account.owner_id).update(
        employed_until=timezone.localdate() - timedelta(days=1)
    )

    with pytest.raises(ValidationError, match="any more"):
        move_state(by=None, account=account, to=AccountState.LIVE)


def test_only_the_digital_team_moves_states() -> None:
    account = AccountFactory()

    with pytest.raises(NotAllowed):
        move_state(by=communications_officer(), account=account, to=AccountState.SUSPENDED)
    account.refresh_from_db()
    assert account.state == AccountState.LIVE


@pytest.fixture
def something_scheduled(monkeypatch: pytest.MonkeyPatch) -> None:
    def guard(account: SocialAccount) -> list[Missing]:
        return [Missing("3 posts are scheduled on it.", "communications")]

    monkeypatch.setattr(closing, "_guards", [guard])


@pytest.mark.usefixtures("something_scheduled")
def test_an_account_closes_only_when_nothing_is_scheduled() -> None:
    account = AccountFactory(state=AccountState.CLOSING)
    finished_row(account)

    with pytest.raises(ValidationError, match="3 posts are scheduled"):
        move_state(by=None, account=account, to=AccountState.CLOSED)
    assert move_state(by=None, account=account, to=AccountState.SUSPENDED)


def test_what_nobody_asked_for_is_approved_with_a_reason_only(admin: User) -> None:
    account = AccountFactory(platform="fake", state=AccountState.REQUESTED)

    for reason in ("", " "):
        with pytest.raises(ValidationError, match="Enter a reason"):
            approve_without_request(by=admin, account=account, reason=reason)

    account.refresh_from_db()
    assert account.state == AccountState.REQUESTED
    approve_without_request(by=admin, account=account, reason="The council’s own.")
    account.refresh_from_db()
    assert account.state == AccountState.APPROVED
