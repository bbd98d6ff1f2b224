"""On which days a post repeats (RFC 5545's rules, by dateutil), and at which moment of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

from dateutil.rrule import MO, MONTHLY, WEEKLY, rrule, weekday

from pages.days import LAST_DAY
from pages.local_time import FIRST, LocalMoment, TimeProblem, moment
from publishing.bank_holidays import added_by_hand, bank_holidays, own_nation
from publishing.models import Frequency, Series

_SURE_OF = 28
"""Every month has so many days."""


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The bank holidays of the council's nation, with what was entered by hand."""

    by_hand: frozenset[date]

    def __contains__(self, day: date) -> bool:
        return day in self.by_hand or day in bank_holidays(own_nation(), day.year)


def days_off_now() -> DaysOff:
    """As they are known by now. One query."""
    return DaysOff(frozenset(added_by_hand([own_nation()])))


def days_of(series: Series, off: DaysOff) -> Iterator[date]:
    """Every day on which it comes, the earliest first.

    A bank holiday that it passes over is not one of its `times`: those are counted by posts.
    """
    days = (moment_.date() for moment_ in _rule(series))
    if series.skips_bank_holidays:
        days = (day for day in days if day not in off)
    last = series.ends_on or LAST_DAY
    until = takewhile(lambda day: day <= last, days)
    return islice(until, series.times) if series.times else until


def days_between(series: Series, first: date, last: date, off: DaysOff) -> list[date]:
    """Those of its days that are from `first` to `last`, both included."""
    until = takewhile(lambda day: day <= last, days_of(series, off))
    return [day for day in until if day >= first]


def moment_of(series: Series, day: date) -> LocalMoment:
    """When it goes out on that day: by London's clock, in summer and in winter.

    In autumn the first of the two hours that are called the same. In spring, where the clock jumps
    over that time, an hour later: that is when it would have been.
    """
    try:
        return moment(day, series.at, FIRST)
    except TimeProblem:
        return moment(day, _an_hour_later(series.at), FIRST)


def _an_hour_later(clock: time) -> time:
    return (datetime.combine(date.min, clock) + timedelta(hours=1)).time()


def _rule(series: Series) -> Iterator[datetime]:
    start = datetime.combine(series.starts_on, time.min)
    until = datetime.combine(LAST_DAY, time.min)
    if series.frequency == Frequency.WEEKLY:
        return iter(
            rrule(
                WEEKLY,
                dtstart=start,
                interval=series.every,
                wkst=MO,
                byweekday=[weekday(number) for number in series.weekdays],
                until=until,
            )
        )
    if series.frequency == Frequency.MONTHLY_WEEKDAY:
        on = weekday(series.weekdays[0])(series.nth or 1)
        return iter(rrule(MONTHLY, dtstart=start, interval=series.every, byweekday=on, until=until))
    wanted = series.day_of_month or 1
    # The last of these that the month has: the 31st is the 30th in June, the 28th in February.
    days = range(min(wanted, _SURE_OF), wanted + 1)
    return iter(
        rrule(
            MONTHLY,
            dtstart=start,
            interval=series.every,
            bymonthday=list(days),
            bysetpos=-1,
            until=until,
        )
    )
