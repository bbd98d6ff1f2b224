"""What our posts drew, as far as monitoring knows: replies and comments within a day.

Likes and shares of single posts are not taken in. A reply is a mention that names the post it
answers; each post has had its whole day before it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.reach import Ids
from monitoring.models import IntakeCursor, Mention
from publishing.models import Delivery, DeliveryState
from publishing.planning.reactions import Reacted, Source

WITHIN = timedelta(hours=24)
MOST = 1000
"""The newest posts of all accounts asked about."""


def replies(accounts: Ids, since: datetime) -> Sequence[Reacted]:
    """Published posts and their replies within a day; none of accounts that are not taken in.

    One query, which counts each post's replies from their index.
    """
    posts = _with_replies(
        Delivery.objects.filter(
            account__in=accounts,
            published_at__gte=since,
            published_at__lt=timezone.now() - WITHIN,
        )
    ).order_by(F("published_at").desc())
    rows = posts.values_list("account", "published_at", "replies")[:MOST]
    return [Reacted(account, at, drew) for account, at, drew in rows if at]


def drawn(deliveries: QuerySet[Delivery]) -> Mapping[int, int]:
    """Replies that these drew within a day of each, so far, by account. One query."""
    of_accounts = _with_replies(deliveries).order_by().values("account")
    summed = of_accounts.annotate(all=Sum("replies"))
    return dict(summed.values_list("account", "all"))


def _with_replies(deliveries: QuerySet[Delivery]) -> QuerySet[Any]:
    """The published ones of accounts that are taken in, each with the number of its replies."""
    taken_in = IntakeCursor.objects.filter(succeeded_at__isnull=False)
    answers = Mention.objects.filter(
        account=OuterRef("account"),
        in_reply_to=OuterRef("remote_id"),
        said_at__gte=OuterRef("published_at"),
        said_at__lt=OuterRef("published_at") + WITHIN,
    ).exclude(in_reply_to="")
    number = answers.order_by().values("account").annotate(n=Count("pk")).values("n")
    live = deliveries.filter(
        account__in=taken_in.values("account"), state=DeliveryState.PUBLISHED
    ).exclude(remote_id="")
    return live.annotate(replies=Coalesce(Subquery(number, output_field=IntegerField()), 0))


REPLIES = Source(
    replies, drawn, "replies and comments within 24 hours of a post", "reply", "replies"
)
