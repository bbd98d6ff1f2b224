"""How each part of the product is started: the web server, the workers, beat, the sandbox."""

from __future__ import annotations

import os

from tools import stamps
from tools.commands import Command, quietly
from tools.places import LOGS, PYTHON, ROOT, VAR, VENV, environment
from tools.processes import Processes, answers
from tools.trouble import Trouble

CELERY: Command = [VENV / "bin" / "celery", "-A", "council_social"]
# Queue of its own for what must not wait: the sweep each second, then sending, then the rest.
WORKERS = {"sweep": ("sweep", 1), "deliver": ("deliver", 32), "intake": ("intake,aside", 4)}
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def port(variable: str, default: int) -> int:
    """The port number in an environment variable."""
    value = os.environ.get(variable) or str(default)
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise Trouble(f'{variable} must be a port number from 1 to 65535, not "{value}".')
    return int(value)


def manage(*arguments: str) -> Command:
    return [PYTHON, ROOT / "manage.py", *arguments]


def web(number: int) -> Command:
    """gunicorn with threads; as many processes as the machine has cores, two to four."""
    processes = min(4, max(2, os.cpu_count() or 2))
    return [
        VENV / "bin" / "gunicorn",
        *("council_social.wsgi", "--bind", f"127.0.0.1:{number}"),
        *("--workers", str(processes), "--worker-class", "gthread", "--threads", "8"),
        *("--graceful-timeout", "5", "--no-control-socket"),
    ]


def worker(name: str) -> Command:
    """One Celery worker. Threads: a prefork pool hangs when its whole group gets SIGTERM."""
    queues, threads = WORKERS[name]
    pool: Command = ["-P", "threads", "-c", str(threads)]
    return [*CELERY, "worker", "-Q", queues, "-n", f"{name}@%h", *pool, *QUIET]


def beat() -> Command:
    return [*CELERY, "beat", "--pidfile="]


def start_workers(processes: Processes) -> None:
    for name in WORKERS:
        processes.start(f"worker-{name}", worker(name))
    processes.start("beat", beat())


def start_web(processes: Processes, number: int) -> None:
    """Start the web server and wait until it answers."""
    processes.start("web", web(number))
    address = f"http://127.0.0.1:{number}/health/"
    processes.wait_for("The web server", lambda: answers(address))


def migrate(env: dict[str, str]) -> None:
    quietly(
        manage("migrate", "--no-input", "--verbosity", "0"),
        log="migrate",
        failed="The database could not be brought up to date.",
        env=env,
    )


def collect_assets(env: dict[str, str]) -> None:
    """Copy and compress the assets for the web server, when the build has changed."""
    built = ROOT / "static" / "build" / ".made-from"
    requirements = VENV / ".made-from"
    wanted = stamps.digest([built, requirements])
    stamp = VAR / "assets" / ".made-from"
    if stamps.fresh(stamp, wanted):
        return
    quietly(
        manage("collectstatic", "--no-input", "--clear", "--verbosity", "0"),
        log="collectstatic",
        failed="The assets could not be collected.",
        env=env,
    )
    stamps.write(stamp, wanted)


def ready(env: dict[str, str]) -> None:
    """The database and the assets as the code wants them."""
    LOGS.mkdir(parents=True, exist_ok=True)
    migrate(env)
    collect_assets(env)


def served_environment(web_port: int, **extra: str) -> dict[str, str]:
    address = os.environ.get("BASE_URL") or f"http://127.0.0.1:{web_port}"
    return environment(BASE_URL=address, **extra)
