"""What is asked of posts, their deliveries."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from publishing.models import Captions, CaptionTrack, Delivery, Post, TrackState
from tests.gates.small_council import Council, typed_post
from tests.publishing.making import newest

Body = dict[str, Any]


def _post(council: Council, about: str) -> list[Any]:
    return [council.posts[about].pk]


def _delivery(council: Council, about: str) -> list[Any]:
    return [council.posts[about].pk, delivery_of(council.posts[about]).pk]


def delivery_of(post: Post) -> Delivery:
    return post.deliveries.get()


def _decision(council: Council, about: str) -> Body:
    """The newest version; for a draft that has none, somebody else's."""
    post = council.posts[about]
    version = newest(post if post.version else council.posts["awaiting"])
    return {"version": version.pk, "digest": version.digest, "comment": "Which library?"}


def _move(council: Council, about: str) -> Body:
    in_a_week = timezone.localdate() + timedelta(days=7)
    when = {"publish_on": in_a_week.strftime("%d/%m/%Y"), "publish_time": "9am"}
    return {**_decision(council, about), **when, "do": "move"}


def _written(council: Council, about: str) -> Body:
    return typed_post(council.posts.get(about), council.account)


def _at_once(council: Council, about: str) -> Body:
    words = {"key": str(uuid.uuid4()), "text": "The bridge is closed.", "link": ""}
    return {**words, "accounts": [council.account.pk], "reason": "It floods.", "do": "publish"}


def _comment(council: Council, about: str) -> Body:
    return {"key": str(uuid.uuid4()), "text": "Which library?", "asked": ""}


def _several(council: Council, about: str) -> Body:
    decision = _decision(council, about)
    return {"seen": [f"{decision['version']}:{decision['digest']}:approval"]}


def _answer(council: Council, about: str) -> Body:
    return {f"delivery-{delivery_of(council.posts[about]).pk}-answer": "leave"}


def _captions(council: Council, about: str) -> list[Any]:
    post = council.posts[about]
    words = {"text": "WEBVTT", "digest": "0", "original_name": "film.srt"}
    made = Captions.objects.get_or_create(post=post, uploaded_by=post.author, defaults=words)
    return [post.pk, made[0].pk]


def _caption_track(council: Council, about: str) -> list[Any]:
    """Captions that a person is to add; on this account no program can."""
    post_id, captions_id = _captions(council, about)
    delivery = delivery_of(council.posts[about])
    CaptionTrack.objects.get_or_create(
        delivery=delivery, captions_id=captions_id, defaults={"state": TrackState.BY_HAND}
    )
    return [post_id, delivery.pk]


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    "media_file": lambda council, about: [council.media.pk],
    "post_captions": _captions,
    "captions_by_hand": _caption_track,
    "captions_again": _caption_track,
    "delivery_answer": _delivery,
    "delivery_try_again": _delivery,
    **dict.fromkeys(
        (
            "post",
            "post_edit",
            "post_save",
            "post_preview",
            "post_own_texts",
            "post_presence",
            "post_emoji",
            "post_duplicate",
            "post_take_back",
            "post_check",
            "post_approve",
            "post_changes",
            "post_schedule",
            "post_withdraw",
            "post_archive",
            "post_compare",
            "post_results",
            "emergency_check",
            "post_comment",
        ),
        _post,
    ),
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "post_new": _written,
    "post_new_save": _written,
    "post_new_preview": _written,
    "post_new_own_texts": _written,
    "post_edit": _written,
    "post_save": _written,
    "post_preview": _written,
    "post_own_texts": _written,
    "post_emoji": lambda council, about: {
        "into": "text",
        "emoji": "☔",
        "revision": council.posts[about].draft.revision,
    },
    "post_check": lambda council, about: {"revision": council.posts[about].draft.revision},
    "post_approve": _decision,
    "post_changes": _decision,
    "post_schedule": _move,
    "delivery_answer": _answer,
    "post_emergency": _at_once,
    "post_comment": _comment,
    "posts_several": _several,
    "emergency_check": lambda council, about: {"outcome": "in_order", "comment": ""},
}
