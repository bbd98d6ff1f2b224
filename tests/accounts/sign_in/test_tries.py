"""Counting tries: exact when many come at once, and forgotten in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Tries
from accounts.sign_in.tries import counted, forget_old_tries, forget_tries
from tests.at_once import at_once

MINUTE = timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_no_two_tries_at_once_are_counted_as_one() -> None:
    counts = at_once(*[lambda: counted("W104", within=MINUTE)] * 12)
    assert sorted(counts) == list(range(1, 13))


@pytest.mark.django_db
def test_tries_count_from_the_first_of_them_and_each_name_by_itself() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert [counted("W104", within=MINUTE) for _ in range(3)] == [1, 2, 3]
        assert counted("W105", within=MINUTE) == 1
        clock.shift(timedelta(seconds=59))
        assert counted("W104", within=MINUTE) == 4
        clock.shift(timedelta(seconds=1))
        assert counted("W104", within=MINUTE) == 1
        forget_tries("W104")
        assert counted("W104", within=MINUTE) == 1


@pytest.mark.django_db
def test_what_does_not_count_any_more_is_deleted_and_no_name_is_kept() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        counted("W104", within=MINUTE)
        clock.shift(timedelta(days=1, seconds=1))
        counted("W105", within=MINUTE)
        forget_old_tries()
    assert "W10" not in Tries.objects.get().digest
