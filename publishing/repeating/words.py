"""When a post repeats, as people say it."""

from __future__ import annotations

import calendar
from datetime import date

from publishing.models import Frequency, Series

NTHS = [(1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (-1, "last")]


def when_of(series: Series) -> str:
    """For example "Every 2 weeks on Monday and Friday at 9am, but not on bank holidays"."""
    words = f"{_rhythm(series)} at {clock_words(series)}"
    return f"{words}, but not on bank holidays" if series.skips_bank_holidays else words


def until_of(series: Series) -> str:
    """For example "until 31 March 2027"; "12 times"; "with no end"."""
    if series.ends_on:
        return f"until {_day(series.ends_on)}"
    if series.times:
        return "once" if series.times == 1 else f"{series.times} times"
    return "with no end"


def from_of(series: Series) -> str:
    return f"from {_day(series.starts_on)}"


def clock_words(series: Series) -> str:
    hour = series.at.hour % 12 or 12
    minute = f":{series.at.minute:02}" if series.at.minute else ""
    return f"{hour}{minute}{'am' if series.at.hour < 12 else 'pm'}"


def _rhythm(series: Series) -> str:
    if series.frequency == Frequency.WEEKLY:
        days = _listed([calendar.day_name[number] for number in sorted(series.weekdays)])
        weeks = "Every week" if series.every == 1 else f"Every {series.every} weeks"
        return f"{weeks} on {days}"
    months = "every month" if series.every == 1 else f"every {series.every} months"
    if series.frequency == Frequency.MONTHLY_WEEKDAY:
        nth = dict(NTHS)[series.nth or 1]
        return f"The {nth} {calendar.day_name[series.weekdays[0]]} of {months}"
    return f"On day {series.day_of_month} of {months}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
