"""Fills a scratch database with many believable rows, by SQL on the server: minutes, not hours."""

from __future__ import annotations

import sys

import django


def people_and_accounts() -> None:
    """A communications officer with every right, a digital officer, and 20 live accounts."""
    from accounts.models import User
    from tests.factories import AccountFactory, communications_officer, digital_officer

    communications_officer(name="Ana Lewis", email="ana@bench.example")
    digital_officer(name="Tom Okafor", email="tom@bench.example")
    author = User.objects.get(email="tom@bench.example")
    for number in range(20):
        AccountFactory(
            platform=("x", "facebook", "youtube")[number % 3],
            handle=f"bench{number}",
            owner=author,
            service_area__name=f"Area {number}",
        )


POSTS = """
INSERT INTO publishing_post ({columns})
SELECT {values}
FROM generate_series(1, {rows}) AS n
"""

MENTIONS = """
INSERT INTO monitoring_mention (account_id, kind, remote_id, url, author_name, author_handle, text,
                                in_reply_to, said_at, taken_in_at)
SELECT (SELECT array_agg(id ORDER BY id) FROM accounts_socialaccount)[1 + n %% 20],
       (ARRAY['mention', 'tagged', 'comment'])[1 + n %% 3], 'r' || n, 'https://x.example/' || n,
       'Resident ' || n %% 5000, 'resident' || n %% 5000,
       'When will the lamp on Mill Lane be mended? It has been dark for ' || n %% 60 || ' days.',
       '', now() - n * interval '40 seconds', now()
FROM generate_series(1, {rows}) AS n
"""

MENTION_COUNTS = """
INSERT INTO monitoring_dailymentions (account_id, "on", count)
SELECT account_id, (said_at AT TIME ZONE 'Europe/London')::date, count(*)
FROM monitoring_mention GROUP BY 1, 2
"""

ENTRIES = """
INSERT INTO audit_entry (sequence, at, actor_name, actor_email, actor_id, address, event,
                         subject_type, subject_id, subject_name, details, reason, previous_hash, hash)
SELECT n, now() - ({rows} - n) * interval '30 seconds', 'Person ' || n %% 500,
       'person' || n %% 500 || '@bench.example', (n %% 500)::text, '10.0.0.1',
       (ARRAY['post.drafted', 'post.submitted', 'post.approved', 'delivery.published'])[1 + n %% 4],
       'publishing.post', (n / 4)::text, 'Post ' || n / 4, '{{}}', '', md5(n::text), md5((n + 1)::text)
FROM generate_series(1, {rows}) AS n
"""


def main() -> None:
    django.setup()
    people_and_accounts()


if __name__ == "__main__":
    sys.exit(main())
