"""`./run demo`: the whole product with a demonstration council, up until Ctrl-C."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from tools.commands import Command, openly
from tools.places import LOGS, PYTHON, VAR
from tools.processes import Processes, Stopped, listens, require_free
from tools.services import manage, port, ready, served_environment, start_web, start_workers
from tools.trouble import Trouble

KEPT = ("council_social.sqlite3*", "sandbox.sqlite3*", "media", "queue", "beat-schedule*")
"""What a demonstration has in VAR_DIR. Keys and assets serve the next one as well."""


APPS = {
    "X": ("CLIENT_ID", "CLIENT_SECRET"),
    "FACEBOOK": ("APP_ID", "APP_SECRET"),
    "GOOGLE": ("CLIENT_ID", "CLIENT_SECRET"),
}
"""The council's registration with each platform, which the sandbox is told."""


def demo(*, fresh: bool = False) -> int:
    """Start everything, drive one post there and back, and stay until somebody asks to stop.

    `fresh`: with a new council; the one that was there is set aside.
    """
    web_port, sandbox_port = port("PORT", 8000), port("SANDBOX_PORT", 9100)
    require_free(web_port, "PORT", "the web server")
    require_free(sandbox_port, "SANDBOX_PORT", "the sandbox")
    if fresh:
        set_aside()
    env = demonstration_environment(web_port, sandbox_port)
    ready(env)
    try:
        with Processes(env) as processes:
            processes.start("sandbox", sandbox(sandbox_port))
            processes.wait_for("The sandbox", lambda: listens(sandbox_port))
            # Before the workers: it publishes by itself, months of posts, each at its own time.
            step("load_demonstration", env)
            start_workers(processes)
            start_web(processes, web_port)
            step("demonstrate", env)
            print(f"\nReady: {env['BASE_URL']}", flush=True)
            print(f"Ctrl-C stops everything. Logs are in {LOGS}.", flush=True)
            processes.watch()
    except Stopped:
        print("\nStopped.")
    return 0


def set_aside() -> None:
    """Move the demonstration that is there into a folder of its own; nothing is deleted."""
    if os.environ.get("DATABASE_URL"):
        raise Trouble("--fresh is for SQLite. DATABASE_URL is set: let it name an empty database.")
    found = [path for pattern in KEPT for path in VAR.glob(pattern)]
    if not found:
        return
    folder = VAR / f"earlier-{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    folder.mkdir()
    for path in found:
        path.rename(folder / path.name)
    print(f"The demonstration that was here is kept in {folder}.", flush=True)


def sandbox(number: int) -> Command:
    """The stand-in for every platform; what it was sent, it keeps."""
    database = str(VAR / "sandbox.sqlite3")
    return [PYTHON, "-m", "platforms.sandbox", "--port", str(number), "--database", database]


def demonstration_environment(web_port: int, sandbox_port: int) -> dict[str, str]:
    """Every platform is the sandbox, the council is registered there, and nobody needs a second
    factor.
    """
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    return served_environment(
        web_port,
        DEMONSTRATION="on",
        TWO_FACTOR_REQUIRED="off",
        SANDBOX_URL=sandbox,
        X_API_URL=f"{sandbox}/x",
        FACEBOOK_GRAPH_URL=f"{sandbox}/graph",
        YOUTUBE_API_URL=f"{sandbox}/youtube",
        X_SIGN_IN_URL=f"{sandbox}/x",
        FACEBOOK_SIGN_IN_URL=f"{sandbox}/graph",
        GOOGLE_SIGN_IN_URL=f"{sandbox}/youtube",
        GOOGLE_TOKEN_URL=f"{sandbox}/youtube",
        **{
            f"{app}_{name}": f"wealdmoor-{name.lower().replace('_', '-')}"
            for app, names in APPS.items()
            for name in names
        },
        INTAKE_EVERY_S="10",
    )


def step(command: str, env: dict[str, str]) -> None:
    """One management command of the demonstration, which says itself what it does."""
    # What is told here is for a person; the logs of the parts are in their files.
    if openly(manage(command), env={**env, "LOG_LEVEL": "ERROR"}):
        raise Trouble(f"The demonstration stopped: `manage.py {command}` failed, as said above.")
