"""Days and times: as typed, in London, through both changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.local_time import TimeProblem, in_words_for_form, parse


def _utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        ("23/11/2026", "9am", _utc(2026, 11, 23, 9)),
        ("23/11/26", "9:30am", _utc(2026, 11, 23, 9, 30)),
        ("23.11.2026", "9.30 am", _utc(2026, 11, 23, 9, 30)),
        ("2026-11-23", "14:05", _utc(2026, 11, 23, 14, 5)),
        ("23 November 2026", "12pm", _utc(2026, 11, 23, 12)),
        ("Mon 23 Nov 2026", "12am", _utc(2026, 11, 23, 0)),
        ("1/7/2026", "9AM", _utc(2026, 7, 1, 8)),
        (" 1st  July 2026 ", "midday", _utc(2026, 7, 1, 11)),
        ("29/2/2028", "midnight", _utc(2028, 2, 29)),
    ],
)
def test_what_people_type_is_understood(day: str, clock: str, expected: datetime):
    moment = parse(day, clock)
    assert moment is not None
    assert moment.at == expected
    assert not moment.comes_twice


@pytest.mark.parametrize(
    ("day", "clock", "field", "words"),
    [
        ("31/2/2026", "9am", "publish_on", "not a real day"),
        ("29/2/2026", "9am", "publish_on", "not a real day"),
        ("tomorrow", "9am", "publish_on", "like 23/11/2026"),
        ("1 Ma 2026", "9am", "publish_on", "like 23/11/2026"),
        ("1 Mix 2026", "9am", "publish_on", "not a real day"),
        ("", "9am", "publish_on", "Enter the day"),
        ("1/6/2026", "", "publish_time", "Enter the time"),
        ("1/6/2026", "9", "publish_time", "like 9:30am"),
        ("1/6/2026", "25:00", "publish_time", "not a real time"),
        ("1/6/2026", "13pm", "publish_time", "not a real time"),
        ("1/6/2026", "0am", "publish_time", "not a real time"),
        ("1/6/2026", "9:60", "publish_time", "not a real time"),
        ("29/3/2026", "1am", "publish_time", "does not exist"),
        ("29/3/2026", "1:59am", "publish_time", "does not exist"),
    ],
)
def test_what_cannot_be_is_refused_in_words(day: str, clock: str, field: str, words: str):
    with pytest.raises(TimeProblem, match=words) as refusal:
        parse(day, clock)
    assert refusal.value.field == field


def test_nothing_typed_means_as_soon_as_it_is_approved():
    assert parse(" ", "") is None


def test_the_hour_that_comes_twice_is_the_first_unless_asked_for():
    first, second = parse("25/10/2026", "1:30am"), parse("25/10/2026", "1:30am", "second")
    assert first is not None
    assert second is not None
    assert (first.at, second.at) == (_utc(2026, 10, 25, 0, 30), _utc(2026, 10, 25, 1, 30))
    assert first.comes_twice
    assert first.words == "25 October 2026 at 1:30am British Summer Time"
    assert second.words == "25 October 2026 at 1:30am Greenwich Mean Time"


def test_around_the_change_in_spring_the_clock_goes_on():
    before, after = parse("29/3/2026", "12:59am"), parse("29/3/2026", "2am")
    assert before is not None
    assert after is not None
    assert after.at - before.at == timedelta(minutes=1)


minutes = st.integers(0, 10 * 366 * 24 * 60).map(
    lambda number: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
)


@given(minutes)
def test_every_moment_comes_back_from_the_form_as_itself(at: datetime):
    moment = parse(*in_words_for_form(at))
    assert moment is not None
    assert moment.at == at
