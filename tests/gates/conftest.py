from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.gates.small_council import Council, make_council


@pytest.fixture
def council(db: None) -> Council:
    return make_council()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of requests, most of them refused: nobody reads their log lines."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
