"""New tokens without a person: asked for once however many want them, kept, never lost."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.actions import refreshing
from accounts.actions.credentials import NoCredential, mark_refused, open_credential, store
from accounts.actions.refreshing import due_for_renewal, fresh_credential, renew_ahead
from accounts.connection.adapters import connect
from accounts.connection.platform_apps import way_in
from accounts.models import Credential, SocialAccount, User
from accounts.tasks import renew_connections
from audit.catalogue import Event
from audit.models import Entry
from platforms.errors import SignInExpired, TryLater
from platforms.sandbox.running import RunningSandbox
from platforms.sign_in import Tokens
from tests.accounts.conftest import Trail
from tests.accounts.connection.at_the_sandbox import AtPlatform
from tests.at_once import at_once
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def account(x: AtPlatform, admin: User) -> SocialAccount:
    """Connected at X, whose refresh tokens work once."""
    return again(x.connect(admin, x.register()).account)


def again(account: SocialAccount) -> SocialAccount:
    """As another worker reads it."""
    return SocialAccount.objects.select_related("credential").get(pk=account.pk)


def ends_in(account: SocialAccount, left: timedelta) -> SocialAccount:
    Credential.objects.filter(account=account).update(access_expires_at=timezone.now() + left)
    return again(account)


def kept_of(account: SocialAccount) -> Credential:
    return Credential.objects.get(account=account)


def test_a_token_that_lasts_is_used_as_it_is(x: AtPlatform, account: SocialAccount) -> None:
    assert fresh_credential(account) == open_credential(account)
    assert x.sandbox.control.refreshes("x") == {"done": 0, "refused": 0}


def test_a_token_that_is_about_to_end_is_renewed_before_it_is_used(
    x: AtPlatform, account: SocialAccount, trail: Trail
) -> None:
    old, before = dict(open_credential(account)), kept_of(account)

    assert connect(ends_in(account, MINUTE)).identify()

    new, after = open_credential(again(account)), kept_of(account)
    assert new["access_token"] != old["access_token"]
    assert new["refresh_token"] != old["refresh_token"]
    assert after.generation == before.generation + 1
    assert after.access_expires_at > timezone.now() + timedelta(minutes=100)  # type: ignore[operator]
    assert after.refreshing_until is None
    assert after.stored_at == before.stored_at
    assert trail.last.event == Event.CREDENTIAL_RENEWED


def test_what_comes_blank_overwrites_nothing(x: AtPlatform, account: SocialAccount) -> None:
    old = open_credential(account)["refresh_token"]
    for how in ("no_refresh_token", "blank_refresh_token"):
        x.sandbox.control.token_answers("x", how)
        ends_in(account, MINUTE)
        try:
            kept = fresh_credential(again(account))
        except SignInExpired:
            # The second time the sandbox has spent what it did not replace.
            continue
        assert kept["refresh_token"] == old


def test_googles_refresh_token_stays(sandbox: RunningSandbox, admin: User) -> None:
    youtube = AtPlatform(sandbox, "youtube")
    account = youtube.connect(admin, youtube.register()).account
    old = open_credential(again(account))["refresh_token"]

    for _ in range(2):
        assert fresh_credential(ends_in(account, MINUTE))["refresh_token"] == old
    assert sandbox.control.refreshes("youtube") == {"done": 2, "refused": 0}


def test_keys_that_never_end_are_never_renewed(x: AtPlatform) -> None:
    account = AccountFactory(platform="x")
    names = account.platform_facts.credential_fields
    store(by=None, account=account, credential=dict.fromkeys(names, "a-key"))

    assert fresh_credential(account)["access_token"] == "a-key"


# Several at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("left", [timedelta(minutes=-1), MINUTE])
def test_eight_who_want_new_tokens_use_one_refresh_token_once(
    x: AtPlatform, account: SocialAccount, left: timedelta
) -> None:
    ends_in(account, left)
    x.sandbox.control.fault("slow", platform="x", endpoint="token", seconds=0.5)
    eight = [again(account) for _ in range(8)]

    tokens = at_once(*(lambda mine=mine: fresh_credential(mine)["access_token"] for mine in eight))

    assert x.sandbox.control.refreshes("x") == {"done": 1, "refused": 0}
    assert kept_of(account).generation == 2
    new = open_credential(again(account))["access_token"]
    # Whoever did not wait has the old one, which is still good for a minute.
    assert set(tokens) == {new} if left < MINUTE else new in tokens
    assert Entry.objects.filter(event=Event.CREDENTIAL_RENEWED).count() == 1


def test_a_dead_workers_lease_runs_out(x: AtPlatform, account: SocialAccount) -> None:
    ends_in(account, -MINUTE)
    over = timezone.now() - timedelta(seconds=1)
    Credential.objects.update(refreshing_until=over)

    assert connect(again(account)).identify()
    assert x.sandbox.control.refreshes("x") == {"done": 1, "refused": 0}


def test_nobody_asks_while_somebody_does(
    x: AtPlatform, account: SocialAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "WAIT_S", 0.3)
    ends_in(account, -MINUTE)
    Credential.objects.update(refreshing_until=timezone.now() + MINUTE)

    began = time.monotonic()
    with pytest.raises(TryLater, match="is being renewed"):
        connect(again(account))
    assert time.monotonic() - began < 2
    assert x.sandbox.control.refreshes("x") == {"done": 0, "refused": 0}


def test_a_token_that_is_still_good_is_used_while_somebody_renews_it(
    x: AtPlatform, account: SocialAccount
) -> None:
    Credential.objects.update(refreshing_until=timezone.now() + MINUTE)

    assert connect(ends_in(account, 2 * MINUTE)).identify()
    assert x.sandbox.control.refreshes("x") == {"done": 0, "refused": 0}


def test_an_old_answer_overwrites_nothing_newer(
    x: AtPlatform, account: SocialAccount, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody connects the account anew while a worker waits for the platform."""

    def meanwhile(platform: str) -> object:
        way = way_in(platform)

        class Slow:
            def refresh(self, credential: dict[str, str]) -> Tokens:
                tokens = way.refresh(credential)
                x.connect(admin, again(account))
                return tokens

        return Slow()

    monkeypatch.setattr(refreshing, "way_in", meanwhile)
    used = fresh_credential(ends_in(account, -MINUTE))

    assert used == open_credential(again(account))
    assert kept_of(account).generation == 2
    assert not Entry.objects.filter(event=Event.CREDENTIAL_RENEWED).exists()


def test_a_refusal_of_an_old_secret_leaves_the_new_one_alone(account: SocialAccount) -> None:
    old = again(account)
    fresh_credential(ends_in(account, MINUTE))

    mark_refused(account=old, reason="The token is not valid.")
    assert kept_of(account).refused_at is None
    mark_refused(account=again(account), reason="The token is not valid.")
    assert kept_of(account).refused_at


# What goes wrong


def test_a_refresh_token_that_is_refused_asks_for_a_person(
    x: AtPlatform, account: SocialAccount, trail: Trail
) -> None:
    way = way_in("x")
    way.refresh(open_credential(account))  # spent by somebody else

    with pytest.raises(SignInExpired):
        connect(ends_in(account, MINUTE))
    assert kept_of(account).refused_at
    assert kept_of(account).refreshing_until is None
    assert trail.last.event == Event.CREDENTIAL_EXPIRED
    asked = x.sandbox.control.refreshes("x")
    with pytest.raises(SignInExpired):
        connect(again(account))
    assert x.sandbox.control.refreshes("x") == asked


@pytest.mark.parametrize("kind", ["error_before", "html", "rate_limit", "drop", "empty"])
def test_a_platform_in_trouble_leaves_everything_as_it_was(
    x: AtPlatform, account: SocialAccount, kind: str
) -> None:
    before = bytes(kept_of(account).ciphertext)
    x.sandbox.control.fault(kind, platform="x", endpoint="token", times=2, accept=False)

    # What is still good is used; what is over can be tried again later. No post is in doubt.
    assert fresh_credential(ends_in(account, MINUTE))
    with pytest.raises(TryLater):
        fresh_credential(ends_in(account, -MINUTE))

    kept = kept_of(account)
    assert (bytes(kept.ciphertext), kept.refused_at, kept.refreshing_until) == (before, None, None)
    x.sandbox.control.clear_faults()
    assert connect(again(account)).identify()


def test_an_answer_that_was_lost_keeps_the_old_and_asks_for_a_person_when_that_fails(
    x: AtPlatform, account: SocialAccount
) -> None:
    x.sandbox.control.fault("error_after", platform="x", endpoint="token")
    with pytest.raises(TryLater):
        fresh_credential(ends_in(account, -MINUTE))
    assert kept_of(account).refused_at is None

    with pytest.raises(SignInExpired):
        fresh_credential(again(account))
    assert kept_of(account).refused_at


def test_a_registration_that_is_not_accepted_is_no_fault_of_the_connection(
    x: AtPlatform, account: SocialAccount, settings: Settings
) -> None:
    settings.PLATFORM_APPS = {"x": {**settings.PLATFORM_APPS["x"], "client_secret": "another"}}

    with pytest.raises(TryLater, match="settings"):
        fresh_credential(ends_in(account, -MINUTE))
    assert kept_of(account).refused_at is None


def test_something_unforeseen_gives_the_lease_back(
    account: SocialAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def refresh(self, credential: dict[str, str]) -> Tokens:
            raise ZeroDivisionError

    monkeypatch.setattr(refreshing, "way_in", lambda platform: Broken())
    with pytest.raises(ZeroDivisionError):
        fresh_credential(ends_in(account, -MINUTE))
    assert kept_of(account).refreshing_until is None


# Ahead of time


def test_the_clock_renews_what_ends_within_a_quarter_of_an_hour(
    x: AtPlatform, account: SocialAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(
        "accounts.tasks.renew_connection.apply_async", lambda ids, **_: asked.extend(ids)
    )
    ends_in(account, timedelta(minutes=16))
    renew_connections()
    assert asked == []
    ends_in(account, timedelta(minutes=14))
    renew_connections()
    assert asked == [account.pk]

    renew_ahead(account.pk)

    assert due_for_renewal(timezone.now()) == []
    assert x.sandbox.control.refreshes("x") == {"done": 1, "refused": 0}


def test_the_clock_leaves_alone_what_needs_a_person(account: SocialAccount) -> None:
    ends_in(account, MINUTE)
    Credential.objects.update(refused_at=timezone.now())

    assert due_for_renewal(timezone.now()) == []
    renew_ahead(account.pk)


def test_tokens_that_come_after_the_account_was_disconnected_are_not_kept(
    x: AtPlatform, account: SocialAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(platform: str) -> object:
        way = way_in(platform)

        class Slow:
            def refresh(self, credential: dict[str, str]) -> Tokens:
                tokens = way.refresh(credential)
                Credential.objects.all().delete()
                return tokens

        return Slow()

    monkeypatch.setattr(refreshing, "way_in", meanwhile)

    with pytest.raises(NoCredential, match="not connected any more"):
        fresh_credential(ends_in(account, -MINUTE))

    assert not Credential.objects.exists()
    with pytest.raises(NoCredential, match="not connected"):
        refreshing.renew(again(account), MINUTE)
