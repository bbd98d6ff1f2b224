"""Captions on their way to a live video: what follows a delivery, and never unsettles it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from publishing.models.errands import Errand


class TrackState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being added"
    ADDED = "added", "Added"
    BY_HAND = "by_hand", "Add by hand"
    ADDED_BY_HAND = "added_by_hand", "Added by hand"
    DROPPED = "dropped", "Not added"


_S = TrackState

TRACK_TRANSITIONS: dict[str, frozenset[str]] = {
    _S.WAITING: frozenset({_S.SENDING}),
    _S.SENDING: frozenset({_S.ADDED, _S.WAITING, _S.BY_HAND, _S.DROPPED}),
    _S.BY_HAND: frozenset({_S.ADDED_BY_HAND, _S.WAITING}),
    _S.ADDED: frozenset(),
    _S.ADDED_BY_HAND: frozenset(),
    _S.DROPPED: frozenset(),
}
"""Which state may follow which. By hand → waiting is a person's "Try again"."""


class CaptionTrack(Errand):
    """The captions of one published video, on one account."""

    under_way = TrackState.SENDING
    transitions = TRACK_TRANSITIONS

    delivery = models.OneToOneField(
        "publishing.Delivery", on_delete=models.PROTECT, related_name="caption_track"
    )
    captions = models.ForeignKey(
        "publishing.Captions", on_delete=models.PROTECT, related_name="tracks"
    )
    state = models.CharField(max_length=16, choices=TrackState, default=TrackState.WAITING)
    remote_id = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["try_at", "id"],
                condition=Q(state__in=["waiting", "sending"]),
                name="captions_to_look_at",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="caption_track_state_is_known", condition=Q(state__in=TrackState.values)
            ),
            models.CheckConstraint(
                name="caption_track_by_hand_has_who_and_when",
                condition=~Q(state="added_by_hand")
                | Q(done_by__isnull=False, done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="caption_track_is_leased_while_sending",
                condition=Q(state="sending", lease_until__isnull=False)
                | (~Q(state="sending") & Q(lease_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"Captions of {self.delivery}"
