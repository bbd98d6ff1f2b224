"""What a web process has loaded is taken out of the search for rubbish."""

from __future__ import annotations

import gc

import pytest

from council_social import memory


@pytest.fixture
def as_it_was():
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("as_it_was")
def test_what_is_loaded_is_not_searched_again() -> None:
    kept = {"name": [1]}

    memory.keep_what_is_loaded()

    assert gc.get_freeze_count() > 10_000
    assert not any(one is kept for one in gc.get_objects())
    assert gc.get_threshold()[0] == memory.NEW_OBJECTS
