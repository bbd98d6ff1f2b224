"""Storing mentions: each exactly once, with the daily counts, in two statements a page.

Written as SQL because two things are needed that the ORM cannot say in one statement: which rows
of an `ON CONFLICT DO NOTHING` were new, and a count that grows by what it is given. Both databases
understand it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from audit.canonical import storable
from monitoring.models import DailyMentions, Mention
from platforms.addresses import web_address
from platforms.contract import FoundMention

MOST_ROWS = 500
"""Rows in one statement: under both databases' limit on parameters."""

_COLUMNS = (
    "account_id",
    "kind",
    "remote_id",
    "url",
    "author_name",
    "author_handle",
    "text",
    "in_reply_to",
    "said_at",
    "taken_in_at",
)
_LONDON = ZoneInfo(settings.TIME_ZONE)


def store(account_id: int, found: Sequence[FoundMention], now: datetime) -> int:
    """Keep what is new of `found`; the number of new ones. Storing again changes nothing."""
    stored = 0
    for start in range(0, len(found), MOST_ROWS):
        with transaction.atomic():
            new = _insert(account_id, found[start : start + MOST_ROWS], now)
            _count(account_id, new)
        stored += len(new)
    return stored


def _insert(account_id: int, found: Sequence[FoundMention], now: datetime) -> list[FoundMention]:
    adapt = connection.ops.adapt_datetimefield_value
    taken_in_at = adapt(now)
    parameters: list[Any] = []
    for mention in found:
        parameters += (
            account_id,
            mention.kind.value,
            _remote_id(mention),
            storable(web_address(mention.url[:500])),
            storable(mention.author_name[:200]),
            storable(mention.author_handle[:200]),
            storable(mention.text),
            storable(mention.in_reply_to[:200]),
            adapt(mention.said_at),
            taken_in_at,
        )
    row = f"({', '.join(['%s'] * len(_COLUMNS))})"
    sql = (
        f"INSERT INTO {Mention._meta.db_table} ({', '.join(_COLUMNS)}) "  # noqa: S608
        f"VALUES {', '.join([row] * len(found))} "
        "ON CONFLICT (account_id, remote_id) DO NOTHING RETURNING remote_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        new = {remote_id for (remote_id,) in cursor.fetchall()}
    first_with_id = {_remote_id(mention): mention for mention in reversed(found)}
    return [mention for remote_id, mention in first_with_id.items() if remote_id in new]


def _remote_id(mention: FoundMention) -> str:
    return storable(mention.remote_id[:200])


def _count(account_id: int, new: Sequence[FoundMention]) -> None:
    days = Counter(mention.said_at.astimezone(_LONDON).date() for mention in new)
    if not days:
        return
    table, quote = DailyMentions._meta.db_table, connection.ops.quote_name
    sql = (
        f"INSERT INTO {table} (account_id, {quote('on')}, count) "  # noqa: S608
        f"VALUES {', '.join(['(%s, %s, %s)'] * len(days))} "
        f"ON CONFLICT (account_id, {quote('on')}) "
        f"DO UPDATE SET count = {table}.count + excluded.count"
    )
    adapt = connection.ops.adapt_datefield_value
    parameters = [value for day, n in sorted(days.items()) for value in (account_id, adapt(day), n)]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
