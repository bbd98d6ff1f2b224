"""One sandbox for each worker of the test run, emptied before every test that uses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from platforms.sandbox.running import RunningSandbox, running_sandbox
from tests.platforms.signing_in import PLATFORMS, RENEWING, AtPlatform, at_platform


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(seed=7) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox: RunningSandbox) -> RunningSandbox:
    """An empty sandbox; its clock is the real one."""
    shared_sandbox.control.reset()
    return shared_sandbox


@pytest.fixture(params=PLATFORMS)
def at(request: pytest.FixtureRequest, sandbox: RunningSandbox) -> AtPlatform:
    """Every platform at which people sign in."""
    return at_platform(sandbox, request.param)


@pytest.fixture(params=RENEWING)
def renewing(request: pytest.FixtureRequest, sandbox: RunningSandbox) -> AtPlatform:
    """Those where an access token can be renewed without a person."""
    return at_platform(sandbox, request.param)
