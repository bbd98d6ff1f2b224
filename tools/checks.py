"""`./run check` and `./run fmt`: what a machine can say about the code."""

from __future__ import annotations

import time
from pathlib import Path

from tools.commands import Command, judged, openly
from tools.places import ROOT, VENV
from tools.services import manage

BIN = VENV / "bin"
CODE = [
    *("council_social", "monitoring", "publishing", "training", "accounts", "jobs", "audit"),
    *("pages", "platforms", "uploads", "tools", "benchmarks", "tests"),
]


def check() -> int:
    """Every check in turn; only those that fail say more than their name and time."""
    failed = []
    for name, command in _checks().items():
        began = time.monotonic()
        passed, said = judged(command)
        mark = "ok" if passed else "FAILED"
        print(f"{name:<22}{mark:<8}{time.monotonic() - began:5.1f} s", flush=True)
        if not passed:
            failed.append(name)
            print(said, flush=True)
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def _checks() -> dict[str, Command]:
    folders = [ROOT / name for name in CODE if (ROOT / name).is_dir()]
    concise = ["--output-format", "concise"]
    return {
        "format": [BIN / "ruff", "format", "--check", "--quiet", *concise, "."],
        "lint": [BIN / "ruff", "check", "--quiet", *concise, "."],
        "types": [BIN / "mypy", *folders, ROOT / "run"],
        "imports": [BIN / "lint-imports", "--no-cache"],
        "templates": [BIN / "djlint", ROOT / "templates", "--lint", "--quiet"],
        "missing migrations": manage("makemigrations", "--check", "--dry-run"),
        "Django": manage("check", "--fail-level", "WARNING"),
        "security": [BIN / "bandit", "-q", "-lll", "-c", "pyproject.toml", "-r", *folders[:-1]],
        "Django's newer ways": [BIN / "django-upgrade", "--check", *_files(folders)],
    }


def _files(folders: list[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.rglob("*.py"))]


def fmt() -> int:
    """Put the code into its one form."""
    folders = [ROOT / name for name in CODE if (ROOT / name).is_dir()]
    fixers: list[Command] = [
        [BIN / "django-upgrade", "--exit-zero-even-if-changed", *_files(folders)],
        [BIN / "ruff", "check", "--fix", "--quiet", "."],
        [BIN / "ruff", "format", "--quiet", "."],
    ]
    return max([openly(command) for command in fixers])
