"""Posts as the calendar shows them: how many a day has, and the first few of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from accounts.access import may
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach, holds_everywhere
from pages.addresses import address_of
from platforms import known
from publishing.actions.moving import MOVABLE
from publishing.clashes import CLOSE
from publishing.listing.rows import account_ids_of, with_account_ids
from publishing.models import UNDECIDED, Post, PostState, VersionText
from publishing.models.posts import PostQuerySet
from publishing.planning.filtering import OFF_THE_CALENDAR
from publishing.planning.spans import Span

COMING = (*UNDECIDED, PostState.SCHEDULED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One post on one day."""

    post: Post
    address: str
    accounts: list[SocialAccount]
    """Those on the register that the reader knows."""
    clashes: bool
    """Another post that the reader may see goes out there within half an hour."""
    change: str
    """Where the reader moves it to another time; "" where they may not."""

    @property
    def state(self) -> PostState:
        return PostState(self.post.state)

    @property
    def platforms(self) -> list[known.Known]:
        by_key = known.known_platforms()
        return [by_key[key] for key in dict.fromkeys(a.platform for a in self.accounts)]


@dataclass(slots=True)
class Drawn:
    """What is drawn of a day: its first entries, and how many posts it has in all."""

    entries: list[Entry] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.entries)


def within(posts: PostQuerySet, span: Span) -> PostQuerySet:
    """Those that go out, or went out, on a day of the span."""
    return posts.filter(due_at__gte=span.begins, due_at__lt=span.ends)


def first_of_each_day(
    posts: PostQuerySet, span: Span, reader: User, most: int
) -> dict[date, Drawn]:
    """By day in London: the first `most` posts, and the number of all.

    A constant number of queries, and never more rows than are drawn, however full the days are.
    """
    day = TruncDate("due_at", tzinfo=timezone.get_default_timezone())
    numbered = (
        within(posts, span)
        .order_by()
        .annotate(
            day=day,
            place=Window(RowNumber(), partition_by=[day], order_by=[F("due_at"), F("id")]),
            total=Window(Count("pk"), partition_by=[day]),
        )
        .filter(place__lte=most)
        .values_list("pk", "day", "total")
    )
    days = {pk: (on, total) for pk, on, total in numbered}
    found = Post.objects.filter(pk__in=days).order_by("due_at", "id")
    drawn: dict[date, Drawn] = {}
    for entry in entries_of(found, reader):
        on, total = days[entry.post.pk]
        cell = drawn.setdefault(on, Drawn(total=total))
        cell.entries.append(entry)
    return drawn


def entries_of(posts: PostQuerySet, reader: User) -> list[Entry]:
    """All of the posts, in their order. Whoever asks has made sure they may be seen."""
    return read_entries(list(for_entries(posts, reader)), reader)


def for_entries(posts: PostQuerySet, reader: User) -> PostQuerySet:
    """`posts` with all that `read_entries` reads of each."""
    whole = with_account_ids(posts).select_related("author", "version__campaign")
    return whole.annotate(clashes=_clashes(reader))


def read_entries(posts: Sequence[Post], reader: User) -> list[Entry]:
    """Entries of posts that `for_entries` made. At most two queries."""
    ids = {pk for post in posts for pk in account_ids_of(post)}
    names = SocialAccount.objects.on_register(reader).only("name", "platform").in_bulk(ids)
    movable = _movable(ids, reader) if any(post.state in MOVABLE for post in posts) else set()
    return [_entry(post, names, movable) for post in posts]


def _entry(post: Post, names: dict[int, SocialAccount], movable: set[int]) -> Entry:
    ids = account_ids_of(post)
    can_move = post.state in MOVABLE and bool(ids) and movable.issuperset(ids)
    accounts = sorted((names[pk] for pk in ids if pk in names), key=lambda each: each.name)
    return Entry(
        post,
        address_of("post", post.pk),
        accounts,
        clashes=post.state in COMING and bool(getattr(post, "clashes", False)),
        change=address_of("post_schedule", post.pk) if can_move else "",
    )


def _movable(ids: Iterable[int], reader: User) -> set[int]:
    """On which of the accounts the reader may move posts."""
    if not may(reader, Permission.SCHEDULE_POST):
        return set()
    if holds_everywhere(reader, Permission.SCHEDULE_POST):
        return set(ids)
    reached = accounts_within_reach(reader, Permission.SCHEDULE_POST)
    return set(reached.filter(pk__in=ids).order_by().values_list("pk", flat=True))


def _clashes(reader: User) -> Exists:
    """Whether another post is to go out on one of a post's accounts at about the same time."""
    coming = Post.objects.visible_to(reader).exclude(state__in=OFF_THE_CALENDAR)
    near = coming.filter(
        state__in=COMING,
        publish_at__isnull=False,
        due_at__gte=OuterRef("due_at") - CLOSE,
        due_at__lte=OuterRef("due_at") + CLOSE,
    ).exclude(pk=OuterRef("pk"))
    here = VersionText.objects.filter(version=OuterRef(OuterRef("version"))).order_by()
    there = near.filter(version__texts__account__in=here.values("account"))
    return Exists(there)
