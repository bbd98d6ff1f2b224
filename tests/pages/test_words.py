"""Searching a list by words: all of them, each somewhere."""

from __future__ import annotations

import pytest

from accounts.models import User
from pages.words import MOST, with_words
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people() -> None:
    UserFactory(name="Ann Ode", job_title="Librarian")
    UserFactory(name="Ann Other", job_title="Clerk")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ann", ["Ann Ode", "Ann Other"]),
        (" librarian  ann ", ["Ann Ode"]),
        ("other librarian", []),
        ("", ["Ann Ode", "Ann Other"]),
    ],
)
def test_every_word_stands_somewhere(typed: str, found: list[str]) -> None:
    rows = with_words(User.objects.filter(name__startswith="Ann"), typed, "name", "job_title")

    assert [each.name for each in rows] == found


def test_a_field_that_is_not_named_is_not_searched() -> None:
    assert not with_words(User.objects.all(), "librarian", "name", "email")


def test_a_flood_of_words_asks_no_more_than_the_first_of_them() -> None:
    rows = with_words(User.objects.all(), "ann " * MOST + "nobody", "name")

    assert rows.count() == 2
