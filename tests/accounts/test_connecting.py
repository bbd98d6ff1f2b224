"""Connecting an account by signing in at its platform, against the sandbox over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from accounts.access import NotAllowed
from accounts.actions.connecting import NotConnected, begin_connecting, finish_connecting
from accounts.actions.credentials import open_credential
from accounts.connections import connect
from accounts.models import AccountState, Credential, SignInAttempt, SocialAccount, User
from audit.catalogue import Event
from audit.models import Entry
from platforms.errors import SignInExpired
from platforms.sandbox.running import RunningSandbox, running_sandbox
from tests.accounts.at_the_sandbox import HANDLE, INSTAGRAM, PLATFORMS, AtPlatform, set_up
from tests.accounts.conftest import Trail
from tests.factories import AccountFactory, communications_officer, digital_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shared() -> Iterator[RunningSandbox]:
    with running_sandbox(seed=3) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared: RunningSandbox, settings: Settings) -> RunningSandbox:
    shared.control.reset()
    set_up(settings, shared)
    return shared


@pytest.fixture(params=PLATFORMS)
def at(request: pytest.FixtureRequest, sandbox: RunningSandbox) -> AtPlatform:
    return AtPlatform(sandbox, request.param)


@pytest.fixture
def x(sandbox: RunningSandbox) -> AtPlatform:
    return AtPlatform(sandbox, "x")


@pytest.fixture
def facebook(sandbox: RunningSandbox) -> AtPlatform:
    return AtPlatform(sandbox, "facebook")


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


# Whose it is


def test_a_wrong_account_is_refused_and_says_which(
    at: AtPlatform, admin: User, trail: Trail
) -> None:
    account = at.register("WealdmoorLibs")
    at.add("SamsOwn")
    at.runs("SamsOwn")
    if at.platform == "facebook":
        at.sandbox.control.reset()
        set_up_again(at, "SamsOwn")

    with pytest.raises(NotConnected) as why:
        at.connect(admin, account, who="SamsOwn")

    assert "as @SamsOwn. It should be @WealdmoorLibs." in why.value.message
    assert not Credential.objects.exists()
    assert now(account).remote_id == ""
    assert trail.last.event == Event.CONNECTION_REFUSED
    assert "@SamsOwn" in trail.last.details["after"]["why"]


def set_up_again(at: AtPlatform, *pages: str) -> None:
    from accounts.platform_apps import return_address  # noqa: PLC0415

    at.sandbox.control.register_app(
        at.platform, "council", "the-secret-of-the-app", return_address(at.platform)
    )
    for page in pages:
        at.add(page)
    at.runs(*pages)


def test_what_was_allowed_for_a_wrong_account_is_taken_back(x: AtPlatform, admin: User) -> None:
    account = x.register("WealdmoorLibs")
    x.add("SamsOwn")
    with pytest.raises(NotConnected):
        x.connect(admin, account, who="SamsOwn")

    answers = x.sandbox.control.counters()["answers"]
    assert [line for line in answers if "revoke" in line]


def test_what_another_account_rests_on_is_not_taken_back(
    sandbox: RunningSandbox, admin: User
) -> None:
    """Google takes back everything that one person allowed, whichever token is named."""
    youtube = AtPlatform(sandbox, "youtube")
    ours = youtube.register()
    youtube.connect(admin, ours)
    other = youtube.register("WealdmoorLibs")

    with pytest.raises(NotConnected):
        youtube.connect(admin, other)
    assert connect(now(ours)).identify()


def test_another_account_that_took_the_name_is_refused(x: AtPlatform, admin: User) -> None:
    account = x.register()
    SocialAccount.objects.filter(pk=account.pk).update(remote_id="4711")

    with pytest.raises(NotConnected, match="Somebody else may have taken the name"):
        x.connect(admin, now(account))
    assert not Credential.objects.exists()


def test_a_new_name_of_the_same_account_is_kept(x: AtPlatform, admin: User, trail: Trail) -> None:
    account = x.register()
    there = x.add(HANDLE)
    SocialAccount.objects.filter(pk=account.pk).update(remote_id=there, handle="OldName")

    x.connect(admin, now(account))

    assert now(account).handle == HANDLE
    changed = Entry.objects.get(event=Event.ACCOUNT_CHANGED).details
    assert changed["before"]["handle"] == "OldName"


def test_a_new_name_that_is_on_the_register_already_is_refused(x: AtPlatform, admin: User) -> None:
    account = x.register()
    there = x.add(HANDLE)
    SocialAccount.objects.filter(pk=account.pk).update(remote_id=there, handle="OldName")
    AccountFactory(platform="x", handle=HANDLE)

    with pytest.raises(NotConnected, match="on the register already"):
        x.connect(admin, now(account))
    assert not Credential.objects.exists()


def test_an_account_is_not_connected_twice(x: AtPlatform, admin: User) -> None:
    account = x.register()
    AccountFactory(platform="x", handle="ElsewhereOnIt", remote_id=x.add(HANDLE))

    with pytest.raises(NotConnected, match="a second time"):
        x.connect(admin, account)


# What was allowed


def test_what_is_needed_and_was_not_allowed_is_named(facebook: AtPlatform, admin: User) -> None:
    account = facebook.register()
    scopes = ["pages_show_list", "pages_read_engagement", "pages_read_user_content"]

    with pytest.raises(NotConnected, match="“Post on the page, and delete posts”"):
        facebook.connect(admin, account, scopes=scopes)
    assert not Credential.objects.exists()


def test_what_is_useful_and_was_not_allowed_is_kept_in_mind(
    facebook: AtPlatform, admin: User
) -> None:
    scopes = [
        "pages_show_list",
        "pages_read_engagement",
        "pages_read_user_content",
        "pages_manage_posts",
    ]
    done = facebook.connect(admin, facebook.register(), scopes=scopes)

    assert [scope.name for scope in done.declined] == ["instagram_basic"]
    assert "instagram_basic" not in Credential.objects.get().scopes


def test_a_page_on_which_the_person_may_not_post_is_refused(
    facebook: AtPlatform, admin: User
) -> None:
    facebook.runs(HANDLE, tasks=["ANALYZE"])
    account = facebook.register()

    with pytest.raises(NotConnected, match="You may not post on this page"):
        facebook.connect(admin, account)


def test_the_page_that_matches_is_taken_of_many(facebook: AtPlatform, admin: User) -> None:
    facebook.add("WealdmoorParks")
    facebook.runs("WealdmoorParks", HANDLE)
    account = facebook.register()

    assert facebook.connect(admin, account).credential.remote_name == f"@{HANDLE}"


def test_the_instagram_account_of_the_page_is_known_from_then_on(
    facebook: AtPlatform, admin: User
) -> None:
    facebook.add(HANDLE, extra={"instagram": INSTAGRAM})
    instagram = AccountFactory(platform="instagram", handle="Wealdmoor", remote_id="")

    done = facebook.connect(admin, facebook.register())

    assert done.linked == (
        "Instagram @wealdmoor belongs to it as well, and is on the register. It is used by hand.",
    )
    assert now(instagram).remote_id == INSTAGRAM["id"]


def test_an_instagram_account_that_nobody_registered_is_named(
    facebook: AtPlatform, admin: User
) -> None:
    facebook.add(HANDLE, extra={"instagram": INSTAGRAM})

    (sentence,) = facebook.connect(admin, facebook.register()).linked
    assert "is not on the register" in sentence


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
