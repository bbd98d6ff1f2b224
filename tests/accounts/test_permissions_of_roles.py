"""Who may do what: the whole table, written out, so that a slip in a bundle is seen."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from accounts.access import may
from accounts.models import SocialAccount, User
from accounts.permissions import (
    ACCOUNT_BUNDLES,
    CORPORATE_BUNDLES,
    AccountRole,
    CorporateRole,
    Permission,
)
from tests.factories import AccountFactory, AccountGrantFactory, UserFactory, person, trained

pytestmark = pytest.mark.django_db

D, V, H, A, N, U, B, C, M = "DVHANUBCM"
"""Digital team, communications (comms) officer, HR, auditor, Monitoring Officer, duty officer,
budget holder, councillor, member of staff."""
CORPORATE = {
    D: CorporateRole.DIGITAL_TEAM,
    V: CorporateRole.COMMUNICATIONS_OFFICER,
    H: CorporateRole.HR,
    A: CorporateRole.AUDITOR,
    N: CorporateRole.MONITORING_OFFICER,
    U: CorporateRole.DUTY_OFFICER,
    B: CorporateRole.BUDGET_HOLDER,
    C: CorporateRole.ELECTED_MEMBER,
    M: None,
}
d, o, a = "doa"
"""On one account: drafter, site owner, approver."""
ON_ACCOUNT = {d: AccountRole.DRAFTER, o: AccountRole.SITE_OWNER, a: AccountRole.APPROVER}

TABLE: dict[Permission, str] = {
    Permission.WRITE_POST: "DVU doa",
    Permission.APPROVE_POST: "V a",
    Permission.GIVE_SECOND_CHECK: "V",
    Permission.GIVE_ELECTION_CHECK: "N",
    Permission.PUBLISH_IN_EMERGENCY: "U",
    Permission.TAKE_DOWN_POST: "DVU",
    Permission.SCHEDULE_POST: "DV oa",
    Permission.SEE_ALL_POSTS: "DVANU",
    Permission.SEE_PUBLISHED_POSTS: "DVANUC",
    Permission.SETTLE_DELIVERY: "DV",
    Permission.STOP_DELIVERY: "DVU",
    Permission.EDIT_RULES: "DV",
    Permission.RUN_ELECTIONS: "DVN",
    Permission.KEEP_LIBRARY: "DV",
    Permission.PLAN_CONTENT: "DV o",
    Permission.AGREE_SPENDING: "B",
    Permission.SEE_SPENDING: "DVAB",
    Permission.SEE_MENTIONS: "DVA doa",
    Permission.SEE_REGISTER: "DVHANUBCM",
    Permission.MANAGE_ACCOUNTS: "D",
    Permission.EXPORT_REGISTER: "DVA",
    Permission.EDIT_AIMS: "DV",
    Permission.ASSESS_RISK: "DV o",
    Permission.SIGN_OFF_RISK: "DV",
    Permission.SIGN_OFF_LOW_RISK: "DV",
    Permission.EDIT_HAZARDS: "DV",
    Permission.ASK_FOR_ACCOUNT: "DVHANUBCM",
    Permission.SUPPORT_REQUEST: "",
    Permission.DECIDE_REQUEST: "DV",
    Permission.CHECK_ACCOUNT: "DV",
    Permission.RATIONALISE: "DV",
    Permission.CLOSE_ACCOUNT: "DV",
    Permission.REVIEW_ACCESS: "D o",
    Permission.SEE_ACCESS: "DVA o",
    Permission.MANAGE_PEOPLE: "D",
    Permission.SEE_TRAINING_RECORDS: "H",
    Permission.RECORD_TRAINING: "H",
    Permission.EDIT_COURSES: "DVH",
    Permission.ASSIGN_TRAINING: "DH",
    Permission.RUN_SESSIONS: "DVH",
    Permission.ISSUE_CODES: "H",
    Permission.RECORD_CONVERSATION: "H",
    Permission.EDIT_POLICIES: "DV",
    Permission.KEEP_TIMETABLE: "DV",
    Permission.SEE_AUDIT: "DA",
    Permission.EXPORT_AUDIT: "DA",
    Permission.ADMINISTER: "D",
}


@pytest.fixture(autouse=True)
def without_second_factor(settings: Settings) -> None:
    settings.TWO_FACTOR_REQUIRED = False


def test_the_table_names_every_permission() -> None:
    assert set(TABLE) == set(Permission)


def held(user: User, on: SocialAccount | None = None) -> set[Permission]:
    """All that `may` allows, each asked for by itself."""
    return {permission for permission in Permission if may(user, permission, on=on)}


def in_table(letter: str) -> set[Permission]:
    return {permission for permission, letters in TABLE.items() if letter in letters}


EVERYBODYS = in_table(M)


@pytest.mark.parametrize("letter", list(CORPORATE))
def test_a_corporate_role_holds_on_every_account(letter: str) -> None:
    user = person(CORPORATE[letter])

    assert held(user) == in_table(letter)
    assert held(user, on=AccountFactory()) == in_table(letter)


@pytest.mark.parametrize("letter", list(ON_ACCOUNT))
def test_an_account_role_holds_on_its_account_only(letter: str) -> None:
    user, account = person(), AccountFactory()
    AccountGrantFactory(user=user, account=account, role=ON_ACCOUNT[letter])

    assert held(user, on=account) == in_table(letter) | EVERYBODYS
    assert held(user) == in_table(letter) | EVERYBODYS
    assert held(user, on=AccountFactory()) == EVERYBODYS


@pytest.mark.parametrize("which", ["owner", "deputy"])
def test_owner_and_deputy_have_the_site_owners_role(which: str) -> None:
    user = person()
    account: SocialAccount = AccountFactory(**{which: user})

    assert held(user, on=account) == in_table(o) | EVERYBODYS
    assert held(user, on=AccountFactory()) == EVERYBODYS


def test_somebody_who_left_may_nothing() -> None:
    everything = person(CorporateRole.DIGITAL_TEAM)
    everything.is_active = False
    everything.save()

    assert held(everything) == set()


def test_a_line_manager_sees_the_training_of_their_own_team() -> None:
    manager: User = trained(UserFactory())
    member, stranger = UserFactory(manager=manager), UserFactory()

    assert may(manager, Permission.SEE_TRAINING_RECORDS)
    assert may(manager, Permission.SEE_TRAINING_RECORDS, on=member)
    assert not may(manager, Permission.SEE_TRAINING_RECORDS, on=stranger)
    assert not may(manager, Permission.RECORD_TRAINING, on=member)


def test_whoever_gives_second_checks_may_approve_everywhere_too() -> None:
    """The count of what waits for them relies on it."""
    for bundle in CORPORATE_BUNDLES.values():
        assert Permission.GIVE_SECOND_CHECK not in bundle or Permission.APPROVE_POST in bundle
    assert not any(Permission.GIVE_SECOND_CHECK in each for each in ACCOUNT_BUNDLES.values())
