"""Takedowns: taking a live post off every account, with what was there and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from publishing.models.errands import Errand


class TakedownReason(models.TextChoices):
    MISTAKE = "mistake", "A mistake"
    PERSONAL_DATA = "personal_data", "Personal data"
    CONSENT = "consent", "Consent withdrawn"
    COMPLAINT = "complaint", "A complaint"
    LEGAL = "legal", "Legal advice"
    ELECTION = "election", "An election period"
    OTHER = "other", "Another reason"


class Takedown(models.Model):
    post = models.ForeignKey("publishing.Post", on_delete=models.PROTECT, related_name="takedowns")
    kind = models.CharField(max_length=15, choices=TakedownReason)
    reason = models.TextField(max_length=1000)
    consent = models.ForeignKey(
        "publishing.Consent", null=True, on_delete=models.PROTECT, related_name="takedowns"
    )
    """The consent whose withdrawal opened it."""
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(finished_at__isnull=True),
                name="one_open_takedown_of_a_post",
            ),
            models.CheckConstraint(name="takedown_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"Takedown of {self.post}"


class RemovalState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    REMOVING = "removing", "Being removed"
    REMOVED = "removed", "Removed"
    BY_HAND = "by_hand", "Remove by hand"
    REMOVED_BY_HAND = "removed_by_hand", "Removed by hand"


_S = RemovalState

REMOVAL_TRANSITIONS: dict[str, frozenset[str]] = {
    _S.WAITING: frozenset({_S.REMOVING, _S.BY_HAND}),
    _S.REMOVING: frozenset({_S.REMOVED, _S.WAITING, _S.BY_HAND}),
    _S.BY_HAND: frozenset({_S.REMOVED_BY_HAND, _S.WAITING}),
    _S.REMOVED: frozenset(),
    _S.REMOVED_BY_HAND: frozenset(),
}
"""Which state may follow which. By hand → waiting is a person's "Try again"."""


def _proof_path(removal: Removal, file_name: str) -> str:
    extension = file_name.rpartition(".")[2]
    return f"proofs/{removal.proof_digest[:2]}/{removal.proof_digest}.{extension}"


class Removal(Errand):
    """One live delivery that is being taken down."""

    under_way = RemovalState.REMOVING
    transitions = REMOVAL_TRANSITIONS

    takedown = models.ForeignKey(Takedown, on_delete=models.PROTECT, related_name="removals")
    delivery = models.OneToOneField(
        "publishing.Delivery", on_delete=models.PROTECT, related_name="removal"
    )
    state = models.CharField(max_length=16, choices=RemovalState, default=RemovalState.WAITING)
    snapshot = models.JSONField(default=dict, blank=True)
    """What the platform held before it was removed: text, address, alt texts, figures."""
    snapshot_at = models.DateTimeField(null=True)
    proof_note = models.TextField(max_length=1000, blank=True)
    proof = models.FileField(upload_to=_proof_path, max_length=200, blank=True)
    proof_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["takedown", "id"]
        indexes = [
            models.Index(
                fields=["try_at", "id"],
                condition=Q(state__in=["waiting", "removing"]),
                name="removal_to_look_at",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="removal_state_is_known", condition=Q(state__in=RemovalState.values)
            ),
            models.CheckConstraint(
                name="removal_by_hand_has_who_when_and_proof",
                condition=~Q(state="removed_by_hand")
                | (
                    Q(done_by__isnull=False, done_at__isnull=False)
                    & ~Q(proof_note="", proof_digest="")
                ),
            ),
            models.CheckConstraint(
                name="removal_is_leased_while_removing",
                condition=Q(state="removing", lease_until__isnull=False)
                | (~Q(state="removing") & Q(lease_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"Removal of {self.delivery}"
