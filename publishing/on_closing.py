"""What publishing does for an account that is being closed: its guard, and its desk for posts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from accounts.access import NotAllowed as MayNot
from accounts.closing import OpenPost, Settled
from accounts.evidence import Missing
from accounts.models import SocialAccount, User
from pages.local_time import in_words
from publishing.actions.leaving import cancel_on, move_to_account
from publishing.errors import PublishingError
from publishing.models import UNDECIDED, Delivery, DeliveryState, Post, PostState
from publishing.versions import AS_SOON_AS_APPROVED

MAY_BE_OUT = frozenset({DeliveryState.SENDING, DeliveryState.UNKNOWN})


def still_open(account: SocialAccount) -> Iterator[Missing]:
    """A closing guard: posts that wait, are held, or whose outcome nobody knows yet."""
    unknown = _deliveries(account).filter(state__in=MAY_BE_OUT).count()
    if unknown:
        posts = "post may be live" if unknown == 1 else "posts may be live"
        yield Missing(f"{unknown} {posts} on {account}. Say first whether it is.", "communications")
    count = _deliveries(account).exclude(state__in=MAY_BE_OUT).count()
    if count:
        posts = "post is" if count == 1 else "posts are"
        yield Missing(
            f"{count} {posts} still to go out on {account}. Move or cancel them first.",
            "communications",
        )
    awaiting = _awaiting(account).count()
    if awaiting:
        posts = "post awaits" if awaiting == 1 else "posts await"
        yield Missing(
            f"{awaiting} {posts} approval for {account}. Move or cancel them first.",
            "communications",
        )


def _deliveries(account: SocialAccount) -> QuerySet[Delivery]:
    return Delivery.objects.open().filter(account=account)


def _awaiting(account: SocialAccount) -> QuerySet[Post]:
    return Post.objects.filter(state__in=UNDECIDED, version__texts__account=account)


class Desk:
    """See `accounts.closing.Desk`."""

    def posts(self, account: SocialAccount) -> Sequence[OpenPost]:
        going_out = _deliveries(account).select_related("post__author").order_by("due_at", "pk")
        waiting = _awaiting(account).select_related("author").order_by("due_at", "pk")
        return [*map(_of_delivery, going_out), *map(_of_post, waiting)]

    def cancel(self, key: int, *, account: SocialAccount, by: User, reason: str) -> Settled:
        def act() -> str:
            post = cancel_on(post_id=key, account=account, by=by, reason=reason)
            gone = post.state == PostState.WITHDRAWN
            return f"“{post}” is withdrawn." if gone else f"“{post}” does not go out on {account}."

        return _settled(key, act)

    def move(
        self, key: int, *, account: SocialAccount, to: SocialAccount, by: User, reason: str
    ) -> Settled:
        def act() -> str:
            post = move_to_account(post_id=key, account=account, to=to, by=by, reason=reason)
            if post.state == PostState.DRAFT:
                return (
                    f"“{post}” does not suit {to} as it is: {post.author.name} has it back as a"
                    " draft for that account."
                )
            return f"“{post}” is for {to} now, and has to be approved again."

        return _settled(key, act)


def _settled(key: int, act: Callable[[], str]) -> Settled:
    try:
        return Settled(True, act())
    except (PublishingError, MayNot) as refusal:
        post = Post.objects.filter(pk=key).first()
        return Settled(False, f"“{post}” stays where it is: {refusal}")
    except Post.DoesNotExist:
        return Settled(False, "That post is not there any more.")


def _of_delivery(delivery: Delivery) -> OpenPost:
    post = delivery.post
    may_be_out = delivery.state in MAY_BE_OUT
    return OpenPost(
        key=post.pk,
        title=str(post),
        author=post.author.name,
        href=reverse("post", args=[post.pk]),
        when=in_words(delivery.due_at),
        state=delivery.state,
        state_in_words=delivery.get_state_display(),
        to_settle=reverse("post_results", args=[post.pk]) if may_be_out else "",
    )


def _of_post(post: Post) -> OpenPost:
    return OpenPost(
        key=post.pk,
        title=str(post),
        author=post.author.name,
        href=reverse("post", args=[post.pk]),
        when=in_words(post.publish_at) if post.publish_at else AS_SOON_AS_APPROVED,
        state=post.state,
        state_in_words=post.get_state_display(),
    )
