"""What was on its way into an election period when that was entered: listed, then looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import Happened, happened, record
from publishing.actions.moving import move, move_and_approve
from publishing.actions.submitting import withdraw
from publishing.elections.windows import Window, all_folded, windows_of
from publishing.errors import Conflict
from publishing.models import ElectionPeriod, ElectionReview, Post, PostState, ReviewOutcome
from publishing.models.posts import PostQuerySet
from publishing.routes import asked_about

ON_ITS_WAY = (
    PostState.AWAITING_APPROVAL,
    PostState.SECOND_CHECK,
    PostState.APPROVED,
    PostState.SCHEDULED,
)
ONLY_IN_THE_PERIOD = ""
"""A post that is listed because of its time alone."""


def list_posts(period: ElectionPeriod) -> list[Happened]:
    """List what is on its way into a locked period; the entries to record.

    In a period of the whole council, everything that goes out in it; where it is for some wards,
    what speaks of one of them or of a name. What was looked at already is listed again only if
    there is something new in it to look at. A constant number of queries.
    """
    now = timezone.now()
    [window] = windows_of([ElectionPeriod.objects.get(pk=period.pk)])
    posts = {post.pk: post for post in going_out_in(window, now).select_related("version")}
    listed = {each.post_id: each for each in period.reviews.filter(post__in=posts)}
    found = _because(window, list(posts.values()))
    fresh = [
        ElectionReview(period=period, post=posts[pk], because=because)
        for pk, because in found.items()
        if pk not in listed
    ]
    again = [_listed_again(listed[pk], because) for pk, because in found.items() if pk in listed]
    changed = [each for each in again if each is not None]
    ElectionReview.objects.bulk_create(fresh)
    ElectionReview.objects.bulk_update(
        changed, ["because", "outcome", "comment", "decided_by", "decided_at", "listed_at"]
    )
    return [
        happened(
            Event.ELECTION_POST_LISTED,
            by=None,
            on=posts[each.post_id],
            after={"period": period.name, "because": each.because},
        )
        for each in (*fresh, *changed)
    ]


def going_out_in(window: Window, now: datetime) -> PostQuerySet:
    """Posts that are decided, or wait for it, and are to go out while the period runs."""
    inside = Q(publish_at__gte=window.begins, publish_at__lt=window.ends)
    if window.covers(now):
        inside |= Q(publish_at__isnull=True) | Q(publish_at__lt=now)
    return Post.objects.filter(inside, state__in=ON_ITS_WAY).order_by("due_at", "pk")


@transaction.atomic
def keep(*, review_id: int, by: User, comment: str = "") -> ElectionReview:
    """The post stays as it is. Whatever check it needs besides, it still needs.

    Saying it again is harmless. Raises NotAllowed and Conflict.
    """
    demand(by, Permission.RUN_ELECTIONS)
    return _settle(_locked(review_id), ReviewOutcome.KEPT, by, comment)


@transaction.atomic
def say_changed(*, review_id: int, by: User) -> ElectionReview:
    """The post has been changed since it was listed, and that is enough.

    Raises NotAllowed, and Conflict where it is what it was.
    """
    demand(by, Permission.RUN_ELECTIONS)
    review = _locked(review_id)
    if not is_changed(review):
        raise Conflict("This post is what it was when it was listed. Change or move it first.")
    return _settle(review, ReviewOutcome.CHANGED, by)


@transaction.atomic
def withdraw_listed(*, review_id: int, by: User) -> ElectionReview:
    """Keep the post from going out. Raises NotAllowed, AlreadyOut and Conflict."""
    demand(by, Permission.RUN_ELECTIONS)
    review = _locked(review_id)
    withdraw(post_id=review.post_id, by=by, reason=f"Because of {review.period.name}")
    return _settle(review, ReviewOutcome.WITHDRAWN, by)


@transaction.atomic
def move_listed(
    *, review_id: int, version_id: int, digest: str, at: datetime, approving: bool, by: User
) -> Post:
    """Move the post to another time, approved at once or for somebody else to approve.

    Raises what `moving.move` and `moving.move_and_approve` raise, and Conflict.
    """
    demand(by, Permission.RUN_ELECTIONS)
    review = _locked(review_id)
    if approving:
        post = move_and_approve(version_id=version_id, digest=digest, at=at, by=by)
    else:
        post = move(version_id=version_id, at=at, by=by)
    _settle(review, ReviewOutcome.CHANGED, by)
    return post


def is_changed(review: ElectionReview) -> bool:
    """Whether the post has a newer version, or is edited, since it was listed."""
    post = review.post
    return post.state not in ON_ITS_WAY or (
        post.version is not None and post.version.created_at > review.listed_at
    )


def _because(window: Window, posts: Sequence[Post]) -> dict[int, str]:
    """Why each is listed, by its id; without those that are no matter of the period."""
    asked = asked_about([post.version for post in posts if post.version is not None])
    found = {}
    for post in posts:
        several = asked.get(post.version_id or 0, [])
        said = all_folded(several[0].texts) if several else ""
        accounts = {each.account.pk for each in several}
        touched = [each.because for each in window.touched_by(said, accounts)]
        if touched or window.is_about(said, accounts):
            found[post.pk] = "; ".join(touched)[:500]
    return found


def _listed_again(review: ElectionReview, because: str) -> ElectionReview | None:
    """None where nothing new is found in it."""
    if because in (review.because, ONLY_IN_THE_PERIOD):
        return None
    review.because, review.listed_at = because, timezone.now()
    review.outcome, review.comment = "", ""
    review.decided_by = review.decided_at = None
    return review


def _locked(review_id: int) -> ElectionReview:
    """Its post first, as everywhere."""
    reviews = ElectionReview.objects.select_related("period", "post__version")
    post_id = ElectionReview.objects.values_list("post_id", flat=True).get(pk=review_id)
    Post.objects.select_for_update(no_key=True).get(pk=post_id)
    ElectionReview.objects.select_for_update().get(pk=review_id)
    review = reviews.get(pk=review_id)
    if review.period.cancelled_at is not None:
        raise Conflict("This election period is cancelled: nothing is to be reviewed any more.")
    return review


def _settle(
    review: ElectionReview, outcome: ReviewOutcome, by: User, comment: str = ""
) -> ElectionReview:
    if review.outcome == outcome:
        return review
    if review.outcome:
        raise Conflict(f"This was reviewed already: “{review.get_outcome_display()}”.")
    review.outcome, review.comment = outcome, comment.strip()[:500]
    review.decided_by, review.decided_at = by, timezone.now()
    review.save()
    record(
        Event.ELECTION_POST_REVIEWED,
        by=by,
        on=review.post,
        after={"period": review.period.name, "outcome": ReviewOutcome(outcome).label.lower()},
        reason=review.comment,
    )
    return review
