"""Running other programs: quietly, with their output kept for when something goes wrong."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.places import LOGS, ROOT, environment
from tools.trouble import Trouble

Command = Sequence[str | Path]


def quietly(
    command: Command, *, log: str, failed: str, env: Mapping[str, str] | None = None
) -> None:
    """Run `command` with its output in var/logs/`log`.log; raise Trouble if it fails."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    with path.open("w") as output:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=env or environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise Trouble(f"{failed} The end of {path}:\n{tail(path)}")


def openly(command: Command, *, env: Mapping[str, str] | None = None) -> int:
    """Run `command` in the foreground and return its exit status."""
    arguments = [str(part) for part in command]
    try:
        return subprocess.run(arguments, cwd=ROOT, env=env or environment(), check=False).returncode
    except KeyboardInterrupt:
        return 130


def judged(command: Command) -> tuple[bool, str]:
    """Whether `command` succeeded, and what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout.strip()


def become(command: Command, *, env: Mapping[str, str] | None = None) -> int:
    """Replace this process by `command`, so that signals and the exit status are its own."""
    arguments = [str(part) for part in command]
    os.chdir(ROOT)
    os.execvpe(arguments[0], arguments, dict(env or environment()))  # noqa: S606 - no shell wanted


def tail(path: Path, lines: int = 15) -> str:
    """The last lines of a log, indented, for a message."""
    if not path.is_file():
        return ""
    text = path.read_text(errors="replace").rstrip().splitlines()[-lines:]
    return "\n".join(f"    {line}" for line in text)
