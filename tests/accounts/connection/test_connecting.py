"""Connecting an account by signing in at its platform, against the sandbox over HTTP."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from accounts.access import NotAllowed
from accounts.actions.connecting import NotConnected, begin_connecting, finish_connecting
from accounts.actions.credentials import open_credential
from accounts.connection.adapters import connect
from accounts.models import AccountState, Credential, SignInAttempt, SocialAccount, User
from audit.catalogue import Event
from audit.models import Entry
from platforms.errors import SignInExpired
from tests.accounts.conftest import Trail
from tests.accounts.connection.at_the_sandbox import HANDLE, AtPlatform
from tests.factories import AccountFactory, communications_officer, digital_officer

pytestmark = pytest.mark.django_db


def now(account: SocialAccount) -> SocialAccount:
    return SocialAccount.objects.get(pk=account.pk)


# The way there and back


def test_the_account_is_connected_and_can_be_used(at: AtPlatform, admin: User) -> None:
    account = at.register()

    done = at.connect(admin, account)

    identity = connect(now(account)).identify()
    assert identity.handle == HANDLE
    assert now(account).remote_id == identity.remote_id
    assert done.credential.remote_name == f"@{HANDLE}"
    assert done.credential.connected_by == admin
    assert done.declined == ()


def test_the_trail_says_who_went_and_who_it_was_and_no_secret(
    at: AtPlatform, admin: User, trail: Trail
) -> None:
    account = at.register()
    at.connect(admin, account)

    assert trail.events()[-3:] == [
        Event.CONNECTION_BEGUN,
        Event.ACCOUNT_CHANGED,
        Event.CREDENTIAL_STORED,
    ]
    secrets = [*open_credential(now(account)).values(), "the-secret-of-the-app"]
    kept = json.dumps(list(Entry.objects.values_list("details", "reason")), default=str)
    assert not [secret for secret in secrets if secret in kept]


def test_what_is_kept_says_when_a_person_is_needed_again(at: AtPlatform, admin: User) -> None:
    kept = at.connect(admin, at.register()).credential

    if at.platform == "facebook":
        assert kept.access_expires_at is None
        assert kept.expires_at is not None
        assert timedelta(days=89) < kept.expires_at - timezone.now() <= timedelta(days=90)
    else:
        assert kept.access_expires_at is not None
        assert kept.expires_at is None


def test_neither_state_nor_verifier_can_be_read_from_the_table(x: AtPlatform, admin: User) -> None:
    begun = begin_connecting(by=admin, account=x.register())
    attempt = SignInAttempt.objects.get()

    state = x.answer(begun.address)["state"]
    assert state not in str(SignInAttempt.objects.values())
    assert b"verifier" not in bytes(attempt.verifier)
    assert attempt.expires_at - attempt.begun_at == timedelta(minutes=10)
    assert state not in repr(begun)


def test_only_who_manages_the_register_connects(x: AtPlatform) -> None:
    with pytest.raises(NotAllowed):
        begin_connecting(by=communications_officer(), account=x.register())
    assert not SignInAttempt.objects.exists()


@pytest.mark.parametrize("state", [AccountState.CLOSED, AccountState.DRAFT])
def test_an_account_that_is_not_in_use_is_not_connected(
    x: AtPlatform, admin: User, state: AccountState
) -> None:
    with pytest.raises(ValidationError, match="cannot be connected"):
        begin_connecting(by=admin, account=x.register(state=state))


def test_an_account_that_is_used_by_hand_is_not_connected(x: AtPlatform, admin: User) -> None:
    with pytest.raises(ValidationError, match="used by hand"):
        begin_connecting(by=admin, account=AccountFactory(platform="flickr"))


def test_a_platform_that_is_not_set_up_is_named(
    x: AtPlatform, admin: User, settings: Settings
) -> None:
    account = x.register()
    settings.PLATFORM_APPS = {"x": {**settings.PLATFORM_APPS["x"], "client_id": ""}}

    with pytest.raises(ValidationError, match="Signing in at X is not set up"):
        begin_connecting(by=admin, account=account)


# What comes back


def refused(by: User, at: AtPlatform, query: dict[str, str]) -> str:
    with pytest.raises(NotConnected) as why:
        finish_connecting(by=by, platform=at.platform, query=query)
    return why.value.message


def test_an_answer_is_taken_once(x: AtPlatform, admin: User) -> None:
    query = x.answer(begin_connecting(by=admin, account=x.register()).address)
    finish_connecting(by=admin, platform="x", query=query)
    before = Credential.objects.get().ciphertext

    assert "used already" in refused(admin, x, query)
    assert bytes(Credential.objects.get().ciphertext) == bytes(before)
    assert bytes(SignInAttempt.objects.get().verifier) == b""


def test_an_answer_is_taken_from_nobody_else(x: AtPlatform, admin: User) -> None:
    query = x.answer(begin_connecting(by=admin, account=x.register()).address)

    assert "Somebody else began" in refused(digital_officer(), x, query)
    assert "used already" in refused(admin, x, query)
    assert not Credential.objects.exists()


def test_an_answer_is_taken_for_ten_minutes(x: AtPlatform, admin: User) -> None:
    query = x.answer(begin_connecting(by=admin, account=x.register()).address)

    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)):
        assert "longer than ten minutes" in refused(admin, x, query)
    assert not Credential.objects.exists()


@pytest.mark.parametrize("state", ["", "made-up", "\ud800", "x" * 100_000])
def test_an_answer_to_no_question(x: AtPlatform, admin: User, state: str) -> None:
    begin_connecting(by=admin, account=x.register())

    assert "Connect again" in refused(admin, x, {"code": "a", "state": state})
    assert not SignInAttempt.objects.filter(used_at__isnull=False).exists()


def test_an_answer_of_another_platform(x: AtPlatform, admin: User) -> None:
    query = x.answer(begin_connecting(by=admin, account=x.register()).address)

    with pytest.raises(NotConnected):
        finish_connecting(by=admin, platform="youtube", query=query)
    assert not SignInAttempt.objects.filter(used_at__isnull=False).exists()


def test_who_says_no_connects_nothing(at: AtPlatform, admin: User, trail: Trail) -> None:
    address = begin_connecting(by=admin, account=at.register()).address

    assert "did not allow it" in refused(admin, at, at.answer(address, answer="cancel"))
    assert trail.last.event == Event.CONNECTION_REFUSED
    assert not Credential.objects.exists()


def test_who_lost_the_right_meanwhile_connects_nothing(x: AtPlatform, admin: User) -> None:
    query = x.answer(begin_connecting(by=admin, account=x.register()).address)
    admin.corporate_grants.update(ended_at=timezone.now())

    with pytest.raises(NotAllowed):
        finish_connecting(by=admin, platform="x", query=query)
    assert not Credential.objects.exists()
    assert not [line for line in x.sandbox.control.counters()["calls"] if "token" in line]


@pytest.mark.parametrize("kind", ["error_before", "html", "drop", "huge", "rate_limit", "empty"])
def test_a_platform_that_gives_no_good_answer_connects_nothing(
    at: AtPlatform, admin: User, kind: str, trail: Trail
) -> None:
    address = begin_connecting(by=admin, account=at.register()).address
    query = at.answer(address)
    at.sandbox.control.fault(kind, platform=at.platform, endpoint="token")

    assert refused(admin, at, query)
    assert trail.last.event == Event.CONNECTION_REFUSED
    assert not Credential.objects.exists()


def test_a_hostile_answer_connects_nothing(at: AtPlatform, admin: User) -> None:
    query = at.answer(begin_connecting(by=admin, account=at.register()).address)
    at.sandbox.control.token_answers(at.platform, "hostile")

    assert refused(admin, at, query)
    assert not Credential.objects.exists()


# Again


def test_connecting_again_puts_a_new_secret_in_place_of_a_refused_one(
    at: AtPlatform, admin: User
) -> None:
    account = at.register()
    at.connect(admin, account)
    before = Credential.objects.get()
    at.sandbox.control.set_tokens(at.platform, HANDLE, "revoked")
    Credential.objects.update(refused_at=timezone.now())
    with pytest.raises(SignInExpired):
        connect(now(account)).identify()

    at.connect(admin, now(account))

    after = Credential.objects.get()
    assert (after.pk, after.generation) == (before.pk, before.generation + 1)
    assert after.refused_at is None
    assert connect(now(account)).identify()
