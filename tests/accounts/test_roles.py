"""Giving roles and taking them away, and the rules about who to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import NotAllowed, account_roles, corporate_roles
from accounts.actions.roles import (
    change_end_of_account_role,
    end_account_role,
    end_corporate_role,
    grant_account_role,
    grant_corporate_role,
)
from accounts.models import AccountState, CorporateGrant, User
from accounts.permissions import AccountRole, CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    UserFactory,
    communications_officer,
    digital_officer,
)

pytestmark = pytest.mark.django_db


def last_entry() -> Entry:
    return Entry.objects.order_by("-sequence")[0]


def test_a_corporate_role_is_given_and_taken(admin: User) -> None:
    someone = UserFactory()

    grant_corporate_role(by=admin, user=someone, role=CorporateRole.HR, reason="New in HR")

    assert CorporateRole.HR in corporate_roles(someone)
    entry = last_entry()
    assert (entry.event, entry.reason) == (Event.ROLE_GIVEN, "New in HR")
    assert entry.details["after"]["role"] == "HR"

    end_corporate_role(by=admin, user=someone, role=CorporateRole.HR, reason="Moved")

    assert corporate_roles(someone) == {CorporateRole.MEMBER_OF_STAFF}
    assert last_entry().event == Event.ROLE_REMOVED


def test_an_account_role_is_given_and_taken(admin: User) -> None:
    someone, account = UserFactory(), AccountFactory()

    grant_account_role(by=admin, user=someone, account=account, role=AccountRole.DRAFTER)

    assert account_roles(someone, account) == {AccountRole.DRAFTER}
    entry = last_entry()
    assert entry.event == Event.ACCOUNT_ROLE_GIVEN
    assert entry.subject_id == str(account.pk)
    assert entry.details["after"]["person"] == someone.name

    end_account_role(by=admin, user=someone, account=account, role=AccountRole.DRAFTER)

    assert account_roles(someone, account) == frozenset()
    assert last_entry().event == Event.ACCOUNT_ROLE_REMOVED


@pytest.mark.parametrize("role", [CorporateRole.HR, CorporateRole.COMMUNICATIONS_OFFICER])
def test_nobody_gives_a_role_to_themselves(admin: User, role: CorporateRole) -> None:
    with pytest.raises(ValidationError, match="to themselves"):
        grant_corporate_role(by=admin, user=admin, role=role)


def test_nobody_gives_themselves_a_role_on_an_account(admin: User) -> None:
    with pytest.raises(ValidationError, match="to themselves"):
        grant_account_role(
            by=admin, user=admin, account=AccountFactory(), role=AccountRole.APPROVER
        )


def test_only_the_digital_team_gives_and_takes_roles(admin: User) -> None:
    officer, account = communications_officer(), AccountFactory()
    drafter = UserFactory()
    grant_account_role(by=admin, user=drafter, account=account, role=AccountRole.DRAFTER)

    with pytest.raises(NotAllowed):
        grant_corporate_role(by=officer, user=UserFactory(), role=CorporateRole.HR)
    with pytest.raises(NotAllowed):
        grant_account_role(
            by=officer, user=UserFactory(), account=account, role=AccountRole.DRAFTER
        )
    with pytest.raises(NotAllowed):
        end_account_role(by=officer, user=drafter, account=account, role=AccountRole.DRAFTER)
    with pytest.raises(NotAllowed):
        end_corporate_role(by=officer, user=officer, role=CorporateRole.COMMUNICATIONS_OFFICER)
    assert account_roles(drafter, account) == {AccountRole.DRAFTER}


def test_a_role_is_held_once(admin: User) -> None:
    someone = UserFactory()
    grant_corporate_role(by=admin, user=someone, role=CorporateRole.AUDITOR)

    with pytest.raises(ValidationError, match="already"):
        grant_corporate_role(by=admin, user=someone, role=CorporateRole.AUDITOR)


def test_a_role_that_ran_out_can_be_given_again(admin: User) -> None:
    someone = UserFactory()
    grant_corporate_role(by=admin, user=someone, role=CorporateRole.AUDITOR)
    CorporateGrant.objects.filter(user=someone).update(
        ends_on=timezone.localdate() - timedelta(days=3)
    )

    grant_corporate_role(by=admin, user=someone, role=CorporateRole.AUDITOR)

    assert CorporateRole.AUDITOR in corporate_roles(someone)


def test_what_nobody_holds_cannot_be_taken(admin: User) -> None:
    with pytest.raises(ValidationError, match="no such role"):
        end_corporate_role(by=admin, user=UserFactory(), role=CorporateRole.HR)


def test_everybody_is_a_member_of_staff_already(admin: User) -> None:
    with pytest.raises(ValidationError, match="already"):
        grant_corporate_role(by=admin, user=UserFactory(), role=CorporateRole.MEMBER_OF_STAFF)


def test_a_leaver_gets_no_role(admin: User) -> None:
    left = UserFactory(employed_until=timezone.localdate() - timedelta(days=1))

    with pytest.raises(ValidationError, match="any more"):
        grant_corporate_role(by=admin, user=left, role=CorporateRole.HR)


def test_the_end_of_a_role_lies_ahead(admin: User) -> None:
    with pytest.raises(ValidationError, match="today or later"):
        grant_corporate_role(
            by=admin,
            user=UserFactory(),
            role=CorporateRole.HR,
            ends_on=timezone.localdate() - timedelta(days=1),
        )


def test_nobody_gets_a_role_on_a_closed_account(admin: User) -> None:
    closed = AccountFactory(state=AccountState.CLOSED)

    with pytest.raises(ValidationError, match="is closed"):
        grant_account_role(by=admin, user=UserFactory(), account=closed, role=AccountRole.DRAFTER)


def test_the_last_of_the_digital_team_keeps_the_role(admin: User) -> None:
    with pytest.raises(ValidationError, match="last member of the digital team"):
        end_corporate_role(by=admin, user=admin, role=CorporateRole.DIGITAL_TEAM)

    other = digital_officer()
    end_corporate_role(by=other, user=admin, role=CorporateRole.DIGITAL_TEAM)
    with pytest.raises(ValidationError, match="last member of the digital team"):
        end_corporate_role(by=other, user=other, role=CorporateRole.DIGITAL_TEAM)


def test_only_the_digital_team_changes_the_last_day_of_a_role_and_never_of_their_own(
    admin: User,
) -> None:
    grant = AccountGrantFactory(user=admin)
    in_a_week = timezone.localdate() + timedelta(days=7)

    with pytest.raises(NotAllowed):
        change_end_of_account_role(by=communications_officer(), grant=grant, ends_on=in_a_week)
    with pytest.raises(ValidationError, match="Nobody changes their own role"):
        change_end_of_account_role(by=admin, grant=grant, ends_on=in_a_week)

    grant.refresh_from_db()
    assert grant.ends_on is None
