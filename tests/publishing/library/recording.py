"""What is known of pictures in tests, and the consents of people in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from publishing.actions.library.consents import Grounds, record_consent
from publishing.models import Consent, MediaFile, MediaItem


def item_of(media: MediaFile) -> MediaItem:
    return MediaItem.objects.get(digest=media.digest)


def grounds(**changed: Any) -> Grounds:
    """A consent that counts, given ten days ago and without an end."""
    given_on = timezone.localdate() - timedelta(days=10)
    whole = {"who": "Girl with the red kite", "legal_basis": "consent", "reference": "CF/12"}
    return Grounds(**{**whole, "given_on": given_on, **changed})


def consented(media: MediaFile, by: User, **changed: Any) -> Consent:
    return record_consent(item_id=item_of(media).pk, grounds=grounds(**changed), by=by)
