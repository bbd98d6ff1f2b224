"""Where things are. Everything that `./run` makes stays inside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TOOLS = ROOT / ".tools"
CACHE = TOOLS / "cache"
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
LOGS = VAR / "logs"
NOT_OURS = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}


def environment(**extra: str) -> dict[str, str]:
    """The environment for everything we start: our own programs first, caches in the checkout.

    A home directory may be missing or read-only, so nothing may depend on it. Compiled Python is
    kept whatever the shell says: without it each of our dozen processes compiles 2,000 files.
    uv and npm believe the certificates that the machine believes, as pip does by itself, so that
    they work behind a council's inspecting proxy; whoever has set it otherwise is not overruled.
    """
    return {
        "UV_SYSTEM_CERTS": "1",
        "NODE_USE_SYSTEM_CA": "1",
        **{name: value for name, value in os.environ.items() if name not in NOT_OURS},
        "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PIP_CACHE_DIR": str(CACHE / "pip"),
        "UV_CACHE_DIR": str(CACHE / "uv"),
        "UV_NO_PROGRESS": "1",
        "npm_config_cache": str(CACHE / "npm"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONUNBUFFERED": "1",
        **extra,
    }
