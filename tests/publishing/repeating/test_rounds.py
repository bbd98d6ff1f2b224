"""Rounds at any time, late, together, through pauses: no post is lost, and none is made twice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from publishing.actions.occurrences import make_all_due, make_due
from publishing.actions.repeating import pause, resume
from publishing.models import Post, PostState, Series, SeriesState
from publishing.repeating.days import days_of, days_off_now, moment_of
from tests.at_once import at_once
from tests.publishing.making import drafted
from tests.publishing.repeating.beginning import BINS, repeating

START = datetime(2027, 3, 15, 9, tzinfo=UTC)
"""A fortnight before the clock goes forward."""

steps = st.lists(
    st.tuples(st.integers(1, 24 * 9), st.sampled_from(["round", "round", "pause", "resume"])),
    min_size=1,
    max_size=6,
)


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(
    steps=[(29, "round"), (62, "round"), (98, "round"), (110, "round"), (123, "round")],
    weekdays={0, 2},
)
@given(steps=steps, weekdays=st.sets(st.integers(0, 6), min_size=1, max_size=2))
@pytest.mark.slow
def test_each_day_within_reach_of_a_round_has_one_post_and_no_other_has(
    author, account, steps, weekdays
) -> None:
    with transaction.atomic(), time_machine.travel(START, tick=False) as traveller:
        series = repeating(
            drafted(author, account, text=BINS), author, weekdays=tuple(weekdays), days_ahead=5
        )
        days = [
            (day, moment_of(series, day).at)
            for day, _ in zip(days_of(series, days_off_now()), range(60), strict=False)
        ]
        expected, now = set(), START
        for hours, step in steps:
            now += timedelta(hours=hours)
            traveller.move_to(now)
            series.refresh_from_db()
            if step == "round":
                make_all_due()
                if series.state == SeriesState.ACTIVE:
                    reach = timezone.localdate() + timedelta(days=5)
                    expected |= {day for day, at in days if at > now and day <= reach}
            elif step == "pause" and series.state == SeriesState.ACTIVE:
                pause(series_id=series.pk, by=author)
            elif step == "resume":
                resume(series_id=series.pk, by=author)
        made = Counter(series.posts.values_list("occurs_on", flat=True))
        assert made == Counter(expected)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_make_each_post_once(author, account) -> None:
    with time_machine.travel(START, tick=True):
        series = repeating(drafted(author, account, text=BINS), author)
        at_once(*[lambda: make_due(series.pk)] * 2)
        posts = Post.objects.filter(series=series)
        assert posts.count() == len(set(posts.values_list("occurs_on", flat=True))) == 2
        assert set(posts.values_list("state", flat=True)) == {PostState.AWAITING_APPROVAL}
        assert Series.objects.get().state == SeriesState.ACTIVE
