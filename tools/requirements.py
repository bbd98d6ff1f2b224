"""`./run requirements`: pyproject.toml resolved into files with a hash for every package.

Versions that still fit are kept, so that one change of pyproject.toml changes one package.
"""

from __future__ import annotations

from tools.commands import quietly
from tools.places import ROOT, VENV

FILES = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-dev.txt": ["pyproject.toml", "--group", "dev"],
    "requirements-node.txt": ["--group", "node"],
    "requirements-uv.txt": ["--group", "installer"],
}
FORM = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"]


def export(*, upgrade: bool) -> int:
    """Resolve again and write each file; with `upgrade`, take the newest versions allowed."""
    options = [*FORM, *(["--upgrade"] if upgrade else [])]
    for name, sources in FILES.items():
        # The development file holds the same versions of what production installs.
        agree = ["-c", "requirements.txt"] if name == "requirements-dev.txt" else []
        quietly(
            [VENV / "bin" / "uv", "pip", "compile", *sources, *options, *agree, "-o", ROOT / name],
            log="requirements",
            failed=f"The packages of {name} could not be resolved.",
        )
        print(f"Wrote {name}.")
    return 0
