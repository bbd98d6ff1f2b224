"""`./run bench`: says what it needs, and every benchmark runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from benchmarks.__main__ import MODULES, main
from benchmarks.scratch import RUN
from tools.places import ROOT


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DATABASE_URL": "postgres://127.0.0.1/council"},
        {"DATABASE_URL": "sqlite:///council.sqlite3", "REDIS_URL": "redis://127.0.0.1/0"},
    ],
)
def test_it_says_what_it_needs(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.setenv(name, environment.get(name, ""))
    assert main([]) == 2
    assert "need PostgreSQL and Redis: set DATABASE_URL" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("name", MODULES)
def test_every_benchmark_runs_and_leaves_nothing_behind(name: str, tmp_path: Path) -> None:
    found = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--only", name, "--json", str(found)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=_environment(f"test_{name}"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(found.read_text())
    assert figures
    assert all(figure["name"] in done.stdout for figure in figures)
    assert _scratch_databases(f"test_{name}") == []


def _environment(run: str) -> dict[str, str]:
    """The real settings: those of the tests are not for programs of their own."""
    return {
        **os.environ,
        RUN: run,
        "DJANGO_SETTINGS_MODULE": "council_social.settings",
        "REDIS_URL": os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0",
    }


def _scratch_databases(run: str) -> list[str]:
    address = urlsplit(os.environ["DATABASE_URL"])._replace(scheme="postgresql").geturl()
    connection = psycopg2.connect(address)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE strpos(datname, %s) > 0", [run])
        return [name for (name,) in cursor.fetchall()]
