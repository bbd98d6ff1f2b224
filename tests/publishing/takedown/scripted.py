"""A platform that removes as a test tells it to, and live posts for it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import SocialAccount
from platforms.contract import Removed, Shown
from publishing.models import (
    Delivery,
    DeliveryState,
    Post,
    PostState,
    Removal,
    RemovalState,
    Takedown,
    TakedownReason,
)
from publishing.models import RemovalState as S
from tests.factories import communications_officer
from tests.publishing.delivery.factories import approved_post

SHOWN = Shown(
    "The library is open on Sunday.",
    "https://x.example/council/status/r1",
    ("A door",),
    {"likes": 3},
)


class Scripted:
    """Answers from lists whose last one repeats: what is returned, raised or called."""

    def __init__(self) -> None:
        self.looks: list[Any] = [SHOWN]
        self.removes: list[Any] = [Removed()]
        self.asked: list[str] = []
        """"look" and "remove", in order."""

    def look(self, remote_id: str) -> Shown | None:
        self.asked.append("look")
        shown: Shown | None = _next(self.looks)
        return shown

    def remove(self, remote_id: str) -> Removed:
        self.asked.append("remove")
        removed: Removed = _next(self.removes)
        return removed


def _next(answers: list[Any]) -> Any:
    answer = answers.pop(0) if len(answers) > 1 else answers[0]
    if isinstance(answer, BaseException):
        raise answer
    if callable(answer):
        return answer()
    return answer


def live_post(*accounts: SocialAccount, **fields: Any) -> Post:
    """Published on all of these accounts."""
    post = approved_post(*accounts, **fields)
    for delivery in post.deliveries.all():
        made_live(delivery)
    Post.objects.filter(pk=post.pk).update(state=PostState.PUBLISHED)
    return now_is(post)


def made_live(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.PUBLISHED,
        published_at=timezone.now(),
        remote_id=f"r{delivery.pk}",
        remote_url=f"https://x.example/council/status/r{delivery.pk}",
        sent_text="The library is open on Sunday.",
    )


def removal_in(state: RemovalState, account: SocialAccount) -> Removal:
    """A removal in that state, as the engine leaves it."""
    post = live_post(account)
    takedown = Takedown.objects.create(
        post=post, kind=TakedownReason.MISTAKE, reason="Wrong day.", asked_by=post.author
    )
    now = timezone.now()
    fields: dict[RemovalState, dict[str, Any]] = {
        S.REMOVING: {"lease_until": now, "try_at": now, "tries": 1},
        S.REMOVED_BY_HAND: {
            "done_at": now,
            "done_by": communications_officer(),
            "proof_note": "Gone.",
        },
    }
    delivery = post.deliveries.get()
    return Removal.objects.create(
        takedown=takedown, delivery=delivery, state=state, **fields.get(state, {})
    )


def now_is(post: Post) -> Post:
    return Post.objects.select_related("version", "author").get(pk=post.pk)
