"""Making a calendar feed, and revoking it."""

from __future__ import annotations

import uuid
from base64 import urlsafe_b64encode

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import SocialAccount, User
from audit.catalogue import Event
from audit.record import record
from publishing.models import CalendarFeed
from publishing.planning.feeds import digest_of

AT_MOST = 20
"""Feeds in force of one person."""


@transaction.atomic
def make_feed(
    *, by: User, name: str, key: uuid.UUID, account: SocialAccount | None = None
) -> tuple[CalendarFeed, str]:
    """A feed of what `by` may see, and its secret, which is kept nowhere.

    `key` comes from the form: a second click gets the feed that the first one made. The secret is
    made of the key and of ours, so it can be told again without being kept.
    Raises ValidationError for a person who has many, or for a feed that was revoked meanwhile.
    """
    User.objects.select_for_update().get(pk=by.pk)
    secret = _secret(by, key)
    made = CalendarFeed.objects.filter(token_digest=digest_of(secret)).first()
    if made is not None:
        if made.revoked_at is not None:
            raise ValidationError("This feed is revoked. Open the page again to make another.")
        return made, secret
    if CalendarFeed.objects.filter(person=by, revoked_at__isnull=True).count() >= AT_MOST:
        raise ValidationError(f"You have {AT_MOST} feeds. Revoke one that you do not use.")
    feed = CalendarFeed.objects.create(
        person=by, name=" ".join(name.split()), account=account, token_digest=digest_of(secret)
    )
    record(Event.FEED_MADE, by=by, on=feed, after={"account": str(account) if account else "all"})
    return feed, secret


@transaction.atomic
def revoke_feed(*, by: User, feed_id: int) -> CalendarFeed:
    """Nothing is read there from now on; a second time changes nothing.

    Raises CalendarFeed.DoesNotExist for a feed that is not `by`'s own.
    """
    feed = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed_id, person=by)
    if feed.revoked_at is None:
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        record(Event.FEED_REVOKED, by=by, on=feed)
    return feed


def _secret(by: User, key: uuid.UUID) -> str:
    made = salted_hmac("publishing.calendar_feed", f"{by.pk}:{key}", algorithm="sha256")
    return urlsafe_b64encode(made.digest()).decode().rstrip("=")
