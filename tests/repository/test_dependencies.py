"""What is installed is exactly what was chosen: versions with hashes, and no registry's address."""

import json
import re
from importlib.metadata import version

import pytest

from tests.repository.tracked import ROOT

REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))
PINNED = re.compile(r"^(\S+?)(\[[^]]*\])?==(\S+)")


def pins(text: str) -> dict[str, str]:
    found = (PINNED.match(line) for line in text.splitlines())
    return {match[1]: match[3] for match in found if match}


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_requirement_has_one_version_and_a_hash(path) -> None:
    requirements = re.split(r"\n(?=[^\s#])", path.read_text().strip())
    assert requirements
    for requirement in requirements:
        assert PINNED.match(requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


def test_production_runs_the_versions_that_are_tested() -> None:
    production = pins((ROOT / "requirements.txt").read_text())
    development = pins((ROOT / "requirements-dev.txt").read_text())
    assert production.items() <= development.items()


def test_the_npm_lock_has_hashes_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    assert [name for name, one in packages.items() if "resolved" in one] == []
    assert [name for name, one in packages.items() if "integrity" not in one] == []


def test_no_other_package_dragged_tweepy_back_to_a_version_without_api_v2() -> None:
    major, minor = (int(part) for part in version("tweepy").split(".")[:2])
    assert (major, minor) >= (4, 17)
