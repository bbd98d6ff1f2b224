"""Posts for the calendar: half of them in this month, the others over two years before.

`python -m benchmarks.calendar_rows NUMBER` fills the database that the environment names with so
many posts, and with what repeats on each account.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import time, timedelta
from importlib import import_module

from django.db import connection
from django.utils import timezone

from benchmarks import rows

DRAFTER = "dee@bench.example"
"""Has a role on five accounts, and reads what is on them."""
OF_DRAFTER = 5

DAYS = """
UPDATE publishing_post SET due_at = moved.at, publish_at = moved.at
FROM (SELECT id AS post, CASE WHEN id % 2 = 0
             THEN date_trunc('month', now()) + (id * 7919 % 40000) * interval '1 minute'
             ELSE date_trunc('month', now()) - (1 + id * 7919 % 1051200) * interval '1 minute'
             END AS at
      FROM publishing_post) AS moved
WHERE publishing_post.id = moved.post
"""


def main(arguments: Sequence[str]) -> None:
    rows.main(arguments)
    models = import_module("accounts.models")
    factories = import_module("tests.factories")
    accounts = list(models.SocialAccount.objects.order_by("pk"))
    factories.drafter_of(*accounts[:OF_DRAFTER], email=DRAFTER)
    for account in accounts:
        _repeat(account)
    with connection.cursor() as cursor:
        cursor.execute(DAYS)
        cursor.execute("VACUUM ANALYZE")


def _repeat(account: object) -> None:
    """Every Monday and Thursday, from a month ago on."""
    publishing = import_module("publishing.models")
    post = publishing.Post.objects.order_by("pk").first()
    made = publishing.Series.objects.create(
        name=f"Market day on {account}",
        author=post.author,
        edited_by=post.author,
        begun_from=post,
        frequency=publishing.Frequency.WEEKLY,
        weekdays=[0, 3],
        at=time(9),
        starts_on=timezone.localdate() - timedelta(days=30),
    )
    made.accounts.add(account)


if __name__ == "__main__":
    main(sys.argv[1:])
