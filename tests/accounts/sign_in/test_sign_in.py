"""Signing in and out: who gets in, with what, what is said to the others, what is kept of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks as OnCommit
from pytest_django import Settings

from accounts.actions.leaving import end_employment
from accounts.models import User
from audit.catalogue import Event
from council_social.logs import clean_text
from tests.accounts.conftest import Trail
from tests.accounts.sign_in.two_factor import code_now, set_up_two_factor, without_two_factor
from tests.factories import (
    PASSWORD,
    AccountFactory,
    UserFactory,
    approver_of,
    communications_officer,
    digital_officer,
    drafter_of,
)

pytestmark = pytest.mark.django_db

WRONG = "The e-mail address or the password is not right."
LOCKED = "Too many attempts. Wait five minutes, then try again, or ask for a new password."


def sign_in(client: Client, user: User | str, password: str = PASSWORD) -> Any:
    email = user if isinstance(user, str) else user.email
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("profile")).status_code == 200


def test_a_person_signs_in_and_out(client: Client, trail: Trail) -> None:
    user = UserFactory(email="ann@example.org")

    answer = sign_in(client, "Ann@Example.org")

    assert answer.headers["Location"] == reverse("home")
    assert is_signed_in(client)
    assert trail.last.event == Event.SIGNED_IN
    assert trail.last.details["after"] == {"method": "password"}

    client.post(reverse("account_logout"))

    assert not is_signed_in(client)
    assert trail.last.event == Event.SIGNED_OUT
    assert trail.last.actor_id == str(user.pk)


def test_a_wrong_password_is_refused_and_recorded(client: Client, trail: Trail) -> None:
    user = UserFactory()

    answer = sign_in(client, user, "not the password")

    assert WRONG in answer.content.decode()
    assert not is_signed_in(client)
    assert (trail.last.event, trail.last.subject_id) == (Event.SIGN_IN_FAILED, str(user.pk))
    assert "not the password" not in str(trail.last.details)


def test_an_unknown_address_hears_the_same(client: Client, trail: Trail) -> None:
    answer = sign_in(client, "nobody@example.org")

    assert WRONG in answer.content.decode()
    assert (trail.last.subject_name, trail.last.subject_id) == ("nobody@example.org", "")


def test_a_leaver_hears_the_same_as_for_a_wrong_password(client: Client, trail: Trail) -> None:
    left = UserFactory(employed_until=timezone.localdate() - timedelta(days=1))
    gone = UserFactory(is_active=False)

    for user in (left, gone):
        answer = sign_in(client, user)
        assert WRONG in answer.content.decode()
        assert not is_signed_in(client)
    assert trail.events() == [Event.SIGN_IN_FAILED] * 2


def test_a_session_ends_with_the_employment(client: Client) -> None:
    user = UserFactory()
    sign_in(client, user)
    assert is_signed_in(client)

    end_employment(by=None, person=user, last_day=timezone.localdate() - timedelta(days=1))

    assert not is_signed_in(client)


def test_too_many_attempts_lock_the_address(client: Client, trail: Trail) -> None:
    user = UserFactory()
    for _ in range(5):
        sign_in(client, user, "wrong")

    refused = [sign_in(client, user), sign_in(client, user)]

    assert all(LOCKED in answer.content.decode() for answer in refused)
    assert not is_signed_in(client)
    assert trail.events() == [Event.SIGN_IN_FAILED] * 5 + [Event.SIGN_IN_LOCKED_OUT]
    assert trail.last.subject_id == str(user.pk)


def test_a_lock_out_is_one_address_s_alone(client: Client) -> None:
    user, other = UserFactory(), UserFactory()
    for _ in range(6):
        sign_in(client, user, "wrong")

    sign_in(client, other)

    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("", "x", "Enter the e-mail address."),
        ("ann@example.org", "", "Enter the password."),
        ("not an address", "x", "Enter an e-mail address such as name@council.gov.uk."),
    ],
)
def test_an_incomplete_form_says_what_to_enter(
    client: Client, email: str, password: str, said: str
) -> None:
    assert said in sign_in(client, email, password).content.decode()


def test_nobody_signs_themselves_up(client: Client) -> None:
    for address in ("/sign-in/signup/", "/accounts/signup/", "/sign-in/email/"):
        assert client.get(address).status_code == 404


def test_whoever_must_have_a_second_factor_sets_it_up_first(
    client: Client, trail: Trail, django_capture_on_commit_callbacks: OnCommit
) -> None:
    officer = without_two_factor(communications_officer())
    sign_in(client, officer)

    for name in ("home", "accounts", "profile"):
        assert client.get(reverse(name)).headers["Location"] == reverse("mfa_activate_totp")
    asked = client.get(reverse("mfa_activate_totp"), follow=True)
    assert asked.redirect_chain[0][0].startswith(reverse("account_reauthenticate"))
    client.post(asked.redirect_chain[0][0], {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]

    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert is_signed_in(client)
    assert trail.events()[-2:] == [Event.TWO_FACTOR_SET, Event.RECOVERY_CODES_MADE]
    stored = Authenticator.objects.get(user=officer, type="totp").data["secret"]
    assert secret not in stored


def test_the_second_factor_s_picture_needs_no_image_address(client: Client) -> None:
    officer = without_two_factor(digital_officer())
    sign_in(client, officer)
    client.post(
        f"{reverse('account_reauthenticate')}?next={reverse('mfa_activate_totp')}",
        {"password": PASSWORD},
    )

    answer = client.get(reverse("mfa_activate_totp"))
    page = answer.content.decode()

    assert "<svg" in page
    assert "data:" not in page
    assert "<?xml" not in page
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert "img-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_drafter_needs_no_second_factor(client: Client) -> None:
    sign_in(client, without_two_factor(drafter_of(AccountFactory())))

    assert is_signed_in(client)


def test_the_demonstration_asks_for_no_second_factor(client: Client, settings: Settings) -> None:
    settings.TWO_FACTOR_REQUIRED = False
    sign_in(client, without_two_factor(communications_officer()))

    assert is_signed_in(client)


def test_a_second_factor_is_asked_for_at_sign_in(client: Client, trail: Trail) -> None:
    officer = approver_of(AccountFactory())

    answer = sign_in(client, officer)

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "The code is not right" in wrong.content.decode()
    assert trail.last.details["after"]["why"] == "wrong code"
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_signed_in(client)
    assert trail.last.details["after"] == {"method": "password and code"}


def test_a_recovery_code_works_once(client: Client) -> None:
    officer = communications_officer()
    first, second, *_ = set_up_two_factor(officer)

    for code, works in ((first, True), (first, False), (second, True)):
        client.logout()
        sign_in(client, officer)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(client) is works


def test_setting_up_a_second_factor_ends_sessions_that_began_without(
    client: Client, django_capture_on_commit_callbacks: OnCommit
) -> None:
    officer = without_two_factor(communications_officer())
    thief = Client()
    sign_in(thief, officer)
    sign_in(client, officer)
    client.post(
        f"{reverse('account_reauthenticate')}?next={reverse('mfa_activate_totp')}",
        {"password": PASSWORD},
    )
    client.get(reverse("mfa_activate_totp"))

    code = code_now(client.session["mfa.totp.secret"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code})

    assert is_signed_in(client)
    assert not is_signed_in(thief)


def test_removing_the_second_factor_is_recorded_and_asks_for_a_new_one(
    client: Client, trail: Trail
) -> None:
    officer = communications_officer()
    sign_in(client, officer)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    client.post(
        f"{reverse('account_reauthenticate')}?next={reverse('mfa_index')}", {"password": PASSWORD}
    )

    client.post(reverse("mfa_deactivate_totp"))

    assert trail.last.event == Event.TWO_FACTOR_REMOVED
    assert client.get(reverse("home")).headers["Location"] == reverse("mfa_activate_totp")


def test_a_password_is_reset_by_e_mail(client: Client, trail: Trail) -> None:
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email})
    (letter,) = mail.outbox
    assert letter.to == [user.email]
    assert letter.subject == "Choose a new password for Council Social"
    (link,) = re.findall(r"https?://testserver(\S+)", str(letter.body))
    assert trail.last.event == Event.PASSWORD_RESET_ASKED

    assert link.split("/")[-2] not in clean_text(f"GET {link}")

    form = client.get(link, follow=True)
    new = "three random words here"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    assert trail.last.event == Event.PASSWORD_CHANGED
    sign_in(client, user, new)
    assert is_signed_in(client)
    again = Client().get(link, follow=True)
    assert "This link does not work any more" in again.content.decode()


@pytest.mark.parametrize("who", ["leaver", "stranger"])
def test_leavers_and_strangers_get_no_letter_and_the_same_page(client: Client, who: str) -> None:
    left = UserFactory(employed_until=timezone.localdate() - timedelta(days=1))
    email = left.email if who == "leaver" else "stranger@example.org"

    answer = client.post(reverse("account_reset_password"), {"email": email})

    assert answer.headers["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


def test_changing_the_password_is_recorded(client: Client, trail: Trail) -> None:
    user = UserFactory()
    sign_in(client, user)
    new = "three random words here"

    weak = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "short", "password2": "short"},
    )
    assert "too short" in weak.content.decode()
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert trail.last.event == Event.PASSWORD_CHANGED
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "page",
    ["account_login", "account_reset_password", "account_reset_password_done", "account_logout"],
)
def test_the_pages_before_signing_in_have_no_placeholder_and_no_inline_code(
    client: Client, page: str
) -> None:
    text = client.get(reverse(page), follow=True).content.decode()

    assert "placeholder=" not in text
    assert not re.search(r"\son\w+=|\sstyle=", text)
