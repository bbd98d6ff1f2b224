"""Days and times as people type them: always London's, stored in UTC.

Twice a year the clock changes. A time that the clock jumps over in spring does not exist and is
refused; one that comes twice in autumn is the first of the two unless the second is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from pages.days import FIRST_DAY, LAST_DAY

LONDON = ZoneInfo("Europe/London")
FIRST, SECOND = "first", "second"

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?")
_NAMED_TIMES = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class TimeProblem(ValueError):
    """The day or time cannot be used; the message says why, `field` which of the two it is."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@dataclass(frozen=True, slots=True)
class LocalMoment:
    """A moment, and whether London's clock shows it twice."""

    at: datetime
    comes_twice: bool = False

    @property
    def words(self) -> str:
        return in_words(self.at)


def parse(day: str, clock: str, fold: str = "") -> LocalMoment | None:
    """The moment that was typed; None when both are empty ("as soon as it is approved").

    Raises TimeProblem.
    """
    if not day.strip() and not clock.strip():
        return None
    on = _day(day)
    if not FIRST_DAY <= on <= LAST_DAY:
        raise TimeProblem(f"{day.strip()} is too far off: enter a day before 2200", "publish_on")
    return moment(on, typed_time(clock), fold)


def moment(day: date, clock: time, fold: str = "") -> LocalMoment:
    """That time on that day in London. Raises TimeProblem for one that the clock jumps over."""
    first = datetime.combine(day, clock, LONDON)
    second = first.replace(fold=1)
    in_utc = first.astimezone(UTC)
    if in_utc.astimezone(LONDON).replace(fold=0) != first.replace(fold=0):
        raise TimeProblem(
            f"{clock_in_words(first)} on {_day_words(first)} does not exist: the clocks go forward "
            "from 1am to 2am that night. Choose another time",
            "publish_time",
        )
    if first.utcoffset() == second.utcoffset():
        return LocalMoment(in_utc)
    return LocalMoment(second.astimezone(UTC) if fold == SECOND else in_utc, comes_twice=True)


def in_words(at: datetime) -> str:
    """For example "23 November 2026 at 9am", in London; the hour that comes twice is named."""
    local = at.astimezone(LONDON)
    words = f"{_day_words(local)} at {clock_in_words(local)}"
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        words += " Greenwich Mean Time" if local.fold else " British Summer Time"
    return words


def in_words_for_form(at: datetime | None) -> tuple[str, str, str]:
    """Day, time and which of two, as `parse` takes them back."""
    if at is None:
        return "", "", ""
    local = at.astimezone(LONDON)
    fold = SECOND if local.fold else ""
    return f"{local.day}/{local.month}/{local.year}", clock_in_words(local), fold


def _day(text: str) -> date:
    typed = " ".join(text.lower().split())
    if not typed:
        raise TimeProblem("Enter the day on which to publish", "publish_on")
    try:
        if found := _NUMBERS.fullmatch(typed):
            day, month, year = (int(part) for part in found.groups())
            return date(year + 2000 if year < 100 else year, month, day)
        if found := _ISO.fullmatch(typed):
            return date(*(int(part) for part in found.groups()))
        if found := _WORDS.fullmatch(typed):
            return date(int(found[3]), _month(found[2]), int(found[1]))
    except ValueError as impossible:
        raise TimeProblem(f"{text.strip()} is not a real day", "publish_on") from impossible
    raise TimeProblem("Enter the day like 23/11/2026", "publish_on")


def _month(name: str) -> int:
    for number, month in enumerate(_MONTHS, 1):
        if name == month or (len(name) >= 3 and month.startswith(name)):
            return number
    raise ValueError(name)


def typed_time(text: str) -> time:
    """A time as people type it. Raises TimeProblem."""
    typed = " ".join(text.lower().split())
    if not typed:
        raise TimeProblem("Enter the time at which to publish", "publish_time")
    if typed in _NAMED_TIMES:
        return _NAMED_TIMES[typed]
    found = _TIME.fullmatch(typed)
    half = found[3].replace(".", "") if found and found[3] else ""
    if not found or not (found[2] or half):
        raise TimeProblem("Enter the time like 9:30am or 14:30", "publish_time")
    hour, minute = int(found[1]), int(found[2] or 0)
    if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        raise TimeProblem(f"{text.strip()} is not a real time", "publish_time")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)


def _day_words(local: datetime) -> str:
    return f"{local.day} {local:%B %Y}"


def clock_in_words(local: datetime) -> str:
    """For example "9:30am": the time of day of a moment that is London's already."""
    hour = local.hour % 12 or 12
    minute = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minute}{'am' if local.hour < 12 else 'pm'}"
