"""The rules of housekeeping: each finds what it is about, to the day, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.actions.credentials import store
from accounts.housekeeping.found import ALL, counts, findings_of, found_by, with_findings
from accounts.housekeeping.rules import BY_KEY, RULES
from accounts.models import AccountState, Answerable, RiskAssessment, SocialAccount
from tests.accounts.platform import GOOD
from tests.factories import AccountFactory, RiskAssessmentFactory, UserFactory, complete_for_live
from training.models import Acknowledgement, Completion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]

TODAY = timezone.localdate
DAY = timedelta(days=1)


def in_order(**fields: object) -> SocialAccount:
    """An account in use of which nothing is to be found."""
    account = complete_for_live(AccountFactory(platform="fake", **fields))
    put(account, branding_checked_on=TODAY(), standards_checked_on=TODAY(), last_post_on=TODAY())
    store(by=None, account=account, credential=GOOD)
    return account


def put(account: SocialAccount, **values: object) -> None:
    SocialAccount.objects.filter(pk=account.pk).update(**values)


def found_of(account: SocialAccount) -> list[str]:
    """By all three ways of asking, which must agree."""
    rows = SocialAccount.objects.filter(pk=account.pk)
    marked = [rule.key for rule in findings_of(with_findings(rows).get())]
    counted = counts(rows)
    assert [key for key in BY_KEY if counted[key]] == marked
    assert [rule.key for rule in RULES if found_by(rows, [rule]).exists()] == marked
    assert found_by(rows).exists() is bool(marked)
    return marked


def owner_leaves(account: SocialAccount) -> None:
    account.owner.employed_until = TODAY() - DAY
    account.owner.save()


def deputy_leaves(account: SocialAccount) -> None:
    assert account.deputy
    account.deputy.is_active = False
    account.deputy.save()


def has_no_deputy(account: SocialAccount) -> None:
    put(account, deputy=None)


def deputy_has_not_accepted(account: SocialAccount) -> None:
    Answerable.objects.filter(account=account, part="deputy").update(accepted_at=None)


def course_runs_out(account: SocialAccount) -> None:
    Completion.objects.filter(user=account.owner).update(
        expires_on=TODAY() - DAY, counts_until=TODAY() - DAY
    )


def policy_runs_out(account: SocialAccount) -> None:
    Acknowledgement.objects.filter(user=account.owner).delete()


def nothing_is_signed(account: SocialAccount) -> None:
    signed = RiskAssessment.objects.filter(account=account)
    signed.update(signed_off_at=None, signed_off_by=None)


def review_is_overdue(account: SocialAccount) -> None:
    RiskAssessment.objects.filter(account=account).update(review_on=TODAY() - DAY)


def platform_refuses(account: SocialAccount) -> None:
    type(account.credential).objects.filter(account=account).update(refused_at=timezone.now())


def sign_in_expires(account: SocialAccount) -> None:
    type(account.credential).objects.filter(account=account).update(expires_at=timezone.now())


def is_disconnected(account: SocialAccount) -> None:
    account.credential.delete()


def column(**values: object) -> Callable[[SocialAccount], None]:
    return lambda account: put(account, **values)


CASES: list[tuple[Callable[[SocialAccount], None], list[str]]] = [
    (owner_leaves, ["owner_left"]),
    (deputy_leaves, ["no_deputy"]),
    (has_no_deputy, ["no_deputy"]),
    (deputy_has_not_accepted, ["not_accepted"]),
    (course_runs_out, ["untrained"]),
    (policy_runs_out, ["untrained"]),
    (nothing_is_signed, ["not_assessed"]),
    (review_is_overdue, ["review_overdue"]),
    (platform_refuses, ["connection_lost"]),
    (sign_in_expires, ["connection_lost"]),
    (is_disconnected, ["not_connected"]),
    (column(two_factor="off"), ["two_factor_off"]),
    (column(two_factor="unknown", two_factor_checked_on=None), ["two_factor_unknown"]),
    (column(two_factor="not_offered"), []),
    (column(joint_access="", joint_access_on=None), ["joint_access"]),
    (column(recovery_contact=""), ["recovery"]),
    (column(branding_checked_on=None), ["unbranded"]),
    (column(standards_checked_on=None), ["standards"]),
    (column(last_post_on=None), []),
]


@pytest.mark.parametrize(("broken", "found"), CASES)
def test_each_rule_finds_its_own(broken: Callable[[SocialAccount], None], found: list[str]) -> None:
    account = in_order()
    assert found_of(account) == []

    broken(account)

    assert found_of(account) == found


def test_every_rule_is_tried_above_or_below() -> None:
    tried = {key for _, found in CASES for key in found}

    assert tried | {"dormant"} == set(BY_KEY)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(("days", "found"), [(90, []), (91, ["dormant"])])
def test_dormant_is_no_post_in_so_many_days(days: int, found: list[str]) -> None:
    account = in_order()

    put(account, last_post_on=TODAY() - days * DAY)

    assert found_of(account) == found


def test_an_account_of_which_no_post_is_known_is_dormant_after_as_long_on_the_register(
    settings: Settings,
) -> None:
    settings.DORMANT_DAYS = 30
    account = in_order()
    put(account, last_post_on=None, added_at=timezone.now() - 29 * DAY)
    assert found_of(account) == []

    put(account, added_at=timezone.now() - 31 * DAY)

    assert found_of(account) == ["dormant"]


def test_only_the_newest_signed_assessment_says_when_the_review_is_due() -> None:
    account = in_order()
    RiskAssessmentFactory(
        account=account, review_on=TODAY() - DAY, assessed_at=timezone.now() - 400 * DAY
    )
    assert found_of(account) == []

    at = timezone.now() + DAY
    RiskAssessmentFactory(account=account, review_on=TODAY() - DAY, assessed_at=at)
    assert found_of(account) == ["review_overdue"]

    RiskAssessmentFactory(account=account, assessed_at=at)
    assert found_of(account) == []


@pytest.mark.parametrize("state", AccountState)
def test_only_accounts_in_use_are_looked_at(state: AccountState) -> None:
    account = in_order()
    put(account, state=state, branding_checked_on=None)

    assert found_of(account) == (["unbranded"] if state in ("live", "suspended", "dormant") else [])


def test_an_account_that_is_used_by_hand_needs_no_connection() -> None:
    account = complete_for_live(AccountFactory(platform="flickr"))

    assert not {"connection_lost", "not_connected"} & set(found_of(account))


def test_however_many_accounts_it_is_as_many_queries() -> None:
    asked = []
    for number in (5, 45):
        for _ in range(number):
            AccountFactory(deputy=UserFactory())
        rows = SocialAccount.objects.all()
        with CaptureQueriesContext(connection) as queries:
            assert counts(rows)[ALL] == rows.count()
            assert all(findings_of(row) for row in with_findings(found_by(rows)))
        asked.append(len(queries))

    assert asked == [6, 6]
