"""A test database is a copy of one that was migrated before, while the migrations are the same.

Running them takes eight seconds of processor, in every test process and for every single test that
somebody tries. The first process migrates and keeps a copy, the others wait for it and copy that:
for SQLite a file under var/tests, for PostgreSQL a database beside the test database. A new copy
is made when any code that a migration can reach has changed, and every day, because some
migrations write down when they ran.
"""

from __future__ import annotations

import fcntl
import re
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.apps import apps
from django.conf import settings
from django.core import management
from django.db import connection
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.utils import CursorWrapper

TOP = Path(__file__).resolve().parent.parent
KEPT = TOP / "var" / "tests"
FROM = re.compile(r"^\s*from ([\w.]+) import (\([^)]*\)|.*)", re.MULTILINE)
IMPORT = re.compile(r"^\s*import ([\w.]+)", re.MULTILINE)


@pytest.fixture(scope="session", autouse=True)
def _test_databases_are_copies() -> Iterator[None]:
    plainly = BaseDatabaseCreation.create_test_db

    def create_test_db(self: BaseDatabaseCreation, *args: Any, **options: Any) -> str:
        if options.get("keepdb") or settings.MIGRATION_MODULES:
            return plainly(self, *args, **options)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(management, "call_command", copy_or_call)
            return plainly(self, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseCreation, "create_test_db", create_test_db)
        yield


_call_command = management.call_command


def copy_or_call(command: str, *args: Any, **options: Any) -> Any:
    """What `create_test_db` calls: instead of "migrate", fill the database from the copy."""
    if command != "migrate":
        return _call_command(command, *args, **options)
    with _one_at_a_time():
        copy = _copy()
        if copy.is_there():
            copy.fill()
        else:
            _call_command(command, *args, **options)
            copy.keep()
    return None


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _copy() -> Copy:
    mark = f"{_digest()}_{datetime.now(UTC):%Y%j}"
    return SqliteCopy(mark) if connection.vendor == "sqlite" else PostgresCopy(mark)


def _digest() -> str:
    whole = sha256(version("django").encode())
    for path in sorted(within_reach()):
        whole.update(str(path).encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def within_reach() -> set[Path]:
    """The migrations, and every module of ours that they import, however far away."""
    packages = [Path(each.path) for each in apps.get_app_configs()]
    waiting = {path for package in packages for path in package.glob("migrations/*.py")}
    seen: set[Path] = set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        if TOP in path.parents and ".venv" not in path.parts:
            waiting |= set(_imported(path)) - seen
    return seen


def _imported(path: Path) -> Iterator[Path]:
    """The files of ours that the imports of `path` may mean."""
    text = path.read_text()
    names = set(IMPORT.findall(text))
    for module, what in FROM.findall(text):
        names |= {module, *(f"{module}.{each}" for each in re.findall(r"\w+", what))}
    for name in names:
        place = TOP.joinpath(*name.split("."))
        yield from filter(Path.is_file, (place.with_suffix(".py"), place / "__init__.py"))


class Copy(Protocol):
    def is_there(self) -> bool: ...

    def fill(self) -> None:
        """Make the test database what the copy is."""

    def keep(self) -> None:
        """Make the copy what the test database is, and take away the older ones."""


class SqliteCopy:
    def __init__(self, mark: str) -> None:
        self._file = KEPT / f"{mark}.sqlite3"

    def is_there(self) -> bool:
        return self._file.is_file()

    def fill(self) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(self._file)) as copy:
            copy.backup(connection.connection)

    def keep(self) -> None:
        for older in KEPT.glob("*.sqlite3"):
            older.unlink()
        half = self._file.with_suffix(".half")
        half.unlink(missing_ok=True)
        with closing(sqlite3.connect(half)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        half.rename(self._file)


class PostgresCopy:
    def __init__(self, mark: str) -> None:
        self._made = str(connection.settings_dict["NAME"])
        self._of = self._made.partition("_gw")[0]
        self._name = f"{self._of[:30]}_ready_{mark}"

    def is_there(self) -> bool:
        return self._name in self._all()

    def fill(self) -> None:
        connection.close()
        with _server() as cursor:
            cursor.execute(f"DROP DATABASE {_quoted(self._made)}")
            cursor.execute(f"CREATE DATABASE {_quoted(self._made)} TEMPLATE {_quoted(self._name)}")

    def keep(self) -> None:
        connection.close()
        older = self._all()
        with _server() as cursor:
            for each in older:
                cursor.execute(f"DROP DATABASE {_quoted(each)}")
            cursor.execute(f"CREATE DATABASE {_quoted(self._name)} TEMPLATE {_quoted(self._made)}")

    def _all(self) -> list[str]:
        with _server() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            names = [str(name) for (name,) in cursor.fetchall()]
        return [name for name in names if name.startswith(f"{self._of[:30]}_ready_")]


def _server() -> AbstractContextManager[CursorWrapper]:
    """A cursor of the server's own database, where others are made and dropped."""
    creation: Any = connection.creation
    return creation._nodb_cursor()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
