"""Starting parts side by side: quiet, all stopped at the end, and nothing else touched."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import commands, processes
from tools.processes import Processes, Stopped, require_free
from tools.trouble import Trouble

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF_CODE = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
# A child with a child of its own, as a web server has; both would sleep for a minute.
PARENT_CODE = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
child.wait()
"""
DEAF = [sys.executable, "-c", DEAF_CODE]
PARENT = [sys.executable, "-c", PARENT_CODE]
BROKEN = [sys.executable, "-c", "raise SystemExit('no such database')"]


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in processes.STOPPING}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (commands, processes):
        monkeypatch.setattr(module, "LOGS", tmp_path)
    return tmp_path


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def gone(pids: list[int]) -> bool:
    """Whether all have ended, given a moment: the kernel takes one to end an orphan."""
    for _ in range(100):
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def wait_for_text(path: Path) -> str:
    for _ in range(100):
        if path.is_file() and (text := path.read_text().strip()):
            return text
        time.sleep(0.05)
    raise AssertionError(f"nothing was written to {path}")


def test_every_child_and_what_it_started_is_gone_afterwards(logs: Path) -> None:
    with Processes(os.environ) as started:
        started.start("sleeper", SLEEP)
        started.start("parent", PARENT)
        pids = [child.pid for child in started.children.values()]
        pids.append(int(wait_for_text(logs / "parent.log")))
        assert all(alive(pid) for pid in pids)
    assert gone(pids)


def test_a_process_that_we_did_not_start_is_left_alone() -> None:
    stranger = subprocess.Popen(SLEEP)
    try:
        with Processes(os.environ) as started:
            started.start("sleeper", SLEEP)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_child_that_does_not_listen_is_ended_by_force(
    logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "GRACE_S", 0.3)
    with Processes(os.environ) as started:
        started.start("deaf", DEAF)
        wait_for_text(logs / "deaf.log")
        pid = started.children["deaf"].pid
    assert gone([pid])


def test_when_one_dies_the_message_says_which_and_why(logs: Path) -> None:
    with Processes(os.environ) as started:
        started.start("web", BROKEN)
        with pytest.raises(Trouble) as trouble:
            started.watch()
    assert "web process stopped by itself" in str(trouble.value)
    assert "no such database" in str(trouble.value)


@pytest.mark.parametrize("number", processes.STOPPING)
def test_a_signal_ends_the_watch(number: signal.Signals) -> None:
    with Processes(os.environ) as started:
        started.start("sleeper", SLEEP)
        threading.Timer(0.2, os.kill, (os.getpid(), number)).start()
        with pytest.raises(Stopped):
            started.watch()


def test_a_port_that_is_taken_is_said_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {port} is in use, and the web server needs it"):
            require_free(port, "PORT", "the web server")
    require_free(port, "PORT", "the web server")
