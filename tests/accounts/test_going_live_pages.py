"""The go-live pages: what is done, what is missing, and the ways to stop and start again."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions.answerable import change_owner
from accounts.actions.states import move_state
from accounts.models import AccountState, SocialAccount, User
from accounts.register.facts import fingerprint_of
from tests.accounts.requests.asking import ready_to_submit
from tests.factories import (
    AccountFactory,
    RiskAssessmentFactory,
    communications_officer,
    complete_for_live,
    person,
)
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def address(account: SocialAccount, name: str = "go_live", *more: object) -> str:
    return reverse(name, args=[account.pk, *more])


def state_of(account: SocialAccount) -> str:
    return SocialAccount.objects.get(pk=account.pk).state


def test_what_is_missing_stands_on_the_list_and_blocks_going_live() -> None:
    account = AccountFactory(state=AccountState.APPROVED, risk=None)
    officer = as_person(communications_officer())

    shown = text_of(officer.get(address(account)))
    refused = officer.post(address(account))

    assert "Nobody has checked: the branding is the council’s." in shown
    assert "Who can help: a communications officer or the digital team." in shown
    assert "Going live is blocked until everything below is done." in shown
    assert refused.status_code == 422
    assert "Two-factor sign-in must be on" in text_of(refused)
    assert state_of(account) == AccountState.APPROVED


def test_each_item_is_done_from_the_list_and_then_the_account_goes_live() -> None:
    account = complete_for_live(AccountFactory(state=AccountState.APPROVED))
    account.checklist_answers.all().delete()
    today = timezone.localdate().strftime("%d/%m/%Y")
    officer = as_person(communications_officer(name="Cat Comms"))
    for item in ("branding", "profile_text"):
        form = {"is_met": "yes", "proof": f"Seen: {item}"}
        officer.post(address(account, "go_live_check", item), form)
    form = {
        "recovery_contact": "social@wealdmoor.example",
        "two_factor": "not_offered",
        "two_factor_checked_on": today,
        "joint_access": "Cat signed in",
        "joint_access_on": today,
        "reason": "Going live",
        "seen": fingerprint_of(SocialAccount.objects.get(pk=account.pk)),
    }
    officer.post(address(account, "account_safety"), form)

    shown = text_of(officer.get(address(account)))
    assert "Everything is done." in shown
    assert "Seen: branding (Cat Comms)" in shown
    done = officer.post(address(account), follow=True)

    assert "is live." in text_of(done)
    assert state_of(account) == AccountState.LIVE


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"is_met": "", "proof": "Something"}, "Choose yes or no."),
        ({"is_met": "yes", "proof": ""}, "Say what you saw."),
    ],
)
def test_an_answer_without_its_proof_comes_back_filled_in(form: dict[str, str], said: str) -> None:
    account = AccountFactory(state=AccountState.APPROVED)

    refused = as_person(communications_officer()).post(
        address(account, "go_live_check", "branding"), form
    )

    assert refused.status_code == 422
    assert said in text_of(refused)
    assert form["proof"] in refused.content.decode()


@pytest.mark.parametrize("name", ["risk", "nothing"])
def test_only_what_a_person_answers_has_a_page(name: str) -> None:
    account = AccountFactory()

    visitor = as_person(communications_officer())

    assert visitor.get(address(account, "go_live_check", name)).status_code == 404


def test_a_partner_s_account_and_a_draft_have_no_checklist() -> None:
    partners = AccountFactory(state=AccountState.PARTNER)
    begun = ready_to_submit()

    assert as_person(person()).get(address(partners)).status_code == 404
    assert as_person(begun.asker).get(address(begun.account)).status_code == 404
    assert "Go-live checklist" not in text_of(as_person(person()).get(address(partners, "account")))


@pytest.mark.parametrize("to", ["suspended", "dormant"])
def test_an_account_stops_with_a_reason_and_comes_back_by_the_checklist(
    to: str, admin: User
) -> None:
    account = complete_for_live(AccountFactory())
    visitor = as_person(admin)

    assert visitor.post(address(account, "account_state", to), {"reason": ""}).status_code == 422
    visitor.post(address(account, "account_state", to), {"reason": "Strange posts"})
    assert state_of(account) == to
    SocialAccount.objects.filter(pk=account.pk).update(recovery_contact="")
    assert visitor.post(address(account)).status_code == 422
    SocialAccount.objects.filter(pk=account.pk).update(recovery_contact="social@council.example")
    visitor.post(address(account))

    assert state_of(account) == AccountState.LIVE


def test_what_nobody_asked_for_is_approved_with_a_reason(admin: User) -> None:
    account = AccountFactory(state=AccountState.REQUESTED)
    visitor = as_person(admin)

    assert "Approve without a request" in text_of(visitor.get(address(account)))
    visitor.post(address(account, "account_state", "approved"), {"reason": "Moved from a partner"})

    assert state_of(account) == AccountState.APPROVED


def test_what_somebody_asked_for_is_not_approved_round_the_request(admin: User) -> None:
    done = ready_to_submit().submitted()
    RiskAssessmentFactory(account=done.account)
    visitor = as_person(admin)

    assert "Approve without a request" not in text_of(visitor.get(address(done.account)))
    refused = visitor.post(
        address(done.account, "account_state", "approved"), {"reason": "Quicker"}
    )

    assert refused.status_code == 422
    assert "it moves when its request is decided" in text_of(refused)
    assert state_of(done.account) == AccountState.REQUESTED


def test_no_other_state_is_reached_by_its_address(admin: User) -> None:
    account = complete_for_live(AccountFactory(state=AccountState.APPROVED))

    answered = as_person(admin).post(address(account, "account_state", "live"), {"reason": "Now"})

    assert answered.status_code == 404


def test_a_live_account_that_could_not_go_live_again_says_so() -> None:
    account = AccountFactory()

    shown = text_of(as_person(person()).get(address(account)))

    assert "Not everything is so any more" in shown


def test_who_is_named_later_accepts_on_the_account_s_page(admin: User) -> None:
    account, new = AccountFactory(), person(name="Nell New")
    change_owner(by=admin, account=account, owner=new, deputy=None)
    visitor = as_person(new)

    assert "You are named as the site owner of this account." in text_of(
        visitor.get(address(account, "account"))
    )
    done = visitor.post(address(account, "account_accept"), follow=True)

    assert f"You accepted to answer for {account.name}." in text_of(done)
    assert "You are named as" not in text_of(visitor.get(address(account, "account")))
    again = visitor.post(address(account, "account_accept"), follow=True)
    assert "You have accepted this already." in text_of(again)


def test_suspending_needs_nothing_but_the_right(admin: User) -> None:
    account = AccountFactory()

    assert move_state(by=admin, account=account, to=AccountState.SUSPENDED, reason="Now")
