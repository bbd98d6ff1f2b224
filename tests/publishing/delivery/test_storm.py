"""A small storm: workers die, platforms fail, and everything arrives once or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MINUTES = 4


@pytest.mark.slow
def test_nothing_twice_nothing_lost_nothing_stuck(tmp_path: Path) -> None:
    """On what the tests run on: SQLite and files, or PostgreSQL and Redis."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tools.storm", "--deliveries", "10", "--per-account", "1"),
            *("--kill-every", "2", "--faults", "all", "--seed", "11", "--minutes", str(MINUTES)),
        ],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=MINUTES * 60 + 60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for nothing in ("0 twice", "0 lost", "0 stuck"):
        assert nothing in done.stdout
