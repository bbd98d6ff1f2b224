"""Mentions stored per second, over a bare `execute_values … ON CONFLICT DO NOTHING`."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta

from benchmarks.measure import Figure, figure
from benchmarks.scratch import run_python, scratch_database

PAGE = 100
PAGES = 100
START = datetime(2026, 1, 1, tzinfo=UTC)


def run() -> list[Figure]:
    with scratch_database("bench_mentions") as url:
        printed = run_python("-m", "benchmarks.mentions", database=url)
    return [
        figure(
            "mentions stored per second / bare insert",
            json.loads(printed.splitlines()[-1]),
            unit="rows a second",
            at_least=0.6,
            note=f"pages of {PAGE}, a transaction each, {PAGE * PAGES:,} rows a round",
        )
    ]


def main() -> None:
    """In a process of its own, on the scratch database: print the rounds as JSON."""
    import django

    django.setup()
    from django.db import connection, transaction
    from psycopg2.extras import execute_values

    from benchmarks.measure import rounds
    from monitoring.models import Mention
    from monitoring.storing import store
    from platforms.contract import FoundMention, MentionKind
    from tests.factories import AccountFactory

    account = AccountFactory()
    names = (
        "account_id, kind, remote_id, url, author_name, author_handle, text, in_reply_to, "
        "said_at, taken_in_at"
    )

    def pages(batch: str) -> list[list[FoundMention]]:
        return [
            [
                FoundMention(
                    kind=MentionKind.MENTION,
                    remote_id=f"{batch}-{page}-{row}",
                    url=f"https://x.example/{batch}/{page}/{row}",
                    author_name="Dee Marsh",
                    author_handle="deemarsh",
                    text="When will the lamp on Mill Lane be mended? It has been dark for a week.",
                    said_at=START + timedelta(minutes=page * PAGE + row),
                )
                for row in range(PAGE)
            ]
            for page in range(PAGES)
        ]

    def rate(work: object, batch: str) -> float:
        prepared = pages(batch)
        started = time.perf_counter()
        for page in prepared:
            work(page)  # type: ignore[operator]
        return PAGE * PAGES / (time.perf_counter() - started)

    def ours(page: list[FoundMention]) -> None:
        store(account.pk, page, START)

    def bare(page: list[FoundMention]) -> None:
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
            sql = f"INSERT INTO monitoring_mention ({names}) VALUES %s ON CONFLICT DO NOTHING"
            execute_values(cursor.cursor, sql, rows, page_size=PAGE)

    counter = iter(range(1000))

    def one_round() -> tuple[float, float]:
        Mention.objects.all().delete()
        measured = rate(ours, f"ours{next(counter)}")
        Mention.objects.all().delete()
        return measured, rate(bare, f"bare{next(counter)}")

    print(json.dumps(rounds(one_round)))


if __name__ == "__main__":
    main()
