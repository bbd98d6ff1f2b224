"""Times as people read them: London's, also around the two nights on which the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from council_social import times


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "23 November 2026 at 9am"),
        (datetime(2026, 7, 3, 14, 2, tzinfo=UTC), "3 July 2026 at 3:02pm"),
        (datetime(2026, 7, 3, 11, 0, tzinfo=UTC), "3 July 2026 at midday"),
        (datetime(2026, 7, 2, 23, 0, tzinfo=UTC), "3 July 2026 at midnight"),
        (datetime(2026, 11, 23, 12, 30, tzinfo=UTC), "23 November 2026 at 12:30pm"),
        (datetime(2026, 11, 23, 0, 5, tzinfo=UTC), "23 November 2026 at 12:05am"),
        # Clocks go forward at 1am and back at 2am, both of them 1am UTC.
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29 March 2026 at 12:59am"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29 March 2026 at 2am"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25 October 2026 at 1:30am"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25 October 2026 at 1:30am"),
    ],
)
def test_a_moment_in_words(moment: datetime, words: str) -> None:
    assert times.when(moment) == words


@time_machine.travel(datetime(2026, 11, 20, tzinfo=UTC))
def test_tables_leave_this_years_year_out() -> None:
    assert times.short_when(datetime(2026, 11, 23, 9, tzinfo=UTC)) == "Mon 23 Nov, 9am"
    assert times.short_when(datetime(2027, 1, 4, 9, tzinfo=UTC)) == "Mon 4 Jan 2027, 9am"
    assert times.short_date(date(2025, 1, 4)) == "Sat 4 Jan 2025"


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=1), "1 second ago"),
        (timedelta(seconds=59), "59 seconds ago"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=2, minutes=59), "2 hours ago"),
        (timedelta(days=5), "5 days ago"),
        (timedelta(seconds=-30), "0 seconds ago"),
    ],
)
def test_how_long_ago(age: timedelta, words: str) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 10, tzinfo=UTC), tick=False):
        assert times.ago(datetime(2026, 11, 20, 10, tzinfo=UTC) - age) == words
