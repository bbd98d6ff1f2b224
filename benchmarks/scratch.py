"""What a benchmark may spoil: databases beside the given ones, empty at first, gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from tools.places import ROOT
from tools.trouble import Trouble

TEMPLATE = "BENCH_TEMPLATE"
RUN = "BENCH_RUN"
"""What the names of a run's databases have in common."""


@contextmanager
def template_database() -> Iterator[None]:
    """Migrate once; the scratch databases of the block are copies."""
    with _empty_database("template") as url:
        run_python("manage.py", "migrate", "--verbosity", "0", DATABASE_URL=url)
        os.environ[TEMPLATE] = urlsplit(url).path.removeprefix("/")
        yield


@contextmanager
def scratch_database(name: str) -> Iterator[str]:
    """A new, migrated PostgreSQL database beside the one in DATABASE_URL; its address."""
    with _empty_database(name, template=os.environ[TEMPLATE]) as url:
        yield url


@contextmanager
def _empty_database(name: str, template: str = "template1") -> Iterator[str]:
    server = os.environ["DATABASE_URL"]
    own = f"bench_{os.environ.setdefault(RUN, str(os.getpid()))}_{name}"
    identifiers = sql.Identifier(own), sql.Identifier(template)
    _administer(server, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*identifiers))
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{own}"))
    finally:
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(own))
        _administer(server, drop)


def _administer(url: str, statement: sql.Composable) -> None:
    address = urlunsplit(urlsplit(url)._replace(scheme="postgresql"))
    with closing(psycopg2.connect(address)) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


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
