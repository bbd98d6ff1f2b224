"""Signing in at a shared terminal: with what, how often, for how long."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.access import NotAllowed, may
from accounts.actions.personal_codes import issue_code
from accounts.models import PersonalCode, User
from accounts.permissions import CorporateRole, Permission
from accounts.sign_in.codes import LETTERS, new_code
from accounts.sign_in.terminal import TOO_OFTEN, TRIES, WRONG
from audit.catalogue import Event
from audit.models import Entry
from tests.accounts.conftest import Trail
from tests.factories import PASSWORD, UserFactory, digital_officer, person
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db
OF_THE_MINUTE = "from this place"


@pytest.fixture
def manager() -> User:
    return UserFactory(name="Kelly Adams")


@pytest.fixture
def reg(manager: User) -> User:
    return UserFactory(name="Reg Cole", email="", staff_number="W104", manager=manager)


@pytest.fixture
def code(manager: User, reg: User) -> str:
    return issue_code(by=manager, person=reg)


def sign_in(client: Client, number: str, code: str) -> Any:
    return client.post(reverse("terminal"), {"staff_number": number, "code": code})


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("training")).status_code == 200


def test_somebody_signs_in_and_out(client: Client, trail: Trail, reg: User, code: str) -> None:
    answer = sign_in(client, " w104 ", code.lower().replace("-", " "))

    assert answer.headers["Location"] == reverse("training")
    assert is_signed_in(client)
    assert trail.last.event == Event.SIGNED_IN
    assert trail.last.details["after"] == {
        "method": "staff number and personal code, at a shared terminal"
    }
    page = text_of(client.get(reverse("training")))
    assert "you are Reg Cole" in page
    assert "Sign out" in page

    client.post(reverse("terminal_out"))

    assert not is_signed_in(client)
    assert trail.last.event == Event.SIGNED_OUT


def test_a_code_is_drawn_from_letters_that_cannot_be_mistaken_and_kept_as_a_hash(
    reg: User, code: str
) -> None:
    assert not set("BGIOSZ01258") & set(LETTERS)
    assert len({new_code() for _ in range(50)}) == 50
    assert set(code.replace("-", "")) <= set(LETTERS)
    kept = PersonalCode.objects.get(user=reg)
    assert code not in kept.hash
    assert code.replace("-", "") not in kept.hash
    for entry in Entry.objects.all():
        assert code not in f"{entry.details} {entry.reason} {entry.subject_name}"


@pytest.mark.parametrize("number", ["W104", "W999", "x" * 40, "q\x00q", "%"])
def test_the_answer_is_the_same_whether_the_number_is_anybodys(
    client: Client, code: str, number: str
) -> None:
    answer = sign_in(client, number, "AAAA-AAAA")

    assert answer.status_code == 422
    page = text_of(answer)
    assert WRONG in page or "Null characters are not allowed" in page
    assert "AAAA-AAAA" not in answer.content.decode()


def test_a_failure_does_not_keep_what_was_typed(client: Client, trail: Trail, code: str) -> None:
    sign_in(client, "K7PM-3QXW", "K7PM-3QXW")

    assert trail.last.event == Event.SIGN_IN_FAILED
    assert trail.last.subject_name == "an unknown staff number"


@pytest.mark.parametrize("number", ["W104", "W999"])
def test_after_five_failures_the_number_is_locked_for_a_quarter_of_an_hour(
    client: Client, code: str, number: str
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(TRIES):
            assert WRONG in text_of(sign_in(client, number, "AAAA-AAAA"))
        assert TOO_OFTEN in text_of(sign_in(client, number, code))
        assert TOO_OFTEN in text_of(sign_in(client, number.lower(), code))
        locked = Entry.objects.filter(event=Event.SIGN_IN_LOCKED_OUT)
        assert locked.count() == 1
        clock.shift(timedelta(minutes=16))
        answer = sign_in(client, number, code)
        assert answer.status_code == (302 if number == "W104" else 422)


def test_a_new_code_takes_the_lock_away(client: Client, code: str, reg: User) -> None:
    for _ in range(TRIES + 1):
        sign_in(client, "W104", "AAAA-AAAA")
    assert TOO_OFTEN in text_of(sign_in(client, "W104", code))

    new = issue_code(by=None, person=reg)

    assert sign_in(client, "W104", new).status_code == 302


def test_another_number_is_not_locked(client: Client, code: str) -> None:
    for _ in range(TRIES + 1):
        sign_in(client, "W999", "AAAA-AAAA")

    assert sign_in(client, "W104", code).status_code == 302


def test_whoever_signs_in_may_fail_as_often_again(client: Client, code: str) -> None:
    for _ in range(3):
        for _ in range(TRIES - 1):
            sign_in(client, "W104", "AAAA-AAAA")
        assert sign_in(client, "W104", code).status_code == 302
        client.post(reverse("terminal_out"))


def test_many_tries_from_one_place_have_to_wait(client: Client, code: str) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        for number in range(60):
            sign_in(client, f"X{number}", "AAAA-AAAA")
        assert OF_THE_MINUTE in text_of(sign_in(client, "W104", code))


def test_a_code_that_was_replaced_signs_nobody_in_and_ends_the_visit(
    client: Client, manager: User, reg: User, code: str
) -> None:
    sign_in(client, "W104", code)
    new = issue_code(by=manager, person=reg)

    assert not is_signed_in(client)
    assert WRONG in text_of(sign_in(Client(), "W104", code))
    assert sign_in(Client(), "W104", new).status_code == 302


def test_a_code_runs_out_after_so_many_days(
    client: Client, settings: Settings, manager: User, reg: User
) -> None:
    settings.TERMINAL_CODE_DAYS = 30
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = issue_code(by=manager, person=reg)
        clock.shift(timedelta(days=30) - timedelta(seconds=1))
        assert sign_in(client, "W104", code).status_code == 302
        clock.shift(timedelta(seconds=1))
        assert not is_signed_in(client)
        assert WRONG in text_of(sign_in(Client(), "W104", code))


def test_a_leaver_is_signed_out_and_does_not_come_in_again(
    client: Client, reg: User, code: str
) -> None:
    sign_in(client, "W104", code)
    User.objects.filter(pk=reg.pk).update(employed_until=date(2020, 1, 1))

    assert not is_signed_in(client)
    assert WRONG in text_of(sign_in(Client(), "W104", code))


def test_somebody_who_is_given_an_address_uses_that_from_then_on(
    client: Client, reg: User, code: str
) -> None:
    sign_in(client, "W104", code)
    User.objects.filter(pk=reg.pk).update(email="reg@wealdmoor.example")

    assert not is_signed_in(client)
    assert WRONG in text_of(sign_in(Client(), "W104", code))


def test_a_visit_ends_after_a_quarter_of_an_hour_without_a_press(client: Client, code: str) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, "W104", code)
        for _ in range(3):
            clock.shift(timedelta(minutes=14))
            assert is_signed_in(client)
        clock.shift(timedelta(minutes=15, seconds=1))
        answer = client.get(reverse("training"), follow=True)
        assert answer.redirect_chain == [(reverse("terminal"), 302)]
        assert "nobody pressed anything for 15 minutes" in text_of(answer)
        assert not is_signed_in(client)


def test_the_cookie_ends_with_the_browser_and_nothing_is_kept_by_it(
    client: Client, code: str
) -> None:
    sign_in(client, "W104", code)

    assert client.cookies["sessionid"]["max-age"] == ""
    assert client.cookies["sessionid"]["expires"] == ""
    assert client.get(reverse("training"))["Cache-Control"] == "no-store"


def test_nothing_of_whoever_sat_there_before_is_left(code: str) -> None:
    client = as_person(digital_officer())
    session = client.session
    session["kept"] = "something"
    session.save()

    sign_in(client, "W104", code)

    assert "kept" not in client.session
    assert client.get(reverse("people")).status_code == 403


def test_roles_do_not_count_at_a_terminal(client: Client, reg: User, code: str) -> None:
    granted = digital_officer()
    granted.corporate_grants.update(user=reg)
    UserFactory(manager=reg)
    reg.refresh_from_db()
    assert may(reg, Permission.STOP_DELIVERY) or may(reg, Permission.SEE_AUDIT)

    reg.at_terminal = True
    assert [each for each in Permission if may(reg, each)] == []
    sign_in(client, "W104", code)
    page = client.get(reverse("training"))
    assert "Records" not in text_of(page)
    assert client.get(reverse("home")).headers["Location"] == reverse("training")


def test_a_refusal_says_what_a_terminal_is_for(client: Client, code: str) -> None:
    sign_in(client, "W104", code)

    answer = client.get(reverse("accounts"))

    assert answer.status_code == 403
    assert "signed in at a shared terminal" in text_of(answer)


def test_the_sign_in_page_takes_no_code_and_the_terminal_no_password(reg: User, code: str) -> None:
    UserFactory(email="ann@wealdmoor.example", staff_number="W777")
    page = Client().post(reverse("account_login"), {"login": "W104", "password": code})
    assert page.status_code == 200
    assert WRONG in text_of(sign_in(Client(), "W777", PASSWORD))


def test_codes_are_given_by_hr_and_the_line_manager_to_those_without_an_address(
    manager: User, reg: User
) -> None:
    hr = person(CorporateRole.HR)
    assert issue_code(by=hr, person=reg) != issue_code(by=manager, person=reg)
    for somebody in (UserFactory(), digital_officer(), person(CorporateRole.AUDITOR), reg):
        with pytest.raises(NotAllowed):
            issue_code(by=somebody, person=reg)
    with pytest.raises(ValidationError, match="needs no code"):
        issue_code(by=hr, person=UserFactory(staff_number="W9"))
    User.objects.filter(pk=reg.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="does not work"):
        issue_code(by=hr, person=reg)


def test_the_page_shows_a_code_once(manager: User, reg: User) -> None:
    client = as_person(manager)
    address = reverse("personal_code_give", args=[reg.pk])

    assert client.post(address).status_code == 422
    given = client.post(address, {"sure": "on"})

    assert "no-store" in given["Cache-Control"]
    shown = given.context["code"]
    assert shown in text_of(given)
    assert shown not in text_of(client.get(address))
    assert sign_in(Client(), "W104", shown).status_code == 302


def test_a_manager_finds_their_team_and_nobody_else(manager: User, reg: User) -> None:
    stranger = UserFactory(name="Stran Ger", email="", staff_number="W2")
    UserFactory(name="Has Address", manager=manager)
    client = as_person(manager)

    page = text_of(client.get(reverse("personal_codes")))

    assert "Reg Cole" in page
    assert "Stran Ger" not in page
    assert "Has Address" not in page
    assert client.get(reverse("personal_code_give", args=[stranger.pk])).status_code == 404
    everybody = text_of(
        as_person(person(CorporateRole.HR)).get(reverse("personal_codes"), {"words": "W2"})
    )
    assert "Stran Ger" in everybody
    assert "Reg Cole" not in everybody
