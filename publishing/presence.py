"""Who has a draft's form open: kept in the cache for as long as their pages ask, and no longer.

It is a courtesy and guards nothing: a form that comes too late is refused by its revision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from publishing.models import Post

ASKS_EVERY_S = 15
"""Seconds between two questions of an open page."""
GONE_AFTER_S = 3 * ASKS_EVERY_S


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has the form open, and since when."""

    name: str
    since: datetime
    seen: datetime


def look_in(post: Post, user: User) -> list[Present]:
    """Note that `user` has the form open; the others who have, who came first first."""
    now, key = timezone.now(), f"writing:{post.pk}"
    oldest = now - timedelta(seconds=GONE_AFTER_S)
    kept: dict[int, Present] = cache.get(key) or {}
    there = {pk: present for pk, present in kept.items() if present.seen >= oldest}
    since = there[user.pk].since if user.pk in there else now
    there[user.pk] = Present(user.name, since, now)
    # Of two who ask at one moment one may be lost, until they ask again.
    cache.set(key, there, GONE_AFTER_S)
    others = (present for pk, present in there.items() if pk != user.pk)
    return sorted(others, key=lambda present: present.since)
