"""Times as people in the council read them: Europe/London, "23 November 2026 at 9am"."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def _local(moment: datetime) -> datetime:
    # The council's time zone whoever reads: to ask for "the current one" takes as long as the rest.
    return moment.astimezone(timezone.get_default_timezone())


def time_of_day(moment: datetime) -> str:
    """ "9am", "3:02pm", "midday", "midnight", in London."""
    return _time_of_day(_local(moment))


def _time_of_day(local: datetime) -> str:
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def long_date(day: date) -> str:
    """ "23 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def short_date(day: date) -> str:
    """ "Mon 23 Nov"; with the year where it is not this year's."""
    year = "" if day.year == _local(timezone.now()).year else f" {day.year}"
    return f"{day:%a} {day.day} {day:%b}{year}"


def when(moment: datetime) -> str:
    """ "23 November 2026 at 9am"."""
    local = _local(moment)
    return f"{long_date(local)} at {_time_of_day(local)}"


def short_when(moment: datetime) -> str:
    """ "Mon 23 Nov, 9am": for tables."""
    local = _local(moment)
    return f"{short_date(local)}, {_time_of_day(local)}"


def ago(moment: datetime) -> str:
    """ "12 seconds ago", "3 minutes ago", "2 hours ago", "5 days ago"."""
    seconds = max(0, round((timezone.now() - moment).total_seconds()))
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return f"{seconds} second{'' if seconds == 1 else 's'} ago"
