"""Locking deliveries, their posts before them, and reading what the engine asks about each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Credential, SocialAccount, User
from publishing.delivery.prepared import Prepared
from publishing.models import Circuit, Delivery, Post, Stop, Takedown, Version
from publishing.models.deliveries import DeliveryQuerySet

if TYPE_CHECKING:
    from typing import TypedDict

    from django_stubs_ext import WithAnnotations

    class Asked(TypedDict):
        is_stopped: bool
        was_stopped: bool
        is_platform_failing: bool
        is_being_taken_down: bool

    Locked = WithAnnotations[Delivery, Asked]
else:
    Locked = Delivery
"""A delivery as `lock_delivery` gives it."""


def lock_delivery(pk: int) -> Locked:
    """The delivery, its post locked before it, both as they are now. Raises Delivery.DoesNotExist.

    Everything that the engine asks about comes with it; besides, `is_stopped`, `was_stopped`
    (held by a stop, released since, when its time had come), `is_platform_failing` and
    `is_being_taken_down`.
    """
    for delivery in lock_deliveries([pk]):
        return delivery
    raise Delivery.DoesNotExist(f"There is no delivery {pk}.")


def lock_deliveries(pks: Collection[int], *, leave_busy: bool = False) -> list[Locked]:
    """Several as `lock_delivery` gives one, locked in the order of their ids. Six queries.

    `leave_busy` leaves out those whose rows somebody else has locked. What several have in common
    (an account, a person) is one object for all of them.
    """
    posts = {post.pk: post for post in _posts_of(pks, leave_busy=leave_busy)}
    found = _with_stops(pks, posts, leave_busy=leave_busy)
    versions = _versions.by_key({each.version_id for each in found})
    accounts = _accounts_with_credentials({each.account_id for each in found})
    people = people_by_key(
        {post.author_id for post in posts.values()}
        | {version.edited_by_id for version in versions.values()}
    )
    for post in posts.values():
        post.author = people[post.author_id]
    for version in versions.values():
        version.edited_by = people[version.edited_by_id]
    for each in found:
        each.post, each.version = posts[each.post_id], versions[each.version_id]
        each.account = accounts[each.account_id]
    return found


def lock_again(deliveries: Iterable[Delivery], *, leave_busy: bool = False) -> list[Delivery]:
    """What `lock_delivery` gave in an earlier transaction, locked and as it is now. Two queries.

    Only deliveries and their posts are read again; what never changes, or does not matter any more
    after the call, is kept from then. Deliveries of one post have the same object for it.
    """
    before = {delivery.pk: delivery for delivery in deliveries}
    wanted = {delivery.post_id for delivery in before.values()}
    posts = {post.pk: post for post in _posts(wanted, leave_busy=leave_busy)}
    fresh = _deliveries(before, posts, leave_busy=leave_busy)
    for delivery in fresh:
        known = before[delivery.pk]
        delivery.post, delivery.version, delivery.account = (
            posts[delivery.post_id],
            known.version,
            known.account,
        )
    return fresh


def _accounts_with_credentials(pks: Collection[int]) -> dict[int, SocialAccount]:
    """By key, each with its credential if it has one. Two queries."""
    accounts = accounts_by_key(pks)
    for credential in _credentials(pks):
        credential.account = accounts[credential.account_id]
    return accounts


Rows = TypeVar("Rows", bound=QuerySet[Any])


def _locking(rows: Rows, leave_busy: bool) -> Rows:
    return rows.select_for_update(of=("self",), no_key=True, skip_locked=leave_busy).order_by("pk")


def _deliveries_of(pks: list[int], posts: list[int], leave_busy: bool) -> DeliveryQuerySet:
    return _locking(Delivery.objects.filter(pk__in=pks, post__in=posts), leave_busy)


def _with_what_is_asked(deliveries: DeliveryQuerySet) -> QuerySet[Locked]:
    failing = Circuit.objects.filter(platform=OuterRef("account__platform"), failures__gt=0)
    released = Stop.objects.filter(released_at__gte=OuterRef("due_at"))
    takedown = Takedown.objects.filter(post=OuterRef("post"), finished_at__isnull=True)
    return deliveries.annotate(
        is_stopped=Exists(Stop.objects.in_force().holding()),
        was_stopped=Exists(released.holding()),
        is_platform_failing=Exists(failing),
        is_being_taken_down=Exists(takedown),
    )


_posts_of = Prepared(
    lambda pks, leave_busy: _locking(Post.objects.filter(deliveries__in=pks), leave_busy)
)
_posts = Prepared(lambda pks, leave_busy: _locking(Post.objects.filter(pk__in=pks), leave_busy))
_deliveries = Prepared(_deliveries_of)
_with_stops = Prepared(
    lambda pks, posts, leave_busy: _with_what_is_asked(_deliveries_of(pks, posts, leave_busy))
)
_versions = Prepared(lambda pks: Version.objects.filter(pk__in=pks).order_by())
_credentials = Prepared(lambda pks: Credential.objects.filter(account__in=pks).order_by())
people_by_key = Prepared(lambda pks: User.objects.filter(pk__in=pks).order_by()).by_key
accounts_by_key = Prepared(lambda pks: SocialAccount.objects.filter(pk__in=pks).order_by()).by_key
