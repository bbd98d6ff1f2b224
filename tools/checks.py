"""`./run check` and `./run fmt`: what a machine can say about the code."""

from __future__ import annotations

import time
from pathlib import Path

from tools.commands import Command, openly
from tools.places import ROOT, VENV, environment
from tools.services import manage

BIN = VENV / "bin"
CODE = [
    *("council_social", "monitoring", "publishing", "training", "accounts", "jobs", "audit"),
    *("pages", "platforms", "tools", "benchmarks", "tests"),
]


def check() -> int:
    """Every check in turn; all of them run, and the names of those that failed come last."""
    failed = []
    for name, command in _checks().items():
        began = time.monotonic()
        print(f"── {name}", flush=True)
        if openly(command, env=environment(MYPY_CACHE_DIR=str(ROOT / ".mypy_cache"))):
            failed.append(name)
        print(f"   {time.monotonic() - began:.1f} s", flush=True)
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def _checks() -> dict[str, Command]:
    folders = [ROOT / name for name in CODE if (ROOT / name).is_dir()]
    return {
        "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
        "lint": [BIN / "ruff", "check", "--quiet", "."],
        "types": [BIN / "mypy", *folders, ROOT / "run"],
        "imports": [BIN / "lint-imports", "--no-cache"],
        "templates": [BIN / "djlint", ROOT / "templates", "--lint", "--quiet"],
        "missing migrations": manage("makemigrations", "--check", "--dry-run"),
        "Django": manage("check", "--fail-level", "WARNING"),
        "security": [BIN / "bandit", "-q", "-c", "pyproject.toml", "-r", *folders[:-1]],
        "Django's newer ways": [BIN / "django-upgrade", "--check", *_files(folders)],
    }


def _files(folders: list[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.rglob("*.py"))]


def fmt() -> int:
    """Put the code into its one form."""
    fixers: list[Command] = [
        [BIN / "ruff", "check", "--fix", "--quiet", "."],
        [BIN / "ruff", "format", "--quiet", "."],
    ]
    return max([openly(command) for command in fixers])
