"""Mentions as an account's archive keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max

from accounts.archive.windows import in_windows
from accounts.archiving import Item, Part
from accounts.models import SocialAccount
from monitoring.models import Mention
from monitoring.models.mentions import MentionQuerySet

AT_ONCE = 2000


def _mentions(account: SocialAccount, at: datetime) -> MentionQuerySet:
    return Mention.objects.filter(account=account, taken_in_at__lte=at)


def _items(account: SocialAccount, at: datetime) -> Iterator[Item]:
    for mention in in_windows(_mentions(account, at), AT_ONCE, by="said_at"):
        yield Item(
            {
                "id": mention.pk,
                "kind": mention.kind,
                "kind_in_words": mention.get_kind_display(),
                "author_name": mention.author_name,
                "author_handle": mention.author_handle,
                "text": mention.text,
                "said_at": mention.said_at.isoformat(),
                "taken_in_at": mention.taken_in_at.isoformat(),
                "remote_id": mention.remote_id,
                "url": mention.url,
                "in_reply_to": mention.in_reply_to,
            }
        )


def _newest(account: SocialAccount) -> datetime | None:
    taken_in: datetime | None = Mention.objects.filter(account=account).aggregate(
        at=Max("taken_in_at")
    )["at"]
    return taken_in


MENTIONS = Part(
    name="mentions",
    heading="What was said to it",
    template="monitoring/archived_mention.html",
    a_page=500,
    items=_items,
    count=lambda account, at: _mentions(account, at).count(),
    newest=_newest,
)
