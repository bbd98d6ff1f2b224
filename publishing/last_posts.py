"""The day of each account's last post, as far as we sent it ourselves.

The register keeps that day as a fact, since of an account that is used by hand only people know it,
and since housekeeping and the register's order read it for every account at once. So it is brought
up to date from the deliveries in rounds of its own, in one statement: the moment of sending, which
must not fail or wait for anything, knows nothing of it, and a round that did not run is made up for
by the next. Each delivery has its own entry in the audit trail.
"""

from __future__ import annotations

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import SocialAccount
from publishing.models import Delivery


def note_last_posts() -> int:
    """Put the day forward where we published later than it says; for how many accounts."""
    latest = (
        Delivery.objects.filter(account=OuterRef("pk"), published_at__isnull=False)
        .order_by()
        .values("account")
        .annotate(on=TruncDate(Max("published_at"), tzinfo=timezone.get_default_timezone()))
        .values("on")
    )
    known = SocialAccount.objects.annotate(sent_on=Subquery(latest))
    behind = Q(last_post_on__isnull=True) | Q(last_post_on__lt=F("sent_on"))
    return known.filter(behind, sent_on__isnull=False).update(last_post_on=F("sent_on"))
