"""What our posts drew, as far as monitoring knows: replies and comments within a day.

Likes and shares of single posts are not taken in. A reply is a mention that names the post it
answers; each post has had its whole day before it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
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
    taken_in = IntakeCursor.objects.filter(account__in=accounts, succeeded_at__isnull=False)
    answers = Mention.objects.filter(
        account=OuterRef("account"),
        in_reply_to=OuterRef("remote_id"),
        said_at__gte=OuterRef("published_at"),
        said_at__lt=OuterRef("published_at") + WITHIN,
    ).exclude(in_reply_to="")
    number = answers.order_by().values("account").annotate(n=Count("pk")).values("n")
    posts = (
        Delivery.objects.filter(
            account__in=taken_in.values("account"),
            state=DeliveryState.PUBLISHED,
            published_at__gte=since,
            published_at__lt=timezone.now() - WITHIN,
        )
        .exclude(remote_id="")
        .order_by(F("published_at").desc())
        .annotate(replies=Coalesce(Subquery(number, output_field=IntegerField()), 0))
    )
    rows = posts.values_list("account", "published_at", "replies")[:MOST]
    return [Reacted(account, at, drew) for account, at, drew in rows if at]


REPLIES = Source(replies, "replies and comments within 24 hours of a post", "reply", "replies")
