"""Two people press at the same moment: one thing happens, and the other person is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.actions.answerable import change_owner
from accounts.actions.deciding import say_no, say_yes
from accounts.actions.handing_on import Heirs, hand_on
from accounts.actions.leaving import end_employment
from accounts.actions.request_people import accept_parts
from accounts.actions.requesting import submit_request, withdraw_request
from accounts.actions.risk import return_to_assessor, sign_off
from accounts.actions.states import move_state
from accounts.models import (
    AccountRequest,
    AccountState,
    NamedOfficer,
    RequestDecision,
    RequestState,
    RiskAssessment,
    SocialAccount,
    User,
)
from audit.catalogue import Event
from audit.models import Entry
from tests.accounts.requests.asking import asking, ready_to_submit, with_communications
from tests.at_once import at_once, told_at_once
from tests.factories import (
    AccountFactory,
    complete_for_live,
    digital_officer,
    person,
)

pytestmark = pytest.mark.django_db(transaction=True)


def one_told(said: list[str]) -> str:
    """The words to whoever was too late; everybody else was heard."""
    [words] = [each for each in said if each]
    return words


def entries(event: Event) -> int:
    return Entry.objects.filter(event=event).count()


def test_of_two_who_decide_about_a_request_one_is_heard() -> None:
    of = with_communications().signed_off()
    digest = of.digest

    said = told_at_once(
        lambda: say_yes(by=of.communications, request=of.request, digest=digest, reason="Good"),
        lambda: say_no(by=of.colleague, request=of.request, digest=digest, reason="Bad"),
    )

    assert "nothing to decide any more" in one_told(said)
    is_accepted = of.fresh().state == RequestState.ACCEPTED
    assert (of.account.state == AccountState.APPROVED) == is_accepted
    assert of.account.grants.exists() == is_accepted
    assert RequestDecision.objects.filter(stage="communications").count() == 1


def test_a_double_click_on_support_is_one_decision() -> None:
    of = ready_to_submit().submitted()
    digest = of.digest

    def press() -> None:
        say_yes(by=of.manager, request=of.request, digest=digest, reason="Good")

    said = at_once(press, press, refusals=(NotAllowed, ValidationError))

    assert sorted(each is None for each in said) == [False, True]
    assert of.fresh().state == RequestState.WITH_COMMUNICATIONS
    assert RequestDecision.objects.count() == entries(Event.REQUEST_SUPPORTED) == 1


def test_of_submitting_and_calling_off_the_end_is_whole() -> None:
    of = ready_to_submit()

    told_at_once(
        lambda: submit_request(by=of.asker, request=of.request),
        lambda: withdraw_request(by=of.asker, request=of.request, reason="Not now"),
    )

    assert of.fresh().state == RequestState.WITHDRAWN
    assert of.account.state == AccountState.CLOSED


def test_two_requests_of_one_handle_end_up_with_one_on_the_register() -> None:
    first, second = ready_to_submit("wmbridge"), ready_to_submit("WMBridge")

    said = told_at_once(
        lambda: submit_request(by=first.asker, request=first.request),
        lambda: submit_request(by=second.asker, request=second.request),
    )

    assert one_told(said)
    assert SocialAccount.objects.filter(state=AccountState.REQUESTED).count() == 1
    states = sorted(AccountRequest.objects.values_list("state", flat=True))
    assert states == [RequestState.DRAFT, RequestState.WITH_MANAGER]


def test_a_part_that_is_accepted_twice_at_once_is_accepted_once() -> None:
    of = asking().answered()

    one_told(
        told_at_once(
            lambda: accept_parts(by=of.officer, request=of.request),
            lambda: accept_parts(by=of.officer, request=of.request),
        )
    )

    assert NamedOfficer.objects.get().accepted_at
    assert Entry.objects.filter(event=Event.PART_ACCEPTED, actor_name="Oli Officer").count() == 1


def test_an_account_goes_live_once() -> None:
    account = complete_for_live(AccountFactory(state=AccountState.APPROVED))
    people = digital_officer(), digital_officer()

    said = told_at_once(
        *(lambda by=by: move_state(by=by, account=account, to=AccountState.LIVE) for by in people)
    )

    assert "live and cannot become live" in one_told(said)
    assert entries(Event.ACCOUNT_STATE_MOVED) == 1


def test_no_account_goes_live_whose_owner_changes_at_that_moment() -> None:
    """Either it was live first, or the new owner, who accepted nothing, keeps it from that."""
    account = complete_for_live(AccountFactory(state=AccountState.APPROVED))
    by, new = digital_officer(), person(name="Nell New")

    told_at_once(
        lambda: move_state(by=by, account=account, to=AccountState.LIVE),
        lambda: change_owner(by=by, account=account, owner=new, deputy=account.deputy),
    )

    events = (Event.ACCOUNT_STATE_MOVED, Event.ACCOUNT_CHANGED)
    done = list(Entry.objects.filter(event__in=events).order_by("sequence").values_list("event"))
    assert done in ([(events[0],), (events[1],)], [(events[1],)])


def test_an_assessment_is_signed_off_or_returned() -> None:
    of = ready_to_submit().submitted()
    newest = of.account.risk_assessments.get()

    said = told_at_once(
        lambda: sign_off(by=of.communications, assessment=newest),
        lambda: return_to_assessor(by=of.colleague, assessment=newest, reason="Too short"),
    )

    assert one_told(said)
    kept = RiskAssessment.objects.get()
    assert (kept.signed_off_at is None) != (kept.returned_at is None)


@pytest.fixture
def leaver() -> User:
    return person(name="Lee Leaver")


def test_what_is_handed_on_twice_at_once_has_one_new_owner(leaver: User) -> None:
    account = AccountFactory(owner=leaver, deputy=None)
    heirs = person(name="First Heir"), person(name="Second Heir")
    by = digital_officer()

    told_at_once(
        *(
            lambda to=to: hand_on(by=by, person=leaver, to=Heirs(owners={account.pk: to}))
            for to in heirs
        )
    )

    account.refresh_from_db()
    assert account.owner in heirs
    assert [part.user for part in account.answerables.open()] == [account.owner]
    assert entries(Event.ACCOUNT_HANDED_ON) == 1


def test_two_who_leave_at_once_do_not_inherit_from_each_other(leaver: User) -> None:
    other = person(name="Ola Other")
    mine, theirs = AccountFactory(owner=leaver), AccountFactory(owner=other)
    by, yesterday = digital_officer(), timezone.localdate() - timedelta(days=1)

    said = told_at_once(
        lambda: end_employment(
            by=by, person=leaver, last_day=yesterday, to=Heirs(owners={mine.pk: other})
        ),
        lambda: end_employment(
            by=by, person=other, last_day=yesterday, to=Heirs(owners={theirs.pk: leaver})
        ),
    )

    assert "does not work for the council any more" in one_told(said)
    for each in SocialAccount.objects.filter(pk__in=[mine.pk, theirs.pk]):
        assert each.owner.employed_until is None
