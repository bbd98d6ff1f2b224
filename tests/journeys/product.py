"""What stands behind the pages in a journey: the sandbox, and real workers on its database."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from accounts.actions.credentials import store
from accounts.models import SocialAccount
from platforms.sandbox.running import RunningSandbox
from tests.factories import AccountFactory
from tools.services import CELERY, QUIET, beat

ROOT = Path(settings.BASE_DIR)
QUEUES = ",".join(settings.QUEUES)


def connected(sandbox: RunningSandbox, platform: str, handle: str, name: str) -> SocialAccount:
    """A live account whose credential the sandbox knows."""
    remote = sandbox.control.add_account(platform, handle, name=name, tokens=[f"{platform}-token"])
    account = AccountFactory(
        platform=platform, handle=handle, name=name, remote_id=remote["remote_id"]
    )
    names = account.platform_facts.credential_fields
    store(by=None, account=account, credential=dict.fromkeys(names, f"{platform}-token"))
    return account


@contextmanager
def running_workers(environment: dict[str, str], sandbox: RunningSandbox) -> Iterator[None]:
    """Beat and one worker for all queues, which send to the sandbox."""
    env = {
        **environment,
        # Its media and keys are those of the pages; its broker is in the same folder.
        "VAR_DIR": str(settings.VAR_DIR),
        "X_API_URL": sandbox.base_urls["x"],
        "FACEBOOK_GRAPH_URL": sandbox.base_urls["facebook"],
        "YOUTUBE_API_URL": sandbox.base_urls["youtube"],
        "INTAKE_EVERY_S": "2",
    }
    worker = [*CELERY, "worker", "-Q", QUEUES, "-n", "journey@%h", "-P", "threads", "-c", "8"]
    log_path = Path(settings.VAR_DIR) / "workers.log"
    started = []
    with log_path.open("ab") as log:
        try:
            for command in ([*worker, *QUIET], beat()):
                line = [str(part) for part in command]
                started.append(subprocess.Popen(line, cwd=ROOT, env=env, stdout=log, stderr=log))
            yield
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(timeout=30)


def wait_until(what: str, is_so: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            log = Path(settings.VAR_DIR) / "workers.log"
            raise AssertionError(f"{what} took longer than {seconds} s:\n{log.read_text()[-3000:]}")
        time.sleep(0.2)
