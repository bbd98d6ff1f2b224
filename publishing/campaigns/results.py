"""What a campaign has brought so far: its posts by state and account, and what was spent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils import timezone

from accounts.models import SocialAccount, User
from publishing.models import (
    UNDECIDED,
    Campaign,
    Delivery,
    DeliveryState,
    Post,
    PostState,
    Promotion,
    VersionText,
)
from publishing.models.posts import PostQuerySet
from publishing.planning.reactions import source
from publishing.promotion.money import pounds
from publishing.routes import GOING_OUT

WRITTEN = (PostState.DRAFT, PostState.CHANGES_REQUESTED)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Posts by how far they are."""

    published: int = 0
    going_out: int = 0
    waiting: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class OnAccount:
    """One account of the campaign: what is live there, what it drew, and what still comes.

    `drew` is None where nobody can say: the account is not taken in, or nothing is live there.
    """

    account: SocialAccount
    published: int
    drew: int | None
    to_come: int


def posts_of(campaign: Campaign, reader: User) -> PostQuerySet:
    """Its posts that the reader may see."""
    return Post.objects.visible_to(reader).filter(version__campaign=campaign)


def numbers_of(posts: PostQuerySet) -> Numbers:
    """One query."""
    out = (PostState.PUBLISHED, PostState.PART_PUBLISHED)
    counted = posts.order_by().aggregate(
        published=Count("pk", filter=Q(state__in=out)),
        going_out=Count("pk", filter=Q(state__in=GOING_OUT)),
        waiting=Count("pk", filter=Q(state__in=UNDECIDED)),
        written=Count("pk", filter=Q(state__in=WRITTEN)),
    )
    return Numbers(**counted)


def by_account(posts: PostQuerySet, reader: User) -> list[OnAccount]:
    """Accounts that the reader knows of, those with most posts first. Four queries."""
    keys = posts.order_by().values("pk")
    published = Delivery.objects.filter(post__in=keys, state=DeliveryState.PUBLISHED)
    live, drew = _counts(published.values_list("account")), source().drawn(published)
    coming = posts.filter(state__in=(*GOING_OUT, *UNDECIDED)).order_by().values("version")
    to_come = _counts(VersionText.objects.filter(version__in=coming).values_list("account"))
    known = SocialAccount.objects.on_register(reader).in_bulk([*live, *to_come])
    rows = [
        OnAccount(account, live.get(pk, 0), drew.get(pk), to_come.get(pk, 0))
        for pk, account in known.items()
    ]
    return sorted(rows, key=lambda row: (-row.published, -row.to_come, row.account.name))


def _counts(rows: Iterable[tuple[int, ...]]) -> dict[int, int]:
    grouped = rows.order_by().annotate(number=Count("pk"))  # type: ignore[attr-defined]
    return dict(grouped.values_list("account", "number"))


def spent_on(campaign: Campaign, reader: User) -> str:
    """What promoting its posts has cost, as far as the reader may see it; "" for nothing."""
    promotions = Promotion.objects.visible_to(reader).filter(post__version__campaign=campaign)
    pence: int | None = promotions.aggregate(spent=Sum("spent_pence"))["spent"]
    return pounds(pence) if pence else ""


def is_on(campaign: Campaign) -> bool:
    """Whether it runs today."""
    today = timezone.localdate()
    begun = campaign.starts_on is None or campaign.starts_on <= today
    return begun and (campaign.ends_on is None or campaign.ends_on >= today)
