"""The pages about the risk of an account: who assesses, who signs off, what is still to be done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions.risk import sign_off
from accounts.models import AccountState, RiskAssessment, SocialAccount
from accounts.risk.differences import risk_differences
from tests.accounts.risk.assessing import typed_assessment
from tests.factories import (
    AccountFactory,
    RiskAssessmentFactory,
    communications_officer,
    digital_officer,
    drafter_of,
)
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def unsigned(account: SocialAccount, **fields: Any) -> RiskAssessment:
    made: RiskAssessment = RiskAssessmentFactory(
        account=account,
        assessed_by=account.owner,
        signed_off_by=None,
        signed_off_at=None,
        assessed_at=timezone.now() + timedelta(minutes=1),
        **fields,
    )
    return made


def the_page(account: SocialAccount, reader: Client) -> str:
    return text_of(reader.get(reverse("risk", args=[account.pk])))


def test_the_owner_assesses_and_an_officer_signs_off(account: SocialAccount) -> None:
    owner, officer = as_person(account.owner), as_person(communications_officer(name="Cat Officer"))
    assert "The risk is not assessed yet" in the_page(account, owner)

    owner.post(
        reverse("risk_new", args=[account.pk]), typed_assessment(account, is_retrospective="on")
    )

    made = account.risk_assessments.get()
    assert made.score == 6
    assert made.is_retrospective
    assert "never whoever made it" in the_page(account, owner)
    assert "Read it and sign it off" in the_page(account, officer)
    officer.post(reverse("risk_sign_off", args=[account.pk, made.pk]))
    page = the_page(account, owner)
    assert "Low risk" in page
    assert "by Cat Officer" in page
    assert "in retrospect" in page


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"summary": " "}, "Say what the risk is."),
        ({"summary": "x" * 2001}, "at most 2000 characters"),
        ({"risk_owner": ""}, "Choose the risk owner."),
        ({"risk_owner": "999999"}, "Choose somebody who works here."),
        ({"review_on": ""}, "Enter the day of the next review."),
        ({"review_on": "31/02/2027"}, "Enter a real date"),
        ({"review_on": "01/01/2020"}, "must be in the future"),
        ({"review_on": "01/01/2190"}, "within two years"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    account: SocialAccount, changed: dict[str, Any], message: str
) -> None:
    answer = as_person(account.owner).post(
        reverse("risk_new", args=[account.pk]), typed_assessment(account, **changed)
    )

    assert answer.status_code == 422
    assert message in text_of(answer)
    kept = "Somebody posts at night." if "summary" not in changed else "Two people read every post."
    assert kept in answer.content.decode()
    assert not account.risk_assessments.exists()


def test_a_new_assessment_begins_with_what_the_last_one_says(account: SocialAccount) -> None:
    RiskAssessmentFactory(account=account, summary="Known words.")

    page = as_person(account.owner).get(reverse("risk_new", args=[account.pk])).content.decode()

    assert "Known words." in page


def test_whoever_assessed_is_not_let_sign_off(account: SocialAccount) -> None:
    officer = communications_officer()
    made = RiskAssessmentFactory(
        account=account, assessed_by=officer, signed_off_by=None, signed_off_at=None
    )

    answer = as_person(officer).post(reverse("risk_sign_off", args=[account.pk, made.pk]))

    assert answer.status_code == 422
    assert "Whoever assessed the risk cannot sign it off." in text_of(answer)
    assert "Read it and sign it off" not in the_page(account, as_person(officer))
    made.refresh_from_db()
    assert made.signed_off_at is None


def test_only_the_newest_assessment_is_signed_off(account: SocialAccount) -> None:
    old = unsigned(account)
    later = timezone.now() + timedelta(minutes=2)
    new = RiskAssessmentFactory(
        account=account, signed_off_by=None, signed_off_at=None, assessed_at=later
    )

    with pytest.raises(ValidationError, match="assessed again since"):
        sign_off(by=digital_officer(), assessment=old)
    assert sign_off(by=digital_officer(), assessment=new).signed_off_at


def test_a_closed_account_s_assessment_is_not_signed_off(account: SocialAccount) -> None:
    made = unsigned(account)
    SocialAccount.objects.filter(pk=account.pk).update(state=AccountState.CLOSED)

    with pytest.raises(ValidationError, match="is closed"):
        sign_off(by=digital_officer(), assessment=made)


def test_an_assessment_of_another_account_is_not_found_here(account: SocialAccount) -> None:
    other = unsigned(AccountFactory(risk=None))

    address = reverse("risk_sign_off", args=[account.pk, other.pk])

    assert as_person(communications_officer()).get(address).status_code == 404


def test_somebody_else_s_owner_does_not_assess(account: SocialAccount) -> None:
    neighbour = AccountFactory()

    for reader in (neighbour.owner, drafter_of(account)):
        answer = as_person(reader).post(
            reverse("risk_new", args=[account.pk]), typed_assessment(account)
        )
        assert answer.status_code == 403
    assert not account.risk_assessments.exists()


def test_an_account_that_is_not_in_use_is_not_assessed_in_retrospect(
    account: SocialAccount,
) -> None:
    SocialAccount.objects.filter(pk=account.pk).update(state=AccountState.REQUESTED)
    owner = as_person(account.owner)

    assert "in use before" not in text_of(owner.get(reverse("risk_new", args=[account.pk])))
    owner.post(
        reverse("risk_new", args=[account.pk]), typed_assessment(account, is_retrospective="on")
    )

    assert not account.risk_assessments.get().is_retrospective


def test_what_differs_from_the_last_signed_one_is_shown(account: SocialAccount) -> None:
    signed = RiskAssessmentFactory(account=account, likelihood=2, impact=3, summary="Old words.")
    new = unsigned(account, likelihood=4, impact=3, summary="New words.")

    page = the_page(account, as_person(account.owner))

    assert "Different from the last one" in page
    assert "Old words." in page
    assert [each.what for each in risk_differences(signed, new)] == [
        "Level",
        "Likelihood",
        "What could go wrong",
    ]
    assert risk_differences(signed, signed) == []


def test_what_is_to_be_assessed_in_retrospect_is_listed_until_it_is_signed_off(
    account: SocialAccount,
) -> None:
    AccountFactory(name="Well Assessed")
    AccountFactory(name="Not Begun", risk=None, state=AccountState.REQUESTED)
    AccountFactory(name="Of a Partner", risk=None, state=AccountState.PARTNER)
    AccountFactory(name="Of a Neighbour", risk=None, state=AccountState.DORMANT)
    officer = communications_officer()
    owner, readers = as_person(account.owner), as_person(officer)

    def listed(reader: Client) -> set[str]:
        rows = reader.get(reverse("risk_retrospective")).context["page"].rows
        return {row.name for row in rows}

    assert listed(owner) == {"Wealdmoor Parks"}
    assert listed(readers) == {"Wealdmoor Parks", "Of a Neighbour"}
    made = unsigned(account)
    assert "The sign-off" in text_of(owner.get(reverse("risk_retrospective")))
    sign_off(by=officer, assessment=made)
    assert listed(owner) == set()


def test_what_waits_for_a_sign_off_is_a_task_of_others(account: SocialAccount) -> None:
    officer = communications_officer()
    made = RiskAssessmentFactory(
        account=account, assessed_by=officer, signed_off_by=None, signed_off_at=None
    )

    def tasks(reader: Client) -> dict[str, str]:
        return {task.text: task.href for task in reader.get(reverse("home")).context["tasks"]}

    assert "Risk assessments to sign off" not in tasks(as_person(officer))
    address = reverse("risk_sign_off", args=[account.pk, made.pk])
    assert tasks(as_person(digital_officer()))["Risk assessments to sign off"] == address
    assert "Risk assessments to sign off" not in tasks(as_person(account.owner))
    assert "Accounts to assess in retrospect" in tasks(as_person(account.owner))
