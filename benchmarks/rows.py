"""Many believable rows, made by SQL on the server: minutes, not hours.

`python -m benchmarks.rows NUMBER` fills the database that the environment names with so many posts,
mentions and audit entries; `--audit` with entries alone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import django
from django.db import connection
from django.db.backends.utils import CursorWrapper

ACCOUNTS = 20
OFFICER = "ana@bench.example"
AUDITOR = "tom@bench.example"
"""Who may read everything, posts and mentions the one, the trail the other."""
PEOPLE = 50

WITHOUT_GUARDS = (
    # Foreign keys and triggers are looked at for each row; what is made here keeps to them.
    "SET session_replication_role = replica",
    "ALTER TABLE publishing_delivery DISABLE TRIGGER USER",
    "ALTER TABLE audit_entry DISABLE TRIGGER USER",
    "ALTER TABLE audit_chainhead DISABLE TRIGGER USER",
)
WITH_GUARDS = (
    "ALTER TABLE publishing_delivery ENABLE ALWAYS TRIGGER publishing_delivery_added",
    "ALTER TABLE publishing_delivery ENABLE ALWAYS TRIGGER publishing_delivery_sent",
    "ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_stands",
    "ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_continues",
    "ALTER TABLE audit_chainhead ENABLE ALWAYS TRIGGER audit_head_stands",
    "ALTER TABLE audit_chainhead ENABLE ALWAYS TRIGGER audit_head_follows",
    "SET session_replication_role = DEFAULT",
)

# Of twenty posts ten are published, five wait, three are scheduled, one is a draft, one is closed.
POSTS = """
INSERT INTO publishing_post (id, author_id, service_area_id, title, state, version_id, publish_at,
                             due_at, created_at, submitted_at, changed_at, key)
SELECT n, (SELECT array_agg(id ORDER BY id) FROM accounts_user)[1 + n % {people}],
       (SELECT array_agg(id ORDER BY id) FROM accounts_servicearea)[1 + n % {accounts}],
       'Road works on Mill Lane, part ' || n,
       (ARRAY['published', 'published', 'published', 'published', 'published', 'published',
              'published', 'published', 'published', 'published', 'awaiting_approval',
              'awaiting_approval', 'awaiting_approval', 'awaiting_approval', 'awaiting_approval',
              'scheduled', 'scheduled', 'approved', 'draft', 'withdrawn'])[1 + n / 7 % 20],
       n, NULL, now() - n * interval '30 seconds', now() - n * interval '40 seconds',
       now() - n * interval '35 seconds', now() - n * interval '30 seconds', gen_random_uuid()
FROM generate_series(1, {rows}) AS n
"""
VERSIONS = """
INSERT INTO publishing_version (id, post_id, number, edited_by_id, created_at, title, text, link,
                                campaign_name, publish_at, digest, tags_link, aim_name, note,
                                format)
SELECT id, id, 1, author_id, created_at, title,
       'Mill Lane is closed between the bridge and the school until Friday. Follow the signs.',
       '', '', NULL, md5(id::text) || md5(id::text), false, '', '', 1
FROM publishing_post ORDER BY id
"""
TEXTS = """
INSERT INTO publishing_versiontext (version_id, account_id, text, is_own)
SELECT v.id, (SELECT array_agg(id ORDER BY id) FROM accounts_socialaccount)[1 + v.id % {accounts}],
       v.text, false
FROM publishing_version v ORDER BY v.id
"""
DELIVERIES = """
INSERT INTO publishing_delivery (post_id, version_id, account_id, state, due_at, try_at, resume,
                                 read_backs, asks_person, reason, remote_id, remote_url, sent_text,
                                 sent_alt_texts, published_at, created_at, changed_at)
SELECT p.id, p.id, t.account_id, 'published', p.due_at, p.due_at, '{{}}', 0, false, '', 'r' || p.id,
       'https://x.example/' || p.id, t.text, '[]', p.due_at, p.due_at, p.due_at
FROM publishing_post p JOIN publishing_versiontext t ON t.version_id = p.id
WHERE p.state = 'published' ORDER BY p.id
"""
MENTIONS = """
INSERT INTO monitoring_mention (account_id, kind, remote_id, url, author_name, author_handle, text,
                                in_reply_to, said_at, taken_in_at)
SELECT (SELECT array_agg(id ORDER BY id) FROM accounts_socialaccount)[1 + n % {accounts}],
       (ARRAY['mention', 'tagged', 'comment'])[1 + n % 3], 'r' || n, 'https://x.example/' || n,
       'Resident ' || n % 5000, 'resident' || n % 5000,
       'When will the lamp on Mill Lane be mended? It has been dark for ' || n % 60 || ' days.',
       '', now() - n * interval '40 seconds', now()
FROM generate_series(1, {rows}) AS n
"""
DAYS = """
INSERT INTO monitoring_dailymentions (account_id, "on", count)
SELECT account_id, (said_at AT TIME ZONE 'Europe/London')::date, count(*)
FROM monitoring_mention GROUP BY 1, 2
"""
ENTRIES = """
INSERT INTO audit_entry (sequence, at, actor_name, actor_email, actor_id, address, event,
                         subject_type, subject_id, subject_name, details, reason, previous_hash,
                         hash)
SELECT n, now() - ({rows} - n) * interval '30 seconds', 'Person ' || n % {people},
       'person' || n % {people} || '@bench.example', (n % {people})::text, '10.0.0.1',
       (ARRAY['post.drafted', 'post.submitted', 'post.approved', 'delivery.published'])[1 + n % 4],
       'publishing.post', (n / 4)::text, 'Road works on Mill Lane, part ' || n / 4,
       '{{"after":{{"version":1}}}}', '', md5((n - 1)::text) || md5((n - 1)::text),
       md5(n::text) || md5(n::text)
FROM generate_series((SELECT sequence + 1 FROM audit_chainhead), {rows}) AS n
"""
HEAD = """
UPDATE audit_chainhead SET (sequence, hash) =
       (SELECT sequence, hash FROM audit_entry ORDER BY sequence DESC LIMIT 1)
"""
AUDIT = (ENTRIES, HEAD)
EVERYTHING = (POSTS, VERSIONS, TEXTS, DELIVERIES, MENTIONS, DAYS, *AUDIT)


def main(arguments: Sequence[str]) -> None:
    django.setup()
    # The models need Django to be set up.
    accounts = import_module("accounts.models")
    factories = import_module("tests.factories")
    people = accounts.User.objects.bulk_create(
        accounts.User(name=f"Person {n}", email=f"person{n}@bench.example") for n in range(PEOPLE)
    )
    factories.communications_officer(email=OFFICER)
    factories.digital_officer(email=AUDITOR)
    for owner in people[:ACCOUNTS]:
        factories.AccountFactory(
            owner=owner, risk__assessed_by=owner, risk__signed_off_by=people[-1]
        )
    fill(int(arguments[0]), AUDIT if "--audit" in arguments else EVERYTHING)


def fill(rows: int, statements: Sequence[str]) -> None:
    values = {"rows": rows, "accounts": ACCOUNTS, "people": PEOPLE}
    made = [statement.format(**values) for statement in statements]
    with connection.cursor() as cursor:
        indexes = _indexes(cursor)
        taken_away = [f'DROP INDEX "{name}"' for name in indexes]
        for statement in (*WITHOUT_GUARDS, *taken_away, *made, *indexes.values(), *WITH_GUARDS):
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")


def _indexes(cursor: CursorWrapper) -> dict[str, str]:
    """How those are made that no constraint needs: at once they are made in a tenth of the time."""
    cursor.execute(
        """
        SELECT indexname, indexdef FROM pg_indexes
        WHERE tablename IN ('publishing_post', 'publishing_version', 'publishing_versiontext',
                            'publishing_delivery', 'monitoring_mention', 'audit_entry')
          AND indexname NOT IN (SELECT conname FROM pg_constraint)
        """
    )
    return dict(cursor.fetchall())


if __name__ == "__main__":
    main(sys.argv[1:])
