"""The one answer to “may they?”: what it looks at, how old it can be, what it says is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.access import NotAllowed, demand, explain, may, must_have_two_factor
from accounts.models import CorporateGrant, User
from accounts.permissions import AccountRole, CorporateRole, Permission
from accounts.rights import Rights
from tests.accounts.sign_in.two_factor import set_up_two_factor, without_two_factor
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    UserFactory,
    approver_of,
    communications_officer,
    digital_officer,
    drafter_of,
    person,
)
from training.models import Acknowledgement, Completion

pytestmark = pytest.mark.django_db


class Several:
    """Something on several accounts, as a post is."""

    def __init__(self, *accounts: object) -> None:
        self.accounts = accounts

    def governed_accounts(self) -> tuple[object, ...]:
        return self.accounts


@pytest.fixture
def without_second_factor(settings: Settings) -> None:
    settings.TWO_FACTOR_REQUIRED = False


def words(user: object, permission: Permission, on: object = None) -> str:
    return " ".join(m.what for m in explain(user, permission, on=on).missing)  # type: ignore[arg-type]


def test_nobody_is_allowed_anything_before_signing_in() -> None:
    assert words(AnonymousUser(), Permission.SEE_REGISTER) == "Nobody is signed in."


def test_a_permission_must_hold_on_every_account() -> None:
    mine, other = AccountFactory(), AccountFactory()
    user = drafter_of(mine)

    assert may(user, Permission.WRITE_POST, on=Several(mine))  # type: ignore[arg-type]
    assert not may(user, Permission.WRITE_POST, on=Several(mine, other))  # type: ignore[arg-type]
    assert str(other) in words(user, Permission.WRITE_POST, on=Several(mine, other))


def test_on_no_account_at_all_nobody_may() -> None:
    user = drafter_of(AccountFactory())

    assert not may(user, Permission.WRITE_POST, on=Several())  # type: ignore[arg-type]


def test_a_grant_ends_with_its_planned_day() -> None:
    account = AccountFactory()
    user = drafter_of(account)
    today = timezone.localdate()

    user.account_grants.update(ends_on=today)
    assert may(user, Permission.WRITE_POST, on=account)
    user.account_grants.update(ends_on=today - timedelta(days=1))
    assert not may(user, Permission.WRITE_POST, on=account)


def test_rights_end_at_the_end_of_the_last_day(without_second_factor: None) -> None:
    user = communications_officer(employed_until=timezone.localdate())

    assert may(user, Permission.APPROVE_POST)
    tomorrow = timezone.now() + timedelta(days=1)
    assert not may(user, Permission.APPROVE_POST, at=tomorrow)
    left = f"{user.name} does not work for the council any more."
    assert explain(user, Permission.APPROVE_POST, at=tomorrow).missing[0].what == left


def test_missing_evidence_is_named_with_who_can_help(without_second_factor: None) -> None:
    account = AccountFactory()
    user = approver_of(account)
    Completion.objects.filter(user=user).update(
        expires_on=timezone.localdate() - timedelta(days=1),
        counts_until=timezone.localdate() - timedelta(days=1),
    )
    Acknowledgement.objects.filter(user=user).delete()

    explanation = explain(user, Permission.APPROVE_POST, on=account)

    assert not explanation.allowed
    course, policy = explanation.missing
    assert course.what.startswith("The course “Running a council account” expired on")
    assert policy.what == "Social media policy, version 1 is not acknowledged."
    assert user.name in course.who_can_help


def test_evidence_does_not_matter_for_what_needs_none(without_second_factor: None) -> None:
    user = digital_officer()
    Completion.objects.filter(user=user).delete()

    assert may(user, Permission.MANAGE_PEOPLE)
    assert not may(user, Permission.WRITE_POST)


def test_approving_needs_a_second_factor(settings: Settings) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    user = without_two_factor(communications_officer())

    assert words(user, Permission.APPROVE_POST) == "Two-factor sign-in is not set up."
    assert may(user, Permission.WRITE_POST)
    set_up_two_factor(user)
    assert may(user, Permission.APPROVE_POST)


def test_the_second_factor_is_asked_of_whoever_approves_or_administers(
    settings: Settings,
) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    account = AccountFactory()

    assert must_have_two_factor(communications_officer())
    assert must_have_two_factor(digital_officer())
    assert must_have_two_factor(approver_of(account))
    assert not must_have_two_factor(drafter_of(account))
    assert not must_have_two_factor(person(CorporateRole.HR))
    settings.TWO_FACTOR_REQUIRED = False
    assert not must_have_two_factor(communications_officer())


def test_an_answer_is_never_older_than_the_question(without_second_factor: None) -> None:
    user = communications_officer()
    assert may(user, Permission.APPROVE_POST)

    CorporateGrant.objects.filter(user=user).update(ended_at=timezone.now())

    assert not may(user, Permission.APPROVE_POST)


def test_a_page_that_is_read_asks_the_database_once(
    without_second_factor: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    account = AccountFactory()
    user = drafter_of(account)
    user.rights = Rights(user, timezone.now())

    with django_assert_max_num_queries(10):
        for permission in list(Permission) * 3:
            may(user, permission)
            may(user, permission, on=account)


def test_the_pages_copy_is_not_asked_about_another_moment(without_second_factor: None) -> None:
    user = communications_officer()
    user.rights = Rights(user, timezone.now())
    assert may(user, Permission.SETTLE_DELIVERY)

    CorporateGrant.objects.filter(user=user).update(ended_at=timezone.now())

    assert not may(user, Permission.SETTLE_DELIVERY, at=timezone.now())
    assert not may(User.objects.get(pk=user.pk), Permission.SETTLE_DELIVERY)


def test_a_demand_raises_with_the_whole_explanation() -> None:
    with pytest.raises(NotAllowed) as refused:
        demand(UserFactory(), Permission.MANAGE_PEOPLE)

    assert refused.value.explanation.missing[0].who_can_help == "the digital team"
    assert "manage people and roles" in str(refused.value)


def test_a_role_granted_on_another_account_does_not_help() -> None:
    account, other = AccountFactory(), AccountFactory()
    user = person()
    AccountGrantFactory(user=user, account=other, role=AccountRole.APPROVER)

    assert words(user, Permission.WRITE_POST, on=account) == (
        f"No role gives the right to write posts on {account}."
    )
