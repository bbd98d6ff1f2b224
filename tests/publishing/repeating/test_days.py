"""The days of a post that repeats: as a person with a calendar would tick them."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.local_time import LONDON
from publishing.bank_holidays import bank_holidays
from publishing.models import Frequency, Nation, Series
from publishing.repeating.days import DaysOff, days_between, days_of, moment_of
from publishing.repeating.words import until_of, when_of

NONE = DaysOff(frozenset())
DAY = timedelta(days=1)


def series(**fields) -> Series:
    given = {"frequency": Frequency.WEEKLY, "weekdays": [0], "at": time(9)}
    return Series(**{**given, "starts_on": date(2026, 11, 23), **fields})


starts = st.dates(date(2024, 1, 1), date(2030, 12, 31))
every = st.integers(1, 6)
weekly = st.builds(
    series,
    starts_on=starts,
    every=every,
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(sorted),
)
by_day = st.builds(
    series,
    starts_on=starts,
    every=every,
    frequency=st.just(Frequency.MONTHLY),
    day_of_month=st.integers(1, 31),
    weekdays=st.just([]),
)
by_weekday = st.builds(
    series,
    starts_on=starts,
    every=every,
    frequency=st.just(Frequency.MONTHLY_WEEKDAY),
    nth=st.sampled_from([1, 2, 3, 4, -1]),
    weekdays=st.integers(0, 6).map(lambda number: [number]),
)
any_series = st.one_of(weekly, by_day, by_weekday)


def is_one(it: Series, day: date) -> bool:
    """Ticked by hand, with no rule of a library: whether it comes on that day."""
    if day < it.starts_on:
        return False
    if it.frequency == Frequency.WEEKLY:
        monday = it.starts_on - it.starts_on.weekday() * DAY
        return day.weekday() in it.weekdays and (day - monday).days // 7 % it.every == 0
    months = (day.year - it.starts_on.year) * 12 + day.month - it.starts_on.month
    if months % it.every:
        return False
    last = calendar.monthrange(day.year, day.month)[1]
    if it.frequency == Frequency.MONTHLY:
        return day.day == min(it.day_of_month or 0, last)
    if [day.weekday()] != it.weekdays:
        return False
    return day.day + 7 > last if it.nth == -1 else (day.day - 1) // 7 + 1 == it.nth


@settings(deadline=None, max_examples=60)
@given(any_series, st.booleans(), st.integers(0, 500))
def test_no_day_is_lost_and_none_comes_twice(it: Series, skips: bool, offset: int) -> None:
    it.skips_bank_holidays = skips
    first = it.starts_on + offset * DAY
    last = first + 400 * DAY
    ticked = [first + n * DAY for n in range(401) if is_one(it, first + n * DAY)]
    if skips:
        ticked = [day for day in ticked if day not in bank_holidays(Nation.ENGLAND, day.year)]
    assert days_between(it, first, last, NONE) == ticked


@settings(deadline=None, max_examples=60)
@given(any_series, st.integers(1, 30))
def test_so_many_times_means_so_many_posts(it: Series, times: int) -> None:
    everything = list(islice(days_of(it, NONE), times + 1))
    it.times = times
    assert list(days_of(it, NONE)) == everything[:times]
    it.times, it.ends_on = None, everything[times]
    assert list(days_of(it, NONE)) == everything, "until a day, that day included"


@settings(deadline=None, max_examples=60)
@given(any_series, st.dates(date(2024, 1, 1), date(2031, 1, 1)), st.integers(7, 60))
def test_looking_at_pieces_finds_what_looking_at_once_finds(
    it: Series, first: date, piece: int
) -> None:
    """Rounds that look some days ahead, one after the other, miss nothing between them."""
    last = first + 200 * DAY
    pieces = []
    for start in range(0, 201, piece):
        begins = first + start * DAY
        pieces += days_between(it, begins, min(last, begins + (piece - 1) * DAY), NONE)
    assert pieces == days_between(it, first, last, NONE)


@settings(deadline=None, max_examples=60)
@given(
    weekly,
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
)
def test_its_moments_follow_londons_clock_and_never_meet(it: Series, at: time) -> None:
    it.at = at
    days = list(islice(days_of(it, NONE), 60))
    moments = [moment_of(it, day).at for day in days]
    assert all(one < other for one, other in pairwise(moments))
    for day, moment in zip(days, moments, strict=True):
        shown = moment.astimezone(LONDON)
        assert shown.date() == day
        assert (shown.hour - at.hour, shown.minute) in [(0, at.minute), (1, at.minute)]


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (date(2027, 3, 22), time(9), datetime(2027, 3, 22, 9, tzinfo=UTC)),
        (date(2027, 3, 29), time(9), datetime(2027, 3, 29, 8, tzinfo=UTC)),
        (date(2026, 10, 19), time(9), datetime(2026, 10, 19, 8, tzinfo=UTC)),
        (date(2026, 10, 26), time(9), datetime(2026, 10, 26, 9, tzinfo=UTC)),
        # The clock jumps over half past one, and shows it twice.
        (date(2027, 3, 28), time(1, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_nine_is_nine_across_both_changes_of_the_clock(
    day: date, at: time, moment: datetime
) -> None:
    assert moment_of(series(at=at), day).at == moment


def test_the_thirty_first_is_the_last_day_of_a_shorter_month() -> None:
    it = series(
        frequency=Frequency.MONTHLY, weekdays=[], day_of_month=31, starts_on=date(2027, 1, 31)
    )
    found = list(islice(days_of(it, NONE), 4))
    assert [(day.month, day.day) for day in found] == [(1, 31), (2, 28), (3, 31), (4, 30)]


def test_a_day_entered_by_hand_is_passed_over_and_a_bank_holiday_is_no_post() -> None:
    it = series(skips_bank_holidays=True, times=3, starts_on=date(2026, 12, 21))
    off = DaysOff(frozenset({date(2027, 1, 4)}))
    # Monday 28 December is the bank holiday for Boxing Day.
    assert list(days_of(it, off)) == [date(2026, 12, 21), date(2027, 1, 11), date(2027, 1, 18)]


def test_it_says_when_as_people_do() -> None:
    assert when_of(series(weekdays=[4, 0], every=2)) == "Every 2 weeks on Monday and Friday at 9am"
    first = series(frequency=Frequency.MONTHLY_WEEKDAY, nth=-1, at=time(14, 30), weekdays=[4])
    assert when_of(first) == "The last Friday of every month at 2:30pm"
    by_day = series(frequency=Frequency.MONTHLY, day_of_month=31, skips_bank_holidays=True)
    assert when_of(by_day) == "On day 31 of every month at 9am, but not on bank holidays"
    assert [until_of(series(**each)) for each in ({}, {"times": 1}, {"times": 12})] == [
        "with no end", "once", "12 times",
    ]  # fmt: skip
