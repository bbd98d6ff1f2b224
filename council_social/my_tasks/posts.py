"""What waits for somebody about posts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from council_social.my_tasks.task import First, Task, Told
from publishing import emergencies
from publishing.actions.commenting import asked_to_look
from publishing.models import (
    CaptionTrack,
    Delivery,
    DeliveryState,
    Post,
    PostState,
    Removal,
    RemovalState,
    TrackState,
)
from publishing.queue import raised_for, second_checks_for, waiting_for


def to_approve(user: User) -> Iterator[Task]:
    if may(user, Permission.APPROVE_POST):
        yield Task(
            "Posts to approve",
            "Read, then approve or ask for changes",
            waiting_for(user),
            # Straight to the first one: approving it is the second click.
            reverse("post_next"),
        )


def to_check_again(user: User) -> Iterator[Task]:
    yield Task(
        "Second checks to give",
        "Approved once, for an account of high risk: read, then approve or ask for changes",
        second_checks_for(user).order_by("due_at", "id"),
        First("post"),
    )
    yield Task(
        "Posts held for a second check",
        "The risk of their account has risen since they were approved",
        raised_for(user).order_by("due_at", "id"),
        First("post"),
        urgent=True,
    )


def emergencies_to_check(user: User) -> Iterator[Task]:
    yield Task(
        "Emergencies to check",
        "Published at once, without an approval: say within 24 hours whether it was in order",
        emergencies.to_check_by(user).order_by("released_at", "id"),
        First("emergency_check", ["version__post_id"]),
        urgent=True,
    )


def asked_to_look_at(user: User) -> Iterator[Told]:
    said = "comment__by__name", "comment__post__title", "comment__post_id"
    yield Told(asked_to_look(user).order_by("pk"), said, _asked_to_look_at)


def _asked_to_look_at(count: int, by: str, title: str, post_id: int) -> Task:
    return Task(
        f"{by} asks you to look at “{Post(pk=post_id, title=title)}”",
        "You were named in a comment",
        count,
        reverse("post", args=[post_id]),
    )


def is_it_live(user: User) -> Iterator[Task]:
    if may(user, Permission.SETTLE_DELIVERY):
        asked = Delivery.objects.visible_to(user).filter(asks_person=True)
        yield Task(
            "Is it live?",
            "The platform never answered: look, and say whether the post is there",
            asked,
            _posts("unknown"),
            urgent=True,
        )


def to_remove_by_hand(user: User) -> Iterator[Task]:
    if may(user, Permission.TAKE_DOWN_POST):
        mine = Removal.objects.filter(
            state=RemovalState.BY_HAND, takedown__post__in=Post.objects.visible_to(user)
        )
        yield Task(
            "Posts to remove by hand",
            "The service could not remove them: delete them there, and say what you saw",
            mine.order_by("takedown__asked_at", "pk"),
            First("removal_by_hand", ["takedown__post_id", "pk"]),
            urgent=True,
        )


def captions_to_add(user: User) -> Iterator[Task]:
    if may(user, Permission.SETTLE_DELIVERY):
        mine = CaptionTrack.objects.filter(
            state=TrackState.BY_HAND, delivery__post__in=Post.objects.visible_to(user)
        )
        yield Task(
            "Captions to add by hand",
            "The video is live, and its captions could not be added",
            mine.order_by("pk"),
            First("post_results", ["delivery__post_id"]),
        )


def missed_slots(user: User) -> Iterator[Task]:
    mine = Post.objects.visible_to(user).filter(state=PostState.MISSED_SLOT)
    if not may(user, Permission.APPROVE_POST):
        mine = mine.filter(author=user)
    yield Task("Missed slots", "Not sent in time: choose a new time", mine, _posts("missed"), True)


def returned(user: User) -> Iterator[Task]:
    returned = Post.objects.filter(author=user, state=PostState.CHANGES_REQUESTED)
    yield Task(
        "Posts returned to you",
        "Change what was asked for and send again",
        returned.order_by("changed_at", "id"),
        # Straight to the one that waits longest: sending it again is the second click.
        First("post_edit"),
    )


def failed(user: User) -> Iterator[Task]:
    refused = Delivery.objects.filter(
        state=DeliveryState.REJECTED,
        changed_at__gte=timezone.now() - timedelta(days=14),
        post__state__in=[PostState.FAILED, PostState.PART_PUBLISHED],
    )
    if not may(user, Permission.SETTLE_DELIVERY):
        refused = refused.filter(post__author=user)
    posts = Post.objects.visible_to(user).filter(pk__in=refused.values("post"))
    yield Task(
        "Posts that a platform refused",
        "See why, and try again",
        posts,
        _posts("failed"),
        urgent=True,
    )


def drafts(user: User) -> Iterator[Task]:
    drafts = Post.objects.filter(author=user, state=PostState.DRAFT)
    yield Task("Your drafts", "Finish and send for approval", drafts, _posts("drafts"))


def _posts(tab: str) -> str:
    return f"{reverse('posts')}?tab={tab}"
