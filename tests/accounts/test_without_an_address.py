"""People to whom the council gives no e-mail address."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.actions.people import add_person, change_person
from accounts.letters import addresses
from accounts.models import User
from tests.factories import PASSWORD, UserFactory, digital_officer
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def without_an_address(**fields: object) -> User:
    return UserFactory(**{"email": "", "staff_number": "104233", **fields})


def test_somebody_without_an_address_has_a_staff_number(admin: User) -> None:
    added = add_person(by=admin, name="Reg Cole", staff_number=" w104 ")

    assert (added.email, added.staff_number) == ("", "W104")
    assert added.known_by == "staff number W104"


def test_two_people_may_have_no_address_but_not_the_same_number(admin: User) -> None:
    add_person(by=admin, name="Reg Cole", staff_number="W104")
    add_person(by=admin, name="Liz Lake", staff_number="W105")

    with pytest.raises(ValidationError) as refused:
        add_person(by=admin, name="Another", staff_number="w104")
    assert refused.value.message_dict == {"staff_number": ["Reg Cole has the staff number W104."]}


def test_neither_an_address_nor_a_number_is_refused(admin: User) -> None:
    reg = add_person(by=admin, name="Reg Cole", staff_number="W104")

    with pytest.raises(ValidationError):
        add_person(by=admin, name="Nobody")
    with pytest.raises(ValidationError):
        change_person(by=admin, person=reg, staff_number="")


@pytest.mark.parametrize("number", ["10 42", "-", "x" * 21, "<b>"])
def test_a_number_that_is_none_is_refused_with_what_to_enter(admin: User, number: str) -> None:
    with pytest.raises(ValidationError, match="as on the payslip"):
        add_person(by=admin, name="Reg Cole", staff_number=number)


def test_the_database_refuses_the_same() -> None:
    without_an_address()
    for fields in (
        {"email": "", "staff_number": ""},
        {"staff_number": "104233"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            UserFactory(**fields)


@pytest.mark.parametrize("typed", ["", " "])
def test_nobody_signs_in_with_an_empty_address_whatever_the_password(typed: str) -> None:
    without_an_address()
    request = RequestFactory().post("/sign-in/")

    assert authenticate(request, email=typed, password=PASSWORD) is None
    assert authenticate(request, username=typed, password=PASSWORD) is None
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(typed.strip())


def test_nobody_asks_for_a_new_password_with_an_empty_address() -> None:
    without_an_address()

    answer = Client().post(reverse("account_reset_password"), {"email": ""})

    assert "Enter the e-mail address" in text_of(answer)
    assert mail.outbox == []


def test_letters_skip_those_without_an_address() -> None:
    someone = UserFactory(email="ann@wealdmoor.example")

    assert addresses([without_an_address(), someone]) == ["ann@wealdmoor.example"]


def test_the_page_adds_them_and_says_how_they_sign_in() -> None:
    client = as_person(digital_officer())
    typed = {"name": "Reg Cole", "email": "", "staff_number": "W104"}

    page = client.post(reverse("person_new"), typed, follow=True)
    assert "a code for the shared terminal" in text_of(page)
    assert "staff number W104" in text_of(client.get(reverse("people"), {"words": "w104"}))

    refused = client.post(reverse("person_new"), {"name": "Liz Lake"})
    assert refused.status_code == 422
    assert "Enter the work e-mail address, or the staff number" in text_of(refused)
