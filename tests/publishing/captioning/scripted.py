"""A platform that adds captions as a test tells it to, and live videos for it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from platforms.contract import Captioned, CaptionFile
from publishing.models import CaptionTrack, Delivery, DeliveryState, Post, PostState
from tests.publishing.captioning.making import with_captions, with_video
from tests.publishing.making import decided, fresh, sent


class Scripted:
    """Adds captions as a test tells it to: answers from a list whose last one repeats."""

    def __init__(self) -> None:
        self.answers: list[Any] = [Captioned("c1")]
        self.given: list[tuple[str, CaptionFile]] = []

    def add_captions(self, remote_id: str, captions: CaptionFile) -> Captioned:
        self.given.append((remote_id, captions))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            answer = answer()
        assert isinstance(answer, Captioned)
        return answer


def published(post: Post, author: User, approver: User) -> Delivery:
    with_captions(post, author, with_video(post, author))
    decided(sent(post, author), approver)
    delivery = fresh(post).deliveries.get()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.PUBLISHED,
        published_at=timezone.now(),
        remote_id="v1",
        remote_url="https://youtube.example/watch?v=v1",
    )
    Post.objects.filter(pk=post.pk).update(state=PostState.PUBLISHED)
    return Delivery.objects.select_related("post", "account").get(pk=delivery.pk)


def track() -> CaptionTrack:
    return CaptionTrack.objects.select_related("delivery__post", "captions").get()


def told(event: str) -> int:
    return Entry.objects.filter(event=event).count()
