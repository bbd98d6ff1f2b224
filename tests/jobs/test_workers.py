"""The workers as processes: they start, take what is theirs, and stop when asked."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from jobs.models import Heartbeat
from tools.services import WORKERS, worker

ROOT = Path(__file__).resolve().parent.parent.parent
SEND = """
import django; django.setup()
from jobs.tasks import heartbeat
for queue in ("sweep", "deliver", "intake", "aside"):
    heartbeat.apply_async((queue,), queue=queue)
"""

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@contextmanager
def running_workers(env: Mapping[str, str], logs: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    started = []
    try:
        for name in WORKERS:
            with (logs / f"{name}.log").open("wb") as log:
                command = [str(part) for part in worker(name)]
                started.append(subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log))
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait()


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def test_every_queue_is_served_and_sigterm_ends_each_worker_in_seconds(
    child_environment: dict[str, str], tmp_path: Path
) -> None:
    with running_workers(child_environment, tmp_path) as workers:
        subprocess.run([sys.executable, "-c", SEND], cwd=ROOT, env=child_environment, check=True)
        everybody = {"beat", "worker:sweep", "worker:deliver", "worker:intake", "worker:aside"}
        assert wait_until(
            lambda: set(Heartbeat.objects.values_list("name", flat=True)) == everybody, 90
        ), "\n".join(log.read_text() for log in tmp_path.glob("*.log"))

        asked = time.monotonic()
        for process in workers:
            process.send_signal(signal.SIGTERM)
        assert [process.wait(timeout=30) for process in workers] == [0, 0, 0]
        # One second each on a quiet machine, five where files are the queue; this one may be busy.
        assert time.monotonic() - asked < 20
