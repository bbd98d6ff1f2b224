"""Scratch databases beside the one in DATABASE_URL: made, migrated, filled, dropped."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _connect(url: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(urlunsplit(urlsplit(url)._replace(scheme="postgresql")))


@contextmanager
def scratch_database(name: str) -> Iterator[str]:
    """A new, migrated PostgreSQL database; its address. Dropped afterwards."""
    server = os.environ["DATABASE_URL"]
    _administer(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _administer(server, f'CREATE DATABASE "{name}"')
    url = _named(server, name)
    try:
        run_python("manage.py", "migrate", "--verbosity", "0", database=url)
        yield url
    finally:
        _administer(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _administer(url: str, statement: str) -> None:
    with closing(_connect(url)) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


def execute(url: str, *statements: str) -> None:
    """Run SQL on a scratch database, outside the product's guards (triggers are off)."""
    with closing(_connect(url)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)


def environment(database: str, **more: str) -> dict[str, str]:
    """The environment of a child process that works on `database`."""
    own = {"DATABASE_URL": database, "LOG_LEVEL": "ERROR", "TWO_FACTOR_REQUIRED": "off"}
    return {**os.environ, **own, **more}


def run_python(*arguments: str, database: str, **more: str) -> str:
    """Run Python in the project's root on `database`; what it printed."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(database, **more),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout
