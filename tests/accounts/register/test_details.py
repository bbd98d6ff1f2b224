"""The facts of an account: what can be said of it, who changes it, and what is kept of that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.actions.answerable import change_owner
from accounts.actions.credentials import store
from accounts.actions.details import change_account
from accounts.actions.register import register_account
from accounts.models import AccountState, SocialAccount, TwoFactorState, User
from accounts.register.facts import fingerprint_of
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.accounts.platform import GOOD
from tests.factories import (
    AccountFactory,
    ServiceAreaFactory,
    StrategicAimFactory,
    UserFactory,
    communications_officer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]

TODAY = timezone.localdate


def change(admin: User, account: SocialAccount, **details: Any) -> SocialAccount:
    return change_account(by=admin, account=account, **{"reason": "Yearly look", **details})


def test_a_change_keeps_what_was_what_is_and_why(admin: User, trail: Trail) -> None:
    account = AccountFactory(audience="Readers")
    first, second = StrategicAimFactory(name="Reading"), StrategicAimFactory(name="Answers")
    account.aims.set([first])

    change(admin, account, audience=" Families ", aims=[second, first], name=account.name)

    account.refresh_from_db()
    assert account.audience == "Families"
    assert set(account.aims.all()) == {first, second}
    assert trail.last.event == Event.ACCOUNT_CHANGED
    assert trail.last.reason == "Yearly look"
    assert trail.last.details == {
        "before": {"audience": "Readers", "aims": "Reading"},
        "after": {"audience": "Families", "aims": "Answers; Reading"},
    }


def test_what_changes_nothing_leaves_no_entry(admin: User, trail: Trail) -> None:
    account = AccountFactory()

    change(admin, account, name=account.name, opened_on=None)

    assert trail.events() == []


def test_only_the_digital_team_changes_an_account() -> None:
    account = AccountFactory()

    for person in (communications_officer(), account.owner):
        with pytest.raises(NotAllowed):
            change(person, account, name="Mine")


TOMORROW = TODAY() + timedelta(days=2)


@pytest.mark.parametrize(
    ("field", "details"),
    [
        ("reason", {"reason": " "}),
        ("name", {"name": "  "}),
        ("url", {"url": "javascript:alert(1)"}),
        ("audience", {"audience": "x" * 301}),
        ("opened_on", {"opened_on": TOMORROW}),
        ("last_post_on", {"last_post_on": TOMORROW}),
        ("branding_checked_on", {"branding_checked_on": TOMORROW}),
        ("standards_checked_on", {"standards_checked_on": TOMORROW}),
        ("two_factor", {"two_factor": "maybe"}),
        ("two_factor", {"two_factor_checked_on": TODAY()}),
        ("two_factor_checked_on", {"two_factor": TwoFactorState.OFF}),
        ("joint_access", {"joint_access_on": TODAY()}),
        ("joint_access_on", {"joint_access": "A picture on file"}),
        ("partner_name", {"partner_name": "The police"}),
        ("partner_contact", {"partner_contact": "01632 960001"}),
        ("handle", {"handle": "@"}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    field: str, details: dict[str, Any], admin: User, trail: Trail
) -> None:
    account = AccountFactory()

    with pytest.raises(ValidationError) as refused:
        change(admin, account, **details)

    assert list(refused.value.message_dict) == [field]
    assert trail.events() == []


def test_a_partner_is_named_on_a_partner_s_account_only(admin: User) -> None:
    partners = AccountFactory(state=AccountState.PARTNER)

    assert change(admin, partners, partner_name="The police").partner_name == "The police"
    with pytest.raises(IntegrityError), transaction.atomic():
        SocialAccount.objects.filter(pk=partners.pk).update(state=AccountState.LIVE)


@pytest.mark.parametrize(
    "forced",
    [
        {"two_factor": TwoFactorState.ON},
        {"two_factor_checked_on": TODAY()},
        {"two_factor": "maybe", "two_factor_checked_on": TODAY()},
        {"joint_access": "A picture on file"},
        {"joint_access_on": TODAY()},
    ],
)
def test_the_database_refuses_half_a_fact(forced: dict[str, Any]) -> None:
    account = AccountFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        SocialAccount.objects.filter(pk=account.pk).update(**forced)


def test_an_aim_out_of_use_stays_but_is_not_chosen_anew(admin: User) -> None:
    account, retired = AccountFactory(), StrategicAimFactory(is_in_use=False)

    with pytest.raises(ValidationError, match="Not in use any more"):
        change(admin, account, aims=[retired])
    account.aims.set([retired])
    change(admin, account, aims=[retired], audience="Readers")
    assert list(account.aims.all()) == [retired]


def test_a_page_that_stood_open_overwrites_nothing(admin: User) -> None:
    account = AccountFactory(audience="Readers")
    seen = fingerprint_of(account)
    change(admin, account, audience="Families", seen=seen)

    with pytest.raises(ValidationError, match="Somebody else changed"):
        change(admin, account, audience="Drivers", seen=seen)

    account.refresh_from_db()
    assert account.audience == "Families"


def test_a_closed_account_stays_as_it_was(admin: User) -> None:
    with pytest.raises(ValidationError, match="is closed"):
        change(admin, AccountFactory(state=AccountState.CLOSED), name="Again")


def test_a_handle_is_put_right_until_the_platform_has_confirmed_it(admin: User) -> None:
    account, other = AccountFactory(platform="fake"), AccountFactory(platform="fake")

    assert change(admin, account, handle=" @Wealdmoor").handle == "Wealdmoor"
    with pytest.raises(ValidationError, match="on the register already"):
        change(admin, account, handle=other.handle.upper())
    store(by=None, account=account, credential=GOOD)
    with pytest.raises(ValidationError, match="platform confirmed this handle"):
        change(admin, account, handle="Another")
    assert change(admin, account, handle="@Wealdmoor", name="Same").name == "Same"


def test_the_facts_come_with_the_registration(admin: User, trail: Trail) -> None:
    aim = StrategicAimFactory(name="Reading")
    account = register_account(
        by=admin,
        platform="fake",
        handle="WealdmoorLib",
        name="Libraries",
        service_area=ServiceAreaFactory(),
        owner=UserFactory(),
        audience="Readers",
        aims=[aim],
        predates_policy=True,
    )

    assert list(account.aims.all()) == [aim]
    after = trail.last.details["after"]
    assert (after["audience"], after["aims"], after["predates_policy"]) == (
        "Readers",
        "Reading",
        "yes",
    )


def test_the_owner_changes_for_a_namesake_too_and_the_reason_is_kept(
    admin: User, trail: Trail
) -> None:
    account = AccountFactory(owner=UserFactory(name="Jo Smith"))
    namesake = UserFactory(name="Jo Smith")

    change_owner(by=admin, account=account, owner=namesake, deputy=None, reason="New post")

    account.refresh_from_db()
    assert account.owner == namesake
    assert trail.last.reason == "New post"
