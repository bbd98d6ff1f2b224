"""One sandbox for each worker of the test run, emptied before every test that uses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from platforms.sandbox.running import RunningSandbox, running_sandbox


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(seed=7) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox: RunningSandbox) -> RunningSandbox:
    """An empty sandbox; its clock is the real one."""
    shared_sandbox.control.reset()
    return shared_sandbox
