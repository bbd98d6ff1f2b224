"""A large archive takes no more memory than a small one."""

from __future__ import annotations

import tempfile
import tracemalloc
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from accounts.archive.writing import write_archive
from monitoring.models import Mention
from tests.factories import AccountFactory, communications_officer
from tests.monitoring.factories import MentionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MANY = 20_000
WINDOW_MB = 12
"""A window of items, a page and the machinery of the ZIP; all items together take far more."""


def test_many_mentions_are_archived_a_window_at_a_time() -> None:
    account, officer, now = AccountFactory(), communications_officer(), timezone.now()
    for start in range(0, MANY, 5_000):
        Mention.objects.bulk_create(
            MentionFactory.build(
                account=account, text="Thank you for mending the lamp. " * 5, remote_id=str(n),
                said_at=now - timedelta(minutes=n), taken_in_at=now,
            )
            for n in range(start, start + 5_000)
        )  # fmt: skip
    write_archive(AccountFactory(), BytesIO(), at=now, by=officer, reason="Warm")

    with tempfile.TemporaryFile() as file:
        tracemalloc.start()
        written = write_archive(account, file, at=now, by=officer, reason="Large")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

        assert written.counts["mentions"] == MANY
        assert peak < WINDOW_MB * 1_000_000
        with zipfile.ZipFile(file) as archive:
            pages = [name for name in archive.namelist() if "mentions-" in name]
            assert len(pages) == MANY // 500
