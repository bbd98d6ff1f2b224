"""What waits for somebody about paid promotion."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from council_social.my_tasks.task import Task
from publishing.models import Promotion, PromotionState
from publishing.promotion.waiting import budgets_for, words_for


def budgets(user: User) -> Iterator[Task]:
    if may(user, Permission.AGREE_SPENDING):
        yield Task(
            "Budgets to agree to",
            "Paid promotion is asked for, and you answer for the money",
            budgets_for(user),
            reverse("promotions") + "?state=asked",
        )


def words(user: User) -> Iterator[Task]:
    if may(user, Permission.APPROVE_POST):
        yield Task(
            "Promotions to agree to",
            "The post is approved: say whether it may be promoted",
            words_for(user),
            reverse("promotions") + "?state=asked",
        )


def to_record(user: User) -> Iterator[Task]:
    """One's own promotions that are over, and nobody has said what they cost."""
    over = Promotion.objects.filter(
        asked_by=user, state=PromotionState.AGREED, ends_on__lt=timezone.localdate()
    )
    yield Task(
        "Promotions without a result",
        "They are over: record what they cost and brought",
        over,
        reverse("promotions") + "?state=agreed",
    )
