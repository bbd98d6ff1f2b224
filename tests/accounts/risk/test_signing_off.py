"""Who signs an assessment off, or returns it: never its author, and the corporate team above 7."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.access import NotAllowed
from accounts.actions.risk import return_to_assessor, sign_off
from accounts.models import RiskAssessment, SocialAccount, User
from accounts.risk.signing_off import explain_signing_off, who_signs_off
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.factories import (
    AccountFactory,
    RiskAssessmentFactory,
    communications_officer,
    digital_officer,
    person,
)
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db

LOW, MEDIUM = {"likelihood": 2, "impact": 3}, {"likelihood": 2, "impact": 4}


@pytest.fixture
def manager() -> User:
    return person(name="Mo Manager")


@pytest.fixture
def account(manager: User) -> SocialAccount:
    owner = person(name="Olu Owner", manager=manager)
    return AccountFactory(name="Wealdmoor Parks", owner=owner, risk=None)


def waiting(account: SocialAccount, **fields: object) -> RiskAssessment:
    made: RiskAssessment = RiskAssessmentFactory(
        account=account,
        **{"assessed_by": account.owner, "signed_off_by": None, "signed_off_at": None, **fields},
    )
    return made


def tasks(user: User) -> dict[str, str]:
    return {task.text: task.href for task in as_person(user).get(reverse("home")).context["tasks"]}


def test_a_line_manager_signs_a_low_risk_off(
    account: SocialAccount, manager: User, trail: Trail
) -> None:
    assert sign_off(by=manager, assessment=waiting(account, **LOW)).signed_off_by == manager
    assert trail.last.event == Event.RISK_SIGNED_OFF


def test_from_the_threshold_on_only_the_corporate_team_does(
    account: SocialAccount, manager: User
) -> None:
    made = waiting(account, **MEDIUM)

    with pytest.raises(NotAllowed, match="sign off risk assessments"):
        sign_off(by=manager, assessment=made)
    assert sign_off(by=communications_officer(), assessment=made).signed_off_at


def test_the_threshold_is_a_setting(
    account: SocialAccount, manager: User, settings: Settings
) -> None:
    made = waiting(account, **MEDIUM)

    settings.RISK_CORPORATE_FROM = 6
    assert not explain_signing_off(manager, waiting(account, **LOW)).allowed
    settings.RISK_CORPORATE_FROM = 9
    assert explain_signing_off(manager, made).allowed


def test_only_the_assessors_own_line_manager_does(account: SocialAccount) -> None:
    somebody_elses = person()
    person(manager=somebody_elses)

    with pytest.raises(NotAllowed):
        sign_off(by=somebody_elses, assessment=waiting(account, **LOW))


@pytest.mark.parametrize("scores", [LOW, MEDIUM])
def test_an_author_never_signs_off_whatever_their_roles(
    scores: dict[str, int], manager: User
) -> None:
    officer = communications_officer()
    account = AccountFactory(owner=officer, risk=None)
    made = waiting(account, **scores)

    for act in (
        lambda: sign_off(by=officer, assessment=made),
        lambda: return_to_assessor(by=officer, assessment=made, reason="Mine"),
    ):
        with pytest.raises(ValidationError, match="cannot sign it off"):
            act()
    assert not explain_signing_off(officer, made).allowed


def test_the_page_says_who_can(account: SocialAccount, manager: User) -> None:
    communications_officer(name="Cat Officer")
    owner = as_person(account.owner)

    waiting(account, **LOW)
    page = text_of(owner.get(reverse("risk", args=[account.pk])))
    assert "Cat Officer or Mo Manager can sign it off: never whoever made it." in page

    later = timezone.now() + timedelta(minutes=1)
    made = waiting(account, assessed_at=later, **MEDIUM)
    page = text_of(owner.get(reverse("risk", args=[account.pk])))
    assert "Cat Officer can sign it off" in page
    assert who_signs_off(made) == "Cat Officer"


def test_with_many_who_could_a_few_are_named(account: SocialAccount) -> None:
    made = waiting(account, **MEDIUM)
    assert who_signs_off(made) == "communications or the digital team"
    for number in range(7):
        digital_officer(name=f"Dot {number}")

    assert who_signs_off(made) == "Dot 0, Dot 1, Dot 2, Dot 3, Dot 4 and others"


def test_it_is_a_task_of_the_manager_while_the_risk_is_low(
    account: SocialAccount, manager: User
) -> None:
    made = waiting(account, **LOW)
    address = reverse("risk_sign_off", args=[account.pk, made.pk])
    assert tasks(manager)["Risk assessments to sign off"] == address
    browser: Client = as_person(manager)
    assert browser.post(address).status_code == 302

    later = timezone.now() + timedelta(minutes=1)
    made = waiting(account, assessed_at=later, **MEDIUM)
    assert "Risk assessments to sign off" not in tasks(manager)
    address = reverse("risk_sign_off", args=[account.pk, made.pk])
    assert browser.post(address).status_code == 403


def test_what_is_returned_says_why_and_is_a_task_of_its_author(
    account: SocialAccount, trail: Trail
) -> None:
    officer, made = communications_officer(name="Cat Officer"), waiting(account, **MEDIUM)
    browser = as_person(officer)

    browser.post(
        reverse("risk_return", args=[account.pk, made.pk]), {"reason": "Name the controls."}
    )

    made.refresh_from_db()
    assert (made.returned_by, made.signed_off_at) == (officer, None)
    assert (trail.last.event, trail.last.reason) == (Event.RISK_RETURNED, "Name the controls.")
    again = reverse("risk_new", args=[account.pk])
    assert tasks(account.owner)["Risk assessments returned to you"] == again
    assert "Risk assessments returned to you" not in tasks(officer)
    page = text_of(as_person(account.owner).get(again))
    assert "Cat Officer returned the last assessment" in page
    assert "Name the controls." in page
    assert made.summary in page
    assert "Risk assessments to sign off" not in tasks(officer)


def test_a_new_assessment_ends_the_task(account: SocialAccount) -> None:
    made = waiting(account)
    return_to_assessor(by=digital_officer(), assessment=made, reason="Again, please.")
    waiting(account, assessed_at=timezone.now() + timedelta(minutes=1))

    assert "Risk assessments returned to you" not in tasks(account.owner)


def test_what_was_decided_is_not_decided_again(account: SocialAccount) -> None:
    officer, made = communications_officer(), waiting(account)
    return_to_assessor(by=officer, assessment=made, reason="Again, please.")
    with pytest.raises(ValidationError, match="was returned"):
        sign_off(by=digital_officer(), assessment=made)

    later = timezone.now() + timedelta(minutes=1)
    other = sign_off(by=officer, assessment=waiting(account, assessed_at=later))
    with pytest.raises(ValidationError, match="signed off already"):
        return_to_assessor(by=digital_officer(), assessment=other, reason="Too late.")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_returning_takes_a_reason(account: SocialAccount, reason: str) -> None:
    made = waiting(account)

    with pytest.raises(ValidationError):
        return_to_assessor(by=communications_officer(), assessment=made, reason=reason)
    answer = as_person(communications_officer()).post(
        reverse("risk_return", args=[account.pk, made.pk]), {"reason": reason}
    )
    assert answer.status_code == 422


def test_nobody_else_returns_it(account: SocialAccount, manager: User) -> None:
    with pytest.raises(NotAllowed):
        return_to_assessor(by=manager, assessment=waiting(account, **MEDIUM), reason="Again.")
