"""Disconnecting: the platform takes the permission back, and nothing is left here."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from accounts.access import NotAllowed
from accounts.actions import disconnecting
from accounts.actions.credentials import open_credential, store
from accounts.actions.disconnecting import (
    NotRevoked,
    allowed_with_it,
    can_be_revoked,
    disconnect,
)
from accounts.connection.adapters import connect_with
from accounts.connection.platform_apps import way_in
from accounts.models import AccountState, Credential, SocialAccount, User
from audit.catalogue import Event
from platforms.errors import SignInExpired
from platforms.sandbox.running import RunningSandbox
from tests.accounts.conftest import Trail
from tests.accounts.connection.at_the_sandbox import HANDLE, AtPlatform
from tests.factories import AccountFactory, communications_officer, site_owner_of

pytestmark = pytest.mark.django_db


def test_the_platform_takes_it_back_and_the_secret_is_gone(
    at: AtPlatform, admin: User, trail: Trail
) -> None:
    account = at.connect(admin, at.register()).account
    secret = dict(open_credential(account))

    disconnect(by=admin, account=account, reason="Not used any more", revoke=True)

    assert not Credential.objects.exists()
    assert trail.events()[-2:] == [Event.CREDENTIAL_REVOKED, Event.CREDENTIAL_DESTROYED]
    assert trail.last.reason == "Not used any more"
    with pytest.raises(SignInExpired):
        connect_with(account, secret).identify()


def test_a_platform_that_cannot_be_reached_is_named_and_nothing_is_destroyed(
    at: AtPlatform, admin: User, settings: Settings
) -> None:
    account = at.connect(admin, at.register()).account
    away = "http://127.0.0.1:9"
    settings.PLATFORM_APPS = {
        at.platform: {**settings.PLATFORM_APPS[at.platform], "token_url": away}
    }
    settings.PLATFORM_URLS = {at.platform: away}

    with pytest.raises(NotRevoked, match="The permission still stands"):
        disconnect(by=admin, account=account, reason="x", revoke=True)
    assert Credential.objects.get().refreshing_until is None

    disconnect(by=admin, account=account, reason="x", revoke=False)
    assert not Credential.objects.exists()


def test_nobody_renews_the_tokens_while_they_are_taken_back(
    x: AtPlatform, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = x.connect(admin, x.register()).account
    held: list[bool] = []

    def watched(platform: str) -> object:
        until = Credential.objects.get().refreshing_until
        held.append(until is not None and until > timezone.now())
        return way_in(platform)

    monkeypatch.setattr(disconnecting, "way_in", watched)
    disconnect(by=admin, account=account, reason="x", revoke=True)
    assert held == [True]


def test_it_waits_for_whoever_renews_the_tokens(x: AtPlatform, admin: User) -> None:
    account = x.connect(admin, x.register()).account
    Credential.objects.update(refreshing_until=timezone.now() + timedelta(minutes=1))

    with pytest.raises(NotRevoked, match="Try again in a minute"):
        disconnect(by=admin, account=account, reason="x", revoke=True)
    assert Credential.objects.exists()


def test_what_the_same_person_allowed_ends_with_it(sandbox: RunningSandbox, admin: User) -> None:
    facebook = AtPlatform(sandbox, "facebook")
    for handle in (HANDLE, "WealdmoorParks"):
        facebook.add(handle)
    facebook.runs(HANDLE, "WealdmoorParks")
    first = AccountFactory(platform="facebook", handle=HANDLE, remote_id="")
    second = AccountFactory(platform="facebook", handle="WealdmoorParks", remote_id="")
    first = facebook.connect(admin, first).account
    second = facebook.connect(admin, second).account

    assert list(allowed_with_it(first)) == [second]
    disconnect(by=admin, account=first, reason="x", revoke=True)

    kept = Credential.objects.get()
    assert kept.account == second
    assert kept.refused_at


def test_each_account_at_x_is_a_permission_of_its_own(x: AtPlatform, admin: User) -> None:
    first = x.connect(admin, x.register()).account
    x.connect(admin, x.register("WealdmoorLibs"), who="WealdmoorLibs")

    assert not allowed_with_it(first).exists()


def test_one_that_was_connected_anew_meanwhile_stays(
    x: AtPlatform, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = x.connect(admin, x.register()).account

    def meanwhile(platform: str) -> object:
        x.connect(admin, SocialAccount.objects.get(pk=account.pk))
        return way_in(platform)

    monkeypatch.setattr(disconnecting, "way_in", meanwhile)
    disconnect(by=admin, account=account, reason="x", revoke=True)
    assert Credential.objects.get().generation == 2


def test_copied_keys_can_only_be_destroyed_here(x: AtPlatform) -> None:
    account = AccountFactory(platform="x")
    names = account.platform_facts.credential_fields
    store(by=None, account=account, credential=dict.fromkeys(names, "a-key"))

    assert not can_be_revoked(SocialAccount.objects.get(pk=account.pk))


def test_who_closes_an_account_disconnects_it_and_nobody_else(x: AtPlatform, admin: User) -> None:
    account = x.connect(admin, x.register()).account
    officer = communications_officer()
    for by in (officer, site_owner_of(account)):
        with pytest.raises(NotAllowed):
            disconnect(by=by, account=account, reason="x", revoke=True)

    SocialAccount.objects.update(state=AccountState.CLOSING)
    disconnect(by=officer, account=account, reason="Closing", revoke=True)
    assert not Credential.objects.exists()


def test_an_account_that_is_not_connected(x: AtPlatform, admin: User) -> None:
    account = x.register()
    for revoke in (True, False):
        with pytest.raises(ValidationError, match="not connected"):
            disconnect(by=admin, account=account, reason="x", revoke=revoke)


def test_what_does_not_open_any_more_is_not_revoked_but_can_be_destroyed(
    x: AtPlatform, admin: User
) -> None:
    account = x.connect(admin, x.register()).account
    Credential.objects.update(ciphertext=b"not what was encrypted")

    with pytest.raises(NotRevoked, match="does not open any more"):
        disconnect(by=admin, account=account, reason="Over", revoke=True)
    assert Credential.objects.exists()

    disconnect(by=admin, account=account, reason="Over", revoke=False)
    assert not Credential.objects.exists()
