"""Only the account that is on the register is connected, with all that is needed."""

from __future__ import annotations

import pytest

from accounts.actions.connecting import NotConnected
from accounts.connection.adapters import connect
from accounts.models import Credential, SocialAccount, User
from audit.catalogue import Event
from audit.models import Entry
from tests.accounts.conftest import Trail
from tests.accounts.connection.at_the_sandbox import HANDLE, INSTAGRAM, AtPlatform
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


def now(account: SocialAccount) -> SocialAccount:
    return SocialAccount.objects.get(pk=account.pk)


def test_a_wrong_account_is_refused_and_says_which(
    at: AtPlatform, admin: User, trail: Trail
) -> None:
    account = AccountFactory(platform=at.platform, handle="WealdmoorLibs", remote_id="")
    at.add("SamsOwn")
    at.runs("SamsOwn")

    with pytest.raises(NotConnected) as why:
        at.connect(admin, account, who="SamsOwn")

    assert "as @SamsOwn. It should be @WealdmoorLibs." in why.value.message
    assert not Credential.objects.exists()
    assert now(account).remote_id == ""
    assert trail.last.event == Event.CONNECTION_REFUSED
    assert "@SamsOwn" in trail.last.details["after"]["why"]


def test_what_was_allowed_for_a_wrong_account_is_taken_back(x: AtPlatform, admin: User) -> None:
    account = x.register("WealdmoorLibs")
    x.add("SamsOwn")
    with pytest.raises(NotConnected):
        x.connect(admin, account, who="SamsOwn")

    answers = x.sandbox.control.counters()["answers"]
    assert [line for line in answers if "revoke" in line]


def test_what_another_account_rests_on_is_not_taken_back(facebook: AtPlatform, admin: User) -> None:
    """Facebook takes back everything that one person allowed."""
    ours = facebook.connect(admin, facebook.register()).account
    other = AccountFactory(platform="facebook", handle="WealdmoorLibs", remote_id="")

    with pytest.raises(NotConnected):
        facebook.connect(admin, other)
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
