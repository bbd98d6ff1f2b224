"""What is asked of takedowns."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from publishing.models import Removal, RemovalState, Takedown, TakedownReason
from tests.gates.small_council import Council
from tests.publishing.making import picture

Body = dict[str, Any]


def _post(council: Council, about: str) -> list[Any]:
    return [council.posts[about].pk]


def _removal(council: Council, about: str) -> list[Any]:
    """One that a person has to remove, with a picture as proof of an earlier look."""
    post = council.posts["published"]
    by = council.people["officer"]
    why = {"kind": TakedownReason.MISTAKE, "reason": "Wrong day.", "asked_by": by}
    takedown, _ = Takedown.objects.get_or_create(post=post, defaults=why)
    how = {"state": RemovalState.BY_HAND, "detail": "X refused this.", "proof_digest": "a" * 64}
    removal, _ = Removal.objects.get_or_create(
        takedown=takedown, delivery=post.deliveries.get(), defaults=how
    )
    removal.delivery.remote_id = "1"
    removal.delivery.save()
    if about == "proof":
        removal.proof.save("gone.jpg", ContentFile(picture()))
    return [post.pk, removal.pk]


PLACES = {
    "post_take_down": _post,
    "removal_by_hand": _removal,
    "removal_again": _removal,
    "removal_proof": _removal,
}
BODIES = {
    "post_take_down": lambda council, about: {"kind": "mistake", "reason": "Wrong day."},
    "removal_by_hand": lambda council, about: {"note": "I deleted it."},
}
