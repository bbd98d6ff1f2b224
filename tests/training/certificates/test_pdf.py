"""The certificate as a file: readable by a screen reader, and saying what it should."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from pytest_django import Settings

from tests.factories import CourseFactory, UserFactory
from tests.training.certificates.reading import title_of, words_of
from tests.training.making import published
from tests.training.taking.going import passed
from training.actions.completions import record_completion
from training.certificates.checking import certificate
from training.certificates.pdf import pdf_of

pytestmark = pytest.mark.django_db


def test_it_says_whose_it_is_of_what_until_when_and_where_to_check_it(settings: Settings) -> None:
    settings.BASE_URL = "https://social.wealdmoor.example"
    with time_machine.travel("2026-03-10T12:00:00Z"):
        completion = passed(UserFactory(name="Zoë Ó’Dea"), published().course)
        pdf = pdf_of(certificate(completion))

    words = words_of(pdf)
    assert "This is to certify that Zoë Ó’Dea has completed the course" in words
    assert "Running a council account" in words
    assert "Completed on: 10 March 2026 Valid until: 10 March 2027 Score: 100 per cent" in words
    assert f"Certificate number: {completion.reference}" in words
    address = f"https://social.wealdmoor.example/certificates/{completion.reference}/"
    assert address in words
    assert f"/URI({address})".encode() in pdf


def test_it_is_tagged_and_has_a_title_and_a_language() -> None:
    pdf = pdf_of(certificate(passed(UserFactory(name="Zoë Ó’Dea"), published().course)))

    assert b"/MarkInfo<</Marked true" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"/Lang(en-GB)" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert title_of(pdf) == "Certificate: Running a council account, Zoë Ó’Dea"


def test_names_are_words_and_never_markup() -> None:
    name = '#panic("x") [b] *c* $d$ @e \\'
    completion = record_completion(
        by=None,
        person=UserFactory(name=name),
        course=CourseFactory(title='#include "/etc/passwd"'),
        completed_on=date(2026, 3, 10),
    )

    words = words_of(pdf_of(certificate(completion)))

    assert name in words
    assert '#include "/etc/passwd"' in words
    assert "How: Another learning system" in words
    assert "Score" not in words
