"""Deciding about a request: in turn, by two others, about what they read, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import NotAllowed, may
from accounts.actions import deciding, risk
from accounts.actions.answerable import change_owner
from accounts.actions.details import change_account
from accounts.actions.request_people import accept_parts, name_answerable
from accounts.actions.requesting import submit_request
from accounts.actions.states import move_state
from accounts.models import (
    AccountRequest,
    AccountState,
    RequestDecision,
    RequestState,
    RequestVerdict,
    User,
)
from accounts.permissions import Permission
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.accounts.requests.asking import Asking, ready_to_submit, with_communications
from tests.factories import communications_officer, person

pytestmark = pytest.mark.django_db


def waiting() -> Asking:
    return ready_to_submit().submitted()


def test_supported_accepted_and_the_officers_have_their_roles(trail: Trail) -> None:
    done = with_communications().signed_off()

    done.yes(done.communications)

    request = done.fresh()
    assert (request.state, done.account.state) == (RequestState.ACCEPTED, AccountState.APPROVED)
    assert (request.supported_by, request.accepted_by) == (done.manager, done.communications)
    grant = done.account.grants.get()
    assert (grant.user, grant.role, grant.granted_by) == (
        done.officer,
        "drafter",
        done.communications,
    )
    assert grant.reason == "Request of Ann Asker"
    assert may(done.officer, Permission.WRITE_POST, on=done.account)
    assert trail.events()[-6:] == [
        Event.REQUEST_SUPPORTED,
        Event.RISK_SIGNED_OFF,
        Event.ACCOUNT_STATE_MOVED,
        Event.ACCOUNT_STATE_MOVED,
        Event.ACCOUNT_ROLE_GIVEN,
        Event.REQUEST_ACCEPTED,
    ]
    assert list(request.decisions.values_list("stage", "verdict", "by__name")) == [
        ("manager", "yes", "Mo Manager"),
        ("communications", "yes", "Cat Comms"),
    ]


def test_nothing_is_accepted_without_a_signed_assessment() -> None:
    done = with_communications()

    with pytest.raises(ValidationError, match="needs a risk assessment that is signed off"):
        done.yes(done.communications)

    assert done.fresh().state == RequestState.WITH_COMMUNICATIONS
    assert not done.account.grants.exists()
    assert not RequestDecision.objects.filter(by=done.communications).exists()


@pytest.mark.parametrize("who", ["asker", "deputy", "officer", "communications", "colleague"])
def test_only_the_line_manager_supports(who: str) -> None:
    done = waiting()

    with pytest.raises(NotAllowed):
        done.yes(getattr(done, who))
    assert done.fresh().state == RequestState.WITH_MANAGER


@pytest.mark.parametrize("who", ["asker", "deputy", "officer", "manager"])
def test_nobody_accepts_what_they_take_part_in(who: str) -> None:
    done = with_communications().signed_off()
    involved = getattr(done, who)
    involved.corporate_grants.create(role="communications_officer")

    with pytest.raises(NotAllowed, match="somebody else"):
        done.yes(involved)
    with pytest.raises(NotAllowed, match="somebody else"):
        deciding.say_no(by=involved, request=done.request, digest=done.digest, reason="No")
    assert done.fresh().state == RequestState.WITH_COMMUNICATIONS


def test_a_line_manager_may_be_the_deputy_and_support_it() -> None:
    done = ready_to_submit()
    name_answerable(by=done.asker, request=done.request, owner=done.asker, deputy=done.manager)
    done.deputy = done.manager
    accept_parts(by=done.manager, request=done.request)
    done.submitted().supported()

    assert done.fresh().supported_by == done.manager


def test_a_manager_who_manages_neither_any_more_supports_nothing() -> None:
    done = waiting()
    User.objects.filter(pk=done.asker.pk).update(manager=person())

    with pytest.raises((NotAllowed, ValidationError)):
        done.yes(done.manager)
    assert done.fresh().state == RequestState.WITH_MANAGER


Decide = Callable[..., AccountRequest]


@pytest.mark.parametrize("decide", [deciding.say_yes, deciding.send_back, deciding.say_no])
@pytest.mark.parametrize("make", [waiting, lambda: with_communications().signed_off()])
def test_every_decision_has_a_reason_and_is_about_what_was_read(
    decide: Decide, make: Callable[[], Asking]
) -> None:
    done = make()
    by = done.manager if done.fresh().state == RequestState.WITH_MANAGER else done.communications
    state = done.request.state

    with pytest.raises(ValidationError, match="Enter a reason"):
        decide(by=by, request=done.request, digest=done.digest, reason="  ")
    with pytest.raises(deciding.RequestChanged, match="changed since you opened it"):
        decide(by=by, request=done.request, digest="old", reason="Yes")
    assert done.fresh().state == state

    decide(by=by, request=done.request, digest=done.digest, reason="Because")
    assert done.fresh().state != state
    with pytest.raises((deciding.RequestChanged, NotAllowed)):
        decide(by=by, request=done.request, digest=done.digest, reason="Again")


Change = Callable[[Asking, User], Any]
CHANGES: dict[str, Change] = {
    "a fact": lambda done, admin: change_account(
        by=admin, account=done.account, reason="Shorter", purpose="Other news"
    ),
    "the owner": lambda done, admin: change_owner(
        by=admin, account=done.account, owner=person(), deputy=done.deputy
    ),
    "the risk": lambda done, admin: done.assessed(),
    "an answer": lambda done, admin: AccountRequest.objects.filter(pk=done.request.pk).update(
        why="Something else"
    ),
    "an officer": lambda done, admin: done.request.officers.update(role="approver"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_anything_that_was_read_voids_the_digest(change: str, admin: User) -> None:
    done = with_communications().signed_off()
    read = done.digest

    CHANGES[change](done, admin)

    with pytest.raises(deciding.RequestChanged):
        deciding.say_yes(by=done.communications, request=done.request, digest=read, reason="Yes")
    assert done.fresh().state == RequestState.WITH_COMMUNICATIONS


def test_communications_accepts_only_what_the_manager_supported(admin: User) -> None:
    done = with_communications().signed_off()
    change_account(by=admin, account=done.account, reason="Shorter", purpose="Other news")

    with pytest.raises(ValidationError, match="changed since the line manager supported it"):
        done.yes(done.communications)

    assert done.fresh().state == RequestState.WITH_COMMUNICATIONS


def test_a_returned_request_is_a_draft_and_both_decide_anew(trail: Trail) -> None:
    done = with_communications().signed_off()

    deciding.send_back(
        by=done.communications, request=done.request, digest=done.digest, reason="Shorter, please"
    )

    assert (done.fresh().state, done.account.state) == (RequestState.DRAFT, AccountState.DRAFT)
    assert (trail.last.event, trail.last.reason) == (Event.REQUEST_RETURNED, "Shorter, please")
    submit_request(by=done.asker, request=done.request)
    with pytest.raises(NotAllowed):
        done.yes(done.communications)
    done.supported()
    done.yes(done.communications)
    assert done.account.state == AccountState.APPROVED


def test_a_refused_request_is_closed_for_good(trail: Trail) -> None:
    done = waiting()

    deciding.say_no(by=done.manager, request=done.request, digest=done.digest, reason="One is fine")

    assert (done.fresh().state, done.account.state) == (RequestState.REFUSED, AccountState.CLOSED)
    assert trail.last.event == Event.REQUEST_REFUSED
    assert done.request.decisions.get().verdict == RequestVerdict.NO


def test_who_left_since_keeps_a_request_from_being_accepted() -> None:
    done = with_communications().signed_off()
    User.objects.filter(pk=done.officer.pk).update(
        employed_until=timezone.localdate().replace(year=2020)
    )

    with pytest.raises(ValidationError, match="Oli Officer does not work for the council"):
        done.yes(done.communications)
    assert done.account.state == AccountState.REQUESTED


def test_an_assessment_that_ran_out_meanwhile_is_no_evidence() -> None:
    done = with_communications().signed_off()

    with (
        time_machine.travel(timezone.now() + timedelta(days=301)),
        pytest.raises(ValidationError, match="review overdue"),
    ):
        done.yes(done.communications)


@pytest.mark.parametrize("to", [AccountState.DRAFT, AccountState.ASSESSED, AccountState.CLOSED])
def test_nothing_goes_round_the_decisions(to: AccountState, admin: User) -> None:
    done = waiting().signed_off()

    with pytest.raises(ValidationError, match="it moves when its request is decided"):
        move_state(by=admin, account=done.account, to=to, reason="Quicker")
    assert done.account.state == AccountState.REQUESTED


def test_the_database_knows_that_two_others_decide() -> None:
    done = with_communications()
    rows = AccountRequest.objects.filter(pk=done.request.pk)
    for wrong in (
        {"supported_by": done.asker},
        {"supported_by": None},
        {"state": "accepted"},
        {"state": "accepted", "accepted_by": done.asker},
        {"state": "accepted", "accepted_by": done.manager},
        {"accepted_by": done.communications},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_signing_off_the_risk_between_the_decisions_voids_nothing() -> None:
    done = with_communications()
    read = done.digest
    newest = done.account.risk_assessments.first()
    assert newest
    risk.sign_off(by=communications_officer(), assessment=newest)

    deciding.say_yes(by=done.communications, request=done.request, digest=read, reason="Yes")

    assert done.fresh().state == RequestState.ACCEPTED


def test_supporting_gives_no_right_to_accept() -> None:
    waits = with_communications().signed_off()
    another_manager = person(name="Max Manager")
    person(name="Sam Staff", manager=another_manager)

    for by in (another_manager, person(name="Pat Passer")):
        with pytest.raises(NotAllowed):
            waits.yes(by)

    assert waits.fresh().state == RequestState.WITH_COMMUNICATIONS
