"""Posts that repeat, as tests begin them."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from publishing.actions.occurrences import make_due
from publishing.actions.repeating import Rhythm, begin
from publishing.models import Frequency, Post, Series
from tests.publishing.making import fresh

BINS = "The brown bins are emptied this week: put yours out by seven."


def rhythm(**fields: Any) -> Rhythm:
    """Every Monday at nine, from tomorrow on, unless something else is said."""
    given = {
        "name": "Brown bins",
        "frequency": Frequency.WEEKLY,
        "at": time(9),
        "starts_on": timezone.localdate() + timedelta(days=1),
        "weekdays": (0,),
    }
    return Rhythm(**{**given, **fields})


def repeating(post: Post, by: User, **fields: Any) -> Series:
    return begin(post_id=post.pk, rhythm=rhythm(**fields), by=by, key=uuid.uuid4())


def made(series: Series) -> list[Post]:
    """What is made of it, once what is due was made; the earliest first."""
    make_due(series.pk)
    return [fresh(post) for post in series.posts.order_by("occurs_on")]


def days(posts: list[Post]) -> list[date | None]:
    return [post.occurs_on for post in posts]
