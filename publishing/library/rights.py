"""Who may do what with an item of the media library."""

from __future__ import annotations

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from publishing.models import Consent, MediaItem, People

WHO_MAY_CHANGE = "Only who added it, or who keeps the media library, can change it."


def may_change(user: User, item: MediaItem) -> bool:
    """Who added it, while employed; and whoever keeps the library."""
    return user.is_employed() and (
        item.added_by_id == user.pk or may(user, Permission.KEEP_LIBRARY)
    )


def may_say_who_is_shown(user: User, item: MediaItem) -> bool:
    """As long as nobody said it, whoever uses the picture; then who may change the item.

    Once it is recorded why people may be shown, only who keeps the library says otherwise: else
    one answer would get round every consent.
    """
    if item.people == People.NOT_SAID:
        return True
    if item.consents.all():
        return may(user, Permission.KEEP_LIBRARY)
    return may_change(user, item)


def may_change_consent(user: User, consent: Consent) -> bool:
    """Who recorded it, and who may change its picture: for changing, and for withdrawing it."""
    recorded = consent.recorded_by_id == user.pk and user.is_employed()
    return recorded or may_change(user, consent.item)
