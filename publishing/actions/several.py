"""Approving several posts that were shown: each in a transaction of its own, each told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from pages.local_time import in_words
from publishing.actions.deciding import approve
from publishing.errors import PublishingError
from publishing.models import UNDECIDED, Post, PostState, Stage, Version

MOST = 20
"""As many are read at once; nobody reads more."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One version that somebody was shown, with the digest and the stage that their page held."""

    version_id: int
    digest: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one; `is_done` unless it was refused."""

    post: Post
    is_done: bool
    words: str


def approve_several(*, seen: Sequence[Seen], by: User) -> list[Outcome]:
    """Approve each of at most `MOST` versions as `approve` does, and say what became of it.

    One that is refused keeps none of the others back. A version of a post that `by` may not see is
    left out, as if there were none. Call it outside a transaction.
    """
    visible = Post.objects.visible_to(by).order_by()
    versions = Version.objects.filter(pk__in=[each.version_id for each in seen[:MOST]])
    posts = {
        version.pk: version.post
        for version in versions.filter(post__in=visible).select_related("post")
    }
    once = {each.version_id: each for each in seen[:MOST] if each.version_id in posts}
    return [_approve(posts[pk], each, by) for pk, each in once.items()]


def _approve(post: Post, seen: Seen, by: User) -> Outcome:
    try:
        decided = approve(version_id=seen.version_id, digest=seen.digest, by=by, stage=seen.stage)
    except PublishingError as refusal:
        return Outcome(post, False, refusal.message)
    return _told(decided)


def _told(post: Post) -> Outcome:
    if post.state == PostState.MISSED_SLOT:
        return Outcome(post, False, "Its time has passed. Move it to a new time.")
    if post.state in UNDECIDED:
        words = "Approved. It waits for its next stage, by somebody else."
    elif post.publish_at and post.state == PostState.SCHEDULED:
        words = f"Approved. It goes out on {in_words(post.publish_at)}."
    else:
        words = "Approved. It is on its way."
    return Outcome(post, True, words)
