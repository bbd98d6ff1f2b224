"""The question “who?”: whom it offers, on which day, and under what name."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django import forms

from accounts.forms.one_of_many import PersonField
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


class WhoForm(forms.Form):
    who = PersonField(label="Who?", required=False, empty_label="Nobody")


def offered() -> list[str]:
    return [label for _, label in WhoForm().fields["who"].choices][1:]  # type: ignore[attr-defined]


def test_who_works_here_is_asked_anew_for_each_form() -> None:
    leaves = UserFactory(name="Lea Ver", employed_until=date(2026, 3, 2))
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False):
        assert WhoForm({"who": leaves.pk}).is_valid()
        assert len(offered()) == 1
        UserFactory(name="Ann Ode")
        assert len(offered()) == 2

    with time_machine.travel(datetime(2026, 3, 3, 12, tzinfo=UTC), tick=False):
        late = WhoForm({"who": leaves.pk})
        assert late.errors == {"who": ["Choose somebody who works here."]}
        assert len(offered()) == 1


def test_two_people_with_one_name_are_told_apart_and_the_list_is_in_order() -> None:
    UserFactory(name="Jo Smith", email="jo.two@wealdmoor.example")
    UserFactory(name="Jo Smith", email="jo.one@wealdmoor.example")
    UserFactory(name="Ann Ode", email="ann@wealdmoor.example")

    assert offered() == [
        "Ann Ode (ann@wealdmoor.example)",
        "Jo Smith (jo.two@wealdmoor.example)",
        "Jo Smith (jo.one@wealdmoor.example)",
    ]
