"""A place of the storm's own: folder, database, queue. All of it is gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from tools.places import environment
from tools.spare_broker import spare_broker

SHORT = {
    "SWEEP_S": "1",
    "LEASE_S": "8",
    "LOOK_AGAIN_S": "2",
    "HELD_RECHECK_S": "3",
    "PLATFORM_TIMEOUT_S": "2",
    "RETRY_FIRST_S": "1",
    "RETRY_MAX_S": "8",
    "ABSENCE_GAP_S": "4",
    "READ_BACKS_AT_MOST": "6",
    "ASK_PERSON_AFTER_S": "20",
    "CIRCUIT_FAILURES": "8",
    "CIRCUIT_OPEN_S": "4",
}
"""The engine's times, short, so that many deaths fit into minutes. Their order stays the same:
a call's time-out, the lease, the gap between two looks.
"""


@contextmanager
def own_place(database_url: str, redis_url: str, urls: Mapping[str, str]) -> Iterator[Path]:
    """Set the environment of this process and its children; yields the folder."""
    folder = Path(tempfile.mkdtemp(prefix="council-social-storm-"))
    with _own_database(database_url, folder) as database, _own_queue(redis_url) as queue:
        os.environ.update(environment(**SHORT))
        os.environ.update(
            VAR_DIR=str(folder),
            DATABASE_URL=database,
            REDIS_URL=queue,
            DJANGO_SETTINGS_MODULE="council_social.settings",
            TWO_FACTOR_REQUIRED="0",
            LOG_LEVEL="WARNING",
            PRODUCTION="0",
            X_API_URL=urls["x"],
            FACEBOOK_GRAPH_URL=urls["facebook"],
            YOUTUBE_API_URL=urls["youtube"],
        )
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _own_database(url: str, folder: Path) -> Iterator[str]:
    if not url:
        yield f"sqlite:///{folder / 'storm.sqlite3'}"
        return
    name = f"storm_{os.getpid()}"
    _on_server(url, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        _on_server(url, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _on_server(url: str, statement: sql.Composable) -> None:
    connection = psycopg2.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@contextmanager
def _own_queue(url: str) -> Iterator[str]:
    """A spare database of the Redis server, where there is one."""
    if not url:
        yield ""
        return
    with spare_broker(url) as own:
        yield own
