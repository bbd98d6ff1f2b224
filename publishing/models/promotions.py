"""Paid promotion: what is asked for, who agrees to the money and to the words, what it brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.access import may
from accounts.permissions import Permission
from accounts.reach import with_a_role

if TYPE_CHECKING:
    from accounts.models import User


class PromotionState(models.TextChoices):
    ASKED = "asked", "Awaiting approval"
    AGREED = "agreed", "Approved"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DONE = "done", "Spend recorded"


_S = PromotionState

PROMOTION_TRANSITIONS: dict[PromotionState, frozenset[PromotionState]] = {
    _S.ASKED: frozenset({_S.AGREED, _S.REFUSED, _S.WITHDRAWN}),
    _S.AGREED: frozenset({_S.DONE, _S.WITHDRAWN}),
    _S.REFUSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.DONE: frozenset(),
}
"""Which state may follow which. Asked → agreed takes both decisions."""


class PromotionQuerySet(models.QuerySet["Promotion"]):
    def visible_to(self, user: User) -> PromotionQuerySet:
        """All for whoever sees spending; else what one asked for, pays, or holds a role beside."""
        if not user.is_employed():
            return self.none()
        if may(user, Permission.SEE_SPENDING):
            return self.all()
        on_mine = Q(account__in=with_a_role(user))
        return self.filter(Q(asked_by=user) | Q(budget_holder=user) | on_mine)


class Promotion(models.Model):
    """Money in pence; days in London."""

    post = models.ForeignKey("publishing.Post", on_delete=models.PROTECT, related_name="promotions")
    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.PROTECT, related_name="promotions"
    )
    objective = models.CharField(max_length=500)
    audience = models.CharField(max_length=500)
    budget_pence = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    cost_code = models.CharField(max_length=50)
    state = models.CharField(max_length=10, choices=PromotionState, default=PromotionState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="promotions_asked"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    budget_holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="promotions_held"
    )
    """Who answers for the cost code, and decides about the money."""
    budget_agreed_at = models.DateTimeField(null=True)
    communications_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    communications_agreed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Who refused or withdrew it."""
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=500, blank=True)
    spent_pence = models.PositiveIntegerField(null=True)
    reached = models.PositiveIntegerField(null=True)
    clicks = models.PositiveIntegerField(null=True)
    result = models.TextField(max_length=2000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)
    key = models.UUIDField(unique=True)
    """Given by the form: a second click does not ask twice."""

    objects = PromotionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["-starts_on", "-id"], name="promotion_by_start")]
        constraints = [
            models.CheckConstraint(
                name="promotion_state_is_known", condition=Q(state__in=PromotionState.values)
            ),
            models.CheckConstraint(
                name="promotion_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="promotion_has_a_budget", condition=Q(budget_pence__gt=0)),
            models.CheckConstraint(
                name="nobody_agrees_to_their_own_promotion",
                condition=~Q(asked_by=F("budget_holder"))
                & (Q(communications_by__isnull=True) | ~Q(communications_by=F("asked_by"))),
            ),
            models.CheckConstraint(
                name="two_people_agree_to_a_promotion",
                condition=Q(communications_by__isnull=True)
                | ~Q(communications_by=F("budget_holder")),
            ),
            models.CheckConstraint(
                name="agreed_promotion_has_both_decisions",
                condition=~Q(state__in=["agreed", "done"])
                | Q(
                    budget_agreed_at__isnull=False,
                    communications_by__isnull=False,
                    communications_agreed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="done_promotion_says_what_was_spent",
                condition=~Q(state="done")
                | Q(
                    spent_pence__isnull=False,
                    recorded_by__isnull=False,
                    recorded_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Promotion of {self.post} on {self.account}"
