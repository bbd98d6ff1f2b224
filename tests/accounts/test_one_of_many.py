"""Choosing one of many: a select for few, a line to type into for many; both mean the same."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from accounts.forms import one_of_many
from accounts.forms.one_of_many import AccountField, PersonField
from accounts.models import AccountState, SocialAccount, User
from tests.factories import AccountFactory, UserFactory, person

pytestmark = pytest.mark.django_db


class WhoForm(forms.Form):
    who = PersonField(label="Who?", required=False, empty_label="Nobody", help_text="Who sees it")


class WhereForm(forms.Form):
    where = AccountField(SocialAccount.objects.exclude(state="closed"), label="Where?")


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are many here."""
    monkeypatch.setattr(one_of_many, "FEW", 1)
    UserFactory(name="Sam Osei", email="sam.osei@wealdmoor.example")
    UserFactory(name="Sam Osei", email="sam.two@wealdmoor.example")
    UserFactory(name="Priya Shah", email="priya@wealdmoor.example")


def meant(typed: str) -> Any:
    form = WhoForm({"who": typed})
    return form.cleaned_data["who"] if form.is_valid() else form.errors["who"][0]


def test_few_are_a_select_and_many_are_a_line_that_says_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    UserFactory()
    assert "<select" in str(WhoForm()["who"])
    monkeypatch.setattr(one_of_many, "FEW", 0)
    line = str(WhoForm()["who"])
    assert "<select" not in line
    assert 'type="text"' in line
    assert 'list="id_who_found"' in line
    assert '<datalist id="id_who_found">' in line
    assert WhoForm()["who"].help_text == (
        "Who sees it. Enter the name, the work e-mail address or the staff number"
    )


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("typed", "email"),
    [
        ("Priya Shah", "priya@wealdmoor.example"),
        ("shah priya", "priya@wealdmoor.example"),
        (" PRIYA ", "priya@wealdmoor.example"),
        ("sam.two@wealdmoor.example", "sam.two@wealdmoor.example"),
        ("Sam Osei (sam.osei@wealdmoor.example)", "sam.osei@wealdmoor.example"),
    ],
)
def test_a_line_takes_a_name_an_address_or_what_was_suggested(typed: str, email: str) -> None:
    assert meant(typed) == User.objects.get(email=email)


@pytest.mark.usefixtures("many")
def test_a_line_left_empty_is_nobody() -> None:
    assert meant("  ") is None


@pytest.mark.usefixtures("many")
def test_who_could_be_two_people_is_asked_again_with_both_and_what_was_typed_stays() -> None:
    form = WhoForm({"who": "Sam Osei"})
    assert form.errors["who"][0] == (
        "“Sam Osei” could be Sam Osei (sam.osei@wealdmoor.example); Sam Osei"
        " (sam.two@wealdmoor.example). Enter the one you mean in full."
    )
    assert 'value="Sam Osei"' in str(form["who"])


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    "typed", ["Zoë", "’", "%", "\\", "99999999999999999999", "0", "<script>", "q\x00q"]
)
def test_what_fits_nobody_is_refused_with_what_to_do(typed: str) -> None:
    assert meant(typed) == (
        f"Nothing here is called “{typed}”. Enter the name, e-mail address or staff number of"
        " somebody who works here."
    )


@pytest.mark.usefixtures("many")
def test_a_link_names_a_row_by_its_key_and_the_line_shows_its_name() -> None:
    priya = User.objects.get(name="Priya Shah")
    assert meant(str(priya.pk)) == priya
    for form in (WhoForm(initial={"who": priya.pk}), WhoForm({"who": str(priya.pk)})):
        assert 'value="Priya Shah (priya@wealdmoor.example)"' in str(form["who"])


def test_a_line_offers_only_what_the_form_offers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_of_many, "FEW", 1)
    AccountFactory(name="Wealdmoor Parks")
    AccountFactory(name="Wealdmoor Roads")
    closed = AccountFactory(name="Wealdmoor Canals", state=AccountState.CLOSED)
    assert WhereForm({"where": "roads"}).is_valid()
    for typed in ("canals", str(closed.pk)):
        assert not WhereForm({"where": typed}).is_valid()


@pytest.mark.usefixtures("many")
def test_suggestions_are_options_for_whoever_works_here() -> None:
    browser = Client()
    browser.force_login(person(name="Reader"))
    answer = browser.get(reverse("people_suggested"), {"owner": "sam <"})
    assert answer.content.decode() == ""
    answer = browser.get(reverse("people_suggested"), {"owner": "sam os"})
    assert answer.content.decode() == (
        '<option value="Sam Osei (sam.osei@wealdmoor.example)"></option>'
        '<option value="Sam Osei (sam.two@wealdmoor.example)"></option>'
    )
    assert browser.get(reverse("people_suggested")).content == b""


def test_suggested_accounts_are_those_on_the_register() -> None:
    AccountFactory(name="Wealdmoor Parks", handle="wmparks")
    AccountFactory(name="Wealdmoor Parks draft", state=AccountState.DRAFT)
    browser = Client()
    browser.force_login(person())
    answer = browser.get(reverse("accounts_suggested"), {"account": "parks x @wm"})
    assert answer.content.decode() == ('<option value="Wealdmoor Parks (X @wmparks)"></option>')


@pytest.mark.usefixtures("many")
def test_a_staff_number_is_meant_before_a_key_and_stays_when_the_form_comes_back() -> None:
    priya = User.objects.get(name="Priya Shah")
    collector = UserFactory(name="Reg Cole", email="", staff_number=str(priya.pk))

    assert meant(str(priya.pk)) == collector
    form = WhoForm({"who": str(priya.pk)})
    assert form["who"].value() == f"Reg Cole ({priya.pk})"


@pytest.mark.usefixtures("many")
def test_somebody_without_an_address_is_found_by_what_was_suggested() -> None:
    collector = UserFactory(name="Reg Cole", email="", staff_number="W104")
    UserFactory(name="Reg Coleman", email="", staff_number="W105")

    assert meant("Reg Cole (W104)") == collector
    assert meant("w104") == collector
