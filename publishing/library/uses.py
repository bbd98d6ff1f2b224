"""Where the bytes of an item are used: posts that are live, on their way, or being written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from publishing.models import (
    Consent,
    Delivery,
    DeliveryState,
    MediaItem,
    Post,
    PostState,
    Removal,
    VersionMedia,
)
from publishing.models.deliveries import DeliveryQuerySet
from publishing.models.posts import PostQuerySet

MOST = 50
"""Posts beyond these are counted, and not named on a page."""
UNFINISHED = (
    PostState.DRAFT, PostState.CHANGES_REQUESTED, PostState.AWAITING_APPROVAL,
    PostState.SECOND_CHECK, PostState.APPROVED, PostState.SCHEDULED, PostState.PART_PUBLISHED,
    PostState.MISSED_SLOT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Uses:
    """What one person sees of it; `hidden` posts use it besides, which they may not read."""

    posts: list[Post]
    hidden: int


def posts_with(item: MediaItem) -> PostQuerySet:
    """Every post that has the bytes in a version, or was given them for its draft."""
    versions = VersionMedia.objects.filter(file__digest=item.digest).order_by()
    return Post.objects.filter(
        Q(pk__in=versions.values("version__post")) | Q(uploads__digest=item.digest)
    ).distinct()


def uses_of(item: MediaItem, *, reader: User) -> Uses:
    every = posts_with(item)
    seen = Post.objects.visible_to(reader).filter(pk__in=every.order_by().values("pk"))
    posts = list(seen.select_related("author").order_by("-changed_at", "-pk")[:MOST])
    return Uses(posts, every.count() - seen.count())


def live_deliveries_with(item: MediaItem) -> DeliveryQuerySet:
    """What is on a platform with these bytes, as it was sent: each with its post and account."""
    sent = VersionMedia.objects.filter(version=OuterRef("version"), file__digest=item.digest)
    return Delivery.objects.filter(Exists(sent), state=DeliveryState.PUBLISHED)


def live_and_not_asked_down(item: MediaItem) -> DeliveryQuerySet:
    return live_deliveries_with(item).filter(removal__isnull=True)


def stopped_with(item: MediaItem) -> PostQuerySet:
    """Posts with these bytes that are not out yet: they cannot be approved, or are held."""
    return posts_with(item).filter(state__in=UNFINISHED)


def live_against_a_withdrawal() -> QuerySet[MediaItem]:
    """Items with a withdrawn consent that went live all the same, and nobody asked to remove."""
    live = Delivery.objects.filter(
        state=DeliveryState.PUBLISHED,
        version__media__file__digest=OuterRef("digest"),
    ).filter(~Exists(Removal.objects.filter(delivery=OuterRef("pk"))))
    gone = Consent.objects.filter(item=OuterRef("pk"), withdrawn_at__isnull=False)
    return MediaItem.objects.filter(Exists(gone), Exists(live))


def ending_soon(days: int = 30) -> QuerySet[Consent]:
    """Consents that count today and end within so many days, the first to end first."""
    today = timezone.localdate()
    return Consent.objects.filter(
        withdrawn_at__isnull=True,
        expires_on__gte=today,
        expires_on__lte=today + timedelta(days=days),
    ).order_by("expires_on", "pk")
