"""What waits for somebody about policies and the strategy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from council_social.my_tasks.task import Task, Told
from training.models import PolicyComment, StrategyAction
from training.policies.consultation import asked_now
from training.policies.review import reviews_due


def to_answer(user: User) -> Iterator[Task]:
    """Drafts about which one is asked; each is a task of its own."""
    for position in asked_now(user):
        version, by = position.consultee.version, position.consultee.answer_by
        yield Task(
            f"Say what you think of “{version.document.title}”",
            f"Read the draft, then sign it off or ask for changes by {by:%-d %B %Y}",
            1,
            reverse("policy_consultation", args=[version.document.slug]),
            urgent=position.is_over,
        )


def comments(user: User) -> Iterator[Task]:
    if holds(user, Permission.EDIT_POLICIES):
        open_drafts = {"version__published_at": None, "version__withdrawn_at": None}
        said = PolicyComment.objects.filter(**open_drafts, reply="", version__drafted_by=user)
        yield Task(
            "Comments on your drafts",
            "Say what you did about them",
            said,
            reverse("policies"),
        )


def reviews(user: User) -> Iterator[Told]:
    yield Told(reviews_due(user).order_by("review_on", "pk"), ["slug", "review_on"], _reviews)


def _reviews(count: int, slug: str, review_on: str) -> Task:
    return Task(
        "Policies to review",
        "Look whether they are still right",
        count,
        reverse("policy", args=[slug]),
        urgent=date.fromisoformat(review_on) < timezone.localdate(),
    )


def strategy(user: User) -> Iterator[Task]:
    """One's own actions of the strategy that are late."""
    mine = StrategyAction.objects.late(timezone.localdate()).filter(owner=user)
    yield Task(
        "Actions of the strategy that are late",
        "Say that they are done, or when they will be",
        mine,
        reverse("strategy") + "?show=mine",
        urgent=True,
    )
