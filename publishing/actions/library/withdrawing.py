"""Withdrawing a consent: what is live comes down, and what waits does not go out."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from publishing.actions.library.consents import WHO_MAY, lock_consent
from publishing.errors import NotAllowed, Refused
from publishing.library.rights import may_change_consent
from publishing.library.uses import live_and_not_asked_down
from publishing.locks import lock_post
from publishing.models import Consent, Post, TakedownReason
from publishing.takedown.opening import open_takedown


@transaction.atomic
def withdraw_consent(*, consent_id: int, reason: str, by: User) -> Consent:
    """Record that somebody may not be shown any more, and ask for what is live to come down.

    From now on the picture passes no check and no gate, wherever its bytes were uploaded. Doing it
    again asks only for what went live in the meantime. It takes no right to take posts down:
    UK GDPR, Article 7(3). Raises Refused without a reason, and NotAllowed.
    """
    words = reason.strip()
    if not words:
        raise Refused("Say why it is withdrawn", "reason")
    found = Consent.objects.select_related("item").get(pk=consent_id)
    live = live_and_not_asked_down(found.item).order_by("post").values("post").distinct()
    # Posts are locked before the item: everybody takes them in this order.
    posts = [lock_post(pk) for pk in live.values_list("post", flat=True)]
    consent = lock_consent(consent_id)
    if not may_change_consent(by, consent):
        raise NotAllowed(WHO_MAY)
    if consent.withdrawn_at is None:
        _withdraw(consent, words, by)
    _take_down(posts, consent, by)
    return consent


def _withdraw(consent: Consent, reason: str, by: User) -> None:
    consent.withdrawn_at, consent.withdrawn_by = timezone.now(), by
    consent.withdrawal_reason = reason
    consent.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    record(Event.CONSENT_WITHDRAWN, by=by, on=consent, reason=reason)


def _take_down(posts: list[Post], consent: Consent, by: User) -> None:
    reason = f"“{consent.who}” may not be shown any more: {consent.withdrawal_reason}"
    for post in posts:
        open_takedown(post=post, kind=TakedownReason.CONSENT, reason=reason, by=by, consent=consent)
