"""Which promotions wait for whose decision."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import holds_everywhere, ids_within_reach
from publishing.actions.promoting import APPROVED
from publishing.models import Promotion, PromotionState
from publishing.models.promotions import PromotionQuerySet


def budgets_for(user: User) -> PromotionQuerySet:
    """Those for whose money `user` answers, and has not decided."""
    asked = Promotion.objects.filter(state=PromotionState.ASKED, budget_agreed_at__isnull=True)
    return asked.filter(budget_holder=user)


def words_for(user: User) -> PromotionQuerySet:
    """Those that `user` may agree to for communications: of approved posts, of other people's."""
    asked = Promotion.objects.filter(
        state=PromotionState.ASKED,
        communications_agreed_at__isnull=True,
        post__state__in=APPROVED,
    )
    others = asked.exclude(asked_by=user).exclude(budget_holder=user).exclude(post__author=user)
    others = others.exclude(post__version__edited_by=user)
    if holds_everywhere(user, Permission.APPROVE_POST):
        return others
    return others.filter(account__in=ids_within_reach(user, Permission.APPROVE_POST))
