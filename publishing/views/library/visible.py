"""Who may open the library, and what of it they see."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import permission_required
from publishing.errors import NotAllowed, PublishingError, Refused
from publishing.models import Consent, MediaItem

library_reader = permission_required(Permission.WRITE_POST, Permission.KEEP_LIBRARY)
"""For whoever writes posts, or keeps the library though their training has lapsed."""


def visible_item(user: User, pk: int) -> MediaItem:
    """The item with its file, if `user` may see it; else a 404."""
    items = MediaItem.objects.visible_to(user).select_related(
        "file", "captions", "added_by", "service_area"
    )
    return get_object_or_404(items, pk=pk)


def visible_consent(user: User, pk: int) -> Consent:
    consents = Consent.objects.filter(item__in=MediaItem.objects.visible_to(user))
    return get_object_or_404(consents.select_related("item__file", "recorded_by"), pk=pk)


def acting(act: Callable[[], object]) -> Callable[[], object]:
    """`act`, whose refusals are shown in the form that asked for it."""

    def asked() -> object:
        try:
            return act()
        except NotAllowed:
            raise
        except Refused as refused:
            field = refused.field
            raise ValidationError(
                {field: refused.message} if field else refused.message
            ) from refused
        except PublishingError as refused:
            raise ValidationError(refused.message) from refused

    return asked
