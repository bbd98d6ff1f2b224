"""What is known of the pictures that are about to leave, with the consents of people in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from publishing.delivery.prepared import Prepared, keep_related
from publishing.models import Consent, MediaFile, MediaItem, Version


def items_shown_in(versions: Collection[Version]) -> dict[str, MediaItem]:
    """By digest, each with its consents as they are now. `load_content` came before."""
    items = _items_of({used.file_id for version in versions for used in version.media.all()})
    found = defaultdict(list)
    for consent in _consents_in({item.pk for item in items}):
        found[consent.item_id].append(consent)
    for item in items:
        keep_related(item, "consents", found[item.pk], Consent)
    return {item.digest: item for item in items}


_items_of = Prepared(
    lambda files: MediaItem.objects.filter(
        digest__in=MediaFile.objects.filter(pk__in=files).order_by().values("digest")
    ).order_by()
)
_consents_in = Prepared(lambda items: Consent.objects.filter(item__in=items).order_by("pk"))
