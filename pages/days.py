"""Days: those that people may enter, and when one ends.

None may be so far off that a calendar, or a database, ends there.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)

WITHIN_REASON = (
    MinValueValidator(FIRST_DAY, "Enter a day after 1899."),
    MaxValueValidator(LAST_DAY, "Enter a day before 2200."),
)
"""Validators for every field that takes a day."""


def midnight_after(day: date) -> datetime:
    """The moment in London at which `day` is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter.

    Fewer than none: so many months before.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
