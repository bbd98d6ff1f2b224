"""What every test has: no network but this machine, an empty cache, and a clock to freeze."""

from __future__ import annotations

import gc
import os
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck, settings

from tests.chromium import find_chromium
from tools.spare_broker import spare_broker

pytest_plugins = ["tests.audit_triggers", "tests.ready_database"]

# A machine that is busy says nothing about the code.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")

LOOPBACK = {"127.0.0.1", "::1", "localhost", "", "0.0.0.0"}  # noqa: S104 - compared, not bound
# The database and the broker that the run was pointed at may be on another machine.
SERVERS = {
    host
    for name in ("DATABASE_URL", "REDIS_URL")
    if (host := urlsplit(os.environ.get(name, "")).hostname)
}
ALLOWED = LOOPBACK | SERVERS


class NetworkUsed(AssertionError):
    """A test tried to leave this machine."""


def _guard(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name is not None and name not in ALLOWED and not str(name).startswith("127."):
        raise NetworkUsed(f"a test tried to reach {name}")


A_FEW = 5
CHEAP = "tests/repository/"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a long table of cases the everyday run tries every fifth, the slow tests the others.

    Every fifth, because every third had grown to a tenth of the run; which ones is drawn by their
    names, so each run of one commit tries the same. Cases that never ask a database answer alike
    beside each of them.
    """
    tables = Counter(_table(item) for item in items)
    for item in items:
        is_long = tables[_table(item)] > A_FEW and not item.nodeid.startswith(CHEAP)
        if item.get_closest_marker("every_case_every_day"):
            continue
        if is_long and crc32(item.nodeid.encode()) % 5:
            item.add_marker(pytest.mark.slow)
            if not _asks_a_database(item):
                item.add_marker(pytest.mark.any_database)


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(
        item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"}
    )


def _table(item: pytest.Item) -> str:
    """The test function whose case it is."""
    return item.nodeid.partition("[")[0]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: looking through it for rubbish took an eighth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(autouse=True, scope="session")
def network_blocked() -> Iterator[None]:
    """Only loopback answers, at the level of the socket: no library gets round it."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    look_up = socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _guard(address[0])
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _guard(address[0])
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        _guard(host)
        return look_up(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        # A server found by name is reached by its address.
        for server in SERVERS:
            ALLOWED.update(str(found[4][0]) for found in look_up(server, None))
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No rate limit or cached answer survives from one test to the next."""
    cache.clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock, stopped at ten on a Tuesday in London; `clock.shift` and `move_to` move it."""
    tuesday = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    with time_machine.travel(tuesday, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def child_environment(tmp_path: Path, transactional_db: None) -> Iterator[dict[str, str]]:
    """The environment for a real worker or server: this test's database, a broker of its own."""
    env = {**os.environ, "VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": _test_database()}
    redis_url = os.environ.get("REDIS_URL", "")
    if not redis_url:
        yield env
        return
    with spare_broker(redis_url) as own:
        yield env | {"REDIS_URL": own}


def _test_database() -> str:
    """The address of the database that this process tests in."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests say so where the run lacks what they need."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs DATABASE_URL to name a PostgreSQL database")
    if item.get_closest_marker("browser") and find_chromium() is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set, but there is no Chromium on the path")
        pytest.skip("needs Chromium on the path")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name what an everyday run leaves out."""
    if config.option.markexpr == "not browser and not slow":
        here = "is here" if find_chromium() else "is not on the path"
        terminalreporter.write_line(
            "Not run: what takes long (./run test -m slow), and the browser journeys "
            f"(./run test -m browser; Chromium {here})."
        )
