"""Adding people, changing their details, and the day on which everything ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import NotAllowed, may
from accounts.actions.leaving import end_employment, return_to_work
from accounts.actions.people import add_person, change_person
from accounts.models import CorporateGrant, User
from accounts.permissions import AccountRole, CorporateRole, Permission
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    CorporateGrantFactory,
    ServiceAreaFactory,
    UserFactory,
    communications_officer,
    digital_officer,
    person,
)

pytestmark = pytest.mark.django_db


def last_entry() -> Entry:
    return Entry.objects.order_by("-sequence")[0]


def test_a_person_is_added_without_a_password(admin: User) -> None:
    area = ServiceAreaFactory()

    added = add_person(
        by=admin, name=" Ann Ode ", email="Ann.Ode@Example.GOV.uk", service_area=area
    )

    assert (added.name, added.email) == ("Ann Ode", "ann.ode@example.gov.uk")
    assert not added.has_usable_password()
    entry = last_entry()
    assert entry.event == Event.PERSON_ADDED
    assert entry.details["after"]["service_area"] == area.name


def test_only_the_digital_team_adds_people(settings) -> None:
    settings.TWO_FACTOR_REQUIRED = False
    with pytest.raises(NotAllowed):
        add_person(by=person(CorporateRole.HR), name="Ann", email="ann@example.org")
    assert not User.objects.filter(email="ann@example.org").exists()


def test_an_e_mail_address_belongs_to_one_person(admin: User) -> None:
    UserFactory(name="Bo", email="bo@example.org")

    with pytest.raises(ValidationError) as refused:
        add_person(by=admin, name="Another", email="BO@example.org")

    assert refused.value.message_dict == {"email": ["Bo has the e-mail address bo@example.org."]}


def test_a_name_must_have_letters(admin: User) -> None:
    with pytest.raises(ValidationError, match="Enter the person"):
        add_person(by=admin, name="  ", email="x@example.org")


def test_changing_keeps_what_was_before(admin: User) -> None:
    someone = UserFactory(job_title="Clerk")

    change_person(by=admin, person=someone, job_title="Librarian")

    someone.refresh_from_db()
    assert someone.job_title == "Librarian"
    details = last_entry().details
    assert details["before"]["job_title"] == "Clerk"
    assert details["after"]["job_title"] == "Librarian"


def test_changing_nothing_leaves_no_entry(admin: User) -> None:
    someone = UserFactory()

    change_person(by=admin, person=someone, name=someone.name)

    assert not Entry.objects.filter(event=Event.PERSON_CHANGED).exists()


def test_nobody_is_their_own_manager_however_many_steps_up(admin: User) -> None:
    top = UserFactory()
    middle = UserFactory(manager=top)
    bottom = UserFactory(manager=middle)

    with pytest.raises(ValidationError, match="is in the team of"):
        change_person(by=admin, person=top, manager=bottom)


def test_somebody_who_left_manages_nobody(admin: User) -> None:
    left = UserFactory(employed_until=timezone.localdate() - timedelta(days=1))

    with pytest.raises(ValidationError, match="any more"):
        change_person(by=admin, person=UserFactory(), manager=left)


def test_employment_ends_with_every_role(admin: User) -> None:
    today = timezone.localdate()
    someone, account = person(CorporateRole.COMMUNICATIONS_OFFICER), AccountFactory()
    AccountGrantFactory(user=someone, account=account, role=AccountRole.APPROVER)

    end_employment(by=admin, person=someone, last_day=today, reason="Retired")

    someone.refresh_from_db()
    assert may(someone, Permission.APPROVE_POST, on=account)
    tomorrow = timezone.now() + timedelta(days=1)
    assert not may(someone, Permission.APPROVE_POST, on=account, at=tomorrow)
    assert not someone.corporate_grants.in_force(tomorrow).exists()
    assert not someone.account_grants.in_force(tomorrow).exists()
    entry = last_entry()
    assert (entry.event, entry.reason) == (Event.PERSON_LEFT, "Retired")


def test_whoever_comes_back_starts_without_roles(admin: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    someone = person(CorporateRole.HR)
    end_employment(by=admin, person=someone, last_day=yesterday)

    back = return_to_work(by=admin, person=someone)

    assert back.is_employed()
    assert not may(back, Permission.RECORD_TRAINING)
    assert last_entry().event == Event.PERSON_RETURNED
    with pytest.raises(ValidationError, match="already"):
        return_to_work(by=admin, person=someone)


def test_the_last_of_the_digital_team_cannot_leave(admin: User) -> None:
    with pytest.raises(ValidationError, match="last member of the digital team"):
        end_employment(by=admin, person=admin, last_day=timezone.localdate())

    admin.refresh_from_db()
    assert admin.employed_until is None


def test_two_of_the_digital_team_can_become_one_but_not_none(admin: User) -> None:
    other = digital_officer()
    in_a_week = timezone.localdate() + timedelta(days=7)

    end_employment(by=admin, person=other, last_day=in_a_week)

    with pytest.raises(ValidationError, match="last member"):
        end_employment(by=admin, person=admin, last_day=in_a_week + timedelta(days=7))
    assert CorporateGrant.objects.filter(role=CorporateRole.DIGITAL_TEAM).count() == 2


def test_a_role_with_an_end_does_not_count_as_a_digital_officer_for_ever(admin: User) -> None:
    today = timezone.localdate()
    CorporateGrantFactory(
        user=UserFactory(), role=CorporateRole.DIGITAL_TEAM, ends_on=today + timedelta(days=2)
    )

    with pytest.raises(ValidationError, match="last member"):
        end_employment(by=admin, person=admin, last_day=today + timedelta(days=3))


def test_only_the_digital_team_ends_employment_takes_back_and_changes_people(admin: User) -> None:
    someone, officer = UserFactory(), communications_officer()
    today = timezone.localdate()

    with pytest.raises(NotAllowed):
        end_employment(by=officer, person=someone, last_day=today)
    with pytest.raises(NotAllowed):
        change_person(by=officer, person=someone, name="Other", email=someone.email)
    end_employment(by=admin, person=someone, last_day=today - timedelta(days=1))
    with pytest.raises(NotAllowed):
        return_to_work(by=officer, person=someone)

    someone.refresh_from_db()
    assert not someone.is_employed()
