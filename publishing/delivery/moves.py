"""The one way in which a delivery changes its state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection
from django.db.models import Exists, Field, OuterRef, QuerySet

from accounts.models import Credential, SocialAccount, User
from publishing.delivery.prepared import Prepared
from publishing.models import (
    DELIVERY_TRANSITIONS,
    Attempt,
    AttemptOutcome,
    Circuit,
    Delivery,
    DeliveryState,
    Post,
    Stop,
    Version,
)
from publishing.models.deliveries import DeliveryQuerySet

if TYPE_CHECKING:
    from typing import TypedDict

    from django_stubs_ext import WithAnnotations

    class Asked(TypedDict):
        is_stopped: bool
        is_platform_failing: bool

    Locked = WithAnnotations[Delivery, Asked]
else:
    Locked = Delivery
"""A delivery as `lock_delivery` gives it."""

REASON_LENGTH = 500


class ImpossibleMove(RuntimeError):
    """The engine tried what the table of transitions does not know."""


def lock_delivery(pk: int) -> Locked:
    """The delivery, its post locked before it, both as they are now. Raises Delivery.DoesNotExist.

    Everything that the engine asks about comes with it; besides, `is_stopped` and
    `is_platform_failing`.
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
    accounts = accounts_with_credentials({each.account_id for each in found})
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


def accounts_with_credentials(pks: Collection[int]) -> dict[int, SocialAccount]:
    """By key, each with its credential if it has one. Two queries."""
    accounts = _accounts.by_key(pks)
    for credential in _credentials(pks):
        credential.account = accounts[credential.account_id]
    return accounts


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


Rows = TypeVar("Rows", bound=QuerySet[Any])


def _locking(rows: Rows, leave_busy: bool) -> Rows:
    return rows.select_for_update(of=("self",), no_key=True, skip_locked=leave_busy).order_by("pk")


def _deliveries_of(pks: list[int], posts: list[int], leave_busy: bool) -> DeliveryQuerySet:
    return _locking(Delivery.objects.filter(pk__in=pks, post__in=posts), leave_busy)


def _with_what_is_asked(deliveries: DeliveryQuerySet) -> QuerySet[Locked]:
    failing = Circuit.objects.filter(platform=OuterRef("account__platform"), failures__gt=0)
    return deliveries.annotate(
        is_stopped=Exists(Stop.objects.in_force()), is_platform_failing=Exists(failing)
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
_accounts = Prepared(lambda pks: SocialAccount.objects.filter(pk__in=pks).order_by())
_credentials = Prepared(lambda pks: Credential.objects.filter(account__in=pks).order_by())
people_by_key = Prepared(lambda pks: User.objects.filter(pk__in=pks).order_by()).by_key


def move(delivery: Delivery, to: DeliveryState, now: datetime, **changes: Any) -> None:
    """Write the new state of a locked delivery, with what changes beside it.

    The lease ends, and nobody is asked any more. Raises ImpossibleMove.
    """
    move_all([delivery], to, now, **changes)


def move_all(
    deliveries: Collection[Delivery],
    to: DeliveryState,
    now: datetime,
    *,
    each: Collection[str] = (),
    **changes: Any,
) -> None:
    """Move several locked deliveries in the same way: one query. Raises ImpossibleMove.

    The fields that `each` names are written beside it, as each delivery has them in memory.
    """
    for delivery in deliveries:
        if to not in DELIVERY_TRANSITIONS[DeliveryState(delivery.state)]:
            raise ImpossibleMove(f"{delivery}: {delivery.state} → {to}")
    values = {
        "state": to,
        "lease_until": None,
        "asks_person": False,
        "absent_since": None,
        "changed_at": now,
        **changes,
    }
    values["reason"] = str(values.get("reason", ""))[:REASON_LENGTH]
    if each:
        _keep(deliveries, values)
        _write_each(deliveries, [*values, *each])
    else:
        write_all(deliveries, **values)


def write(delivery: Delivery, **values: Any) -> None:
    """Write fields of a locked delivery, in memory too."""
    write_all([delivery], **values)


def write_all(deliveries: Collection[Delivery], **values: Any) -> None:
    """Write the same fields of several locked deliveries, in memory too: one query."""
    _keep(deliveries, values)
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries]).update(**values)


def _keep(deliveries: Collection[Delivery], values: Mapping[str, Any]) -> None:
    for delivery in deliveries:
        for name, value in values.items():
            setattr(delivery, name, value)


def _write_each(deliveries: Collection[Delivery], names: Collection[str]) -> None:
    """Write these fields of several locked deliveries as each has them in memory: one query.

    Django's own `bulk_update` takes several times as long.
    """
    fields = [field for field in Delivery._meta.concrete_fields if field.name in names]
    quoted = connection.ops.quote_name
    # Both databases call the columns of VALUES so; the casts say what an empty or a null one is.
    columns = ", ".join(
        f"{quoted(str(field.column))} = CAST(new.column{place} AS {field.cast_db_type(connection)})"
        for place, field in enumerate(fields, start=2)
    )
    row = f"({', '.join(['%s'] * (len(fields) + 1))})"
    table = quoted(Delivery._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {columns} "  # noqa: S608  # nosec B608 - our own names
            f"FROM (VALUES {', '.join([row] * len(deliveries))}) AS new "
            f"WHERE {table}.id = new.column1",
            [value for delivery in deliveries for value in _row(delivery, fields)],
        )


def _row(delivery: Delivery, fields: Iterable[Field[Any, Any]]) -> list[Any]:
    values = (
        field.get_db_prep_save(getattr(delivery, field.attname), connection) for field in fields
    )
    return [delivery.pk, *values]


def end_attempt(attempt_id: int, outcome: AttemptOutcome, detail: str, now: datetime) -> bool:
    """End an open attempt; false if somebody ended it before."""
    return bool(
        Attempt.objects.filter(pk=attempt_id, ended_at__isnull=True).update(
            ended_at=now, outcome=outcome, detail=detail[:REASON_LENGTH]
        )
    )


def end_attempts_published(attempts: Collection[int], now: datetime) -> dict[int, int]:
    """End those that are open, as published: the id of its locked delivery by that of each."""
    still_open = Attempt.objects.filter(pk__in=attempts, ended_at__isnull=True)
    ended = dict(still_open.order_by().values_list("pk", "delivery_id"))
    Attempt.objects.filter(pk__in=ended).update(ended_at=now, outcome=AttemptOutcome.PUBLISHED)
    return ended


def held_by(delivery_id: int, attempt_id: int) -> DeliveryQuerySet:
    """The delivery, as long as this attempt is the one that is sending it."""
    is_open = Attempt.objects.filter(pk=attempt_id, delivery=OuterRef("pk"), ended_at__isnull=True)
    return Delivery.objects.filter(Exists(is_open), pk=delivery_id, state=DeliveryState.SENDING)


def without_publishing(resume: dict[str, Any]) -> dict[str, Any]:
    """What was kept for resuming, once it is certain that nothing was published."""
    return {name: value for name, value in resume.items() if name != "publishing"}


def in_due_order(deliveries: Iterable[Delivery]) -> list[Delivery]:
    return sorted(deliveries, key=lambda delivery: (delivery.due_at, delivery.pk))
