"""Asking for an account: drafts, tasks, people who accept, and what is left before submitting."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.actions.request_people import (
    accept_parts,
    choose_manager,
    decline_parts,
    name_answerable,
    name_officer,
    unname_officer,
)
from accounts.actions.requesting import (
    answer_request,
    begin_request,
    submit_request,
    withdraw_request,
)
from accounts.models import (
    AccountRequest,
    AccountState,
    RequestState,
    SocialAccount,
    User,
)
from accounts.permissions import AccountRole
from accounts.requests.digest import fingerprint_of_answers, fingerprint_of_people
from accounts.requests.tasks import EQUALITY, WHY, TaskState, not_done, tasks_of, waiting_for
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.accounts.requests.asking import asking, ready_to_submit
from tests.factories import AccountFactory, ServiceAreaFactory, UserFactory, person

pytestmark = pytest.mark.django_db


def states(request: AccountRequest) -> dict[str, TaskState]:
    again = AccountRequest.objects.with_answers().get(pk=request.pk)
    return {task.key: task.state for task in tasks_of(again)}


def test_a_request_begins_with_an_account_that_is_not_on_the_register(trail: Trail) -> None:
    begun = asking()

    assert begun.account.state == AccountState.DRAFT
    assert begun.account.handle == "WealdmoorMuseum"
    assert (begun.account.owner, begun.request.line_manager) == (begun.asker, begun.manager)
    assert begun.account not in SocialAccount.objects.on_register(begun.asker)
    assert begun.account in SocialAccount.objects.visible_to(begun.asker)
    assert begun.account not in SocialAccount.objects.visible_to(begun.communications)
    assert trail.last.event == Event.REQUEST_BEGUN


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"handle": "@taken"}, "is on the register already"),
        ({"handle": " @ "}, "Enter the account’s handle"),
        ({"handle": "not a handle"}, "Enter the handle alone"),
        ({"platform": "myspace"}, "Choose a platform on the list"),
        ({"name": "x" * 121}, "The name must be 120 characters or fewer"),
    ],
)
def test_a_place_that_is_not_free_is_refused(changed: dict[str, Any], said: str) -> None:
    AccountFactory(platform="x", handle="TAKEN")
    facts = {"platform": "x", "handle": "free", "name": "Free", **changed}

    with pytest.raises(ValidationError, match=said):
        begin_request(by=person(), service_area=ServiceAreaFactory(), **facts)
    assert not AccountRequest.objects.exists()


def test_a_leaver_asks_for_nothing() -> None:
    left = UserFactory(employed_until=timezone.localdate().replace(year=2020))

    with pytest.raises(NotAllowed):
        begin_request(
            by=left, platform="x", handle="a", name="A", service_area=ServiceAreaFactory()
        )


def test_the_tasks_say_where_each_stands() -> None:
    begun = asking()
    assert states(begun.request) == {
        "about": "Incomplete",
        "why": "Not started",
        "content": "Not started",
        "people": "Not started",
        "manager": "Done",
        "risk": "Not started",
        "equality": "Not started",
    }

    begun.answered()

    assert set(states(begun.request).values()) == {TaskState.DONE, TaskState.WAITING}
    assert states(begun.request)["people"] == TaskState.WAITING
    assert [user.name for user in waiting_for(begun.fresh())] == ["Deb Deputy", "Oli Officer"]

    begun.accepted_by_all()

    assert set(states(begun.request).values()) == {TaskState.DONE}


def test_the_tasks_ask_the_same_number_of_queries_for_any_request() -> None:
    few = asking()
    counts = []
    for request in (few.request, ready_to_submit().request):
        with CaptureQueriesContext(connection) as asked:
            tasks_of(AccountRequest.objects.with_answers().get(pk=request.pk))
        counts.append(len(asked))
    assert max(counts) <= 10


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "Answer question a"),
        ({"equality_adverse": "yes"}, "Explain the adverse impact"),
        ({"equality_adverse": "yes", "equality_adverse_why": "X"}, "Say which steps you take"),
        ({"equality_adverse": "no"}, "Answer question b"),
        ({"equality_adverse": "no", "equality_positive": "yes"}, "Explain the positive"),
    ],
)
def test_the_equality_screening_asks_for_what_follows_from_its_answers(
    answers: dict[str, str], said: str
) -> None:
    begun = ready_to_submit()
    blank = dict.fromkeys(EQUALITY, "")

    answer_request(
        by=begun.asker, request=begun.request, task="equality", answers={**blank, **answers}
    )

    assert any(said in each for each in not_done(begun.fresh()))
    with pytest.raises(ValidationError, match=said):
        submit_request(by=begun.asker, request=begun.request)


def test_an_answer_of_a_stale_page_overwrites_nothing() -> None:
    begun = asking()
    seen = fingerprint_of_answers(begun.fresh(), WHY)
    new = {"why": "Mine", "aims": [], "audience": "", "why_not_existing": ""}
    answer_request(by=begun.asker, request=begun.request, task="why", answers=new, seen=seen)

    with pytest.raises(ValidationError, match="Somebody else changed this page"):
        answer_request(
            by=begun.asker,
            request=begun.request,
            task="why",
            answers={**new, "why": "Theirs"},
            seen=seen,
        )

    assert begun.fresh().why == "Mine"


def test_only_those_who_write_a_request_change_it() -> None:
    begun = asking().answered()
    for stranger in (begun.officer, begun.manager, begun.communications, person()):
        with pytest.raises(NotAllowed):
            answer_request(by=stranger, request=begun.request, task="why", answers={"why": "No"})
        with pytest.raises(NotAllowed):
            submit_request(by=stranger, request=begun.request)
        with pytest.raises(NotAllowed):
            withdraw_request(by=stranger, request=begun.request, reason="No")
    answer_request(by=begun.deputy, request=begun.request, task="why", answers={"why": "Yes"})


def test_who_is_named_is_asked_and_accepts(trail: Trail) -> None:
    begun = asking().answered()

    accept_parts(by=begun.officer, request=begun.request)
    assert trail.last.event == Event.PART_ACCEPTED
    assert trail.last.details["after"]["part"] == "drafter"
    accept_parts(by=begun.deputy, request=begun.request)

    assert waiting_for(begun.fresh()) == []
    with pytest.raises(ValidationError, match="Nothing in this request waits for you"):
        accept_parts(by=begun.deputy, request=begun.request)
    with pytest.raises(ValidationError, match="Nothing in this request waits for you"):
        accept_parts(by=person(), request=begun.request)


def test_changing_the_people_asks_the_new_ones_only() -> None:
    begun = ready_to_submit()
    another = person(name="Ada Another")

    name_answerable(by=begun.asker, request=begun.request, owner=begun.asker, deputy=another)

    assert waiting_for(begun.fresh()) == [another]
    with pytest.raises(ValidationError, match="Ada Another has not accepted yet"):
        submit_request(by=begun.asker, request=begun.request)


def test_who_declines_is_off_the_request_with_the_reason(trail: Trail) -> None:
    begun = asking().answered()
    owner = person(name="Owen Owner")
    name_answerable(by=begun.asker, request=begun.request, owner=owner, deputy=begun.deputy)

    decline_parts(by=begun.deputy, request=begun.request, reason="No time")
    assert trail.last.event == Event.PART_DECLINED
    assert trail.last.reason == "No time"
    decline_parts(by=begun.officer, request=begun.request, reason="No time")
    decline_parts(by=owner, request=begun.request, reason="Not mine")

    request = begun.fresh()
    assert (begun.account.owner, begun.account.deputy) == (begun.asker, None)
    assert list(request.officers.all()) == []
    with pytest.raises(ValidationError, match="Nothing in this request"):
        decline_parts(by=owner, request=begun.request, reason="Again")


def test_a_declined_owner_is_the_asker_again_who_has_to_accept() -> None:
    begun = asking()
    owner = person(name="Owen Owner")
    name_answerable(by=begun.asker, request=begun.request, owner=owner, deputy=begun.asker)

    decline_parts(by=owner, request=begun.request, reason="Not mine")

    assert (begun.account.owner, begun.account.deputy) == (begun.asker, None)
    assert waiting_for(begun.fresh()) == [begun.asker]


def test_people_that_cannot_be_named() -> None:
    begun = asking()
    left = UserFactory(employed_until=timezone.localdate().replace(year=2020))
    named: dict[str, Any] = {"by": begun.asker, "request": begun.request}

    with pytest.raises(ValidationError, match="any more"):
        name_answerable(**named, owner=begun.asker, deputy=left)
    with pytest.raises(ValidationError, match="somebody else than the owner"):
        name_answerable(**named, owner=begun.asker, deputy=begun.asker)
    with pytest.raises(ValidationError, match="any more"):
        name_officer(**named, user=left, role=AccountRole.DRAFTER)
    with pytest.raises(ValidationError, match="Choose one of the roles"):
        name_officer(**named, user=begun.officer, role=AccountRole.SITE_OWNER)
    officer = name_officer(**named, user=begun.officer, role=AccountRole.DRAFTER)
    with pytest.raises(ValidationError, match="is named already"):
        name_officer(**named, user=begun.officer, role=AccountRole.APPROVER)
    unname_officer(**named, officer=officer)
    unname_officer(**named, officer=officer)
    assert not begun.fresh().officers.exists()


def test_people_of_a_stale_page_overwrite_nothing() -> None:
    begun = asking()
    seen = fingerprint_of_people(begun.fresh())
    name_officer(
        by=begun.asker, request=begun.request, user=begun.officer, role=AccountRole.DRAFTER
    )

    with pytest.raises(ValidationError, match="Somebody else changed this page"):
        name_answerable(
            by=begun.asker,
            request=begun.request,
            owner=begun.asker,
            deputy=begun.deputy,
            seen=seen,
        )


def test_only_a_manager_of_the_asker_or_the_owner_is_asked_to_support() -> None:
    begun = asking()
    owners = person(name="Olga Over")
    owner = person(name="Owen Owner", manager=owners)
    named: dict[str, Any] = {"by": begun.asker, "request": begun.request}

    with pytest.raises(ValidationError, match="is not the line manager"):
        choose_manager(**named, line_manager=owners)
    name_answerable(**named, owner=owner, deputy=None)
    choose_manager(**named, line_manager=owners)

    assert begun.fresh().line_manager == owners
    name_answerable(**named, owner=begun.asker, deputy=None)
    assert states(begun.request)["manager"] == TaskState.INCOMPLETE


def test_who_has_no_manager_is_told_who_can_help() -> None:
    begun = asking()
    User.objects.filter(pk=begun.asker.pk).update(manager=None)

    assert any("Ask the digital team" in each for each in not_done(begun.fresh()))


def test_a_submitted_request_is_on_the_register_and_with_the_manager(trail: Trail) -> None:
    done = ready_to_submit().submitted()

    assert done.fresh().state == RequestState.WITH_MANAGER
    assert done.account.state == AccountState.REQUESTED
    assert done.account in SocialAccount.objects.on_register(done.communications)
    assert trail.last.event == Event.REQUEST_SUBMITTED
    with pytest.raises(ValidationError, match="that is not possible"):
        submit_request(by=done.asker, request=done.request)
    with pytest.raises(ValidationError, match="cannot be changed now"):
        answer_request(by=done.asker, request=done.request, task="why", answers={"why": "New"})
    with pytest.raises(ValidationError, match="only while the request is a draft"):
        name_answerable(by=done.asker, request=done.request, owner=done.asker, deputy=None)


def test_what_is_left_to_do_keeps_a_request_from_being_submitted() -> None:
    begun = asking()

    with pytest.raises(ValidationError) as refused:
        submit_request(by=begun.asker, request=begun.request)

    assert "Say why an existing account will not do." in refused.value.messages
    assert "Name a deputy." in refused.value.messages
    assert begun.fresh().state == RequestState.DRAFT


def test_a_handle_that_was_taken_meanwhile_is_said_at_the_end() -> None:
    begun = ready_to_submit()
    AccountFactory(platform="x", handle="wealdmoormuseum")

    with pytest.raises(ValidationError, match="is on the register already"):
        submit_request(by=begun.asker, request=begun.request)
    assert begun.account.state == AccountState.DRAFT


@pytest.mark.parametrize("submit", [False, True])
def test_a_request_is_withdrawn_until_it_is_decided(submit: bool, trail: Trail) -> None:
    begun = ready_to_submit()
    if submit:
        begun.submitted()

    with pytest.raises(ValidationError, match="Enter a reason"):
        withdraw_request(by=begun.asker, request=begun.request, reason=" ")
    withdraw_request(by=begun.asker, request=begun.request, reason="We share one instead")

    assert begun.fresh().state == RequestState.WITHDRAWN
    assert begun.account.state == AccountState.CLOSED
    assert (trail.last.event, trail.last.reason) == (
        Event.REQUEST_WITHDRAWN,
        "We share one instead",
    )
    with pytest.raises(ValidationError, match="that is not possible"):
        withdraw_request(by=begun.asker, request=begun.request, reason="Again")


def test_an_asker_does_not_decline_their_own_account_nor_anybody_without_a_reason() -> None:
    begun = asking().answered()

    with pytest.raises(ValidationError, match="Enter a reason"):
        decline_parts(by=begun.deputy, request=begun.request, reason=" ")
    name_answerable(by=begun.deputy, request=begun.request, owner=begun.deputy, deputy=None)
    name_answerable(by=begun.deputy, request=begun.request, owner=begun.asker, deputy=None)
    with pytest.raises(ValidationError, match="Name somebody else as its owner"):
        decline_parts(by=begun.asker, request=begun.request, reason="No time")

    assert begun.account.owner == begun.asker


def test_a_request_keeps_the_name_of_its_account() -> None:
    begun = asking()

    with pytest.raises(ValidationError, match="Enter the account’s name"):
        answer_request(by=begun.asker, request=begun.request, task="about", answers={"name": " "})

    assert begun.account.name == "Wealdmoor Museum"
