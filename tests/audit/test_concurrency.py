"""Whoever records at the same time, there is one chain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from audit import chain
from audit.models import Entry
from tests.at_once import at_once
from tests.audit.trail import RECORD_ONE_BY_ONE, manage_alone, python_alone, record_several

EACH = 15


@pytest.mark.django_db(transaction=True)
def test_threads_that_record_at_the_same_time_make_one_chain() -> None:
    def record_one_by_one() -> None:
        for _ in range(EACH):
            record_several(1)

    at_once(*[record_one_by_one] * 4)
    connection.close()
    assert Entry.objects.count() == 4 * EACH
    assert chain.verify().unbroken


def test_processes_that_record_into_one_sqlite_file_make_one_chain(tmp_path: Path) -> None:
    database = tmp_path / "council.sqlite3"
    assert manage_alone(database, "migrate").returncode == 0
    with ThreadPoolExecutor(3) as threads:
        done = list(
            threads.map(
                lambda _: python_alone(database, "-c", RECORD_ONE_BY_ONE, str(EACH)), range(3)
            )
        )
    assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * 3
    verified = manage_alone(database, "verify_audit")
    assert verified.stdout.strip().endswith(f"{3 * EACH} entries, each as it was written.")
