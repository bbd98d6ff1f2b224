"""What a benchmark may spoil: databases beside the given ones, empty at first, gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import redis
from psycopg2 import sql

from tools.places import ROOT
from tools.trouble import Trouble


@contextmanager
def scratch_database(name: str) -> Iterator[str]:
    """A new, migrated PostgreSQL database beside the one in DATABASE_URL; its address."""
    server = os.environ["DATABASE_URL"]
    own = sql.Identifier(f"bench_{name}_{os.getpid()}")
    url = urlunsplit(urlsplit(server)._replace(path=f"/{own.string}"))
    _administer(server, sql.SQL("CREATE DATABASE {}").format(own))
    try:
        run_python("manage.py", "migrate", "--verbosity", "0", DATABASE_URL=url)
        yield url
    finally:
        _administer(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(own))


def _administer(url: str, statement: sql.Composable) -> None:
    address = urlunsplit(urlsplit(url)._replace(scheme="postgresql"))
    with closing(psycopg2.connect(address)) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


@contextmanager
def scratch_broker() -> Iterator[str]:
    """An empty database of the server in REDIS_URL; its address. Emptied again afterwards."""
    parts = urlsplit(os.environ["REDIS_URL"])
    for number in range(1, 16):
        url = urlunsplit(parts._replace(path=f"/{number}"))
        with redis.Redis.from_url(url) as client:
            if client.dbsize() or not client.set("bench", os.getpid(), nx=True):
                continue
            try:
                yield url
            finally:
                client.flushdb()
            return
    raise Trouble("Every database of the Redis server is in use: empty one of 1 to 15.")


def run_python(*arguments: str, **more: str) -> str:
    """Run Python in the project's root with `more` in its environment; what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **more},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(f"{' '.join(arguments)} failed: see above.")
    return done.stdout
