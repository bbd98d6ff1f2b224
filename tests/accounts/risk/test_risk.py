"""Risk assessments and what else stands in the way of publishing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.access import NotAllowed
from accounts.actions.credentials import mark_refused, store
from accounts.actions.risk import assess, sign_off
from accounts.health import RiskHealth, risk_health
from accounts.models import AccountState, RiskAssessment, RiskLevel, SocialAccount, User
from accounts.obstacles import obstacles
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.accounts.platform import GOOD
from tests.factories import (
    AccountFactory,
    RiskAssessmentFactory,
    communications_officer,
    drafter_of,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]

IN_HALF_A_YEAR = timedelta(days=180)


def facts(**changed: Any) -> dict[str, Any]:
    return {
        "likelihood": 2,
        "impact": 3,
        "summary": "Opening hours only.",
        "review_on": timezone.localdate() + IN_HALF_A_YEAR,
        **changed,
    }


def whats(account: SocialAccount) -> list[str]:
    return [missing.what for missing in obstacles(SocialAccount.objects.get(pk=account.pk))]


def connected(**fields: Any) -> SocialAccount:
    account: SocialAccount = AccountFactory(platform="fake", **fields)
    store(by=None, account=account, credential=GOOD)
    return account


def test_one_assesses_and_another_signs_off(trail: Trail) -> None:
    account = AccountFactory(risk=None)
    officer = communications_officer()

    made = assess(by=account.owner, account=account, **facts())
    assert trail.last.event == Event.RISK_ASSESSED
    signed = sign_off(by=officer, assessment=made)

    assert signed.signed_off_by == officer
    assert trail.last.event == Event.RISK_SIGNED_OFF
    assert RiskAssessment.objects.in_date().get() == made


def test_whoever_assessed_does_not_sign_off() -> None:
    officer, account = communications_officer(), AccountFactory(risk=None)
    made = assess(by=officer, account=account, **facts())

    with pytest.raises(ValidationError, match="cannot sign it off"):
        sign_off(by=officer, assessment=made)


def test_an_assessment_is_signed_off_once() -> None:
    account = AccountFactory(risk=None)
    made = assess(by=communications_officer(), account=account, **facts())
    sign_off(by=communications_officer(), assessment=made)

    with pytest.raises(ValidationError, match="already"):
        sign_off(by=communications_officer(), assessment=made)


def test_a_drafter_neither_assesses_nor_signs_off() -> None:
    account = AccountFactory(risk=None)
    drafter = drafter_of(account)

    with pytest.raises(NotAllowed):
        assess(by=drafter, account=account, **facts())
    made = assess(by=account.owner, account=account, **facts())
    with pytest.raises(NotAllowed):
        sign_off(by=drafter, assessment=made)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"likelihood": 0}, "likelihood"),
        ({"impact": 6}, "impact"),
        ({"summary": " "}, "summary"),
        ({"review_on": timezone.localdate()}, "review_on"),
    ],
)
def test_a_bad_assessment_is_refused(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        assess(by=communications_officer(), account=AccountFactory(), **facts(**changed))
    assert field in refused.value.message_dict


@pytest.mark.parametrize(
    ("likelihood", "impact", "level"),
    [(1, 1, "low"), (2, 3, "low"), (2, 4, "medium"), (3, 4, "medium"), (3, 5, "high")],
)
def test_the_level_follows_from_the_score(likelihood: int, impact: int, level: str) -> None:
    made = RiskAssessmentFactory.build(
        likelihood=likelihood, impact=impact, account=None, assessed_by=None, signed_off_by=None
    )

    assert made.level == RiskLevel(level)


def test_nothing_is_in_the_way_of_an_account_that_is_as_it_should_be(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    account = SocialAccount.objects.get(pk=connected().pk)

    with django_assert_num_queries(2):
        assert obstacles(account) == []


@pytest.mark.parametrize(
    "state", [state for state in AccountState if state not in ("live", "partner")]
)
def test_an_account_that_is_not_live_publishes_nothing(state: AccountState) -> None:
    assert whats(connected(state=state)) == [
        f"The account is not live: it is {state.label.lower()}."
    ]


def test_an_account_without_assessment_publishes_nothing() -> None:
    assert whats(connected(risk=None)) == ["The risk is not assessed."]


def test_an_assessment_counts_once_it_is_signed() -> None:
    account = connected(risk=None)
    RiskAssessmentFactory(account=account, signed_off_by=None, signed_off_at=None)

    assert whats(account) == ["The risk assessment is not signed off."]


@pytest.mark.parametrize(
    ("overdue", "health"),
    [
        (-1, RiskHealth.IN_DATE),
        (0, RiskHealth.IN_DATE),
        (1, RiskHealth.IN_GRACE),
        (10, RiskHealth.IN_GRACE),
        (11, RiskHealth.OVERDUE),
    ],
)
def test_an_overdue_review_stops_publishing_after_its_days_of_grace(
    settings: Settings, overdue: int, health: RiskHealth
) -> None:
    settings.RISK_GRACE_DAYS = 10
    account = connected(risk=None)
    made = RiskAssessmentFactory(account=account, review_on=timezone.localdate())
    later = timezone.now() + timedelta(days=overdue)

    found = [missing.what for missing in obstacles(account, later)]

    assert risk_health(account, later) is health
    due = f"The risk assessment was due for review on {made.review_on:%-d %B %Y}."
    assert found == ([due] if health is RiskHealth.OVERDUE else [])


def test_without_grace_posts_are_held_from_the_next_day(settings: Settings) -> None:
    settings.RISK_GRACE_DAYS = 0
    account = connected(risk=None)
    RiskAssessmentFactory(account=account, review_on=timezone.localdate())

    assert risk_health(account) is RiskHealth.IN_DATE
    assert risk_health(account, timezone.now() + timedelta(days=1)) is RiskHealth.OVERDUE


def test_the_newest_signed_assessment_counts_not_the_longest() -> None:
    account = connected()
    RiskAssessmentFactory(
        account=account,
        assessed_at=timezone.now() + timedelta(minutes=1),
        review_on=timezone.localdate() - timedelta(days=15),
    )

    assert whats(account)[0].startswith("The risk assessment was due")


def test_an_account_that_is_not_connected_publishes_nothing() -> None:
    account = AccountFactory(platform="fake")

    assert whats(account) == ["The account is not connected to the platform."]


def test_a_refused_sign_in_stops_publishing() -> None:
    account = connected()
    mark_refused(account=account, reason="The token was revoked.")

    assert whats(account) == ["The platform does not accept the account’s sign-in any more."]


def test_an_expired_sign_in_stops_publishing() -> None:
    account = AccountFactory(platform="fake")
    store(by=None, account=account, credential=GOOD, expires_at=timezone.now())

    assert whats(account) == ["The account’s sign-in at the platform has expired."]


def test_several_obstacles_are_all_named() -> None:
    account = AccountFactory(platform="fake", risk=None, state=AccountState.SUSPENDED)

    found = obstacles(account)

    assert len(found) == 3
    assert all(missing.who_can_help for missing in found)


def test_the_database_refuses_a_sign_off_by_the_assessor() -> None:
    someone: User = person()

    with pytest.raises(Exception, match="risk_assessor_does_not_sign_off"):
        RiskAssessmentFactory(assessed_by=someone, signed_off_by=someone)


def test_a_closed_account_is_not_assessed() -> None:
    with pytest.raises(ValidationError, match="is closed"):
        assess(
            by=communications_officer(),
            account=AccountFactory(state=AccountState.CLOSED),
            **facts(),
        )


def test_what_is_not_in_use_yet_is_not_assessed_in_retrospect(admin: User) -> None:
    account = AccountFactory(state=AccountState.APPROVED, risk=None)

    with pytest.raises(ValidationError, match="not assessed in retrospect"):
        assess(
            by=account.owner,
            account=account,
            likelihood=2,
            impact=2,
            summary="Opening hours only.",
            review_on=timezone.localdate() + timedelta(days=200),
            is_retrospective=True,
        )

    assert not account.risk_assessments.exists()
