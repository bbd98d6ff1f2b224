"""A certificate's number: typed somehow, found or not, and what it says on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.permissions import CorporateRole
from tests.factories import CourseFactory, UserFactory, person
from tests.training.making import published
from tests.visiting import as_person, text_of
from training.actions.completions import record_completion, withdraw_completion
from training.certificates.checking import MISSES_ALLOWED, number_of
from training.models import Completion
from training.models.completions import new_reference

DAY = date(2026, 3, 10)


@pytest.fixture
def completion(db: None) -> Completion:
    cache.clear()
    with time_machine.travel(f"{DAY}T12:00:00Z"):
        return record_completion(
            by=None, person=UserFactory(name="Zoë Ó’Dea"), course=CourseFactory(), completed_on=DAY
        )


def page_of(number: str, client: Client | None = None) -> str:
    return text_of((client or Client()).get(reverse("certificate", args=[number])))


def test_anybody_can_check_that_it_is_valid_until_its_last_day(completion: Completion) -> None:
    with time_machine.travel("2027-03-10T12:00:00Z"):
        page = page_of(completion.reference)
    assert "This certificate is valid until 10 March 2027." in page
    for said in ("Zoë Ó’Dea", "Running a council account", "10 March 2026"):
        assert said in page
    with time_machine.travel("2027-03-11T12:00:00Z"):
        assert "This certificate ran out on 10 March 2027." in page_of(completion.reference)


def test_it_says_nothing_else_of_anybody(completion: Completion) -> None:
    Completion.objects.update(note="Seen by Hal", score=83)

    page = Client().get(reverse("certificate", args=[completion.reference])).content.decode()

    for unsaid in (completion.user.email, "Seen by Hal", "83", "Download"):
        assert unsaid not in page


def test_it_is_no_page_for_search_engines(completion: Completion) -> None:
    answer = Client().get(reverse("certificate", args=[completion.reference]))

    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_one_that_was_withdrawn_says_so_and_has_no_file(completion: Completion) -> None:
    hr = person(CorporateRole.HR)
    withdraw_completion(by=hr, completion=completion, reason="It was somebody else.")

    page = page_of(completion.reference, as_person(hr))

    assert "This certificate was withdrawn." in page
    assert "somebody else" not in page
    assert "Download" not in page
    pdf = reverse("certificate_pdf", args=[completion.reference])
    assert as_person(completion.user).get(pdf).status_code == 404


def test_it_ends_early_where_a_newer_version_asks_everybody_again(completion: Completion) -> None:
    published(completion.course, asks_again_from=date(2026, 6, 1))

    with time_machine.travel("2026-05-31T12:00:00Z"):
        published(CourseFactory(slug="another"), asks_again_from=date(2026, 1, 1))
    with time_machine.travel("2027-01-10T12:00:00Z"):
        page = page_of(completion.reference)
    assert "This certificate ran out on 31 May 2026." in page


def test_a_number_is_found_however_it_is_typed(completion: Completion) -> None:
    address = reverse("certificate", args=[completion.reference])
    plain = completion.reference.replace("-", "")

    for typed in (plain, plain.lower(), f" {plain[:4]} {plain[4:8]} {plain[8:]} ", plain + "."):
        sent = Client().get(reverse("certificates"), {"number": typed})
        assert sent["Location"] == address
    assert Client().get(reverse("certificate", args=[plain.lower()]))["Location"] == address


@given(st.data())
def test_any_spelling_of_a_number_means_that_number(data: st.DataObject) -> None:
    number = new_reference()
    spelt = "".join(
        data.draw(st.sampled_from([letter, letter.lower()]))
        + data.draw(st.sampled_from(["", " ", "-", "–", "  "]))
        for letter in number.replace("-", "")
    )

    assert number_of(spelt) == number


@pytest.mark.parametrize("typed", ["", "K7PM-2QXW", "K7PM-2QXW-94TDX", "ÄÖÜM-2QXW-94TD", "-" * 14])
def test_what_cannot_be_a_number_is_refused_with_what_one_looks_like(typed: str) -> None:
    answer = Client().get(reverse("certificates"), {"number": typed})

    assert answer.status_code == 422
    assert "number" in text_of(answer)
    assert number_of(typed) == ""


@pytest.mark.django_db
def test_a_number_that_is_not_known_says_so() -> None:
    cache.clear()
    for number in ("K7PM-2QXW-94TD", "nonsense", "<b>"):
        answer = Client().get(reverse("certificate", args=[number]))
        assert answer.status_code == 404
        assert "We know no such certificate" in text_of(answer)
        assert "<b>" not in answer.content.decode()


def test_guessing_is_stopped_and_typing_is_not(completion: Completion) -> None:
    good = reverse("certificate", args=[completion.reference])
    unknown = reverse("certificate", args=["K7PM-2QXW-94TD"])
    client = Client()
    for _ in range(MISSES_ALLOWED + 5):
        assert client.get(good).status_code == 200
    for _ in range(MISSES_ALLOWED):
        assert client.get(unknown).status_code == 404

    for address in (unknown, good):
        answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (429, "600")
        assert "Wait ten minutes" in text_of(answer)
    assert Client(REMOTE_ADDR="203.0.113.9").get(good).status_code == 200
    cache.clear()


def test_the_holder_their_manager_and_hr_may_take_the_file(completion: Completion) -> None:
    holder, manager = completion.user, UserFactory()
    holder.manager = manager
    holder.save()
    address = reverse("certificate_pdf", args=[completion.reference])

    with time_machine.travel(DAY + timedelta(days=9), tick=False):
        for reader in (holder, manager, person(CorporateRole.HR)):
            answer = as_person(reader).get(address)
            assert answer["Content-Type"] == "application/pdf"
            assert completion.reference in answer["Content-Disposition"]
            assert "Download as PDF" in page_of(completion.reference, as_person(reader))
        for reader in (UserFactory(), person(CorporateRole.DIGITAL_TEAM)):
            assert as_person(reader).get(address).status_code == 404
            assert "Download" not in page_of(completion.reference, as_person(reader))
    assert "/sign-in/" in Client().get(address)["Location"]
