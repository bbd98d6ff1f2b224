"""A process that has everything imported and forks workers off on request.

Starting a worker from nothing takes seconds; with one killed every two seconds they would hardly
ever work. What is forked off is a whole process of its own, as any other worker is.

It reads lines from its input, each a log file and a celery command line, and answers each with the
id of the process that it forked off.
"""

from __future__ import annotations

import os
import shlex
import signal
import sys

import django


def main() -> None:
    django.setup()
    from council_social.celery import app

    app.loader.import_default_modules()
    app.finalize()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        log, *arguments = shlex.split(line)
        pid = os.fork()
        if pid == 0:
            _become(log, arguments)
        print(pid, flush=True)


def _become(log: str, arguments: list[str]) -> None:
    """In the child: a session of its own, its own output, and then celery until it ends."""
    from council_social.celery import app

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    try:
        app.start(arguments)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
