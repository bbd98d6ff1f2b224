"""The pages of an account's connection: what they say, and what never stands in them."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.actions.credentials import open_credential, store
from accounts.models import Credential, SocialAccount, User
from council_social.logs import RENDERER
from tests.accounts.connection.at_the_sandbox import HANDLE, AtPlatform
from tests.factories import AccountFactory, communications_officer, digital_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def page_of(account: SocialAccount) -> str:
    return reverse("connection", args=[account.pk])


def words(client: Client, account: SocialAccount) -> str:
    answer = client.get(page_of(account))
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def to_the_platform(client: Client, account: SocialAccount) -> str:
    """The address behind “Go to X”."""
    answer = client.post(reverse("connection_connect", args=[account.pk]))
    assert answer.status_code == 200
    (found,) = re.findall(r'href="(http[^"]+/authorize[^"]+)"', answer.content.decode())
    return str(found).replace("&amp;", "&")


def come_back(client: Client, query: dict[str, str], platform: str = "x"):
    return client.get(reverse("connection_callback", args=[platform]), query)


def connected(x: AtPlatform, client: Client, account: SocialAccount, who: str = HANDLE):
    return come_back(client, x.answer(to_the_platform(client, account), who))


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_person_goes_to_the_platform_and_comes_back_connected(
    x: AtPlatform, browser: Client, admin: User
) -> None:
    account = x.register(name="Wealdmoor Council")
    assert "The account is not connected" in words(browser, account)

    answer = connected(x, browser, account)

    assert (answer.status_code, answer["Location"]) == (302, page_of(account))
    page = words(browser, account)
    assert f"Connected: signed in as @{HANDLE}." in page
    assert f"by {admin.name}" in page
    assert "Post, and delete posts tweet.write Allowed Allowed" in page
    assert "Not allowed" not in page


def test_a_wrong_account_is_said_and_stays_to_be_read(x: AtPlatform, browser: Client) -> None:
    account = x.register("WealdmoorLibs")
    x.add("SamsOwn")

    answer = connected(x, browser, account, who="SamsOwn")

    why = "You signed in at X as @SamsOwn. It should be @WealdmoorLibs."
    assert answer["Location"] == page_of(account)
    assert f"Nothing was connected. {why}" in words(browser, account)
    # Also once the message is gone.
    assert why in words(browser, account)


def test_the_page_to_the_platform_shows_what_is_asked_and_is_not_kept_by_browsers(
    x: AtPlatform, browser: Client
) -> None:
    account = x.register()
    answer = browser.post(reverse("connection_connect", args=[account.pk]))

    assert "no-store" in answer["Cache-Control"]
    assert "Upload pictures and describe them" in answer.content.decode()
    assert "form-action 'self'" in answer["Content-Security-Policy"]


def test_the_answer_to_coming_back_shows_nothing_and_sends_no_referrer(
    x: AtPlatform, browser: Client
) -> None:
    answer = connected(x, browser, x.register())

    assert answer.content == b""
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "code" not in answer["Location"]


def test_no_secret_is_in_a_log_line_a_message_or_a_page(
    x: AtPlatform, browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    account = x.register()
    query = x.answer(to_the_platform(browser, account))

    answer = come_back(browser, query)

    secrets = [query["code"], query["state"], *open_credential(account).values()]
    pages = " ".join([*said(answer), words(browser, account)])
    written = " ".join(str(RENDERER(None, "", dict(vars(record)))) for record in caplog.records)
    for secret in secrets:
        assert secret not in pages
        assert secret not in written


def test_who_was_signed_out_meanwhile_signs_in_at_a_clean_address(x: AtPlatform) -> None:
    answer = come_back(Client(), {"code": "a-secret-code", "state": "a-secret-state"})

    assert answer["Location"] == "/sign-in/?next=/accounts/"


def test_coming_back_with_nothing_leads_to_the_register(x: AtPlatform, browser: Client) -> None:
    answer = come_back(browser, {})

    assert answer["Location"] == reverse("accounts")
    assert "Connect again" in said(answer)[0]


def test_a_platform_that_is_not_set_up_says_who_can_help(
    browser: Client, settings: Settings
) -> None:
    settings.BASE_URL = "https://social.wealdmoor.example"
    account = AccountFactory(platform="youtube")

    page = words(browser, account)
    assert "Signing in at the platform is not set up" in page
    assert "Whoever runs this service can help" in page
    assert "https://social.wealdmoor.example/connections/callback/youtube/" in page
    refused = browser.post(reverse("connection_connect", args=[account.pk]))
    assert refused.status_code == 422
    assert "<title>Error:" in refused.content.decode()


def test_an_account_that_is_used_by_hand_says_so_and_offers_nothing(browser: Client) -> None:
    page = words(browser, AccountFactory(platform="flickr"))

    assert "Nothing connects to Flickr yet" in page
    assert "Disconnect" not in page


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"refused_at": timedelta(0)}, "X refused the connection"),
        ({"expires_at": timedelta(days=-1)}, "The connection ended"),
        ({"expires_at": timedelta(days=10)}, "Connect the account again before that."),
    ],
)
def test_what_is_the_matter_is_said_first(
    browser: Client, changed: dict[str, timedelta], text: str
) -> None:
    account = with_keys(AccountFactory())
    Credential.objects.update(**{name: timezone.now() + ago for name, ago in changed.items()})

    assert text in words(browser, account)


def test_keys_that_somebody_copied_are_called_so(browser: Client) -> None:
    page = words(browser, with_keys(AccountFactory()))

    assert "With keys from X; what they allow is not known here" in page


def with_keys(account: SocialAccount, **said_with: object) -> SocialAccount:
    names = account.platform_facts.credential_fields
    keys = dict.fromkeys(names, "a-key")
    store(by=None, account=account, credential=keys, **said_with)  # type: ignore[arg-type]
    return SocialAccount.objects.get(pk=account.pk)


def test_disconnecting_asks_how_far_and_why(x: AtPlatform, browser: Client) -> None:
    account = x.register()
    connected(x, browser, account)
    address = reverse("connection_disconnect", args=[account.pk])

    empty = browser.post(address, {"way": "", "reason": ""})
    assert empty.status_code == 422
    assert "Choose how far" in empty.content.decode()

    done = browser.post(address, {"way": "revoke", "reason": "Not used"}, follow=True)
    assert "The account is disconnected" in done.content.decode()
    assert not Credential.objects.exists()


def test_a_platform_that_cannot_be_reached_is_said_and_nothing_typed_is_lost(
    x: AtPlatform, browser: Client
) -> None:
    account = x.register()
    connected(x, browser, account)
    x.sandbox.control.fault("error_before", platform="x", endpoint="revoke")
    address = reverse("connection_disconnect", args=[account.pk])

    answer = browser.post(address, {"way": "revoke", "reason": "No longer ours"})

    assert answer.status_code == 422
    assert "The permission still stands at X" in answer.content.decode()
    assert "No longer ours" in answer.content.decode()
    assert Credential.objects.exists()


def test_what_else_would_end_is_named_before(x: AtPlatform, browser: Client) -> None:
    first = with_keys(AccountFactory(platform="facebook"), granted_as="77")
    with_keys(AccountFactory(platform="facebook", name="Wealdmoor Parks"), granted_as="77")

    page = browser.get(reverse("connection_disconnect", args=[first.pk])).content.decode()
    assert "The same person allowed Wealdmoor Parks" in page


def test_copied_keys_are_only_destroyed_and_the_page_says_what_to_do(browser: Client) -> None:
    account = with_keys(AccountFactory())
    address = reverse("connection_disconnect", args=[account.pk])

    page = browser.get(address).content.decode()
    assert "in the account’s own settings" in page
    assert 'name="way"' not in page
    browser.post(address, {"reason": "Not used"})
    assert not Credential.objects.exists()


def test_what_is_not_connected_cannot_be_disconnected(x: AtPlatform, browser: Client) -> None:
    account = x.register()

    answer = browser.get(reverse("connection_disconnect", args=[account.pk]))
    assert answer["Location"] == page_of(account)


def test_the_tab_stands_for_who_connects_and_for_nobody_else(browser: Client) -> None:
    account = AccountFactory()
    officer = Client()
    officer.force_login(communications_officer())
    overview = reverse("account", args=[account.pk])

    assert page_of(account) in browser.get(overview).content.decode()
    assert page_of(account) not in officer.get(overview).content.decode()


def test_the_page_asks_the_same_number_of_questions_however_much_happened(
    x: AtPlatform, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    account = x.register()
    for _ in range(4):
        connected(x, browser, account)
    browser.get(page_of(account))

    with django_assert_max_num_queries(13):
        browser.get(page_of(account))


# My tasks


def tasks_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("home")).content.decode()


def test_a_connection_that_needs_a_person_is_a_task(settings: Settings) -> None:
    account = with_keys(AccountFactory(owner=digital_officer()))
    owner = AccountFactory(owner=communications_officer()).owner
    assert "Accounts to connect again" not in tasks_of(account.owner)

    Credential.objects.update(expires_at=timezone.now() + timedelta(days=13))
    page = tasks_of(account.owner)
    assert "Accounts to connect again" in page
    assert page_of(account) in page
    assert "Accounts to connect again" not in tasks_of(owner)

    SocialAccount.objects.filter(pk=account.pk).update(owner=owner)
    assert "ask the digital team to connect it" in tasks_of(owner)
    Credential.objects.update(refused_at=timezone.now(), expires_at=None)
    assert "Posts are held where it does not work" in tasks_of(owner)
