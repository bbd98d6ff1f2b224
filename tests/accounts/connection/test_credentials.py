"""Credentials: encrypted, bound to their account, rotated, never in a log or a message."""

from __future__ import annotations

import json
import logging

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.access import NotAllowed
from accounts.actions.credentials import (
    NoCredential,
    clear_refusal,
    destroy,
    mark_refused,
    open_credential,
    parse_credential,
    rotate_all,
    store,
)
from accounts.connection.adapters import connect
from accounts.encryption import Undecryptable
from accounts.models import Credential, User
from audit.catalogue import Event
from audit.models import Entry
from platforms.errors import SignInExpired
from tests.accounts.conftest import Trail
from tests.accounts.platform import FAKE, GOOD
from tests.accounts.sign_in.two_factor import code_now, set_up_two_factor
from tests.factories import AccountFactory, UserFactory, communications_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]


def test_what_is_stored_comes_back_and_is_not_readable_meanwhile(admin: User, trail: Trail) -> None:
    account = AccountFactory(platform="fake")

    store(by=admin, account=account, credential=GOOD, remote_name="@x")

    kept = Credential.objects.get()
    assert b"t0ken" not in bytes(kept.ciphertext)
    assert open_credential(account) == GOOD
    assert trail.last.event == Event.CREDENTIAL_STORED
    assert "t0ken" not in json.dumps(trail.last.details)


def test_a_new_credential_replaces_the_old_and_its_refusal(admin: User) -> None:
    account = AccountFactory(platform="fake")
    store(by=admin, account=account, credential=GOOD)
    mark_refused(account=account, reason="The token was revoked.")

    store(by=admin, account=account, credential={**GOOD, "token": "another"})

    assert Credential.objects.get().refused_at is None
    assert open_credential(account)["token"] == "another"


def test_only_the_digital_team_connects(settings: Settings) -> None:
    account = AccountFactory(platform="fake")

    with pytest.raises(NotAllowed):
        store(by=communications_officer(), account=account, credential=GOOD)
    assert not Credential.objects.exists()


def test_a_refusal_is_recorded_once_until_it_ends(trail: Trail) -> None:
    account = AccountFactory(platform="fake")
    store(by=None, account=account, credential=GOOD)

    mark_refused(account=account, reason="The token was revoked.")
    mark_refused(account=account, reason="The token was revoked.")
    clear_refusal(account=account)
    clear_refusal(account=account)

    assert trail.events() == [
        Event.CREDENTIAL_STORED,
        Event.CREDENTIAL_EXPIRED,
        Event.CREDENTIAL_ACCEPTED,
    ]


def test_a_destroyed_credential_is_gone(admin: User, trail: Trail) -> None:
    account = AccountFactory(platform="fake")
    store(by=admin, account=account, credential=GOOD)

    destroy(by=admin, account=account, reason="The account is closed")

    assert not Credential.objects.exists()
    assert trail.last.event == Event.CREDENTIAL_DESTROYED
    with pytest.raises(NoCredential):
        open_credential(account)
    with pytest.raises(ValidationError, match="not connected"):
        destroy(by=admin, account=account)


def test_a_credential_copied_to_another_account_does_not_open(admin: User) -> None:
    mine, other = AccountFactory(platform="fake"), AccountFactory(platform="fake")
    store(by=admin, account=mine, credential=GOOD)
    stolen = Credential.objects.get().ciphertext
    Credential.objects.create(account=other, ciphertext=stolen)

    with pytest.raises(NoCredential, match="another account"):
        open_credential(other)


def test_an_account_that_is_not_connected_asks_for_a_person() -> None:
    with pytest.raises(SignInExpired, match="must be connected again"):
        connect(AccountFactory(platform="fake"))


def test_a_credential_whose_key_is_gone_asks_for_a_person(settings: Settings) -> None:
    account = AccountFactory(platform="fake")
    store(by=None, account=account, credential=GOOD)

    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(SignInExpired, match="No key in CREDENTIAL_KEYS"):
        connect(account)


def test_an_adapter_gets_the_address_of_its_own_server(settings: Settings) -> None:
    settings.PLATFORM_URLS = {"fake": "https://api.fake.example"}
    usual = AccountFactory(platform="fake")
    own = AccountFactory(platform="fake", server_url="https://social.example")
    for account in (usual, own):
        store(by=None, account=account, credential=GOOD)

    assert connect(usual).connection.base_url == "https://api.fake.example"  # type: ignore[attr-defined]
    assert connect(own).connection.base_url == "https://social.example"  # type: ignore[attr-defined]


def test_rotation_encrypts_everything_with_the_newest_key(settings: Settings, trail: Trail) -> None:
    accounts = [AccountFactory(platform="fake") for _ in range(3)]
    for account in accounts:
        store(by=None, account=account, credential=GOOD)
    stored_at = Credential.objects.get(account=accounts[0]).stored_at
    user = UserFactory()
    set_up_two_factor(user)
    old, new = settings.CREDENTIAL_KEYS, Fernet.generate_key().decode()

    settings.CREDENTIAL_KEYS = [new, *old]
    call_command("rotate_credentials")
    settings.CREDENTIAL_KEYS = [new]

    assert [open_credential(account) for account in accounts] == [GOOD] * 3
    assert Credential.objects.get(account=accounts[0]).stored_at == stored_at
    assert Authenticator.objects.get(user=user, type="totp").wrap().validate_code(code_now())
    assert trail.events().count(Event.CREDENTIAL_ROTATED) == 3


def test_rotation_without_the_old_key_changes_nothing(settings: Settings) -> None:
    account = AccountFactory(platform="fake")
    store(by=None, account=account, credential=GOOD)
    old = settings.CREDENTIAL_KEYS

    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(Undecryptable):
        rotate_all(by=None)
    with pytest.raises(CommandError, match="Put the old key back"):
        call_command("rotate_credentials")

    settings.CREDENTIAL_KEYS = old
    assert open_credential(account) == GOOD
    assert not Entry.objects.filter(event=Event.CREDENTIAL_ROTATED).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not valid JSON"),
        ('{"token": "hush-hush",', "not valid JSON (line 1)"),
        ("[" * 100_000, "not valid JSON"),
        ('["hush-hush"]', "must be a JSON object"),
        ('{"token": "hush-hush"}', "must hold “secret”"),
        ("{}", "must hold “token” and “secret”"),
        ('{"token": "hush-hush", "secret": 7}', "must hold “secret”"),
        ('{"token": "hush-hush", "secret": "  "}', "must hold “secret”"),
        ('{"token": "hush-hush", "secret": "b", "more": {"a": 1}}', "must be a string"),
        ('"' + "x" * 100_001 + '"', "shorter than"),
    ],
)
def test_a_bad_credential_is_refused_in_a_sentence_without_the_secret(
    text: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    with pytest.raises(ValidationError) as refused:
        parse_credential(FAKE, text)

    (message,) = refused.value.messages
    assert said in message
    assert "hush-hush" not in message + caplog.text


def test_a_stored_credential_never_shows_in_a_repr(admin: User) -> None:
    account = AccountFactory(platform="fake")
    store(by=admin, account=account, credential=GOOD)

    adapter = connect(account)

    assert "t0ken" not in repr(adapter.connection)  # type: ignore[attr-defined]
    assert "t0ken" not in str(Credential.objects.get())
    assert Credential.objects.get().stored_at <= timezone.now()
