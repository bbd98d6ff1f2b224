"""Putting accounts on the register: what it asks for, and all of it or nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from accounts.access import NotAllowed
from accounts.actions.register import Assessment, add_live_account, register_account
from accounts.models import AccountState, Credential, RiskAssessment, SocialAccount, User
from audit.catalogue import Event
from audit.models import Entry
from platforms.contract import Identity
from tests.accounts.conftest import Trail
from tests.accounts.platform import GOOD
from tests.factories import (
    READY,
    ServiceAreaFactory,
    UserFactory,
    communications_officer,
    digital_officer,
    person,
    safe_facts,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]

IDENTITY = Identity("4711", "WealdmoorLib", "Wealdmoor Libraries", "https://fake.example/lib")


def facts(**changed: Any) -> dict[str, Any]:
    return {
        "platform": "fake",
        "handle": "WealdmoorLib",
        "name": "Libraries",
        "service_area": ServiceAreaFactory(),
        "owner": UserFactory(),
        **changed,
    }


def assessment(**changed: Any) -> Assessment:
    values = {
        "likelihood": 2,
        "impact": 3,
        "summary": "Low",
        "assessed_by": changed.get("assessed_by") or communications_officer(),
        "signed_off_by": changed.get("signed_off_by") or communications_officer(),
        "review_on": timezone.localdate() + timedelta(days=180),
    }
    return Assessment(**{**values, **changed})


def test_an_account_is_registered_as_requested(admin: User, trail: Trail) -> None:
    account = register_account(by=admin, **facts(handle=" @WealdmoorLib"))

    assert account.state == AccountState.REQUESTED
    assert account.handle == "WealdmoorLib"
    assert account.url == "https://fake.example/WealdmoorLib"
    assert trail.last.event == Event.ACCOUNT_REGISTERED
    assert trail.last.details["after"]["platform"] == "Fakebook"


def test_only_the_digital_team_registers() -> None:
    with pytest.raises(NotAllowed):
        register_account(by=communications_officer(), **facts())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"platform": "myspace"}, "no platform called “myspace”"),
        ({"handle": "@"}, "Enter the account’s handle"),
        ({"server_url": "ftp://x.example"}, "must start with https://"),
        ({"server_url": "not an address"}, "must start with https://"),
    ],
)
def test_a_bad_registration_is_refused(admin: User, changed: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        register_account(by=admin, **facts(**changed))
    assert said in refused.value.messages[0]
    assert not SocialAccount.objects.exists()


def test_in_production_a_server_is_reached_by_https_only(admin: User, settings: Settings) -> None:
    settings.PRODUCTION = True

    with pytest.raises(ValidationError, match="must start with https://\\."):
        register_account(by=admin, **facts(server_url="http://plain.example"))


def test_a_handle_is_on_the_register_once(admin: User) -> None:
    first = register_account(by=admin, **facts())

    with pytest.raises(ValidationError, match="on the register already"):
        register_account(by=admin, **facts(handle="wealdmoorLIB"))

    SocialAccount.objects.filter(pk=first.pk).update(state=AccountState.CLOSED)
    register_account(by=admin, **facts(handle="wealdmoorLIB"))


def test_a_leaver_owns_no_account(admin: User) -> None:
    left = UserFactory(employed_until=timezone.localdate() - timedelta(days=1))

    with pytest.raises(ValidationError, match="any more"):
        register_account(by=admin, **facts(owner=left))
    with pytest.raises(ValidationError, match="any more"):
        register_account(by=admin, **facts(deputy=left))


def test_owner_and_deputy_are_two_people(admin: User) -> None:
    owner = UserFactory()

    with pytest.raises(ValidationError, match="somebody else"):
        register_account(by=admin, **facts(owner=owner, deputy=owner))


def test_a_live_account_arrives_with_everything_it_needs(admin: User, trail: Trail) -> None:
    account = add_live_account(
        by=admin,
        **facts(owner=person(), deputy=person(), **safe_facts()),
        identity=IDENTITY,
        credential=GOOD,
        assessment=assessment(),
        ready=READY,
    )

    assert account.state == AccountState.LIVE
    assert (account.remote_id, account.url) == ("4711", "https://fake.example/lib")
    assert trail.events() == [
        Event.ACCOUNT_REGISTERED,
        Event.RISK_ASSESSED,
        Event.RISK_SIGNED_OFF,
        Event.CREDENTIAL_STORED,
        Event.PART_ACCEPTED_ON_PAPER,
        Event.PART_ACCEPTED_ON_PAPER,
        Event.CHECK_ANSWERED,
        Event.CHECK_ANSWERED,
        Event.ACCOUNT_STATE_MOVED,
        Event.ACCOUNT_STATE_MOVED,
        Event.ACCOUNT_STATE_MOVED,
    ]


def test_nothing_of_a_live_account_stays_when_one_part_is_refused(admin: User) -> None:
    same = digital_officer()

    with pytest.raises(ValidationError, match="cannot sign it off"):
        add_live_account(
            by=admin,
            **facts(),
            identity=IDENTITY,
            credential=GOOD,
            assessment=assessment(assessed_by=same, signed_off_by=same),
            ready=READY,
        )

    assert not SocialAccount.objects.exists()
    assert not RiskAssessment.objects.exists()
    assert not Credential.objects.exists()
    assert not Entry.objects.exists()
