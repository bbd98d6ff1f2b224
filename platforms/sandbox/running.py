"""A sandbox of one's own, in a process of its own, on a free port."""

from __future__ import annotations

import subprocess  # nosec B404 - starts this package and nothing else
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from platforms.sandbox.remote import Control

ROOT = Path(__file__).resolve().parent.parent.parent
PREFIXES = {"x": "/x", "facebook": "/graph", "youtube": "/youtube"}


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """`url` without a prefix; `base_urls` for settings.PLATFORM_URLS; `control` steers it."""

    url: str
    control: Control
    pid: int

    @property
    def base_urls(self) -> dict[str, str]:
        return {platform: f"{self.url}{prefix}" for platform, prefix in PREFIXES.items()}


@contextmanager
def running_sandbox(seed: int = 1, database: str | Path | None = None) -> Iterator[RunningSandbox]:
    """Start a sandbox and end it afterwards; it ends by itself if this process dies."""
    command = [sys.executable, "-m", "platforms.sandbox", "--port", "0", "--with-parent"]
    command += ["--seed", str(seed), "--database", str(database or ":memory:")]
    process = subprocess.Popen(  # noqa: S603  # nosec B603 - no shell, our own module
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        url = _address(process)
        yield RunningSandbox(url, Control(url), process.pid)
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _address(process: subprocess.Popen[str]) -> str:
    """What the sandbox says first."""
    line = process.stdout.readline() if process.stdout else ""
    if " on http" not in line:
        raise RuntimeError("The sandbox did not start: see its message above.")
    return line.rsplit(" ", 1)[1].strip()
