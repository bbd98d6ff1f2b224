"""Which connections need a person: refused, ended, or about to end. For lists and warnings."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import SocialAccount
from accounts.risk.reviews import IN_USE

WARNED_AHEAD = timedelta(days=14)
"""From here on a connection that draws to its end is a task."""


def to_connect_again(rows: QuerySet[SocialAccount]) -> QuerySet[SocialAccount]:
    """Accounts in use whose connection the platform refused, or that ends within `WARNED_AHEAD`.

    Those that were refused first, then by their end.
    """
    soon = timezone.now() + WARNED_AHEAD
    needs = Q(credential__refused_at__isnull=False) | Q(credential__expires_at__lte=soon)
    refused_first = F("credential__refused_at").asc(nulls_last=True)
    found = rows.filter(needs, state__in=IN_USE)
    return found.order_by(refused_first, "credential__expires_at", "pk")
