"""Calendar feeds: what a calendar program reads at somebody's secret address (RFC 5545)."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from accounts.models import SocialAccount, User
from accounts.rights import Rights
from publishing.listing.rows import account_ids_of, with_account_ids
from publishing.models import CalendarFeed, Post, PostState
from publishing.models.posts import PostQuerySet

SHOWN = (PostState.APPROVED, PostState.SCHEDULED, PostState.PUBLISHED, PostState.PART_PUBLISHED)
PAST, AHEAD = timedelta(days=90), timedelta(days=365)
MOST_PAST, MOST_AHEAD = 500, 1500
LASTS = timedelta(minutes=15)
"""A post takes no time; an entry of none would not be seen."""
READS_AN_HOUR = 60


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_at(secret: str) -> CalendarFeed | None:
    """The feed in force at this address; None for anything else, and when its person has left."""
    in_force = CalendarFeed.objects.filter(revoked_at__isnull=True)
    feed = in_force.select_related("person", "account").filter(token_digest=digest_of(secret))
    found = feed.first()
    if found is None or not found.person.is_active or not found.person.is_employed():
        return None
    return found


def is_read_too_often(feed: CalendarFeed) -> bool:
    """Whether this reading is beyond what a calendar program needs in an hour."""
    hour = timezone.now().strftime("%Y%m%d%H")
    key = f"calendar-feed:{feed.pk}:{hour}"
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) > READS_AN_HOUR


def calendar_of(feed: CalendarFeed) -> bytes:
    """The posts that the feed's person may see as of now. A constant number of queries."""
    reader = feed.person
    reader.rights = Rights(reader, timezone.now())
    posts = _posts(feed, reader)
    ids = {pk for post in posts for pk in account_ids_of(post)}
    names = SocialAccount.objects.on_register(reader).only("name", "platform").in_bulk(ids)
    made = Calendar()
    made.add("prodid", "-//Council Social//Calendar feed//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{settings.COUNCIL_NAME}: {feed.name}")
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for post in posts:
        made.add_component(_entry(post, names))
    return bytes(made.to_ical())


def _posts(feed: CalendarFeed, reader: User) -> list[Post]:
    now = timezone.now()
    shown = _visible(feed, reader).filter(state__in=SHOWN)
    past = shown.filter(due_at__gte=now - PAST, due_at__lt=now).order_by("-due_at", "-id")
    coming = shown.filter(due_at__gte=now, due_at__lt=now + AHEAD).order_by("due_at", "id")
    return [
        *reversed(with_account_ids(past)[:MOST_PAST]),
        *with_account_ids(coming)[:MOST_AHEAD],
    ]


def _visible(feed: CalendarFeed, reader: User) -> PostQuerySet:
    if feed.account_id is None:
        return Post.objects.visible_to(reader)
    return Post.objects.visible_on(feed.account_id, reader)


def _entry(post: Post, names: dict[int, SocialAccount]) -> Event:
    """Title, time and accounts: never the text, and never the note for whoever decides."""
    accounts = [names[pk] for pk in account_ids_of(post) if pk in names]
    where = ", ".join(sorted(f"{each.platform_name}: {each.name}" for each in accounts))
    state = PostState(post.state).label
    entry = Event()
    # Stable for as long as the post is there, so that a moved post moves in the calendar too.
    entry.add("uid", f"post-{post.pk}@{settings.BASE_HOST}")
    entry.add("dtstamp", post.changed_at)
    entry.add("dtstart", post.due_at)
    entry.add("dtend", post.due_at + LASTS)
    entry.add("summary", f"{post} ({state.lower()})")
    entry.add("description", f"{where}\n{state}" if where else state)
    entry.add("url", settings.BASE_URL + reverse("post", args=[post.pk]))
    entry.add("transp", "TRANSPARENT")
    return entry
