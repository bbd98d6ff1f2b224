from __future__ import annotations

from collections.abc import Iterator

import pytest

from jobs import kinds


@pytest.fixture(autouse=True)
def kinds_as_before() -> Iterator[None]:
    """A kind of work that a test made up is gone after it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds, "_kinds", dict(kinds._kinds))
        yield
