"""The engine as `./run` starts it, with a sandbox that answers at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from platforms.sandbox.remote import Control
from platforms.sandbox.running import running_sandbox
from tools.processes import Processes
from tools.services import beat, worker


@contextmanager
def running_engine(**settings: str) -> Iterator[tuple[Control, Processes]]:
    """The sandbox's control, and the workers for sweeping and delivering with beat, under way."""
    with running_sandbox() as sandbox:
        sandbox.control.settings(rate_limits=False)
        urls = sandbox.base_urls
        env = {
            **os.environ,
            "X_API_URL": urls["x"],
            "FACEBOOK_GRAPH_URL": urls["facebook"],
            "YOUTUBE_API_URL": urls["youtube"],
            **settings,
        }
        with Processes(env) as processes:
            processes.start("worker-sweep", worker("sweep"))
            processes.start("worker-deliver", [*worker("deliver"), "-I", "benchmarks.nothing"])
            processes.start("beat", beat())
            yield sandbox.control, processes
