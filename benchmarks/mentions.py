"""Mentions stored per second, over a bare `execute_values … ON CONFLICT DO NOTHING`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db import connection, transaction
from psycopg2.extras import execute_values

from accounts.models import SocialAccount
from benchmarks.measure import Figure, Pair, figure, rounds
from benchmarks.size import Size
from monitoring.models import Mention
from monitoring.storing import store
from platforms.contract import FoundMention, MentionKind
from tests.factories import AccountFactory

PAGE = 100
ROWS = 20_000
START = datetime(2026, 1, 1, tzinfo=UTC)
BARE = """
INSERT INTO monitoring_mention (account_id, kind, remote_id, url, author_name, author_handle, text,
                                in_reply_to, said_at, taken_in_at)
VALUES %s ON CONFLICT DO NOTHING
"""

Page = Sequence[FoundMention]


def run(size: Size) -> list[Figure]:
    account, number = AccountFactory(), count()
    rows = size.of(ROWS, at_least=PAGE)

    def one() -> Pair:
        """Both into an empty table, by turns the one or the other first."""
        turn = next(number)
        works = [lambda page: store(account.pk, page, START), lambda page: _bare(account, page)]
        order = (0, 1) if turn % 2 else (1, 0)
        rates = {which: _rate(works[which], _pages(f"{turn}-{which}", rows)) for which in order}
        return rates[0], rates[1]

    return [
        figure(
            "mentions stored / bare insert",
            rounds(one, size.rounds),
            unit="rows a second",
            at_least=0.6,
            note=f"{rows:,} rows a round in pages of {PAGE}, each page in a transaction",
        )
    ]


def _rate(work: Callable[[Page], object], pages: list[Page]) -> float:
    Mention.objects.all()._raw_delete(Mention.objects.db)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM monitoring_mention")
    began = time.perf_counter()
    for page in pages:
        work(page)
    return sum(map(len, pages)) / (time.perf_counter() - began)


def _bare(account: SocialAccount, page: Page) -> None:
    rows = [
        (
            account.pk,
            one.kind.value,
            one.remote_id,
            one.url,
            one.author_name,
            one.author_handle,
            one.text,
            one.in_reply_to,
            one.said_at,
            START,
        )
        for one in page
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        execute_values(cursor.cursor, BARE, rows, page_size=PAGE)


def _pages(batch: str, rows: int) -> list[Page]:
    found = [
        FoundMention(
            kind=MentionKind.MENTION,
            remote_id=f"{batch}-{row}",
            url=f"https://x.example/{batch}/{row}",
            author_name="Dee Marsh",
            author_handle="deemarsh",
            text="When will the lamp on Mill Lane be mended? It has been dark for a week.",
            said_at=START + timedelta(minutes=row),
        )
        for row in range(rows)
    ]
    return [found[start : start + PAGE] for start in range(0, rows, PAGE)]
