"""The one way in which a delivery changes its state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Field

from publishing.models import (
    DELIVERY_TRANSITIONS,
    Attempt,
    AttemptOutcome,
    Delivery,
    DeliveryState,
)

REASON_LENGTH = 500


class ImpossibleMove(RuntimeError):
    """The engine tried what the table of transitions does not know."""


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


def without_publishing(resume: dict[str, Any]) -> dict[str, Any]:
    """What was kept for resuming, once it is certain that nothing was published."""
    return {name: value for name, value in resume.items() if name != "publishing"}
