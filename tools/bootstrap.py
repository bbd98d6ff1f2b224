"""Python packages: a virtual environment with exactly the hashed requirements in it."""

from __future__ import annotations

import fcntl
import importlib.util
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager

from tools import stamps
from tools.commands import Command, quietly
from tools.places import PYTHON, ROOT, TOOLS, VENV
from tools.trouble import Trouble

REQUIREMENTS = ROOT / "requirements-dev.txt"
INSTALLER = ROOT / "requirements-uv.txt"
STAMP = VENV / ".made-from"
NO_NETWORK = "is there a connection to a package registry?"


def bootstrap() -> None:
    """Make .venv and install the requirements, if they are not there or have changed."""
    wanted = stamps.digest([REQUIREMENTS, INSTALLER])
    if stamps.fresh(STAMP, wanted) and _works():
        return
    with alone():
        if stamps.fresh(STAMP, wanted) and _works():
            return
        if not _works():
            _make_environment()
        print("Installing Python packages…", flush=True)
        _install()
        stamps.write(STAMP, wanted)


@contextmanager
def alone() -> Iterator[None]:
    """Two `./run` at once in one checkout: the second waits here for the first."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _works() -> bool:
    """Whether the environment's Python runs and is new enough (one may have moved the checkout)."""
    question = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([PYTHON, "-c", question], check=False).returncode == 0
    except OSError:
        return False


def _make_environment() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise Trouble(
            "This Python cannot make virtual environments: "
            'install the package that brings "venv" (Debian, Ubuntu: apt install python3-venv) '
            "and run this again."
        )
    print(f"Making a Python {sys.version_info[0]}.{sys.version_info[1]} environment…", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=True, symlinks=True)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Trouble(f"The virtual environment {VENV} could not be made: {error}.") from error


def _install() -> None:
    pip: Command = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", INSTALLER]
    quietly(pip, log="install", failed=f"The installer uv could not be installed; {NO_NETWORK}")
    uv: Command = [VENV / "bin" / "uv", "pip", "install", "--python", PYTHON, "--require-hashes"]
    quietly(
        [*uv, "-r", REQUIREMENTS],
        log="install",
        failed=f"The Python packages could not be installed; {NO_NETWORK}",
    )
