"""Deliveries: one version to one social account, the unit of sending; and each attempt at it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import SocialAccount
from publishing.models.posts import Post

if TYPE_CHECKING:
    from accounts.models import User


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Sending"
    PUBLISHED = "published", "Published"
    REJECTED = "rejected", "Rejected"
    UNKNOWN = "unknown", "Outcome unknown"
    HELD = "held", "Held"
    MISSED = "missed", "Missed"
    CANCELLED = "cancelled", "Cancelled"
    TAKEN_DOWN = "taken_down", "Taken down"


_S = DeliveryState

DELIVERY_TRANSITIONS: dict[DeliveryState, frozenset[DeliveryState]] = {
    _S.WAITING: frozenset({_S.SENDING, _S.PUBLISHED, _S.HELD, _S.MISSED, _S.CANCELLED}),
    _S.SENDING: frozenset(
        {_S.PUBLISHED, _S.REJECTED, _S.WAITING, _S.UNKNOWN, _S.HELD, _S.MISSED, _S.CANCELLED}
    ),
    _S.UNKNOWN: frozenset({_S.PUBLISHED, _S.WAITING, _S.REJECTED, _S.MISSED, _S.CANCELLED}),
    _S.HELD: frozenset({_S.WAITING, _S.MISSED, _S.CANCELLED}),
    _S.REJECTED: frozenset({_S.WAITING}),
    _S.MISSED: frozenset(),
    _S.PUBLISHED: frozenset({_S.TAKEN_DOWN}),
    _S.CANCELLED: frozenset(),
    _S.TAKEN_DOWN: frozenset(),
}
"""Which state may follow which.

Rejected → waiting is a person's "Try again". Waiting → published is an answer that came after its
lease had run out: the platform has it, so it is not sent again.
"""

OPEN_DELIVERY_STATES = (_S.WAITING, _S.SENDING, _S.UNKNOWN, _S.HELD)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: User) -> DeliveryQuerySet:
        return self.filter(post__in=Post.objects.visible_to(user))

    def open(self) -> DeliveryQuerySet:
        return self.filter(state__in=OPEN_DELIVERY_STATES)


class Delivery(models.Model):
    post = models.ForeignKey("publishing.Post", on_delete=models.PROTECT, related_name="deliveries")
    version = models.ForeignKey(
        "publishing.Version", on_delete=models.PROTECT, related_name="deliveries"
    )
    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="deliveries"
    )
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    due_at = models.DateTimeField()
    """When it was to go out: the order within an account, and what lateness is measured from."""
    try_at = models.DateTimeField()
    """When the engine looks at it next: to send (waiting), to read back (unknown), to check again
    (held), to take it back from a worker that is silent (sending: the end of the lease).
    """
    lease_until = models.DateTimeField(null=True)
    """Until when the worker that sends it, or reads it back, holds it. A sending that is not
    renewed by then has an unknown outcome, unless nothing can have left.
    """
    resume = models.JSONField(default=dict, blank=True)
    """What earlier attempts kept in order to resume. It may hold addresses that are secrets."""
    read_backs = models.PositiveSmallIntegerField(default=0)
    absent_since = models.DateTimeField(null=True)
    """When reading back first did not find it; one look is not enough to believe it."""
    asks_person = models.BooleanField(default=False)
    """Reading back could not settle it: "Is it live?" waits for a person."""
    reason = models.CharField(max_length=500, blank=True)
    """Why it is in this state, in plain words."""
    remote_id = models.CharField(max_length=200, blank=True)
    remote_url = models.URLField(max_length=500, blank=True)
    sent_text = models.TextField(blank=True)
    sent_alt_texts = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(
                fields=["try_at", "id"],
                condition=Q(state__in=["waiting", "sending", "unknown", "held"]),
                name="delivery_to_look_at",
            ),
            models.Index(
                fields=["account", "due_at", "id"],
                condition=Q(state__in=["waiting", "sending", "unknown", "held"]),
                name="delivery_open_on_account",
            ),
            models.Index(
                fields=["account"],
                condition=Q(lease_until__isnull=False),
                name="delivery_held_by_a_worker",
            ),
            models.Index(fields=["account", "-published_at"], name="delivery_account_published"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "account"], name="one_delivery_for_a_version_and_an_account"
            ),
            models.UniqueConstraint(
                fields=["post", "account"],
                condition=Q(state__in=["waiting", "sending", "unknown", "held", "published"]),
                name="one_live_delivery_for_a_post_and_an_account",
            ),
            models.CheckConstraint(
                name="delivery_state_is_known", condition=Q(state__in=DeliveryState.values)
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(state="sending"),
                name="one_delivery_of_an_account_is_sending",
            ),
            models.CheckConstraint(
                name="delivery_is_leased_while_sending",
                condition=Q(state="sending", lease_until__isnull=False)
                | Q(state="unknown")
                | (~Q(state="sending") & Q(lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="published_delivery_says_what_and_when",
                condition=~Q(state="published")
                | (Q(published_at__isnull=False) & ~Q(remote_url="", remote_id="")),
            ),
            models.CheckConstraint(
                name="only_the_unknown_asks_a_person",
                condition=Q(asks_person=False) | Q(state="unknown"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} to {self.account}"

    def governed_accounts(self) -> list[SocialAccount]:
        return [self.account]

    def is_late(self, now: datetime, maximum_minutes: float) -> bool:
        return (now - self.due_at).total_seconds() > maximum_minutes * 60


class AttemptOutcome(models.TextChoices):
    PUBLISHED = "published", "Published"
    REJECTED = "rejected", "Rejected"
    TRY_LATER = "try_later", "Try later"
    UNKNOWN = "unknown", "Outcome unknown"
    REFUSED = "refused", "Not sent"


class Attempt(models.Model):
    """One go at a delivery: claimed by a sweep, started by a worker, ended with an outcome."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    """The idempotency key that the platform is given, where it takes one."""
    worker = models.CharField(max_length=100, blank=True)
    claimed_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    """Set and committed before the platform is called: until then nothing can have left."""
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=AttemptOutcome, blank=True)
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["delivery", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "number"], name="one_attempt_for_each_number"
            ),
            models.UniqueConstraint(
                fields=["delivery"],
                condition=Q(ended_at__isnull=True),
                name="one_open_attempt_at_a_delivery",
            ),
            models.CheckConstraint(
                name="ended_attempt_has_an_outcome",
                condition=Q(ended_at__isnull=True, outcome="")
                | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery}, attempt {self.number}"
